package org.chanrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.chanrace.reports.OutputException;
import org.chanrace.scenarios.CapsuleFolder;

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
        if (Outlet.saysThatReaderIsGone(e)) return ExitCode.READER_GONE;
        if (e instanceof CapsuleFolder.NotWritten capsule) {
            surroundings.say("cannot write " + capsule.file() + ": " + why(capsule.getCause()));
            return ExitCode.BAD_INPUT;
        }
        surroundings.say("cannot write the output: " + reason(e));
        return ExitCode.BAD_INPUT;
    }

    /** What an exception says about the file that it is about, in words. */
    static String why(IOException e) {
        if (e instanceof AccessDeniedException) return "permission denied";
        if (e instanceof NoSuchFileException) return "the folder has vanished";
        if (e instanceof FileAlreadyExistsException) return "a file of the folder's name is in the way";
        if (e instanceof FileSystemException system && system.getReason() != null) return system.getReason();
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** What an exception says, in words; Java gives some of them only a class and a path. */
    static String reason(IOException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (e instanceof AccessDeniedException) return message + ": permission denied";
        if (e instanceof NoSuchFileException) return message + ": there is no such file or folder";
        if (e instanceof FileAlreadyExistsException) return message + ": a file of this name is in the way";
        return message.isEmpty() ? e.getClass().getSimpleName() : message;
    }

    /** The same of a folder that was to be made, where that something is missing says that it cannot be. */
    static String notMade(IOException e) {
        return e instanceof NoSuchFileException missing ? missing.getFile() + ": this cannot be created" : reason(e);
    }
}
