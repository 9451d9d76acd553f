package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.Problem;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.ScenarioPaths;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The known races, and those that exploring came upon, as acceptance tests: from a scenario that names no relay and no delay, trying every order finds the race in each pairing that
 * is said to have it, and in none that is said not to.
 */
class RacesTest {
    private static final Path LIBRARY = Path.of("../../scenarios/library");

    private static List<Scenario> races() throws NoSuchFileException {
        List<Scenario> races = new ArrayList<>();
        for (Path path : ScenarioPaths.expand(List.of(LIBRARY.resolve("races"), LIBRARY.resolve("findings")))) {
            LoadedFile file = ScenarioLoader.load(path, path.toString());
            assertThat(file.problems()).extracting(Problem::oneLine).isEmpty();
            for (Loaded loaded : file.scenarios()) races.add(loaded.scenario());
        }
        return races;
    }

    @TestFactory
    List<DynamicTest> everyRaceIsFoundWhereItIsAndNowhereElse() throws NoSuchFileException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Scenario race : races()) {
            for (Pairing pairing : race.failsIn()) tests.add(DynamicTest.dynamicTest(race.name() + " fails in " + pairing.text(), () -> isFound(race.in(pairing))));
            for (Pairing pairing : race.passesIn()) tests.add(DynamicTest.dynamicTest(race.name() + " passes in " + pairing.text(), () -> isNotFound(race.in(pairing))));
        }
        assertThat(tests).hasSizeGreaterThan(120);
        return tests;
    }

    /** Each race is told by a scenario that says what it is, and gives the explorer nothing to go by. */
    @TestFactory
    List<DynamicTest> everyRaceIsGivenFromTheScenarioAlone() throws NoSuchFileException {
        return races().stream().map(race -> DynamicTest.dynamicTest(race.name(), () -> {
            assertThat(race.network().relay().getClass().getSimpleName()).isEqualTo("None");
            assertThat(race.network().hops()).isEmpty();
            assertThat(race.bounds().finds()).isPresent();
            assertThat(race.because()).isNotEmpty();
            assertThat(race.expectation()).isPresent();
            assertThat(race.failsIn().size() + race.passesIn().size()).isPositive();
        })).toList();
    }

    private static void isFound(Scenario scenario) {
        Exploration exploration = Explorer.explore(scenario, Settings.DEFAULT);
        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.sought()).isNotEmpty();
        for (Found found : exploration.sought()) {
            Witness witness = found.witness();
            assertThat(found.ending().isBad()).as(found.ending().toString()).isTrue();
            assertThat(witness.order().choices()).isNotEmpty();
            assertThat(witness.result().verdict().outcome()).isEqualTo(found.ending().outcome());
            assertThat(witness.result().verdict().guestRunsOn()).isEqualTo(found.ending().guestRunsOn());
        }
    }

    /** Not found, in a model in which a migration can complete: one in which nothing can happen would be no proof. */
    private static void isNotFound(Scenario scenario) {
        Exploration exploration = Explorer.explore(scenario, Settings.DEFAULT);
        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.sought()).extracting(Found::ending).isEmpty();
        assertThat(exploration.completes()).isTrue();
        assertThat(exploration.ineffective()).as("what the scenario has come, and no order has").isEmpty();
    }
}
