package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Verdict;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.Problem;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.ScenarioPaths;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a scenario of the library ends in when it runs by time, with its real guest, buffers and delays, is among what the small instance can end in: its bounds leave out
 * nothing that is known to happen. So is what it ended in for real QEMUs behind a relay that drops or resets a connection: that relay stays in the small instance.
 */
class LibraryExploredTest {
    private static final Path SCENARIOS = Path.of("../../scenarios");

    @TestFactory
    List<DynamicTest> whatHappensByTimeIsReached() throws NoSuchFileException {
        List<DynamicTest> tests = tests("library", scenario -> true);
        assertThat(tests).hasSizeGreaterThan(120);
        return tests;
    }

    @TestFactory
    List<DynamicTest> whatRealRunsEndedInBehindARelayIsReached() throws NoSuchFileException {
        List<DynamicTest> tests = tests("observed", scenario -> scenario.network().relay() instanceof Relay.Drop || scenario.network().relay() instanceof Relay.Reset);
        assertThat(tests).hasSizeGreaterThan(25);
        return tests;
    }

    private static List<DynamicTest> tests(String folder, Predicate<Scenario> which) throws NoSuchFileException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path path : ScenarioPaths.expand(List.of(SCENARIOS.resolve(folder)))) {
            LoadedFile file = ScenarioLoader.load(path, path.toString());
            assertThat(file.problems()).extracting(Problem::oneLine).isEmpty();
            for (Loaded loaded : file.scenarios()) {
                Scenario scenario = loaded.scenario();
                if (which.test(scenario)) tests.add(DynamicTest.dynamicTest(SCENARIOS.relativize(path) + " " + scenario.name(), () -> reaches(scenario)));
            }
        }
        return tests;
    }

    private static void reaches(Scenario scenario) {
        Verdict verdict = Simulation.of(scenario).run(1, false).verdict();
        Exploration exploration = Explorer.explore(scenario, Settings.DEFAULT);
        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.found()).extracting(Found::ending).as("%s; the guest runs on %s", verdict.outcome(), verdict.guestRunsOn())
                .anyMatch(ending -> ending.isOf(verdict));
    }
}
