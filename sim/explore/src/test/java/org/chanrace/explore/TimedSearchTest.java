package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.ScenarioPaths;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders that durations allow: where the border is by formula, and laws. */
class TimedSearchTest {
    /**
     * Main's ACK and preempt's are apart by two wake-ups W, and by the three packets of preempt's handshake against the one of main's (TESTING.md): with
     * latencies from a to b they can swap if b > 2W + 3a, and not if b = 2W + 3a, where main is first.
     */
    @ParameterizedTest
    @CsvSource({"10, 5", "10, 0", "0, 5", "100, 100"})
    void theSwapNeedsAnIntervalAsWideAsThis(long leastMicros, long wakeUpMicros) {
        long border = 1000 * (2 * wakeUpMicros + 3 * leastMicros);
        assertThat(endings(together(leastMicros * 1000, border, wakeUpMicros))).allMatch(e -> !e.isBad()).isNotEmpty();
        assertThat(endings(together(leastMicros * 1000, border + 1, wakeUpMicros))).anyMatch(Ending::isBad).anyMatch(e -> e.outcome() == Outcome.COMPLETED);
    }

    /** One nanosecond beyond the border there is one way: main's ACK takes as long as a packet can, and all else as little as it can. */
    @Test
    void theWitnessSaysWhichPacketIsLate() {
        Found stalls = Explorer.exploreTimed(together(10_000, 40_001, 5), Settings.DEFAULT).bad().get(0);
        Timing timing = stalls.witness().timing().orElseThrow();
        assertThat(timing.ran()).isTrue();
        assertThat(timing.moments()).hasSameSizeAs(stalls.witness().order().moves()).isSorted();
        assertThat(timing.longer()).hasSize(1);
        assertThat(timing.longer().get(0).move().words()).startsWith("the ACK of connection 1 (main)");
        assertThat(timing.longer().get(0).nanos()).isEqualTo(40_001);
        assertThat(timing.longer().get(0).leastNanos()).isEqualTo(10_000);
        assertThat(stalls.witness().result().virtualNanos()).isEqualTo(timing.moments().get(timing.moments().size() - 1));
    }

    @Test
    void withoutReductionItEndsAlike() {
        Scenario scenario = small("8.0-rc1", "7.2.0", "pc-q35-7.2", 10_000, 60_000);
        Exploration reduced = Explorer.exploreTimed(scenario, Settings.DEFAULT);
        Exploration full = Explorer.exploreTimed(scenario, new Settings(false, 1L << 30, 1));
        assertThat(full.complete()).isTrue();
        assertThat(endings(full)).isEqualTo(endings(reduced));
        assertThat(full.states()).isGreaterThan(reduced.states());
    }

    @Test
    void itGoesThroughTheRelayOfARecovery() {
        Scenario scenario = parse(text("10.0.0", "10.0.0", "pc-q35-8.0", 1, 2, 5, 0).replace("do: start-postcopy}]", "do: start-postcopy}, {after: postcopy-active, do: break-network}, "
                + "{after: postcopy-paused, do: recover, relay: swap}]"));
        Action recover = TimedInstance.timeless(scenario).events().get(TimedInstance.timeless(scenario).events().size() - 1).action();
        assertThat(recover).isEqualTo(new Action.Recover(new Network.Relay.Swap()));
        Exploration timed = Explorer.exploreTimed(scenario, Settings.DEFAULT);
        assertThat(timed.complete()).isTrue();
        assertThat(timed.completes()).isTrue();
        for (Found found : timed.found()) assertThat(wasRunByTime(found)).isTrue();
    }

    /** The stranger that connects first keeps the main loop from all else for as long as it stays: here that is longer than anything else takes. */
    @Test
    void aStrangerStaysAsLongAsItDoes() {
        Scenario scenario = Explored.library("races/r29-strangers.yaml");
        Exploration timed = Explorer.exploreTimed(scenario.in(scenario.failsIn().get(0)), Settings.DEFAULT);
        assertThat(timed.complete()).isTrue();
        assertThat(timed.sought()).hasSize(1).allMatch(found -> found.ending().outcome() == Simulation.of(scenario).outcome(1)).allMatch(TimedSearchTest::wasRunByTime);
    }

    /** What takes time, and that a distribution without a bound is cut off where one draw in a thousand lies beyond. */
    @Test
    void spansAreThoseOfTheDistributions() {
        Scenario scenario = parse(text("7.2.0", "7.2.0", "pc-q35-7.2", 10, 20, 5, 0)
                .replace("bandwidth: unlimited}\nhost", "bandwidth: unlimited, hops: [{proxy: {connect: {exponential: {mean: 1 ms}}}}]}\nhost"));
        List<TimedInstance.Span> spans = TimedInstance.spans(scenario);
        assertThat(spans.get(0)).isEqualTo(new TimedInstance.Span("a packet, one way", 10, 20, false));
        assertThat(spans.get(1)).isEqualTo(new TimedInstance.Span("proxy 1, until it dials on", 0, 6_907_755, true));
        assertThat(spans.get(2)).isEqualTo(new TimedInstance.Span("a thread, until it has woken up", 5_000, 5_000, false));
        assertThat(TimedInstance.spans(parse("name: default\nsource: 7.2.0\ndestination: 7.2.0\nmachine: pc-q35-7.2\n")).get(1).cut()).isTrue();
    }

    /** In little memory, so that many are given up half way; what was found until then was run by time. */
    @TestFactory
    Stream<DynamicTest> theLibraryIsExplored() throws NoSuchFileException {
        Path library = Path.of("../../scenarios/library");
        List<Path> files = ScenarioPaths.expand(List.of(library));
        assertThat(files).hasSizeGreaterThan(60);
        return files.stream().map(file -> DynamicTest.dynamicTest(library.relativize(file).toString(), () -> {
            for (Loaded loaded : ScenarioLoader.load(file, file.toString()).scenarios()) {
                Scenario scenario = loaded.scenario();
                if (!Explorer.hasTimedOrders(scenario)) continue;
                Exploration timed = Explorer.exploreTimed(scenario.failsIn().isEmpty() ? scenario : scenario.in(scenario.failsIn().get(0)), new Settings(true, 1 << 20, 1));
                assertThat(timed.complete()).isEqualTo(timed.frontier() == 0);
                if (timed.complete()) assertThat(timed.found()).isNotEmpty();
                for (Found found : timed.found()) assertThat(wasRunByTime(found)).as(found.ending().toString()).isTrue();
            }
        }));
    }

    @Test
    void aTenthOfTheLatencyDoesNotSwap() {
        assertThat(endings(together(100_000, 110_000, 100))).allMatch(e -> !e.isBad()).isNotEmpty();
    }

    @Test
    void whereNothingIsFreeThereIsOneOrder() {
        Scenario scenario = parse("""
                name: one-order
                source: %s
                destination: %s
                machine: pc-q35-7.2
                capabilities: [postcopy-ram, postcopy-preempt]
                network: {latency: 100 us, bandwidth: unlimited}
                host: {wake-up: 100 us}
                guest: {memory: 8 MiB, working-set: 4 MiB, page-size: 2 MiB}
                parameters: {max-bandwidth: unlimited, max-postcopy-bandwidth: unlimited}
                explore: {precopy-rounds: 0, faults: 0, device-faults: 0}
                """.formatted("7.2.0", "7.2.0"));
        Exploration timed = Explorer.exploreTimed(scenario, Settings.DEFAULT);
        assertThat(timed.timed()).isTrue();
        assertThat(timed.complete()).isTrue();
        assertThat(timed.transitions()).isEqualTo(timed.states() - 1).isEqualTo(timed.depth());
        Found only = timed.found().get(0);
        assertThat(timed.found()).hasSize(1);
        int[] schedule = Simulation.of(TimedInstance.typical(scenario)).schedule(0);
        // The run by time ends with the mark of its end, which is no event of an order.
        assertThat(only.witness().order().schedule()).isEqualTo(Arrays.copyOf(schedule, schedule.length - 1));
    }

    @ParameterizedTest
    @CsvSource({"7.2.0, 7.2.0, pc-q35-7.2", "7.2.0, 10.1.0, pc-q35-7.2", "8.0-rc1, 7.2.0, pc-q35-7.2", "10.0.0, 10.0.0, pc-q35-8.0"})
    void whatTheTimesAllowIsAmongAllOrders(String source, String destination, String machine) {
        Set<Ending> all = new TreeSet<>(endings(Explorer.explore(small(source, destination, machine, 10_000, 10_000), Settings.DEFAULT)));
        Set<Ending> before = Set.of();
        for (long most : new long[] {10_000, 60_000, 1_000_000}) {
            Exploration timed = Explorer.exploreTimed(small(source, destination, machine, 10_000, most), Settings.DEFAULT);
            Set<Ending> endings = new TreeSet<>(endings(timed));
            assertThat(timed.complete()).isTrue();
            assertThat(endings).isSubsetOf(all).containsAll(before);
            before = endings;
            for (Found found : timed.found()) {
                assertThat(wasRunByTime(found)).isTrue();
                assertThat(found.witness().result().verdict().outcome()).isEqualTo(found.ending().outcome());
            }
        }
    }

    /** Half of 96 MiB take a second and more: time enough for the command to be there by the next look, were it the first. */
    @ParameterizedTest
    @CsvSource({"7.2.0, 7.2.0, pc-q35-7.2", "7.2.0, 10.1.0, pc-q35-7.2", "8.0-rc1, 7.2.0, pc-q35-7.2", "10.0.0, 10.0.0, pc-q35-8.0"})
    void whereAnythingMayTakeAnyTimeEveryOrderIsThere(String source, String destination, String machine) {
        Scenario scenario = parse(text(source, destination, machine, 0, 1_000_000_000, 5, 1)
                .replace("memory: 4 MiB", "memory: 96 MiB").replace("max-bandwidth: unlimited", "max-bandwidth: 30 MB/s")
                .replace("bandwidth: unlimited}\nhost", "bandwidth: unlimited, send-buffer: unlimited, receive-buffer: unlimited}\nhost"));
        assertThat(endings(Explorer.exploreTimed(scenario, Settings.DEFAULT))).isEqualTo(endings(Explorer.explore(scenario, Settings.DEFAULT)));
    }

    /** A page of the small guest stands for a third of 96 MiB, which take a second: time enough to ask for a page while others are sent. */
    @ParameterizedTest
    @CsvSource({"8.0.0, GUEST_CORRUPT", "8.2.0, POSTCOPY_STALL"})
    void aPageTakesAsLongAsThoseThatItStandsFor(String release, Outcome outcome) {
        Scenario scenario = parse(text(release, release, "pc-q35-8.0", 0, 1_000_000_000, 5, 1)
                .replace("memory: 4 MiB, working-set: 2 MiB", "memory: 96 MiB, working-set: 4 MiB").replace("bandwidth: unlimited,", "bandwidth: 30 MB/s,")
                .replace("max-postcopy-bandwidth: unlimited", "max-postcopy-bandwidth: 30 MB/s")
                .replace("pages: 2, precopy-rounds: 0, faults: 1, device-faults: 0", "pages: 3, precopy-rounds: 1, faults: 1, device-faults: 1"));
        Exploration timed = Explorer.exploreTimed(scenario, Settings.DEFAULT);
        assertThat(endings(timed)).isEqualTo(endings(Explorer.explore(scenario, Settings.DEFAULT))).anyMatch(e -> e.outcome() == outcome);
        for (Found found : timed.found()) assertThat(wasRunByTime(found)).isTrue();
    }

    /** The proxy may dial main on late: how late, its distribution says. */
    @ParameterizedTest
    @CsvSource({"100, false", "400, true"})
    void aProxyIsPartOfWhatTheScenarioAllows(long mostMicros, boolean swaps) {
        String proxy = "latency: 10 us, bandwidth: unlimited, hops: [{proxy: {connect: {uniform: {from: 0 us, to: %d us}}}}]".formatted(mostMicros);
        Scenario scenario = parse(text("7.2.0", "7.2.0", "pc-q35-7.2", 1, 2, 100, 0).replace("latency: {uniform: {from: 1 ns, to: 2 ns}}, bandwidth: unlimited", proxy));
        Exploration timed = Explorer.exploreTimed(scenario, Settings.DEFAULT);
        assertThat(timed.complete()).isTrue();
        assertThat(!timed.bad().isEmpty()).isEqualTo(swaps);
        for (Found found : timed.found()) assertThat(wasRunByTime(found)).isTrue();
    }

    @Test
    void itGivesUpWhenTheMemoryIsUsedUp() {
        Exploration timed = Explorer.exploreTimed(together(10_000, 60_000, 5), new Settings(true, 20_000, 1));
        assertThat(timed.complete()).isFalse();
        assertThat(timed.frontier()).isPositive();
    }

    private static boolean wasRunByTime(Found found) {
        return found.witness().timing().orElseThrow().ran();
    }

    private static List<Ending> endings(Scenario scenario) {
        return endings(Explorer.exploreTimed(scenario, Settings.DEFAULT));
    }

    private static List<Ending> endings(Exploration exploration) {
        return exploration.found().stream().map(Found::ending).toList();
    }

    private static Scenario together(long leastNanos, long mostNanos, long wakeUpMicros) {
        return scenario("7.2.0", "7.2.0", "pc-q35-7.2", leastNanos, mostNanos, wakeUpMicros, 0);
    }

    private static Scenario small(String source, String destination, String machine, long leastNanos, long mostNanos) {
        return scenario(source, destination, machine, leastNanos, mostNanos, 5, 1);
    }

    private static Scenario scenario(String source, String destination, String machine, long leastNanos, long mostNanos, long wakeUpMicros, int faults) {
        return parse(text(source, destination, machine, leastNanos, mostNanos, wakeUpMicros, faults));
    }

    private static String text(String source, String destination, String machine, long leastNanos, long mostNanos, long wakeUpMicros, int faults) {
        return """
                name: timed
                source: %s
                destination: %s
                machine: %s
                capabilities: [postcopy-ram, postcopy-preempt]
                network: {latency: {uniform: {from: %d ns, to: %d ns}}, bandwidth: unlimited}
                host: {wake-up: %d us, device-state: 20 us, start-delay: 100 us}
                guest: {memory: 4 MiB, working-set: 2 MiB, page-size: 2 MiB}
                parameters: {max-bandwidth: unlimited, max-postcopy-bandwidth: unlimited}
                events: [{after: active, do: start-postcopy}]
                explore: {pages: 2, precopy-rounds: 0, faults: %d, device-faults: 0}
                """.formatted(source, destination, machine, leastNanos, mostNanos, wakeUpMicros, faults);
    }

    private static Scenario parse(String text) {
        LoadedFile loaded = ScenarioLoader.parse(text, "timed.yaml", Path.of("."));
        assertThat(loaded.problems()).isEmpty();
        return loaded.scenarios().get(0).scenario();
    }
}
