package org.chanrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.chanrace.model.NetHarness;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Tcp;
import org.junit.jupiter.api.Test;

/** Congestion windows and buffers that tune themselves. */
class TuningTest {
    private static final long L = 100_000;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long LONG = 1_000 * SECOND;
    private static final int B = Tcps.B;
    /** A record of one page takes a millisecond, with the headers of its one segment. */
    private static final long BANDWIDTH = 1000L * (B + 90);

    private static NetHarness harness(Tcp tcp, long latency, long bandwidth) {
        return new NetHarness(Networks.tcp(Networks.bandwidth(Networks.plain(latency), bandwidth), tcp), 1).connect(0, Channel.MAIN, 0);
    }

    /** How many records arrived at each moment at which any did. */
    private static List<Integer> rounds(NetHarness net, long from) {
        return new ArrayList<>(net.destinationSaw(Wire.PAGES, 0).stream().filter(at -> at >= from)
                .collect(Collectors.groupingBy(at -> at, java.util.TreeMap::new, Collectors.summingInt(at -> 1))).values());
    }

    // The congestion window.

    @Test
    void theWindowDoublesInEachRoundTripThatItHoldsUp() {
        NetHarness net = harness(Tcps.window(Tcps.free(), 1), L, 0).write(0, 200, 10 * MS);
        net.run(LONG);
        assertThat(rounds(net, 0)).containsExactly(1, 2, 4, 8, 16, 32, 64, 73);
        assertThat(net.destinationSaw(Wire.PAGES, 0).get(199)).isEqualTo(10 * MS + 15 * L);
    }

    @Test
    void itBeginsWithAsManySegmentsAsItIsGiven() {
        NetHarness net = harness(Tcps.window(Tcps.free(), 10), L, 0).write(0, 100, 10 * MS);
        net.run(LONG);
        assertThat(rounds(net, 0)).containsExactly(10, 20, 40, 30);
    }

    @Test
    void aWindowThatHoldsNobodyUpDoesNotGrow() {
        NetHarness net = harness(Tcps.window(Tcps.free(), 1), L, 0);
        for (int i = 1; i <= 50; i++) net.write(0, 1, i * MS);
        net.write(0, 20, 60 * MS);
        net.run(LONG);
        // One record on its way is half of a window of two.
        assertThat(rounds(net, 60 * MS)).containsExactly(2, 4, 8, 6);
    }

    @Test
    void aRecordLargerThanTheWindowGoesAlone() {
        NetHarness net = harness(Tcps.segment(Tcps.window(Tcps.free(), 1), 1448), L, 0).write(0, 10, 10 * MS);
        net.run(LONG);
        // The window: 1448, then an acknowledged record more each time: 5552, 9656, 17 864 bytes.
        assertThat(rounds(net, 0)).containsExactly(1, 1, 2, 4, 2);
    }

    @Test
    void eachTimeOutWithoutAWordHalvesTheWindow() {
        long timeOut = 200 * MS + 2 * L;
        long lastSent = 10 * MS + 10 * L;
        for (int timeOuts = 0; timeOuts < 9; timeOuts++)
            for (long more : new long[] {0, 1}) {
                // Of 63 records the last 32 go together, so the window has come to 64.
                long again = lastSent + Math.max(1, timeOuts) * timeOut + more;
                int halvings = timeOuts == 0 ? (int) more : timeOuts - 1 + (int) more;
                NetHarness net = harness(Tcps.window(Tcps.free(), 1), L, 0).write(0, 63, 10 * MS).write(0, 100, again);
                net.run(LONG);
                assertThat(rounds(net, again).get(0)).as("%d time-outs and %d ns", Math.max(1, timeOuts), more).isEqualTo(Math.max(1, 64 >> halvings));
            }
    }

    @Test
    void unlessItIsToldNotTo() {
        NetHarness net = harness(Tcps.neverRestarts(Tcps.window(Tcps.free(), 1)), L, 0).write(0, 63, 10 * MS).write(0, 100, 100 * SECOND);
        net.run(LONG);
        assertThat(rounds(net, SECOND)).containsExactly(64, 36);
    }

    @Test
    void afterACutItBeginsWithOneSegment() {
        NetHarness net = harness(Tcps.window(Tcps.free(), 10), L, 0)
                .command(Net.CUT, 0, 10 * MS).write(0, 40, 11 * MS).command(Net.RESTORE, 0, 100 * MS);
        net.run(LONG);
        assertThat(rounds(net, 0)).containsExactly(1, 2, 4, 8, 16, 9);
    }

    // The send buffer.

    @Test
    void itIsAsLargeAsLinuxMakesIt() {
        assertThat(Tcp.LINUX.firstSendBuffer()).isEqualTo(46_080);
        assertThat(Tcps.segment(Tcp.LINUX, 65_483).firstSendBuffer()).isEqualTo(2_626_560);
        // As ss showed it on a connection of 1448-byte segments with windows of 43, 81 and 95 of them.
        assertThat(IntStream.of(43, 81, 95).mapToLong(segments -> Tcp.LINUX.sendBuffer(1448L * segments))).containsExactly(198_144L, 373_248L, 437_760L);
        assertThat(Tcp.LINUX.sendBuffer(1 << 30)).isEqualTo(4 << 20);
        assertThat(Tcps.send(Tcp.LINUX, 1 << 20, 1 << 21).sendBuffer(14_480)).isEqualTo(1 << 20);
    }

    /** A writer of pages who is never read: how much he could write, bytes. */
    private static long unread(Tcp tcp, int relays) {
        Network network = relays == 0 ? Networks.plain(L) : Networks.relay(Networks.plain(L), new Network.Relay.Natural());
        NetHarness net = new NetHarness(Networks.tcp(network, tcp), 1).connect(0, Channel.MAIN, 0).read(0, 0, MS);
        Writer writer = new Writer(net, tcp.firstSendBuffer(), 1, 10_000, 10_000, 10 * MS);
        net.run(LONG);
        return writer.written * (long) B;
    }

    @Test
    void aConnectionThatIsNotReadHoldsWhatItHoldsOnLinux() {
        // Measured on loopback (Linux 6.18, CUBIC, tcp_wmem to 4 MiB, tcp_rmem from 128 KiB on, of which 124 to 128 kB held payload): 2.72 to 2.75 MB, and
        // 0.34 to 0.56 MB when its packets have 1500 bytes.
        Tcp linux = Tcps.receive(Tcp.LINUX, 128 << 10, 6 << 20, 1.03);
        assertThat(unread(Tcps.segment(linux, 65_483), 0)).isBetween(2_720_000L, 2_770_000L);
        assertThat(unread(linux, 0)).isBetween(340_000L, 560_000L);
    }

    @Test
    void whatAMiddleBoxHasReadFirstMakesItsBufferGrow() {
        Tcp loopback = Tcps.send(Tcps.segment(Tcp.LINUX, 65_483), 4 << 20, 4 << 20);
        long one = unread(loopback, 0);
        long two = unread(loopback, 1);
        assertThat(one).isBetween(4L << 20, (4L << 20) + 128 * 1024 + B);
        assertThat(two - one).as("the first hop's receive buffer is not as it was").isBetween((4L << 20) + 256 * 1024, (4L << 20) + (6L << 20));
    }

    @Test
    void aBlockedWriterIsWokenWhenAThirdOfTheBufferIsFree() {
        Tcp tcp = Tcps.send(Tcps.free(), 30L * B, 30L * B);
        NetHarness net = harness(tcp, 0, BANDWIDTH);
        Writer writer = new Writer(net, 30L * B, 1, 31 + 3 * 11, 10 * MS);
        net.run(LONG);
        // 31 are written; of them 11 have to be gone. Then 11 are written, and so on: of the last 11 nobody has to be told.
        assertThat(net.sourceSaw(Wire.ROOM, 0)).containsExactly(21 * MS, 32 * MS, 43 * MS, 54 * MS);
        assertThat(net.source.stream().filter(s -> s.kind() == Wire.ROOM).map(NetHarness.Seen::argument)).containsOnly(11L * B);
        assertThat(writer.written).isEqualTo(64);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).isEqualTo(LongStream.rangeClosed(11, 74).map(ms -> ms * MS).boxed().toList());
    }

    @Test
    void aWriterWhoIsNotBlockedHearsOfRoomAtOnce() {
        Tcp tcp = Tcps.send(Tcps.free(), 30L * B, 30L * B);
        NetHarness net = harness(tcp, 0, BANDWIDTH);
        net.write(0, 25, 10 * MS).write(0, 20, 30 * MS);
        net.run(LONG);
        // By then 20 of the 25 are acknowledged, so the 45 of which he knows are 25.
        assertThat(net.sourceSaw(Wire.ROOM, 0)).containsExactly(30 * MS);
        assertThat(net.source.get(net.source.size() - 1).argument()).isEqualTo(20L * B);
    }

    @Test
    void theSendBufferFollowsTheWindowUpToItsLargest() {
        long max = 1 << 20;
        Tcp tcp = Tcps.send(Tcps.segment(Tcps.window(Tcps.free(), 10), 1448), 16 << 10, max);
        long roundTrip = 20 * MS;
        NetHarness net = harness(tcp, roundTrip / 2, 0);
        new Writer(net, tcp.firstSendBuffer(), 1, Integer.MAX_VALUE, 100 * MS);
        net.run(10 * SECOND);
        List<Long> arrivals = net.destinationSaw(Wire.PAGES, 0);
        long first = arrivals.stream().filter(at -> at < 100 * MS + roundTrip).count();
        assertThat(first * B).as("first the window of ten segments").isLessThanOrEqualTo(14_480);
        long lastSecond = arrivals.stream().filter(at -> at > 9 * SECOND).count() * B;
        // What is written and not acknowledged is what is on its way: between two thirds of the buffer and all of it in each round trip.
        assertThat(lastSecond / (SECOND / roundTrip)).isBetween(max * 2 / 3 - 2 * B, max + B);
    }

    // The receive buffer.

    @Test
    void itGrowsWhileTheReaderKeepsUp() {
        Tcp tcp = Tcps.receive(Tcps.free(), 128 << 10, 6 << 20, 1.25);
        NetHarness net = harness(tcp, 5 * MS, 0).write(0, 20_000, 20 * MS);
        net.run(LONG);
        List<Integer> rounds = rounds(net, 0);
        assertThat(rounds.get(0) * B).as("half of the buffer").isBetween((64 << 10) - B, 64 << 10);
        int before = 0;
        for (int round : rounds.subList(0, rounds.size() - 1)) {
            assertThat(round).isGreaterThanOrEqualTo(before);
            before = round;
        }
        assertThat(before * B).as("half of the largest").isBetween((3 << 20) - B, 3 << 20);
    }

    @Test
    void aReaderWhoTakesLittleGetsNoLargeBuffer() {
        Tcp tcp = Tcps.receive(Tcps.window(Tcps.free(), 2), 128 << 10, 6 << 20, 1);
        NetHarness net = harness(tcp, L, 0).write(0, 5000, 20 * MS);
        // A record in two milliseconds, and nothing of it is more than ever.
        for (int i = 0; i < 300; i++) net.read(0, i == 0 ? 0 : 1, (20 + 2L * i) * MS);
        int[] in = {0};
        net.at(700 * MS, now -> in[0] = 5000 - net.inTheNetwork(0) + pendingAtDestination(net));
        net.run(701 * MS);
        assertThat((in[0] - 299) * (long) B).as("arrived and not read").isLessThanOrEqualTo((128 << 10) + B);
    }

    @Test
    void aReaderSlowerThanTheLinkHasFullBuffersBeforeHim() {
        long record = 8L * B;
        NetHarness net = harness(Tcp.LINUX, 60_000, 1_250_000_000L).readEvery(41_000);
        new Writer(net, Tcp.LINUX.firstSendBuffer(), 8, Integer.MAX_VALUE, 10 * MS);
        List<Long> full = new ArrayList<>();
        for (int i = 0; i < 1000; i++) net.at(200 * MS + 137_000L * i, now -> full.add(net.inTheNetwork(0) * record));
        net.run(340 * MS);
        long send = 4 << 20;
        long receive = Tcp.LINUX.payload(6 << 20);
        // A third of the one is given back at once, a sixteenth of the other.
        assertThat(full).allMatch(bytes -> bytes > send * 2 / 3 + receive * 15 / 16 - 2 * record && bytes <= send + receive + 2 * record);
        assertThat(full.stream().mapToLong(bytes -> bytes).min().orElseThrow()).isLessThan(send * 3 / 4 + receive);
        assertThat(full.stream().mapToLong(bytes -> bytes).max().orElseThrow()).isGreaterThan(send + receive * 15 / 16);
        assertThat(net.destinationSaw(Wire.PAGES, 0).stream().filter(at -> at > 200 * MS)).as("and is never idle").hasSizeBetween(3413, 3415);
    }

    private static int pendingAtDestination(NetHarness net) {
        int[] sent = {0};
        net.net.forEachOnItsWay(0, record -> sent[0]++);
        return net.inTheNetwork(0) - sent[0];
    }

    @Test
    void aShutWindowOpensWhenASixteenthWasRead() {
        Tcp tcp = Tcps.receive(Tcps.free(), 64L * B, 64L * B, 1);
        NetHarness net = harness(tcp, L, 0).write(0, 100, 10 * MS);
        for (int i = 0; i <= 9; i++) net.read(0, i == 0 ? 0 : 1, (100 + 10L * i) * MS);
        List<Integer> queued = new ArrayList<>();
        for (int i = 0; i <= 9; i++) net.at((109 + 10L * i) * MS, now -> queued.add(net.inTheNetwork(0) - pendingAtDestination(net)));
        net.run(LONG);
        // 64 of the 100 fit; four more go after every fourth that was read.
        assertThat(queued).containsExactly(36, 36, 36, 36, 32, 32, 32, 32, 28, 28);
    }

    @Test
    void nothingIsLostOrOvertakenWhateverTheKernels() {
        Tcp tight = Tcps.receive(Tcps.send(Tcps.window(Tcps.segment(Tcps.free(), 64), 1), 1, 100), 1, 1000, 16);
        for (Tcp base : List.of(tight, Tcp.LINUX, Tcps.receive(tight, 5000, 50_000, 1.5)))
            for (Tcp tcp : List.of(base, Tcps.fifo(base, 1), Tcps.ring(Tcps.fifo(base, 10_000), 20_000), Tcps.ring(base, 1 << 20)))
                for (Network.Relay relay : List.of(new Network.Relay.None(), new Network.Relay.Natural())) {
                    Network network = Networks.relay(Networks.latency(Networks.bandwidth(Networks.plain(0), 100_000_000), new Distribution.Exponential(L)), relay);
                    NetHarness net = new NetHarness(Networks.tcp(network, tcp), 2).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0)
                            .write(0, 70, 10 * MS).write(1, 30, 11 * MS).command(Net.CUT, 0, 12 * MS).write(0, 10, 13 * MS).command(Net.RESTORE, 0, 40 * MS)
                            .write(0, 20, 50 * MS);
                    net.run(LONG);
                    for (int c = 0; c < 2; c++) {
                        int of = c;
                        assertThat(net.destination.stream().filter(s -> s.kind() == Wire.PAGES && s.connection() == of).map(s -> s.argument() >>> 16))
                                .as("connection %d of %s through %s", c, tcp, relay)
                                .containsExactlyElementsOf(c == 1 ? numbers(30) : concat(numbers(70), numbers(10), numbers(20)));
                    }
                    var throughput = net.ledger.measurements().throughput();
                    assertThat(throughput.main().stream().mapToLong(b -> b).sum()).isEqualTo(100L * B);
                    assertThat(throughput.preempt().stream().mapToLong(b -> b).sum()).isEqualTo(30L * B);
                }
    }

    private static List<Long> numbers(int n) {
        return LongStream.range(0, n).boxed().toList();
    }

    @SafeVarargs
    private static List<Long> concat(List<Long>... lists) {
        List<Long> all = new ArrayList<>();
        for (List<Long> list : lists) all.addAll(list);
        return all;
    }
}
