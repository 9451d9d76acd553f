package org.chanrace.scenarios.capsule;

/** What decided the order of a capsule's run. */
public enum Drive {
    /** Virtual time, from the seed. The schedule shows where a run that comes out otherwise departs. */
    BY_TIME("by-time"),
    /** Somebody who tried orders: the schedule alone decides. */
    BY_ORDER("by-order");

    private final String text;

    Drive(String text) {
        this.text = text;
    }

    /** The word in files and output. */
    public String text() {
        return text;
    }
}
