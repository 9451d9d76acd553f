package org.chanrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.chanrace.reports.OutputException;

/** What is said, and which code is returned, when a command cannot go on. */
final class Trouble {
    static final String REPORT = "please report it, with the command and its files; CHANRACE_DEBUG=1 shows where it happened";

    private Trouble() {}

    static int exitCode(Throwable thrown, Surroundings surroundings) {
        if (surroundings.debug()) thrown.printStackTrace(surroundings.err());
        if (thrown instanceof OutputException e) {
            surroundings.say(e.getMessage());
            return ExitCode.BAD_INPUT;
        }
        if (thrown instanceof IOException e) return output(e, surroundings);
        if (thrown instanceof UncheckedIOException e) return output(e.getCause(), surroundings);
        if (thrown instanceof OutOfMemoryError) {
            surroundings.say("out of memory; give Java more (CHANRACE_JAVA_OPTIONS=-Xmx…), or run fewer scenarios or seeds at once");
            return ExitCode.BAD_INPUT;
        }
        surroundings.say(internal(thrown));
        return ExitCode.INTERNAL;
    }

    /** An internal error in one line. */
    static String internal(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
        return "internal error: " + thrown.getClass().getSimpleName() + message + "; " + REPORT;
    }

    private static int output(IOException e, Surroundings surroundings) {
        if ("Broken pipe".equals(e.getMessage())) return ExitCode.READER_GONE;
        surroundings.say("cannot write the output: " + reason(e));
        return ExitCode.BAD_INPUT;
    }

    /** What an exception says, in words; Java gives some of them only a class and a path. */
    static String reason(IOException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (e instanceof AccessDeniedException) return message + ": permission denied";
        if (e instanceof NoSuchFileException) return message + ": there is no such file or folder";
        if (e instanceof FileAlreadyExistsException) return message + ": a file of this name is in the way";
        return message.isEmpty() ? e.getClass().getSimpleName() : message;
    }
}
