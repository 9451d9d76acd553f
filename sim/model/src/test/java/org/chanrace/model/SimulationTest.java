package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
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
