package org.chanrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What is said, and which code is returned, when a command cannot go on. */
final class Trouble {
    static final String REPORT = "please report it, with the command and its files; CHANRACE_DEBUG=1 shows where it happened";

    private Trouble() {}

    static int exitCode(Throwable thrown, Surroundings surroundings) {
        if (surroundings.debug()) thrown.printStackTrace(surroundings.err());
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
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (message.equals("Broken pipe")) return ExitCode.READER_GONE;
        surroundings.say("cannot write the output: " + message);
        return ExitCode.BAD_INPUT;
    }
}
