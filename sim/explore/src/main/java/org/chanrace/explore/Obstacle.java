package org.chanrace.explore;

/** Why no disturbance was found that leads to an ending. */
public enum Obstacle {
    /** No delays of packets put the pairs of events that decide the ending into this order, as these events are brought about in it: whenever the operator and the guest act. */
    CONTRADICTION,
    /** With delays that put the witness's events into its order as far as delays can, pair by pair, the run ends otherwise. */
    OTHER_ENDING,
    /** It takes longer to find them, or to know that there are none, than we try. */
    EFFORT
}
