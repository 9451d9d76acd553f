package org.chanrace.explore.fuzz;

import java.util.List;

/**
 * How much is fuzzed, and how.
 *
 * @param seed the first seed; the others follow it
 * @param schedules how many runs are made, at most; {@link Long#MAX_VALUE} for no limit
 * @param jobs worker threads, above 0; nothing that is found depends on it
 * @param strategies how orders may be chosen; each seed draws one
 */
public record FuzzSettings(long seed, long schedules, int jobs, List<Strategy> strategies) {
    /** Runs that a seed makes of its scenario. */
    public static final int RUNS_PER_SEED = 16;

    public FuzzSettings {
        if (schedules < 1 || jobs < 1) throw new IllegalArgumentException("schedules and jobs are above 0");
        strategies = List.copyOf(strategies);
        if (strategies.isEmpty()) throw new IllegalArgumentException("at least one strategy");
    }

    /** All strategies, one thread. */
    public static FuzzSettings of(long seed, long schedules) {
        return new FuzzSettings(seed, schedules, 1, List.of(Strategy.values()));
    }

    /** How many runs the n-th seed, from 0, makes. */
    int runs(long n) {
        return (int) Math.max(0, Math.min(RUNS_PER_SEED, schedules - n * RUNS_PER_SEED));
    }

    /** How many seeds there are. */
    long seeds() {
        return schedules == Long.MAX_VALUE ? Long.MAX_VALUE / RUNS_PER_SEED - 1 : (schedules + RUNS_PER_SEED - 1) / RUNS_PER_SEED;
    }
}
