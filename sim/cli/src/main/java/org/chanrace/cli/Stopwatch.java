package org.chanrace.cli;

/**
 * Time that has gone by since it was made. It is the command line's only clock: what it says goes to standard error, or ends fuzzing
 * after {@code --for}; no result has it in it.
 */
final class Stopwatch {
    // No result has it in it: for standard error, and for the end of fuzzing.
    private final long begun = System.nanoTime();

    /** ns since then. */
    long nanos() {
        // As above.
        return System.nanoTime() - begun;
    }

    /** s since then. */
    double seconds() {
        return nanos() / 1e9;
    }
}
