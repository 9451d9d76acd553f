package org.chanrace.cli;

import java.lang.ref.SoftReference;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/** Runs scenarios, one after the other, for one thread. What it returns depends on its arguments alone. */
@FunctionalInterface
interface Engine {
    RunResult run(Scenario scenario, long seed, boolean withTrace);

    /** An engine that keeps the simulation of the last scenario, so that further seeds of it build nothing anew. */
    static Engine simulating() {
        return new Engine() {
            private Scenario last;
            // Soft: a run that is short of memory gets back what idle workers keep.
            private SoftReference<Simulation> kept = new SoftReference<>(null);

            @Override
            public RunResult run(Scenario scenario, long seed, boolean withTrace) {
                Simulation simulation = scenario == last ? kept.get() : null;
                if (simulation == null) {
                    kept.clear();
                    simulation = Simulation.of(scenario);
                    last = scenario;
                    kept = new SoftReference<>(simulation);
                }
                boolean whole = false;
                try {
                    RunResult result = simulation.run(seed, withTrace);
                    whole = true;
                    return result;
                } finally {
                    if (!whole) kept.clear(); // its arena may be half way through anything
                }
            }
        };
    }
}
