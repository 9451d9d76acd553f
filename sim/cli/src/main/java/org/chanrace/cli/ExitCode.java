package org.chanrace.cli;

/** What a process of ours says with its exit code, the same for every command. */
final class ExitCode {
    /** All as expected. */
    static final int OK = 0;
    /** Something was not as expected. */
    static final int NOT_AS_EXPECTED = 1;
    /** Bad usage, a bad scenario, or an output that cannot be written. */
    static final int BAD_INPUT = 2;
    /** Not everything was tried, and what was tried does not tell. */
    static final int INCONCLUSIVE = 4;
    /** A fault of our own. */
    static final int INTERNAL = 70;
    /** Stopped by Ctrl-C: 128 + SIGINT. By SIGTERM the JVM makes 128 + 15 of it. */
    static final int INTERRUPTED = 130;
    /** Whoever read our output went away: 128 + SIGPIPE, as other tools in a pipe do. */
    static final int READER_GONE = 141;

    private ExitCode() {}
}
