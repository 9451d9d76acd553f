package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
    private static final int RUNS = 50;

    /** The tutorial: a scenario, a simulation of it, a run, its verdict. */
    @Test
    void aSwapOfTheChannelsStallsA72Destination() {
        Scenario scenario = Samples.postcopy("7.2.0", "7.2.0", "pc-q35-7.2", new Relay.Swap(), 1024);
        RunResult result = Simulation.of(scenario).run(1, true);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.PRECOPY_STALL);
        assertThat(result.verdict().guestRunsOn()).isEqualTo(GuestLocation.SOURCE);
        assertThat(result.verdict().destinationMonitor()).isEqualTo(Monitor.ANSWERS);
        assertThat(result.connections()).extracting(c -> c.channel() + " taken for " + c.takenFor()).containsExactly("main taken for preempt", "preempt taken for main");
        assertThat(result.verdict().reason()).contains("the destination main loop waits for data on connection 2 (preempt, taken for main)");
        assertThat(result.trace()).isPresent();
    }

    /** The stranger was there first, but what breaks is what has been opened: the recovery's connections come after. */
    @Test
    void aStrangerDoesNotSpoilARecovery() {
        List<OperatorEvent> events = new ArrayList<>(List.of(
                after("active", 10, new Action.StartPostcopy()), after("postcopy-active", 50, new Action.BreakNetwork()), after("postcopy-paused", 50, new Action.Recover(new Relay.None()))));
        assertThat(outcome(events)).isEqualTo(Outcome.COMPLETED);
        events.add(after("postcopy-active", 10, new Action.Probe(1_000_000)));
        assertThat(outcome(events)).isEqualTo(Outcome.COMPLETED);
    }

    /** Whoever dials the destination itself does not come through the relay, which goes on waiting for the second connection. */
    @Test
    void aStrangerIsNotTheSecondConnectionOfASwap() {
        Scenario scenario = Samples.scenario("7.2.0", "7.2.0", "pc-q35-7.2", new Relay.Swap(), 1024, List.of(new OperatorEvent(new When.At(0), new Action.Probe(10_000_000_000L))));
        RunResult result = Simulation.of(scenario).run(1, false);
        assertThat(result.connections()).extracting(ConnectionFate::channel).containsExactly("main", "preempt", "probe");
        assertThat(result.connections().get(0).acceptedNanos().orElseThrow()).isGreaterThan(result.connections().get(1).acceptedNanos().orElseThrow());
    }

    /** A release that looks at first bytes and ignores what it does not know goes back to waiting, and says so. */
    @Test
    void aDestinationThatHasIgnoredAStrangerWaitsForConnectionsAgain() {
        Scenario s = Samples.scenario("7.0.0", "9.1.0", "pc-q35-7.0", new Relay.Drop(new Relay.Target.Arrival(1)), 16, List.of(new OperatorEvent(new When.At(0), new Action.Probe(0))));
        Release looking = Releases.derive("looking", s.destination().release(), Map.of(Trait.IDENTIFICATION, "A4"));
        Scenario plain = new Scenario(s.name(), "", "", new Endpoint(s.source().release(), s.source().properties(), Set.of()), new Endpoint(looking, s.destination().properties(), Set.of()),
                s.machine(), s.parameters(), false, s.network(), s.guest(), s.host(), s.events(), s.limits(), s.expectation());
        Verdict verdict = Simulation.of(plain).run(1, false).verdict();
        assertThat(verdict.outcome()).isEqualTo(Outcome.PRECOPY_STALL);
        assertThat(verdict.reason()).isEqualTo("the source counts the migration as completed and waits for nothing more; the destination main loop waits for connections");
    }

    private static OperatorEvent after(String status, long ms, Action action) {
        return new OperatorEvent(new When.After(status, 1, ms * 1_000_000), action);
    }

    private static Outcome outcome(List<OperatorEvent> events) {
        return Simulation.of(Samples.scenario("9.1.0", "9.1.0", "pc-q35-9.1", new Relay.None(), 4096, events)).outcome(1);
    }

    @ParameterizedTest
    @CsvSource({
        "7.2.0,  7.2.0,  pc-q35-7.2",
        "8.0.0,  7.2.0,  pc-q35-7.2",
        "8.2.0,  8.2.0,  pc-q35-8.2",
        "10.1.3, 10.1.3, pc-q35-10.1",
        "11.1.3, 11.1.3, pc-q35-7.2",
    })
    void anOutcomeAllocatesNothingPerEventAndNextToNothingPerRun(String source, String destination, String machine) {
        Simulation small = Simulation.of(Samples.postcopy(source, destination, machine, new Relay.None(), 4_096));
        Simulation large = Simulation.of(Samples.postcopy(source, destination, machine, new Relay.None(), 32_768));
        long smallBytes = bytesPerRun(small);
        long largeBytes = bytesPerRun(large);
        assertThat(Math.abs(large.events() - small.events())).isGreaterThan(1_000);
        // Eight times the pages, and a thousand events more or fewer: not one object more or fewer.
        assertThat(largeBytes).isEqualTo(smallBytes);
        assertThat(smallBytes).isLessThan(2_048);
    }

    @Test
    void aStallAllocatesNoMoreThanACompletion() {
        Simulation stalls = Simulation.of(Samples.postcopy("7.2.0", "7.2.0", "pc-q35-7.2", new Relay.Swap(), 1024));
        assertThat(stalls.outcome(1)).isEqualTo(Outcome.PRECOPY_STALL);
        assertThat(bytesPerRun(stalls)).isLessThan(2_048);
    }

    /** What a run allocates once rings have their size, in the cheapest of some runs: the JVM itself allocates now and then. */
    private static long bytesPerRun(Simulation simulation) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        assertThat(simulation.outcome(1)).isNotNull();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            simulation.outcome(1);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
