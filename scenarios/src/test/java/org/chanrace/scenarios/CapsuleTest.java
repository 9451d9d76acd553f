package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chanrace.model.Comparison;
import org.chanrace.model.Departure;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.Simulation;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Drive;
import org.chanrace.scenarios.capsule.Replayed;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapsuleTest {
    private static final long SEED = 3;
    private static final Replayed.OrderEngine NO_ORDERS = (scenario, schedule, withTrace) -> {
        throw new AssertionError("this is a run by time");
    };

    @TempDir
    private Path folder;

    /** From a file, as somebody else would. */
    @TestFactory
    List<DynamicTest> everyRunOfTheLibraryReplaysByteForByte() throws NoSuchFileException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : ScenarioPaths.expand(List.of(Path.of("library"), Path.of("tour"))))
            for (Loaded loaded : ScenarioLoader.load(file, file.toString()).scenarios())
                tests.add(DynamicTest.dynamicTest(loaded.scenario().name(), () -> replaysByteForByte(SmallGuests.of(loaded.scenario()))));
        assertThat(tests).hasSizeGreaterThan(25);
        return tests;
    }

    private static void replaysByteForByte(Scenario scenario) {
        Simulation simulation = Simulation.of(scenario);
        RunResult run = simulation.run(SEED, true);
        String text = CapsulePrinter.print(Capsule.byTime("0.1.0", "", scenario, simulation.schedule(SEED), run));
        assertThat(text.length()).as("small").isLessThan(50_000);
        assertThat(text.lines()).allMatch(line -> line.length() <= 300);
        Capsule capsule = read(text);
        Replayed replayed = Replayed.of(capsule, NO_ORDERS, true);
        assertThat(replayed.isSame()).isTrue();
        assertThat(replayed.departure()).isEmpty();
        assertThat(replayed.now().result().orElseThrow()).isEqualTo(run);
        // A schedule that is too long is left out.
        if (capsule.schedule().length > 0)
            assertThat(Simulation.of(capsule.scenario()).follow(capsule.schedule(), capsule.seed(), true).result()).contains(run);
    }

    @Test
    void measuredValuesAreCarriedAlong() throws IOException {
        Files.writeString(folder.resolve("latency.csv"), "latency_us\n120.25\n90\n300\n");
        Files.writeString(folder.resolve("a.yaml"), CapsuleArbitraries.STALLS.replace("relay: swap", "relay: swap, latency: {empirical: latency.csv}"));
        Scenario scenario = ScenarioLoader.load(folder.resolve("a.yaml"), "a.yaml").scenarios().get(0).scenario();
        Simulation simulation = Simulation.of(scenario);
        RunResult run = simulation.run(SEED, false);
        Files.delete(folder.resolve("latency.csv"));
        String text = CapsulePrinter.print(Capsule.byTime("0.1.0", "", scenario, simulation.schedule(SEED), run));
        assertThat(text).contains("90000 120250 300000 ns").doesNotContain("latency.csv");
        assertThat(Replayed.of(read(text), NO_ORDERS, false).isSame()).isTrue();
    }

    @Test
    void aCapsuleReadsNoOtherFile() {
        String text = CapsulePrinter.print(CapsuleArbitraries.example()).replaceFirst("\\{empirical: \\{values: [^}]*}}", "{empirical: /etc/passwd}");
        assertThat(CapsuleLoader.parse(text, "x").problems()).singleElement().satisfies(p -> assertThat(p.message()).startsWith("a capsule reads no other file"));
    }

    @Test
    void aRunThatGoesOtherwiseIsFollowedToWhereItDeparts() {
        Capsule good = CapsuleArbitraries.example();
        int[] schedule = good.schedule();
        int at = 0;
        while (schedule[at] == schedule[at + 1]) at++;
        schedule[at] = schedule[at + 1];
        Replayed replayed = Replayed.of(with(good, schedule, good.digest()), NO_ORDERS, false);
        assertThat(replayed.hasSameDigest()).as("only the schedule was changed").isTrue();
        assertThat(replayed.isSame()).isFalse();
        Departure departure = replayed.departure().orElseThrow();
        assertThat(departure.pick()).isEqualTo(at + 1);
        assertThat(departure.recorded()).isNotEmpty().isNotEqualTo(departure.now());
        assertThat(departure.state()).isNotEmpty();
        assertThat(replayed.inRecordedOrder().orElseThrow().departure().map(Departure::pick)).contains((long) at + 1);
    }

    @Test
    void aRunThatIsLongerOrShorterThanItsScheduleDepartsAtTheEnd() {
        Capsule good = CapsuleArbitraries.example();
        int picks = good.picks();
        Departure longer = Replayed.of(with(good, Arrays.copyOf(good.schedule(), picks - 1), good.digest()), NO_ORDERS, false).departure().orElseThrow();
        assertThat(longer.pick()).isEqualTo(picks);
        assertThat(longer.recorded()).isEmpty();
        assertThat(longer.now()).isNotEmpty();
        Departure shorter = Replayed.of(with(good, Arrays.copyOf(good.schedule(), picks + 1), good.digest()), NO_ORDERS, false).departure().orElseThrow();
        assertThat(shorter.pick()).isEqualTo(picks + 1);
        assertThat(shorter.recorded()).isNotEmpty();
        assertThat(shorter.now()).isEmpty();
    }

    @Test
    void anotherDigestIsSeenThoughTheOrderIsTheSame() {
        Capsule good = CapsuleArbitraries.example();
        Replayed replayed = Replayed.of(with(good, good.schedule(), "0123456789abcdef"), NO_ORDERS, false);
        assertThat(replayed.isSame()).isFalse();
        assertThat(replayed.hasSameOutcome()).isTrue();
        assertThat(replayed.departure()).isEmpty();
    }

    @Test
    void anotherModelsCapsuleIsReadAndReplayed() {
        String text = CapsulePrinter.print(CapsuleArbitraries.example()).replaceFirst("(?m)^model: .*", "model: " + (ModelVersion.CURRENT + 1))
                .replaceAll("flush-accepted: never", "").replaceFirst("schedule: \\|\n", "schedule: |\n  zzzz*3\n");
        Capsule capsule = read(text);
        assertThat(capsule.isOfAnotherModel()).isTrue();
        assertThat(capsule.scenario().source().release().value(Trait.FLUSH_ACCEPTED)).as("what it does not say is as in 7.2.0 now").isEqualTo("never");
        Replayed replayed = Replayed.of(capsule, NO_ORDERS, false);
        assertThat(replayed.hasSameDigest()).isTrue();
        assertThat(replayed.hasSameOutcome()).isTrue();
        assertThat(replayed.departure().orElseThrow().state()).isEqualTo("does not exist");
    }

    @Test
    void whatAnotherModelMayBeToBlameForSaysSo() {
        String text = CapsulePrinter.print(CapsuleArbitraries.example()).replaceFirst("(?m)^model: .*", "model: " + (ModelVersion.CURRENT + 1))
                .replace("identification: A1", "identification: A9");
        assertThat(CapsuleLoader.parse(text, "x").problems()).extracting(Problem::message)
                .anyMatch(m -> m.startsWith("'identification' cannot be 'A9'")).anyMatch(m -> m.startsWith("written by model " + (ModelVersion.CURRENT + 1)));
    }

    @Test
    void aScheduleThatIsTooLongIsLeftOutOfARunByTimeOnly() {
        Simulation simulation = Simulation.of(CapsuleArbitraries.stalls());
        RunResult run = simulation.run(SEED, false);
        int[] tooLong = new int[Capsule.PICKS_MAX + 1];
        Capsule capsule = Capsule.byTime("0.1.0", "", CapsuleArbitraries.stalls(), tooLong, run);
        assertThat(capsule.picks()).isZero();
        assertThat(CapsulePrinter.print(capsule)).contains("The schedule is left out");
        assertThat(Replayed.of(read(CapsulePrinter.print(capsule)), NO_ORDERS, false).isSame()).isTrue();
        assertThatThrownBy(() -> Capsule.byOrder("0.1.0", "", CapsuleArbitraries.stalls(), tooLong, run)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOrderIsReplayedByTheEngineThatIsGiven() {
        Simulation simulation = Simulation.of(CapsuleArbitraries.stalls());
        RunResult run = simulation.run(SEED, false);
        Capsule capsule = read(CapsulePrinter.print(Capsule.byOrder("0.1.0", "found by hand", CapsuleArbitraries.stalls(), new int[] {1, 2, 3}, run)));
        assertThat(capsule.drive()).isEqualTo(Drive.BY_ORDER);
        Replayed replayed = Replayed.of(capsule, (scenario, schedule, withTrace) -> {
            assertThat(scenario).isEqualTo(capsule.scenario());
            assertThat(schedule).containsExactly(1, 2, 3);
            return new Comparison(Optional.of(run), Optional.empty());
        }, false);
        assertThat(replayed.isSame()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // what to replace | by what | line:column: message
        "capsule: 1 | capsule: 2 | 2:10: this capsule has format 2, and format 1 is read here",
        "product: 1.2.3 | product: 'a b' | 3:10: 'a b' is not a version of chanrace",
        "'model: ' | 'model: -' | 4:8: '-",
        "drive: by-time | drive: by-tme | 6:8: 'drive' cannot be 'by-tme' (did you mean 'by-time'?)",
        "seed: 7 | seed: 99999999999999999999 | 7:7: '99999999999999999999' is out of range",
        "outcome: precopy-stall | outcome: stall | 8:10: 'outcome' cannot be 'stall'",
        "digest: \" | digest: \"x | 9:9: 'x",
        "scenario: | scenaro: | 10:1: unknown key 'scenaro' (did you mean 'scenario'?)",
        "'machine: pc-q35-7.2' | 'machine: pc-q35-8.2' | 7.2.0 does not know the machine type pc-q35-8.2",
        "'schedule: |' | 'schedul: |' | unknown key 'schedul' (did you mean 'schedule'?)",
        "'newest-machine: 7.2' | 'newest-machine: seven' | 'seven' is not the version of a machine type",
        "'traits: {' | 'traits: {pong-gait: yes, ' | unknown key 'pong-gait'",
        "'identification: A1, ' | '' | without 'base' every trait is needed, and missing here: identification",
    })
    void whatIsWrongIsNamedWithItsPlace(String what, String by, String says) {
        String good = CapsulePrinter.print(CapsuleArbitraries.example());
        String line = what.replace("'schedule: |'", "schedule: |");
        assertThat(good).contains(line);
        LoadedCapsule file = CapsuleLoader.parse(good.replace(line, by), "x");
        assertThat(file.capsule()).isEmpty();
        assertThat(file.problems()).extracting(Problem::oneLine).anyMatch(p -> p.contains(says));
    }

    @Test
    void aBadPickIsNamedWithItsPlaceInTheSchedule() {
        String good = CapsulePrinter.print(CapsuleArbitraries.example());
        int line = (int) good.substring(0, good.indexOf("schedule: |")).lines().count() + 2;
        LoadedCapsule file = CapsuleLoader.parse(good.replaceFirst("schedule: \\|\n", "schedule: |\n  1 2 zz*3\n"), "x");
        assertThat(file.problems()).singleElement().satisfies(p -> assertThat(p.oneLine()).startsWith("x:" + line + ":7: there is no such lane (this scenario has "));
        LoadedCapsule indented = CapsuleLoader.parse(good.replaceFirst("schedule: \\|\n", "schedule: |\n  1 2\n    3 zz\n"), "x");
        assertThat(indented.problems()).singleElement().satisfies(p -> assertThat(p.oneLine()).startsWith("x:" + (line + 1) + ":7: there is no such lane"));
    }

    @Test
    void aScenarioIsNoCapsule() {
        assertThat(CapsuleLoader.parse(CapsuleArbitraries.STALLS, "x").problems()).extracting(Problem::oneLine)
                .containsExactly("x:1:1: this is no capsule: one begins with 'capsule: 1' (scenarios are run: chanrace run FILE)");
    }

    @Test
    void aFileHasOneCapsule() {
        String good = CapsulePrinter.print(CapsuleArbitraries.example());
        assertThat(CapsuleLoader.parse(good + "---\n" + good, "x").problems()).extracting(Problem::message).containsExactly("a file has one capsule, and this one has 2 documents");
        assertThat(CapsuleLoader.parse("", "x").problems()).extracting(Problem::message).containsExactly("this file is empty");
    }

    @Test
    void capsulesAreWrittenWholeAndNeverOverEachOther() throws IOException {
        CapsuleFolder capsules = new CapsuleFolder(folder.resolve("a/b"));
        Capsule capsule = CapsuleArbitraries.example();
        assertThat(capsules.write("x-seed7", capsule)).contains(folder.resolve("a/b/x-seed7.capsule.yaml"));
        assertThat(capsules.write("X-seed7", capsule)).contains(folder.resolve("a/b/X-seed7-2.capsule.yaml"));
        assertThat(new CapsuleFolder(folder.resolve("a/b")).write("x-seed7", capsule)).contains(folder.resolve("a/b/x-seed7.capsule.yaml"));
        try (var files = Files.list(folder.resolve("a/b"))) {
            assertThat(files).hasSize(2).allSatisfy(file -> assertThat(CapsuleLoader.load(file, "x").capsule()).contains(capsule));
        }
    }

    @Test
    void aFolderOfScenariosAndOneOfCapsulesAreTwoThings() throws IOException {
        Path scenario = Files.writeString(folder.resolve("a.yaml"), CapsuleArbitraries.STALLS);
        Path capsule = new CapsuleFolder(folder).write("b", CapsuleArbitraries.example()).orElseThrow();
        assertThat(ScenarioPaths.expand(List.of(folder))).containsExactly(scenario);
        assertThat(ScenarioPaths.expandCapsules(List.of(folder))).containsExactly(capsule);
        assertThat(ScenarioPaths.expandCapsules(List.of(scenario))).as("named, whatever its name").containsExactly(scenario);
    }

    private static Capsule with(Capsule c, int[] schedule, String digest) {
        return new Capsule(c.product(), c.model(), c.note(), c.drive(), c.seed(), schedule, digest, Outcome.PRECOPY_STALL, c.scenario());
    }

    private static Capsule read(String text) {
        LoadedCapsule file = CapsuleLoader.parse(text, "x");
        assertThat(file.problems()).as(text).isEmpty();
        return file.capsule().orElseThrow();
    }
}
