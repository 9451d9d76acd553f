package org.chanrace.model.trace;

/** A column of a space-time diagram: a thread of one of the two QEMUs, or the network between them. */
public enum Actor {
    OPERATOR(Party.OPERATOR, "operator"),
    SOURCE_MAIN_LOOP(Party.SOURCE, "main loop"),
    SOURCE_MIGRATION(Party.SOURCE, "migration thread"),
    SOURCE_RETURN_PATH(Party.SOURCE, "return-path thread"),
    NETWORK(Party.NETWORK, "network"),
    DESTINATION_MAIN_LOOP(Party.DESTINATION, "main loop"),
    DESTINATION_LISTEN(Party.DESTINATION, "listen thread"),
    DESTINATION_PREEMPT(Party.DESTINATION, "preempt thread"),
    DESTINATION_FAULT(Party.DESTINATION, "fault thread"),
    DESTINATION_VCPUS(Party.DESTINATION, "vCPUs");

    /** To whom a column belongs. */
    public enum Party {
        OPERATOR,
        SOURCE,
        NETWORK,
        DESTINATION
    }

    private final Party party;
    private final String thread;

    Actor(Party party, String thread) {
        this.party = party;
        this.thread = thread;
    }

    /** To whom the column belongs. */
    public Party party() {
        return party;
    }

    /** The thread's name without its party. */
    public String thread() {
        return thread;
    }

    /** The full name: {@code destination main loop}. */
    public String text() {
        return switch (party) {
            case SOURCE -> "source " + thread;
            case DESTINATION -> "destination " + thread;
            case OPERATOR, NETWORK -> thread;
        };
    }
}
