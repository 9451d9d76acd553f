package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A state that was saved and loaded elsewhere goes on as the one that it was saved from: a field that is forgotten shows here. */
class SavedStateTest {
    private static final long SEED = 7;
    private static final int MOMENTS = 12;

    @TestFactory
    List<DynamicTest> everyScenarioOfTheLibraryGoesOnFromAnyMoment() throws NoSuchFileException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : ScenarioPaths.expand(List.of(Path.of("library"), Path.of("tour"))))
            for (Loaded loaded : ScenarioLoader.load(file, file.toString()).scenarios()) tests.add(DynamicTest.dynamicTest(loaded.scenario().name(), () -> goesOn(Smaller.of(loaded.scenario()))));
        return tests;
    }

    private static void goesOn(Scenario scenario) {
        Simulation simulation = Simulation.of(scenario);
        RunResult whole = simulation.run(SEED, false);
        long events = whole.events();
        for (int m = 0; m < MOMENTS; m++) {
            long moment = Math.max(1, events * m / MOMENTS);
            simulation.runUntil(SEED, moment);
            StateWriter saved = new StateWriter();
            simulation.save(saved);
            Simulation fresh = Simulation.of(scenario);
            fresh.run(SEED + 1, false);
            fresh.load(new StateReader().of(saved.buffer(), 0));
            StateWriter again = new StateWriter();
            fresh.save(again);
            assertThat(again.toBytes()).as("saved again after %s events", moment).isEqualTo(saved.toBytes());
            RunResult rest = fresh.goOn(SEED);
            RunResult expected = simulation.goOn(SEED);
            assertThat(rest.digest()).as("after %s events", moment).isEqualTo(whole.digest()).isEqualTo(expected.digest());
            assertThat(rest.verdict().outcome()).isEqualTo(whole.verdict().outcome());
            assertThat(rest.connections()).isEqualTo(whole.connections());
        }
    }
}
