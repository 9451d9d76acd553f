package org.chanrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chanrace.model.NetHarness;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Network.Relay.Target;
import org.chanrace.model.scenario.RelayWakeUps;
import org.junit.jupiter.api.Test;

/** Relays that reorder on purpose, and proxies that do it because nobody told them not to. */
class MiddleBoxTest {
    private static final long L = 100_000;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long LONG = 1_000 * SECOND;
    private static final long WAKE_UP = 30_000;
    /** From the connect to the relay, to its wake-up, to the destination's queue. */
    private static final long THROUGH = 3 * L + WAKE_UP + 3 * L;

    private static NetHarness relayed(Relay relay, int connections) {
        return new NetHarness(Networks.relay(Networks.plain(L), relay), connections, 8, new Distribution.Constant(WAKE_UP), 1);
    }

    /** Main, and preempt a little later. */
    private static NetHarness two(Relay relay) {
        NetHarness net = relayed(relay, 2).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, MS);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.CONNECTED, 0)).as("to the relay").containsExactly(2 * L);
        assertThat(net.sourceSaw(Wire.CONNECTED, 1)).containsExactly(MS + 2 * L);
        return net;
    }

    private static Target arrival(int n) {
        return new Target.Arrival(n);
    }

    private static Target channel(String name) {
        return new Target.Role(name);
    }

    @Test
    void aNaturalRelayPassesEachOnAtOnce() {
        NetHarness net = two(new Relay.Natural());
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(THROUGH);
        assertThat(net.destinationSaw(Wire.INCOMING, 1)).containsExactly(MS + THROUGH);
    }

    @Test
    void aNaturalRelayKeepsTheOrderHoweverLateItWakesUp() {
        Network network = Networks.relay(Networks.plain(L), new Relay.Natural());
        for (int seed = 0; seed < 100; seed++) {
            NetHarness net = new NetHarness(network, 2, 8, new Distribution.Exponential(10 * MS), seed).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0);
            net.run(LONG);
            assertThat(net.order()).containsExactly(0, 1);
        }
    }

    @Test
    void takingPassingOnAndTimersAreLateEachInItsOwnWay() {
        RelayWakeUps relay = new RelayWakeUps(new Distribution.Constant(2 * MS), new Distribution.Constant(WAKE_UP), new Distribution.Constant(7 * MS));
        NetHarness delayed = new NetHarness(Networks.relay(Networks.plain(L), new Relay.Delay(arrival(2), 500 * MS)), 2, 8, relay, 1)
                .connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, MS);
        delayed.run(LONG);
        assertThat(delayed.destinationSaw(Wire.INCOMING, 0)).containsExactly(2 * MS + THROUGH);
        assertThat(delayed.destinationSaw(Wire.INCOMING, 1)).containsExactly(MS + 3 * L + (2 + 500 + 7) * MS + 3 * L);
        NetHarness held = new NetHarness(Networks.relay(Networks.plain(L), new Relay.Swap()), 1, 8, relay, 1).connect(0, Channel.MAIN, 0);
        held.run(LONG);
        assertThat(held.destinationSaw(Wire.INCOMING, 0)).containsExactly(3 * L + (2 + 2_500 + 7) * MS + 3 * L);
    }

    @Test
    void whatIsTakenLateHoldsUpWhatIsBehindIt() {
        RelayWakeUps relay = new RelayWakeUps(new Distribution.Exponential(10 * MS), new Distribution.Constant(0), new Distribution.Constant(0));
        Network network = Networks.relay(Networks.plain(L), new Relay.Delay(arrival(3), SECOND));
        for (int seed = 0; seed < 100; seed++) {
            NetHarness net = new NetHarness(network, 3, 8, relay, seed).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, MS).connect(2, Channel.PREEMPT, 2 * MS);
            net.run(LONG);
            assertThat(net.order()).containsExactly(0, 1, 2);
            long last = net.destinationSaw(Wire.INCOMING, 2).get(0);
            assertThat(last).as("delayed from when it was taken").isGreaterThanOrEqualTo(net.destinationSaw(Wire.INCOMING, 1).get(0) + SECOND);
        }
    }

    @Test
    void aSwapHoldsTheFirstUntilTheSecondIsThrough() {
        NetHarness net = two(new Relay.Swap());
        assertThat(net.order()).containsExactly(1, 0);
        assertThat(net.destinationSaw(Wire.INCOMING, 1)).containsExactly(MS + THROUGH);
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(MS + THROUGH + WAKE_UP + 3 * L);
    }

    @Test
    void aSwapThatNobodyFollowsEndsAfterTwoAndAHalfSeconds() {
        NetHarness net = relayed(new Relay.Swap(), 2).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 3 * SECOND);
        net.run(LONG);
        assertThat(net.order()).containsExactly(0, 1);
        assertThat(net.destinationSaw(Wire.INCOMING, 0).get(0)).isBetween(2_500 * MS + 6 * L, 2_500 * MS + 6 * L + WAKE_UP);
    }

    @Test
    void aSecondThatComesAfterTheFirstIsNotHeld() {
        NetHarness net = relayed(new Relay.Swap(), 3).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, MS).connect(2, Channel.PREEMPT, 2 * MS);
        net.run(LONG);
        assertThat(net.order()).containsExactly(1, 0, 2);
    }

    @Test
    void mainLastIsLast() {
        assertThat(two(new Relay.MainLast()).order()).containsExactly(1, 0);
    }

    @Test
    void aDelayIsForTheOneThatIsNamed() {
        NetHarness second = two(new Relay.Delay(arrival(2), 500 * MS));
        assertThat(second.destinationSaw(Wire.INCOMING, 0)).containsExactly(THROUGH);
        assertThat(second.destinationSaw(Wire.INCOMING, 1)).containsExactly(MS + THROUGH + 500 * MS);
        NetHarness main = two(new Relay.Delay(channel("main"), 500 * MS));
        assertThat(main.destinationSaw(Wire.INCOMING, 0)).containsExactly(THROUGH + 500 * MS);
        assertThat(main.destinationSaw(Wire.INCOMING, 1)).containsExactly(MS + THROUGH);
        assertThat(main.order()).containsExactly(1, 0);
    }

    @Test
    void aDelayThatIsShorterThanTheDistanceDoesNotReorder() {
        assertThat(two(new Relay.Delay(arrival(1), MS - 1)).order()).containsExactly(0, 1);
        assertThat(two(new Relay.Delay(arrival(1), MS + 1)).order()).containsExactly(1, 0);
    }

    @Test
    void whatIsDroppedIsAcceptedAndNeverPassedOn() {
        NetHarness net = two(new Relay.Drop(channel("preempt")));
        assertThat(net.order()).containsExactly(0);
        assertThat(net.source).noneMatch(s -> s.kind() == Wire.BROKEN || s.kind() == Wire.FIN);
        assertThat(net.net.fate(1, "none").acceptedNanos()).isEmpty();
        assertThat(two(new Relay.Drop(arrival(1))).order()).containsExactly(1);
    }

    @Test
    void whatIsWrittenToADroppedConnectionFillsTheRelaysBuffers() {
        NetHarness net = relayed(new Relay.Drop(arrival(1)), 1).connect(0, Channel.MAIN, 0).write(0, 3, 10 * MS);
        net.run(LONG);
        assertThat(net.destination).isEmpty();
        assertThat(net.source).extracting(NetHarness.Seen::kind).containsExactly(Wire.CONNECTED);
    }

    @Test
    void whatIsResetIsConnectedAndThenBroken() {
        NetHarness net = two(new Relay.Reset(channel("preempt")));
        assertThat(net.order()).containsExactly(0);
        assertThat(net.sourceSaw(Wire.BROKEN, 1)).containsExactly(MS + 4 * L);
        assertThat(net.sourceSaw(Wire.RST, 1)).containsExactly(MS + 4 * L);
        assertThat(net.sourceSaw(Wire.BROKEN, 0)).isEmpty();
        assertThat(net.net.fate(1, "none").closedBy()).isEqualTo("relay");
    }

    @Test
    void connectionsAreCountedAnewInARecovery() {
        NetHarness net = relayed(new Relay.Drop(arrival(1)), 2).connect(0, Channel.MAIN, 0).command(Net.NEXT_ATTEMPT, 0, MS).connect(1, Channel.MAIN, 2 * MS);
        net.run(LONG);
        assertThat(net.order()).as("the first of each attempt is dropped").isEmpty();
    }

    @Test
    void dataPassesThroughARelayWithTwoLatencies() {
        NetHarness net = relayed(new Relay.Natural(), 1).connect(0, Channel.MAIN, 0).write(0, 3, 10 * MS).reply(0, 1, 20 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(3).containsOnly(10 * MS + 2 * L);
        assertThat(net.sourceSaw(Wire.PONG, 0)).containsExactly(20 * MS + 2 * L);
    }

    @Test
    void whatIsWrittenBeforeTheRelayHasDialledArrivesWhenItHas() {
        NetHarness net = relayed(new Relay.Delay(arrival(1), SECOND), 1).connect(0, Channel.MAIN, 0).write(0, 3, 10 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(THROUGH + SECOND);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(3).allMatch(at -> at >= THROUGH + SECOND);
    }

    @Test
    void aProxyDialsOnAfterItsOwnTime() {
        NetHarness net = new NetHarness(Networks.proxies(Networks.plain(L), new Distribution.Constant(MS), new Distribution.Constant(5 * MS)), 1).connect(0, Channel.MAIN, 0);
        net.run(LONG);
        assertThat(net.sourceSaw(Wire.CONNECTED, 0)).containsExactly(2 * L);
        assertThat(net.destinationSaw(Wire.INCOMING, 0)).containsExactly(9 * L + 6 * MS);
    }

    @Test
    void proxiesReorder() {
        Network network = Networks.proxies(Networks.plain(L), new Distribution.Exponential(MS));
        int overtaken = 0;
        for (int seed = 0; seed < 200; seed++) {
            NetHarness net = new NetHarness(network, 2, 8, new Distribution.Constant(0), seed).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, MS);
            net.run(LONG);
            if (net.order().equals(List.of(1, 0))) overtaken++;
        }
        // The first is later than the second by more than one mean in half of exp(-1) of all cases.
        assertThat(overtaken).isBetween(20, 55);
    }

    @Test
    void aRelayStandsBehindTheProxies() {
        Network network = Networks.relay(Networks.proxies(Networks.plain(L), new Distribution.Constant(MS)), new Relay.Swap());
        NetHarness net = new NetHarness(network, 2, 8, new Distribution.Constant(WAKE_UP), 1).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0).write(0, 2, 10 * MS);
        net.run(LONG);
        assertThat(net.order()).containsExactly(1, 0);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(2).containsOnly(10 * MS + 3 * L);
    }

    @Test
    void aSlowReaderSlowsTheSourceThroughTheBox() {
        int b = NetHarness.PAGE_RECORD_BYTES;
        Network network = Networks.relay(Networks.buffers(Networks.plain(L), 2L * b, 2L * b), new Relay.Natural());
        NetHarness net = new NetHarness(network, 1).connect(0, Channel.MAIN, 0).read(0, 0, MS).write(0, 50, 10 * MS);
        net.run(100 * SECOND);
        long freed = net.source.stream().filter(s -> s.kind() == Wire.ROOM).mapToLong(NetHarness.Seen::argument).sum();
        // Two records lie in the destination's buffer, three in the relay's send buffer, two in its receive buffer.
        assertThat(freed).isEqualTo(7L * b);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).isEmpty();
    }
}
