package org.chanrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chanrace.model.NetHarness;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.junit.jupiter.api.Test;

/** Setting up a connection: SYN, SYN-ACK, ACK, and what becomes of them. */
class HandshakeTest {
    private static final long L = 100_000;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long LONG = 1_000 * SECOND;
    private static final Network PLAIN = Networks.plain(L);
    private static final Distribution AT_ONCE = new Distribution.Constant(0);

    private static NetHarness withBacklog(Network network, int connections, int backlog) {
        return new NetHarness(network, connections, backlog, AT_ONCE, 1);
    }

    @Test
    void theClientIsConnectedAfterTwoLatenciesAndTheServerAfterThree() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 7);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.CONNECTED, 0)).containsExactly(7 + 2 * L);
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(7 + 3 * L);
        assertThat(net.net.fate(0, "main").openedNanos()).isEqualTo(7);
        assertThat(net.net.fate(0, "main").acceptedNanos()).hasValue(7 + 3 * L);
        assertThat(net.net.fate(0, "main").closedNanos()).isEmpty();
    }

    @Test
    void bandwidthDoesNotSlowAHandshake() {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, 1000), 1).connect(0, Channel.MAIN, 0);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(3 * L);
    }

    @Test
    void withoutLossAndWithConstantLatencyConnectionsKeepTheirOrder() {
        NetHarness net = new NetHarness(PLAIN, 3).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0).connect(2, Channel.PREEMPT, 1);
        net.run(LONG);
        assertThat(net.order()).containsExactly(0, 1, 2);
    }

    @Test
    void withRandomLatencyBothOrdersHappen() {
        int overtaken = 0;
        for (int seed = 0; seed < 200; seed++) {
            NetHarness net = new NetHarness(Networks.latency(PLAIN, new Distribution.Exponential(L)), 2, 8, AT_ONCE, seed)
                    .connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0);
            net.run(LONG);
            if (net.order().equals(List.of(1, 0))) overtaken++;
            else assertThat(net.order()).containsExactly(0, 1);
        }
        assertThat(overtaken).isBetween(70, 130);
    }

    @Test
    void aLostSynComesAgainAfterOneThreeAndSevenSeconds() {
        Map<Long, Integer> delays = new TreeMap<>();
        for (int seed = 0; seed < 1000; seed++) {
            NetHarness net = new NetHarness(Networks.loss(PLAIN, 0.5, 0, 0), 1, 8, AT_ONCE, seed).connect(0, Channel.MAIN, 0);
            net.run(LONG);
            List<Long> connected = net.sourceSaw(Wire.CONNECTED, 0);
            if (connected.isEmpty()) assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 0)).hasSize(1);
            else delays.merge(connected.get(0) - 2 * L, 1, Integer::sum);
        }
        assertThat(delays.keySet()).isSubsetOf(0L, SECOND, 3 * SECOND, 7 * SECOND, 15 * SECOND, 31 * SECOND, 63 * SECOND);
        assertThat(delays.get(0L)).isBetween(440, 560);
        assertThat(delays.get(SECOND)).isBetween(200, 300);
        assertThat(delays.get(3 * SECOND)).isBetween(90, 160);
        assertThat(delays.get(7 * SECOND)).isBetween(40, 85);
    }

    @Test
    void afterSevenLostSynsTheSourceGivesUp() {
        int failed = 0;
        for (int seed = 0; seed < 200; seed++) {
            NetHarness net = new NetHarness(Networks.loss(PLAIN, 0.9, 0, 0), 1, 8, AT_ONCE, seed).connect(0, Channel.MAIN, 0);
            net.run(LONG);
            assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 0)).allMatch(at -> at == 127 * SECOND);
            failed += net.sourceSaw(Wire.CONNECT_FAILED, 0).size();
            assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 0).size() + net.sourceSaw(Wire.CONNECTED, 0).size()).isEqualTo(1);
        }
        // 0.9 to the seventh is 0.478.
        assertThat(failed).isBetween(75, 116);
    }

    @Test
    void aLostSynAckDelaysTheClientAsALostSynDoes() {
        Map<Long, Integer> delays = new TreeMap<>();
        for (int seed = 0; seed < 300; seed++) {
            NetHarness net = new NetHarness(Networks.loss(PLAIN, 0, 0.3, 0), 1, 8, AT_ONCE, seed).connect(0, Channel.MAIN, 0);
            net.run(LONG);
            long delay = net.sourceSaw(Wire.CONNECTED, 0).get(0) - 2 * L;
            assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(delay + 3 * L);
            delays.merge(delay, 1, Integer::sum);
        }
        assertThat(delays.get(0L)).isBetween(180, 240);
        assertThat(delays.get(SECOND)).isBetween(40, 90);
    }

    private static final double SURELY = Math.nextDown(1.0);

    @Test
    void aLostAckIsMadeUpForByTheNextSynAck() {
        NetHarness net = new NetHarness(Networks.loss(PLAIN, 0, 0, SURELY), 1).connect(0, Channel.MAIN, 0);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.CONNECTED, 0)).as("the client cannot know").containsExactly(2 * L);
        // One second after the server sent its SYN-ACK it sends it again, and the client acknowledges once more.
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).hasSize(1);
        assertThat(net.destinationSaw(Wire.INCOMING, 0).get(0)).isBetween(SECOND + 3 * L, SECOND + 5 * L);
    }

    @Test
    void dataCompletesAHandshakeWhoseAckWasLost() {
        NetHarness net = new NetHarness(Networks.loss(PLAIN, 0, 0, SURELY), 2)
                .connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0).write(0, 1, 10 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(10 * MS + L);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).containsExactly(10 * MS + L);
        assertThat(net.destinationSaw(Wire.INCOMING, 1)).as("says nothing, and comes later").allMatch(at -> at > SECOND);
        assertThat(net.order()).containsExactly(0, 1);
    }

    @Test
    void dataThatIsWrittenAtOnceDoesNotMakeTheAckLate() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).write(0, 1, 2 * L);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(3 * L);
    }

    @Test
    void nothingIsSentBeforeTheConnectionIsThere() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).write(0, 1, 0);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).as("written before the SYN-ACK, sent with it").allMatch(at -> at >= 3 * L);
    }

    @Test
    void theQueueHoldsBacklogPlusOneAndASynThatFindsItFullComesAgain() {
        NetHarness net = withBacklog(PLAIN, 3, 1).acceptOnly(1, 500 * MS)
                .connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0).connect(2, Channel.PREEMPT, MS);
        net.run(10 * SECOND);
        assertThat(net.order()).containsExactly(0, 1, 2);
        assertThat(net.destinationSaw(Wire.INCOMING, 1)).containsExactly(3 * L);
        assertThat(net.sourceSaw(Wire.CONNECTED, 2)).containsExactly(MS + SECOND + 2 * L);
        assertThat(net.destinationSaw(Wire.INCOMING, 2)).containsExactly(MS + SECOND + 3 * L);
    }

    @Test
    void aSynIsDroppedAgainAndAgainWithLongerAndLongerPauses() {
        // The place comes free after 2 s: the SYNs at 0 s and 1 s are dropped, that at 3 s is answered.
        NetHarness net = withBacklog(PLAIN, 2, 0).acceptOnly(1, 2 * SECOND).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.CONNECTED, 1)).containsExactly(MS + 3 * SECOND + 2 * L);
    }

    @Test
    void anAckThatFindsTheQueueFullIsIgnored() {
        NetHarness net = withBacklog(PLAIN, 3, 1).acceptOnly(1, 500 * MS)
                .connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0).connect(2, Channel.PREEMPT, 0);
        net.run(10 * SECOND);
        assertThat(net.sourceSaw(Wire.CONNECTED, 2)).as("its SYN found room").containsExactly(2 * L);
        assertThat(net.destinationSaw(Wire.INCOMING, 2)).containsExactly(SECOND + 5 * L);
    }

    @Test
    void whoNeverFindsRoomGivesUp() {
        NetHarness net = withBacklog(PLAIN, 2, 0).acceptOnly(0, 0).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.CONNECTED, 1)).isEmpty();
        assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 1)).hasSize(1);
        // Seven SYNs, at 0, 1, 3, 7, 15, 31 and 63 s, and another 64 s of waiting for the last.
        assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 1).get(0)).isBetween(127 * SECOND, 128 * SECOND);
        assertThat(net.net.fate(1, "none").closedBy()).isEqualTo("network");
    }

    @Test
    void whereNobodyListensAConnectionIsRefusedAtOnce() {
        NetHarness net = new NetHarness(PLAIN, 1).stopListening(0).connect(0, Channel.MAIN, MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 0)).hasSize(1);
        assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 0).get(0)).isBetween(MS + L, MS + 2 * L);
        assertThat(net.order()).isEmpty();
    }

    @Test
    void aSynThatMeetsACutComesAgainWhenTheNetworkIsBack() {
        NetHarness net = new NetHarness(PLAIN, 1).command(Net.CUT, 0, 0).connect(0, Channel.MAIN, MS).command(Net.RESTORE, 0, 2 * SECOND);
        net.run(LONG);
        // SYNs arrive, or would, after 0, 1 and 3 s.
        assertThat(net.sourceSaw(Wire.CONNECTED, 0)).containsExactly(MS + 3 * SECOND + 2 * L);
    }

    @Test
    void aCutThatLastsMakesTheSourceGiveUp() {
        NetHarness net = new NetHarness(PLAIN, 1).command(Net.CUT, 0, 0).connect(0, Channel.MAIN, MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.CONNECT_FAILED, 0)).hasSize(1);
    }

    @Test
    void anAttemptsNumberIsThatOfTheRecovery() {
        NetHarness net = new NetHarness(PLAIN, 2).connect(0, Channel.MAIN, 0).command(Net.NEXT_ATTEMPT, 0, MS).connect(1, Channel.MAIN, 2 * MS);
        net.run(LONG);
        assertThat(net.net.fate(0, "main").attempt()).isEqualTo(1);
        assertThat(net.net.fate(1, "main").attempt()).isEqualTo(2);
    }
}
