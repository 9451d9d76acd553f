package org.chanrace.cli;

/** Whether somebody has asked for the end (Ctrl-C). Asked once, it stays asked; any thread may ask. */
final class Interruption {
    private volatile boolean requested;

    void request() {
        requested = true;
    }

    boolean requested() {
        return requested;
    }
}
