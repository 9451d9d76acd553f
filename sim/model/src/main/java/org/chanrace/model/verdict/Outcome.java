package org.chanrace.model.verdict;

/** How a migration ended. */
public enum Outcome {
    /** The guest runs on the destination with all of its pages; also after a recovery. */
    COMPLETED("completed"),
    /** Nothing moves any more, and the source never became active. */
    SETUP_STALL("setup-stall"),
    /** Nothing moves any more while the source is in precopy. */
    PRECOPY_STALL("precopy-stall"),
    /** Nothing moves any more after the switch to postcopy. */
    POSTCOPY_STALL("postcopy-stall"),
    /** Both sides wait for a recovery. */
    POSTCOPY_PAUSED("postcopy-paused"),
    /** The source gave up or was cancelled, and the guest stays there. */
    FAILED("failed"),
    /** The source's process died. */
    SOURCE_CRASH("source-crash"),
    /** The destination's process died. */
    DESTINATION_CRASH("destination-crash"),
    /** A capability or a parameter was not accepted, and no migration began. */
    REFUSED("refused"),
    /** The guest has lost or stale pages, whatever the statuses say. */
    GUEST_CORRUPT("guest-corrupt"),
    /** The guest runs on both sides; or on the source, although it has run on the destination: its memory is that of the switch, its disks are not. */
    SPLIT_BRAIN("split-brain"),
    /** A limit on events or on virtual time was reached. */
    LIMIT("limit");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** The word in files and output. */
    public String text() {
        return text;
    }
}
