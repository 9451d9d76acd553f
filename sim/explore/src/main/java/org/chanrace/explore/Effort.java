package org.chanrace.explore;

/**
 * How much is visited to explain one witness: numbers of states, so that an explanation does not depend on how fast a machine is.
 *
 * @param statesPerTrial for one set of constraints, above 0
 * @param states in all, above 0
 */
public record Effort(long statesPerTrial, long states) {
    /** Enough for whatever has no disturbances; some seconds where there are. */
    public static final Effort DEFAULT = new Effort(200_000, 1_000_000);

    public Effort {
        if (statesPerTrial <= 0 || states <= 0) throw new IllegalArgumentException("numbers of states are above 0");
    }
}
