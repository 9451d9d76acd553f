package org.chanrace.model.verdict;

/** Whether a QEMU's monitor (QMP, served by its main loop) still answers. */
public enum Monitor {
    ANSWERS("answers"),
    /** The main loop is blocked for ever. */
    HUNG("hung"),
    /** The process is dead. */
    GONE("gone");

    private final String text;

    Monitor(String text) {
        this.text = text;
    }

    /** The word in files and output. */
    public String text() {
        return text;
    }
}
