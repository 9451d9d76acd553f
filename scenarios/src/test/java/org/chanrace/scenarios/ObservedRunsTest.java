package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real QEMU binaries did, against the model: outcome, guest location, monitors, statuses, and which connection the destination
 * accepted when.
 */
final class ObservedRunsTest {
    private static final Path OBSERVED = Path.of("observed");
    private static final long SEED = 1;

    @ParameterizedTest
    @ValueSource(strings = {"preempt", "recovery"})
    void theModelDoesWhatRealQemusDid(String family) throws IOException {
        Map<String, List<String[]>> order = acceptOrder();
        List<String> disagreements = new ArrayList<>();
        int cases = 0;
        for (Path file : ScenarioPaths.expand(List.of(OBSERVED.resolve(family)))) {
            LoadedFile loaded = ScenarioLoader.load(file, file.toString());
            assertThat(loaded.problems()).isEmpty();
            for (Loaded one : loaded.scenarios()) {
                cases++;
                RunResult result = Simulation.of(one.scenario()).run(SEED, false);
                compare(one.scenario(), result, order, disagreements);
            }
        }
        assertThat(cases).isGreaterThan(20);
        assertThat(disagreements).isEmpty();
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
