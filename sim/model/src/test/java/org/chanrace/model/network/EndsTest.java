package org.chanrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.chanrace.model.NetHarness;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.junit.jupiter.api.Test;

/** How connections end: in order, by a break, by a refusal. */
class EndsTest {
    private static final long L = 100_000;
    private static final long MS = 1_000_000;
    private static final long LONG = 1_000_000_000_000L;
    private static final Network PLAIN = Networks.plain(L);
    private static final long BANDWIDTH = 1000L * NetHarness.PAGE_RECORD_BYTES;

    @Test
    void aFinComesBehindTheData() {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, BANDWIDTH), 1).connect(0, Channel.MAIN, 0).write(0, 5, 10 * MS).close(0, true, 10 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(5);
        assertThat(net.destinationSaw(Wire.FIN, 0)).containsExactly(15 * MS + L);
        assertThat(net.net.fate(0, "main").closedNanos()).hasValue(10 * MS);
        assertThat(net.net.fate(0, "main").closedBy()).isEqualTo("source");
    }

    @Test
    void whoWritesAndClosesAtOnceIsHeard() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).write(0, 3, 2 * L).close(0, true, 2 * L + 1);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(3 * L);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(3);
        assertThat(net.destinationSaw(Wire.FIN, 0)).hasSize(1);
    }

    @Test
    void whoClosesBeforeItIsConnectedIsNeverSeen() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).close(0, true, L);
        net.run(LONG);
        assertThat(net.order()).isEmpty();
    }

    @Test
    void eachSideClosesItsOwnDirection() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).close(0, false, 10 * MS).close(0, true, 20 * MS).close(0, true, 30 * MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.FIN, 0)).containsExactly(10 * MS + L);
        assertThat(net.destinationSaw(Wire.FIN, 0)).containsExactly(20 * MS + L);
        assertThat(net.net.fate(0, "main").closedBy()).isEqualTo("destination");
    }

    @Test
    void whatIsWrittenBehindAFinGoesNowhere() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).close(0, true, 10 * MS).write(0, 1, 20 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).isEmpty();
    }

    @Test
    void aBreakIsSeenOnBothSidesAndWhatWasNotSentIsLost() {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, BANDWIDTH), 2)
                .connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0).write(0, 10, 10 * MS).command(Net.BREAK, 0, 15 * MS + MS / 2).write(0, 5, 20 * MS);
        net.run(LONG);
        long seen = 15 * MS + MS / 2 + L;
        assertThat(net.destinationSaw(Wire.PAGES, 0).size()).isBetween(5, 6);
        for (int c = 0; c < 2; c++) {
            assertThat(net.sourceSaw(Wire.BROKEN, c)).containsExactly(seen);
            assertThat(net.sourceSaw(Wire.RST, c)).containsExactly(seen);
            assertThat(net.destinationSaw(Wire.BROKEN, c)).containsExactly(seen);
            // What was on the wire before the break arrives before the reset does.
            assertThat(net.destinationSaw(Wire.RST, c)).hasSize(1).allMatch(at -> at >= seen && at <= seen + MS);
            assertThat(net.net.fate(c, "main").closedBy()).isEqualTo("network");
        }
    }

    @Test
    void aConnectUnderWayFailsWhenTheNetworkBreaks() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).command(Net.BREAK, 0, L / 2);
        net.run(LONG);
        assertThat(net.order()).isEmpty();
        assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 0)).containsExactly(L / 2 + L);
        assertThat(net.sourceSaw(Wire.BROKEN, 0)).isEmpty();
        assertThat(net.destination).isEmpty();
    }

    @Test
    void aNewConnectionCanBeMadeAfterABreak() {
        NetHarness net = new NetHarness(PLAIN, 2).connect(0, Channel.MAIN, 0).command(Net.BREAK, 0, 10 * MS).connect(1, Channel.MAIN, 20 * MS).write(1, 3, 30 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 1)).hasSize(3);
    }

    @Test
    void dataForAClosedSocketIsAnsweredWithAReset() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).refuseAll(0).write(0, 1, 10 * MS).write(0, 1, 20 * MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.BROKEN, 0)).containsExactly(10 * MS + 2 * L);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).as("nothing is sent into a broken connection").hasSize(1);
    }

    @Test
    void aProxyPassesAResetOnAtOnce() {
        NetHarness net = new NetHarness(Networks.proxies(PLAIN, new Distribution.Constant(0)), 1).connect(0, Channel.MAIN, 0).refuseAll(0).write(0, 1, 10 * MS).write(0, 5, 20 * MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.BROKEN, 0)).hasSize(1).allMatch(at -> at > 10 * MS + 2 * L && at <= 10 * MS + 4 * L);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(1);
    }

    @Test
    void aRelayLearnsOfAResetWhenItNextWrites() {
        NetHarness net = new NetHarness(Networks.relay(PLAIN, new Network.Relay.Natural()), 1).connect(0, Channel.MAIN, 0).refuseAll(0).write(0, 1, 10 * MS).write(0, 1, 20 * MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.BROKEN, 0)).containsExactly(20 * MS + 2 * L);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(1);
    }

    @Test
    void aFinPassesThroughProxies() {
        NetHarness net = new NetHarness(Networks.proxies(PLAIN, new Distribution.Constant(0), new Distribution.Constant(0)), 1)
                .connect(0, Channel.MAIN, 0).write(0, 3, 10 * MS).close(0, true, 11 * MS).close(0, false, 20 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(3).containsOnly(10 * MS + 3 * L);
        assertThat(net.destinationSaw(Wire.FIN, 0)).containsExactly(11 * MS + 3 * L);
        assertThat(net.sourceSaw(Wire.FIN, 0)).containsExactly(20 * MS + 3 * L);
    }

    @Test
    void aStrangerStaysAsLongAsItWasTold() {
        NetHarness net = new NetHarness(PLAIN, 2).connect(0, Channel.MAIN, 0).command(Net.PROBE, 50 * MS, 10 * MS);
        net.run(LONG);
        assertThat(net.order()).containsExactly(0, 1);
        assertThat(net.destinationSaw(Wire.INCOMING, 1)).containsExactly(10 * MS + 3 * L);
        assertThat(net.destinationSaw(Wire.FIN, 1)).containsExactly(60 * MS + 4 * L);
        assertThat(net.source).noneMatch(s -> s.connection() == 1);
        assertThat(net.net.fate(1, "extra").closedBy()).isEqualTo("probe");
        assertThat(net.net.fate(1, "extra").channel()).isEqualTo("probe");
    }
}
