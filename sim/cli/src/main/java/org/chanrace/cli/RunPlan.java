package org.chanrace.cli;

import java.util.List;

/**
 * Which runs are made: every scenario with every seed, scenario by scenario.
 *
 * @param scenarios in the order of the input
 * @param seed the first seed
 * @param runs how many seeds for each scenario, from {@code seed} on
 * @param traces for which runs a trace is kept
 * @param explained which runs are explained
 */
record RunPlan(List<Workload.Good> scenarios, long seed, int runs, Traces traces, Explained explained) {
    /** A run with its trace takes room until it is written, one without takes next to none. */
    static final int TRACED_PER_WORKER = 4;

    private static final int WINDOW_MAX = 4096;

    /** For which runs a trace is kept at once. */
    enum Traces {
        NONE,
        /** The first seed of every scenario. */
        FIRST,
        ALL
    }

    /** Which runs are made once more, with a trace, after all others. */
    enum Explained {
        NONE,
        /** What is {@linkplain Explaining#isNotable notable}, each ending of a scenario once. */
        NOTABLE,
        /** Each ending of a scenario once. */
        EVERY_ENDING,
        ALL
    }

    RunPlan {
        scenarios = List.copyOf(scenarios);
        if (runs < 1) throw new IllegalArgumentException("at least one run");
    }

    long size() {
        return (long) scenarios.size() * runs;
    }

    /** How many runs may be in work at once: many, but few of those that have a trace. */
    int window(int workers) {
        long traced = (long) TRACED_PER_WORKER * workers;
        return (int) Math.min(WINDOW_MAX, switch (traces) {
            case NONE -> WINDOW_MAX;
            case FIRST -> traced * runs;
            case ALL -> traced;
        });
    }

    Batch batch() {
        return new Batch(size(), this::item);
    }

    private Item item(long number) {
        Workload.Good good = scenarios.get((int) (number / runs));
        int nth = (int) (number % runs);
        boolean traced = switch (traces) {
            case NONE -> false;
            case FIRST -> nth == 0;
            case ALL -> true;
        };
        return new Item(good.file(), good.line(), good.scenario(), seed + nth, traced);
    }
}
