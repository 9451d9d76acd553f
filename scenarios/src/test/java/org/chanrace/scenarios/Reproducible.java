package org.chanrace.scenarios;

import org.chanrace.model.scenario.Scenario;

/** Lets a property that fails say how to see it fail: the scenario as a file to run, and the seed. */
final class Reproducible {
    private Reproducible() {}

    /** Checks a law about a scenario and a seed. */
    static void check(Scenario scenario, long seed, Runnable law) {
        try {
            law.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e + "\n\nSave what follows as law.yaml, then: ./chanrace run law.yaml --seed " + seed + " --trace\n\n" + ScenarioPrinter.print(scenario), e);
        }
    }
}
