package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The library as acceptance tests: every scenario ends as it expects, in everything that it expects. */
class LibraryRunsTest {
    private static final long SEED = 1;

    @TestFactory
    List<DynamicTest> everyScenarioEndsAsItExpects() throws NoSuchFileException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : ScenarioPaths.expand(List.of(Path.of("library"), Path.of("tour"))))
            for (Loaded loaded : ScenarioLoader.load(file, file.toString()).scenarios())
                tests.add(DynamicTest.dynamicTest(file.getParent().getFileName() + "/" + loaded.scenario().name(), () -> endsAsExpected(loaded.scenario())));
        assertThat(tests).hasSizeGreaterThan(25);
        return tests;
    }

    private static void endsAsExpected(Scenario scenario) {
        if (scenario.expectation().isEmpty()) return;
        Expectation expected = scenario.expectation().get();
        RunResult result = Simulation.of(scenario).run(SEED, false);
        Verdict v = result.verdict();
        assertThat(expected.outcomes()).as(v.reason()).contains(v.outcome());
        check("guest-runs-on", expected.guestRunsOn(), v.guestRunsOn());
        check("source-monitor", expected.sourceMonitor(), v.sourceMonitor());
        check("destination-monitor", expected.destinationMonitor(), v.destinationMonitor());
        check("source-status", expected.sourceStatus(), v.sourceStatus());
        check("destination-status", expected.destinationStatus(), v.destinationStatus());
        expected.waits().ifPresent(words -> assertThat(v.waits(words)).as(words + ": " + v.waits()).isTrue());
        for (Expectation.Within within : expected.quantities())
            assertThat(within.quantity().of(result.measurements().orElseThrow())).as(within.toString()).isPresent().matches(got -> within.contains(got.getAsLong()), "within its limits");
    }

    private static <T> void check(String what, Optional<T> expected, T actual) {
        expected.ifPresent(value -> assertThat(actual).as(what).isEqualTo(value));
    }
}
