package org.chanrace.cli;

import java.util.List;

/**
 * Which runs are made: every scenario with every seed, scenario by scenario.
 *
 * @param scenarios in the order of the input
 * @param seed the first seed
 * @param runs how many seeds for each scenario, from {@code seed} on
 * @param traces for which runs a trace is kept
 * @param explainsUnexpected whether the first run of a scenario that is not as expected is explained
 * @param explainsAll whether every run is explained
 */
record RunPlan(List<Workload.Good> scenarios, long seed, int runs, Traces traces, boolean explainsUnexpected, boolean explainsAll) {
    /** For which runs a trace is kept at once. */
    enum Traces {
        NONE,
        /** The first seed of every scenario. */
        FIRST,
        ALL
    }

    RunPlan {
        scenarios = List.copyOf(scenarios);
        if (runs < 1) throw new IllegalArgumentException("at least one run");
    }

    long size() {
        return (long) scenarios.size() * runs;
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
