package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real QEMU binaries did, against the model: outcome, guest location, monitors, statuses, and which connection the destination
 * accepted when.
 */
final class ObservedRunsTest {
    private static final Path OBSERVED = Path.of("observed");
    private static final long SEED = 1;
    private static final long SEEDS_WHERE_THE_ORDER_DECIDES = 2_000;
    private static final long OTHER_SEEDS = 8;

    @ParameterizedTest
    @ValueSource(strings = {"preempt", "recovery"})
    void theModelDoesWhatRealQemusDid(String family) throws IOException {
        Map<String, List<String[]>> order = acceptOrder();
        List<String> disagreements = new ArrayList<>();
        List<Scenario> cases = cases(family);
        for (Scenario scenario : cases) compare(scenario, Simulation.of(scenario).run(SEED, false), order, disagreements);
        assertThat(cases).hasSizeGreaterThan(20);
        assertThat(disagreements).isEmpty();
    }

    /** The default seed is not a lucky one: what others draw decides an order as rarely as the load of the real machine did. */
    @Test
    void withOtherSeedsItAlmostAlwaysDoes() throws IOException {
        Map<String, List<String[]>> order = acceptOrder();
        List<String> disagreements = new ArrayList<>();
        long runs = 0;
        for (Scenario scenario : cases("")) {
            Simulation simulation = Simulation.of(scenario);
            for (long seed = SEED + 1; seed <= SEED + OTHER_SEEDS; seed++, runs++) compare(scenario, simulation.run(seed, false), order, disagreements);
        }
        // Of 16,600 runs with the seeds 1 to 40 it was 23.
        assertThat(disagreements).hasSizeLessThan((int) (runs / 100));
    }

    /** Where repeated runs differed, the model differs with them: each outcome that was seen comes with some seed. */
    @Test
    void whereTheOrderDecidedEveryOutcomeThatWasSeenIsReached() throws IOException {
        int cases = 0;
        for (Scenario scenario : cases("")) {
            List<Outcome> expected = scenario.expectation().orElseThrow().outcomes();
            if (expected.size() == 1) continue;
            cases++;
            Simulation simulation = Simulation.of(scenario);
            Set<Outcome> missing = EnumSet.copyOf(expected);
            for (long seed = 1; seed <= SEEDS_WHERE_THE_ORDER_DECIDES && !missing.isEmpty(); seed++) missing.remove(simulation.outcome(seed));
            assertThat(missing).as("%s never ended so", scenario.name()).isEmpty();
        }
        assertThat(cases).isGreaterThanOrEqualTo(6);
    }

    private static List<Scenario> cases(String family) throws IOException {
        List<Scenario> cases = new ArrayList<>();
        for (Path file : ScenarioPaths.expand(List.of(OBSERVED.resolve(family)))) {
            LoadedFile loaded = ScenarioLoader.load(file, file.toString());
            assertThat(loaded.problems()).isEmpty();
            for (Loaded one : loaded.scenarios()) cases.add(one.scenario());
        }
        return cases;
    }

    private static Map<String, List<String[]>> acceptOrder() throws IOException {
        Map<String, List<String[]>> byCase = new TreeMap<>();
        List<String> lines = Files.readAllLines(OBSERVED.resolve("taken-for.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            byCase.computeIfAbsent(cells[0], c -> new ArrayList<>()).add(cells);
        }
        return byCase;
    }

    private static void compare(Scenario scenario, RunResult result, Map<String, List<String[]>> order, List<String> disagreements) {
        Expectation expected = scenario.expectation().orElseThrow();
        Verdict v = result.verdict();
        List<String> wrong = new ArrayList<>();
        if (!expected.outcomes().contains(v.outcome())) wrong.add("outcome " + v.outcome().text() + " for " + expected.outcomes());
        check("guest", expected.guestRunsOn(), v.guestRunsOn(), wrong);
        check("source monitor", expected.sourceMonitor(), v.sourceMonitor(), wrong);
        check("destination monitor", expected.destinationMonitor(), v.destinationMonitor(), wrong);
        check("source status", expected.sourceStatus(), v.sourceStatus(), wrong);
        if (v.destinationMonitor() == Monitor.ANSWERS) check("destination status", expected.destinationStatus(), v.destinationStatus(), wrong);
        if (expected.outcomes().size() == 1) checkOrder(order.getOrDefault(scenario.name(), List.of()), result.connections(), wrong);
        if (!wrong.isEmpty()) disagreements.add(scenario.name() + ": " + String.join(", ", wrong) + " | " + v.reason() + " | " + v.sourceStatus() + "/" + v.destinationStatus());
    }

    private static <T> void check(String what, Optional<T> expected, T actual, List<String> wrong) {
        if (expected.isPresent() && !expected.get().equals(actual)) wrong.add(what + " " + actual + " for " + expected.get());
    }

    /** The order in which the relay passed connections on is the order in which the destination accepted them. */
    private static void checkOrder(List<String[]> rows, List<ConnectionFate> fates, List<String> wrong) {
        for (String[] row : rows) {
            int attempt = Integer.parseInt(row[1]);
            String channel = row[3];
            Optional<ConnectionFate> fate = fates.stream().filter(f -> f.attempt() == attempt && f.channel().equals(channel)).findFirst();
            if (fate.isEmpty()) {
                wrong.add("no connection for " + channel + " in attempt " + attempt);
                continue;
            }
            boolean passedOn = !row[4].isEmpty();
            if (!passedOn) {
                if (fate.get().acceptedNanos().isPresent()) wrong.add(channel + " was accepted, but never passed on in reality");
                continue;
            }
            long earlier = fates.stream().filter(f -> f.attempt() == attempt && f.acceptedNanos().isPresent() && fate.get().acceptedNanos().isPresent()
                    && f.acceptedNanos().getAsLong() < fate.get().acceptedNanos().getAsLong()).count();
            // A destination whose main loop is blocked accepts no more: what is in its queue is not seen.
            if (fate.get().acceptedNanos().isPresent() && earlier + 1 != Long.parseLong(row[4]))
                wrong.add(channel + " of attempt " + attempt + " was accepted as number " + (earlier + 1) + " for " + row[4]);
        }
    }
}
