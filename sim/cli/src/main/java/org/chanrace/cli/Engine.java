package org.chanrace.cli;

import java.lang.ref.SoftReference;
import java.util.function.Function;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/** Runs scenarios, one after the other, for one thread. What it returns depends on its arguments alone. */
@FunctionalInterface
interface Engine {
    RunResult run(Scenario scenario, long seed, boolean withTrace);

    /** The order in which a run picks its lanes; empty when this engine has no lanes. */
    default int[] schedule(Scenario scenario, long seed) {
        return new int[0];
    }

    /** An engine that keeps the simulation of the last scenario, so that further seeds of it build nothing anew. */
    static Engine simulating() {
        return new Engine() {
            private Scenario last;
            // Soft: a run that is short of memory gets back what idle workers keep.
            private SoftReference<Simulation> kept = new SoftReference<>(null);

            @Override
            public RunResult run(Scenario scenario, long seed, boolean withTrace) {
                return with(scenario, simulation -> simulation.run(seed, withTrace));
            }

            @Override
            public int[] schedule(Scenario scenario, long seed) {
                return with(scenario, simulation -> simulation.schedule(seed));
            }

            private <T> T with(Scenario scenario, Function<Simulation, T> use) {
                Simulation simulation = scenario == last ? kept.get() : null;
                if (simulation == null) {
                    kept.clear();
                    simulation = Simulation.of(scenario);
                    last = scenario;
                    kept = new SoftReference<>(simulation);
                }
                boolean whole = false;
                try {
                    T result = use.apply(simulation);
                    whole = true;
                    return result;
                } finally {
                    if (!whole) kept.clear(); // its arena may be half way through anything
                }
            }
        };
    }
}
