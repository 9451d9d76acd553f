package org.chanrace.model.verdict;

/** Where vCPUs may run at the end. A guest whose vCPUs all wait for pages for ever still counts as running: QEMU says so. */
public enum GuestLocation {
    SOURCE("source"),
    DESTINATION("destination"),
    NEITHER("neither"),
    BOTH("both");

    private final String text;

    GuestLocation(String text) {
        this.text = text;
    }

    /** The word in files and output. */
    public String text() {
        return text;
    }
}
