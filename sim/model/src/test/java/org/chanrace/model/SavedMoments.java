package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/** A run that is saved at any moment and loaded into another simulation, which ran with another seed before, goes on as it would have. */
final class SavedMoments {
    private static final long SEED = 7;
    private static final int MOMENTS = 60;

    private SavedMoments() {}

    static void check(Scenario scenario) {
        Simulation simulation = Simulation.of(scenario);
        RunResult whole = simulation.run(SEED, false);
        for (int m = 1; m < MOMENTS; m++) {
            simulation.runUntil(SEED, whole.events() * m / MOMENTS);
            StateWriter saved = new StateWriter();
            simulation.save(saved);
            Simulation other = Simulation.of(scenario);
            other.run(SEED + 1, false);
            other.load(new StateReader().of(saved.buffer(), 0));
            StateWriter again = new StateWriter();
            other.save(again);
            assertThat(again.toBytes()).isEqualTo(saved.toBytes());
            assertThat(other.goOn(SEED).digest()).isEqualTo(whole.digest());
        }
    }
}
