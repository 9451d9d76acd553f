package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.chanrace.explore.Disturbance.Delay;
import org.chanrace.explore.Disturbance.Measure;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.ScenarioLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The smallest disturbance: by hand where the mechanism is simple, by law where it is not. */
class DisturbancesTest {
    private static final String LIBRARY = "scenarios/library/";
    private static final List<String> SCENARIOS = List.of(
            "8.0-rc-breaks-7.2/8.0-rc1-to-8.0-rc1-preempt-late", "eos-and-the-end-of-preempt/8.0-loses-a-page", "eos-and-the-end-of-preempt/8.2-deadlocks",
            "identification-from-10.1/10.1-in-order", "compatibility/same-release-7.2", "compatibility/old-to-new", "compatibility/preempt-only-on-the-source");

    /**
     * Main and preempt are opened together: TESTING.md has this case by hand. With one way L and wake-up W, main's ACK arrives at W + 3L, and preempt's
     * at 3W + 5L; of two that arrive at the same instant main is first.
     */
    @ParameterizedTest
    @CsvSource({"100, 100", "50, 100", "1, 100", "100, 0", "0, 100", "250, 30", "10000, 120", "100000, 5"})
    void openedTogetherTheThresholdIsARoundTripAndTwoWakeUps(long latencyMicros, long wakeUpMicros) {
        Scenario scenario = together(latencyMicros, wakeUpMicros);
        Witness witness = witness(scenario, Outcome.PRECOPY_STALL);
        long threshold = 2 * latencyMicros * 1000 + 2 * wakeUpMicros * 1000 + 1;
        for (Measure measure : Measure.values()) {
            Disturbance least = Disturbances.least(scenario, witness, measure, List.of()).orElseThrow();
            assertThat(least.delays()).containsExactly(new Delay(1, "main", 1, true, 2, "ACK", threshold));
            assertThat(least.roundTripNanos()).isEqualTo(2 * latencyMicros * 1000);
        }
        Disturbance least = Disturbances.least(scenario, witness, Measure.SUM, List.of()).orElseThrow();
        assertThat(mainsAckLateBy(least, threshold - 1000)).isEqualTo(Outcome.COMPLETED);
        assertThat(mainsAckLateBy(least, threshold - 1)).isEqualTo(Outcome.COMPLETED);
        assertThat(mainsAckLateBy(least, threshold)).isEqualTo(Outcome.PRECOPY_STALL);
        assertThat(mainsAckLateBy(least, threshold + 1000)).isEqualTo(Outcome.PRECOPY_STALL);
    }

    /**
     * Main and preempt swapped, and the operator quick: the switch comes when the destination, which waits for preempt, has not read main, so that the package
     * finds no room. Nobody but the operator has to be at the right moment besides, so the threshold is that of the swap.
     */
    @ParameterizedTest
    @CsvSource({"100, 100", "1, 100", "100, 0", "10000, 120", "100000, 5"})
    void aPackageWithoutRoomIsTheSwapAndAMoment(long latencyMicros, long wakeUpMicros) {
        Scenario scenario = together(latencyMicros, wakeUpMicros);
        long threshold = 2 * latencyMicros * 1000 + 2 * wakeUpMicros * 1000 + 1;
        Witness stuck = witness(scenario, e -> e.outcome() == Outcome.POSTCOPY_STALL && e.sourceMonitor() == Monitor.HUNG);
        Disturbance least = Disturbances.least(scenario, stuck, Measure.SUM, List.of()).orElseThrow();
        assertThat(least.timed().network().receiveBuffer()).isPositive();
        assertThat(least.delays()).containsExactly(new Delay(1, "main", 1, true, 2, "ACK", threshold));
        assertThat(stuck.ending().isOf(least.result().verdict())).isTrue();
        assertThat(mainsAckLateBy(least, threshold - 1)).isEqualTo(Outcome.COMPLETED);
        // With buffers that hold everything the source is never stuck: then it does not end so.
        Simulation unlimited = Simulation.of(TimedInstance.typical(scenario));
        assertThat(stuck.ending().isOf(unlimited.run(least.in(unlimited), (lane, event, now) -> {}, false).verdict())).isFalse();
    }

    /** A packet to the destination, in a run that follows an order, comes at the latest of what is said to bring it about, to hold it up and to stand in its way. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void causesSayWhenEverythingHappens(Scenario scenario) {
        int compared = 0;
        for (Exploration.Found found : Explorer.explore(scenario, Settings.DEFAULT).bad()) {
            Optional<Disturbance> exact = Disturbances.exactly(scenario, found.witness(), Measure.SUM);
            if (exact.isEmpty() || exact.get().timed().network().receiveBuffer() == 0) continue;
            Disturbance d = exact.get();
            TimedOrder order = TimedOrder.limited(SmallInstance.of(scenario), d.timed(), found.witness()).orElseThrow();
            Simulation simulation = Simulation.of(d.timed());
            Numbering numbering = new Numbering(simulation.steps());
            Map<String, Long> happened = new TreeMap<>();
            simulation.run(d.in(simulation), (lane, event, now) -> happened.put(name(numbering, numbering.lane(lane, event)), now), false);
            Causes causes = Causes.of(d.timed(), order.order());
            List<Long> times = new ArrayList<>();
            for (Causes.Event event : causes.events().subList(0, causes.happening())) {
                long late = d.delays().stream().filter(delay -> isOf(delay, event.packetOrNull())).mapToLong(Delay::nanos).sum();
                long moment = d.moments().stream().filter(m -> m.move().equals(event.move())).mapToLong(Disturbance.Moment::nanos).sum();
                for (Causes.After cause : event.causes()) moment = Math.max(moment, time(cause, times) + late);
                for (Causes.After other : event.behind()) moment = Math.max(moment, time(other, times));
                for (Causes.After other : event.shut()) moment = Math.max(moment, time(other, times));
                times.add(moment);
                Long at = happened.get(event.move().lane() + "." + event.move().number());
                // Of what several threads write to the same socket, as they do on the way back, the n-th may be another one.
                if (at == null || event.packetOrNull() == null || !event.packetOrNull().toDestination()) continue;
                compared++;
                assertThat(at).as("%s: %s", found.ending(), event).isEqualTo(moment);
            }
        }
        assertThat(compared).isPositive();
    }

    private static boolean isOf(Delay delay, Causes.Packet packetOrNull) {
        return packetOrNull != null && delay.connection() == packetOrNull.connection() + 1 && delay.hop() == packetOrNull.hop() + 1
                && delay.toDestination() == packetOrNull.toDestination() && delay.number() == packetOrNull.number();
    }

    private static long time(Causes.After after, List<Long> times) {
        return (after.event() < 0 ? 0 : times.get(after.event())) + after.nanos();
    }

    private static Outcome mainsAckLateBy(Disturbance least, long nanos) {
        Simulation simulation = Simulation.of(least.timed());
        return simulation.run(least.in(simulation).late(0, 0, true, 2, nanos), (lane, event, now) -> {}, false).verdict().outcome();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatIsReportedWasRun(Scenario scenario) {
        for (Exploration.Found found : Explorer.explore(scenario, Settings.DEFAULT).bad()) {
            for (Measure measure : Measure.values()) {
                Optional<Disturbance> least = Disturbances.least(scenario, found.witness(), measure, List.of());
                if (least.isEmpty()) continue;
                Disturbance d = least.get();
                assertThat(comesAbout(d, Optional.empty())).isTrue();
                assertThat(d.result().trace()).isPresent();
                assertThat(d.delays()).allMatch(delay -> delay.nanos() > 0);
                // A delay that alone does it is the least: with 1 ns less the order is another one, or the end.
                if (d.delays().size() == 1) assertThat(comesAbout(d, Optional.of(d.delays().get(0)))).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void eachMeasureIsLeastInItsOwn(Scenario scenario) {
        int compared = 0;
        for (Exploration.Found found : Explorer.explore(scenario, Settings.DEFAULT).bad()) {
            Optional<Disturbance> sum = Disturbances.least(scenario, found.witness(), Measure.SUM, List.of());
            Optional<Disturbance> max = Disturbances.least(scenario, found.witness(), Measure.MAX, List.of());
            Optional<Disturbance> exact = Disturbances.exactly(scenario, found.witness(), Measure.SUM);
            if (sum.isPresent() && exact.isPresent()) assertThat(exact.get().sumNanos()).isGreaterThanOrEqualTo(sum.get().sumNanos());
            if (sum.isEmpty() || max.isEmpty() || !sum.get().forced().equals(max.get().forced())) continue;
            compared++;
            assertThat(max.get().maxNanos()).isLessThanOrEqualTo(sum.get().maxNanos());
            assertThat(sum.get().sumNanos()).isLessThanOrEqualTo(max.get().sumNanos());
        }
        assertThat(compared).isPositive();
    }

    /** What the least sum does is as large as something: late packets do bring it about, whatever is to be least. */
    @Test
    void whereASumIsFoundALargestDelayIsFound() {
        Scenario scenario = parse("""
                name: unread
                machine: pc-q35-7.2
                source: 7.2.0
                destination: 8.0.0
                capabilities: [postcopy-ram, postcopy-preempt]
                explore: {unread-pages: 64, operator: [start-postcopy]}
                """);
        int compared = 0;
        for (Exploration.Found found : Explorer.explore(scenario, Settings.DEFAULT).bad()) {
            Optional<Disturbance> sum = Disturbances.least(scenario, found.witness(), Measure.SUM, List.of());
            if (sum.isEmpty()) continue;
            compared++;
            Optional<Disturbance> max = Disturbances.least(scenario, found.witness(), Measure.MAX, List.of());
            assertThat(max).hasValueSatisfying(m -> {
                assertThat(m.maxNanos()).isLessThanOrEqualTo(sum.get().maxNanos());
                assertThat(comesAbout(m, Optional.empty())).isTrue();
            });
        }
        assertThat(compared).isPositive();
    }

    static Stream<Scenario> scenarios() {
        return SCENARIOS.stream().map(DisturbancesTest::library);
    }

    /** Sent by itself, preempt would have to be accepted after the package: by 5 ms of saving devices, and as long as its handshake was ahead. */
    @Test
    void aLatePreemptHangsA82Destination() {
        Scenario scenario = library("eos-and-the-end-of-preempt/8.2-deadlocks");
        Disturbance least = Disturbances.least(scenario, witness(scenario, "POSTCOPY_STALL", "HUNG"), Measure.SUM, List.of()).orElseThrow();
        assertThat(least.delays()).singleElement().satisfies(delay -> {
            assertThat(delay.channel()).isEqualTo("preempt");
            assertThat(delay.step()).isEqualTo("ACK");
        });
        assertThat(least.moments()).anyMatch(m -> m.move().words().contains("looks what to send in postcopy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0-rc-breaks-7.2/8.0-rc1-to-7.2", "8.0-rc-breaks-7.2/8.0-rc1-to-7.1"})
    void whatAlwaysStallsNeedsNoDelay(String file) {
        Scenario scenario = library(file);
        for (Exploration.Found found : Explorer.explore(scenario, Settings.DEFAULT).bad())
            assertThat(Disturbances.least(scenario, found.witness(), Measure.SUM, List.of()).orElseThrow().delays()).isEmpty();
    }

    @Test
    void aCoreThatIsGivenIsForced() {
        Scenario scenario = together(100, 100);
        Witness witness = witness(scenario, Outcome.PRECOPY_STALL);
        Disturbance without = Disturbances.least(scenario, witness, Measure.SUM, List.of()).orElseThrow();
        assertThat(Disturbances.least(scenario, witness, Measure.SUM, without.forced()).orElseThrow().delays()).isEqualTo(without.delays());
        assertThat(without.forced()).singleElement().satisfies(pair -> {
            assertThat(pair.before().words()).contains("ACK of connection 2");
            assertThat(pair.after().words()).contains("ACK of connection 1");
        });
    }

    @Test
    void withoutDelaysARunIsTheRun() {
        Scenario timed = TimedInstance.typical(together(100, 100));
        Simulation simulation = Simulation.of(timed);
        RunResult plain = simulation.run(0, true);
        RunResult disturbed = simulation.run(simulation.delays(), (lane, event, now) -> {}, true);
        assertThat(disturbed).isEqualTo(plain);
        assertThat(simulation.run(simulation.delays().late(0, 0, true, 2, 1000), (lane, event, now) -> {}, false).digest()).isNotEqualTo(plain.digest());
        assertThat(simulation.run(0, true)).isEqualTo(plain);
    }

    @Test
    void aMixtureIsRepresentedByItsLikeliestPart() {
        Distribution mixture = new Distribution.Mixture(List.of(
                new Distribution.Mixture.Part(1, new Distribution.Constant(5)), new Distribution.Mixture.Part(3, new Distribution.Uniform(100, 300)),
                new Distribution.Mixture.Part(2, new Distribution.Constant(1_000_000))));
        assertThat(TimedInstance.typicalNanos(mixture)).isEqualTo(200);
        assertThat(TimedInstance.typicalNanos(new Distribution.Lognormal(120_000, 0.7))).isEqualTo(120_000);
    }

    /** Whether the run ends as it should, with the pairs in order; one delay may be 1 ns less than it is. */
    private static boolean comesAbout(Disturbance d, Optional<Delay> lessOf) {
        Simulation simulation = Simulation.of(d.timed());
        Delays delays = d.in(simulation);
        lessOf.ifPresent(delay -> delays.late(delay.connection() - 1, delay.hop() - 1, delay.toDestination(), delay.number(), delay.nanos() - 1));
        List<String> log = new ArrayList<>();
        Numbering numbering = new Numbering(simulation.steps());
        RunResult result = simulation.run(delays, (lane, event, now) -> log.add(name(numbering, numbering.lane(lane, event))), false);
        return endsAlike(result, d) && d.forced().stream().allMatch(pair -> {
            int after = log.indexOf(pair.after().lane() + "." + pair.after().number());
            int before = log.indexOf(pair.before().lane() + "." + pair.before().number());
            return before >= 0 && (after < 0 || before < after);
        });
    }

    private static String name(Numbering numbering, int nameLane) {
        return nameLane + "." + numbering.next(nameLane);
    }

    /** As the witness, but where the order is none of an instance with times and buffers that fill up: there a source that is stuck in a write in the witness comes further. */
    private static boolean endsAlike(RunResult result, Disturbance d) {
        Verdict reported = d.result().verdict();
        boolean buffersFill = d.timed().network().receiveBuffer() > 0;
        Verdict v = result.verdict();
        if (buffersFill) return d.ending().isOf(v);
        return v.outcome() == d.ending().outcome() && v.guestRunsOn() == reported.guestRunsOn() && v.sourceMonitor() == reported.sourceMonitor()
                && v.destinationMonitor() == reported.destinationMonitor();
    }

    private static Witness witness(Scenario scenario, Outcome outcome) {
        return witness(scenario, e -> e.outcome() == outcome);
    }

    private static Witness witness(Scenario scenario, Predicate<Ending> ending) {
        return Explorer.explore(scenario, Settings.DEFAULT).bad().stream().filter(f -> ending.test(f.ending())).findFirst().orElseThrow().witness();
    }

    private static Witness witness(Scenario scenario, String outcome, String monitor) {
        return Explorer.explore(scenario, Settings.DEFAULT).bad().stream()
                .filter(f -> f.ending().outcome().name().equals(outcome) && f.ending().destinationMonitor().name().equals(monitor)).findFirst().orElseThrow().witness();
    }

    private static final String TEXT = """
            name: together
            source: 7.2.0
            destination: 7.2.0
            machine: pc-q35-7.2
            capabilities: [postcopy-ram, postcopy-preempt]
            parameters: {max-bandwidth: 30 MB/s, max-postcopy-bandwidth: 60 MB/s, downtime-limit: 100 ms}
            network: {latency: %s, bandwidth: 10 Gbit/s}
            host: {wake-up: %s}
            events:
              - {after: active, by: 800 ms, do: start-postcopy}
            """;

    private static Scenario together(long latencyMicros, long wakeUpMicros) {
        return parse(TEXT.formatted(latencyMicros + " us", wakeUpMicros + " us"));
    }

    private static Scenario parse(String text) {
        return only(ScenarioLoader.parse(text, "together.yaml", Path.of(".")));
    }

    private static Scenario library(String name) {
        String file = LIBRARY + name + ".yaml";
        return only(ScenarioLoader.load(Path.of("../..").resolve(file), file));
    }

    private static Scenario only(LoadedFile loaded) {
        assertThat(loaded.problems()).isEmpty();
        return loaded.scenarios().get(0).scenario();
    }
}
