package org.chanrace.explore.fuzz;

/** How the order of a run is chosen. */
public enum Strategy {
    /** Every ready lane as likely as any other: {@link RandomWalk}. */
    RANDOM("random"),
    /** By random priorities with few change points: {@link Pct}. */
    PCT("pct"),
    /** By random priorities of events, drawn anew for events that race: {@link PartialOrderSampling}. */
    POS("pos"),
    /** By virtual time, as {@code chanrace run} does it; latencies and relays decide. */
    TIME("time");

    private final String text;

    Strategy(String text) {
        this.text = text;
    }

    /** The word in options and output. */
    public String text() {
        return text;
    }
}
