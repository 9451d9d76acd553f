package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;
import org.chanrace.model.verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations between hosts whose kernels tune themselves. */
class TunedRunTest {

    private static Scenario tuned(Tcp.Queueing queueing, Relay relay, int pages) {
        Tcp l = Tcp.LINUX;
        Tcp tcp = new Tcp(l.send(), l.receive(), l.overhead(), l.initialWindow(), l.segment(), l.restartsAfterIdle(), queueing, l.queueLimit(), l.ring());
        Scenario s = Samples.postcopy("9.1.0", "9.1.0", "pc-q35-9.1", relay, pages);
        Network n = s.network();
        Network network = new Network(n.latency(), n.bandwidth(), n.loss(), n.backlog(), 0, 0, n.hops(), n.relay(), Optional.of(tcp));
        return new Scenario(
                s.name(), "", "", s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), network, s.guest(), s.host(), s.events(), s.limits(), s.expectation());
    }

    @ParameterizedTest
    @EnumSource(Tcp.Queueing.class)
    void theyComplete(Tcp.Queueing queueing) {
        assertThat(Simulation.of(tuned(queueing, new Relay.None(), 8_192)).outcome(1)).isEqualTo(Outcome.COMPLETED);
        assertThat(Simulation.of(tuned(queueing, new Relay.Natural(), 8_192)).outcome(1)).isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(Tcp.Queueing.class)
    void theyGoOnFromAnyMomentAtWhichTheyWereSaved(Tcp.Queueing queueing) {
        SavedMoments.check(tuned(queueing, new Relay.Natural(), 8_192));
    }

    @ParameterizedTest
    @EnumSource(Tcp.Queueing.class)
    void theyAllocateNothingPerEvent(Tcp.Queueing queueing) {
        Simulation small = Simulation.of(tuned(queueing, new Relay.None(), 8_192));
        Simulation large = Simulation.of(tuned(queueing, new Relay.None(), 32_768));
        long smallBytes = bytesPerRun(small);
        long largeBytes = bytesPerRun(large);
        assertThat(large.events() - small.events()).isGreaterThan(1_000);
        assertThat(largeBytes).isEqualTo(smallBytes);
    }

    @Test
    void theTwoDisciplinesAreNotTheSame() {
        assertThat(Simulation.of(tuned(Tcp.Queueing.FIFO, new Relay.None(), 8_192)).run(1, false).digest())
                .isNotEqualTo(Simulation.of(tuned(Tcp.Queueing.FAIR, new Relay.None(), 8_192)).run(1, false).digest());
    }

    /** What a run allocates once rings have their size, in the cheapest of some runs: the JVM itself allocates now and then. */
    private static long bytesPerRun(Simulation simulation) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        simulation.outcome(1);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            simulation.outcome(1);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
