package org.chanrace.model.network;

/** The role in which a connection was opened. */
public enum Channel {
    MAIN("main"),
    PREEMPT("preempt"),
    /** A stranger's: a port probe. */
    PROBE("probe");

    private final String text;

    Channel(String text) {
        this.text = text;
    }

    /** The word in output. */
    public String text() {
        return text;
    }
}
