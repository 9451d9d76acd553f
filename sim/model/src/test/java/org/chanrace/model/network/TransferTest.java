package org.chanrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.chanrace.model.NetHarness;
import org.chanrace.model.NetHarness.Seen;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.junit.jupiter.api.Test;

/** Bytes on their way: transmission times, fair sharing, buffers that block. */
class TransferTest {
    private static final long L = 100_000;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long LONG = 1_000 * SECOND;
    /** A record of one page takes a millisecond. */
    private static final long BANDWIDTH = 1000L * NetHarness.PAGE_RECORD_BYTES;
    private static final int B = NetHarness.PAGE_RECORD_BYTES;
    private static final Network PLAIN = Networks.plain(L);

    @Test
    void arrivalIsTransmissionAndLatency() {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, BANDWIDTH), 1).connect(0, Channel.MAIN, 0).write(0, 5, 10 * MS).write(0, 1, 100 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).containsExactly(11 * MS + L, 12 * MS + L, 13 * MS + L, 14 * MS + L, 15 * MS + L, 101 * MS + L);
    }

    @Test
    void withoutALimitOnlyLatencyCounts() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).write(0, 5, 10 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(5).containsOnly(10 * MS + L);
    }

    @Test
    void theTwoDirectionsDoNotShareTheBandwidth() {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, BANDWIDTH), 1).connect(0, Channel.MAIN, 0).write(0, 20, 10 * MS).reply(0, 1, 12 * MS);
        net.run(LONG);
        long transmission = 8 * SECOND / BANDWIDTH;
        assertThat(net.sourceSaw(Wire.PONG, 0)).containsExactly(12 * MS + transmission + L);
    }

    @Test
    void nothingOvertakesWhateverLatencyIsDrawn() {
        for (int seed = 0; seed < 20; seed++) {
            NetHarness net = new NetHarness(Networks.latency(PLAIN, new Distribution.Exponential(10 * MS)), 1, 8, new Distribution.Constant(0), seed)
                    .connect(0, Channel.MAIN, 0).write(0, 100, SECOND);
            net.run(LONG);
            List<Long> numbers = net.destination.stream().filter(s -> s.kind() == Wire.PAGES).map(s -> s.argument() >>> 16).toList();
            assertThat(numbers).isEqualTo(LongStream.range(0, 100).boxed().toList());
            assertThat(net.destinationSaw(Wire.PAGES, 0)).isSorted();
        }
    }

    // Sharing.

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void connectionsWithSomethingToSendHaveHadTheSameBytesWithinOneRecord(@ForAll @IntRange(min = 1, max = 8) int pagesA, @ForAll @IntRange(min = 1, max = 8) int pagesB) {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, BANDWIDTH), 2).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0);
        net.at(10 * MS, now -> {
            for (int i = 0; i < 100; i++) {
                net.writeNow(0, pagesA, i, now);
                net.writeNow(1, pagesB, i, now);
            }
        });
        net.run(LONG);
        long[] bytes = new long[2];
        int[] left = {100, 100};
        for (Seen seen : net.destination) {
            if (seen.kind() != Wire.PAGES) continue;
            int c = seen.connection();
            bytes[c] += (c == 0 ? pagesA : pagesB) * (long) B;
            left[c]--;
            if (left[0] == 0 || left[1] == 0) break;
            assertThat(Math.abs(bytes[0] - bytes[1])).isLessThanOrEqualTo((long) Math.max(pagesA, pagesB) * B);
        }
        assertThat(Math.min(bytes[0], bytes[1])).isPositive();
    }

    @Test
    void theLinkIsNeverIdleAndWhatIsLeftBelongsToTheOneThatIsLeft() {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, BANDWIDTH), 2)
                .connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0).write(0, 30, 10 * MS).write(1, 10, 10 * MS);
        net.run(LONG);
        List<Long> arrivals = new ArrayList<>(net.destinationSaw(Wire.PAGES, 0));
        arrivals.addAll(net.destinationSaw(Wire.PAGES, 1));
        arrivals.sort(null);
        assertThat(arrivals).isEqualTo(LongStream.rangeClosed(1, 40).map(k -> (10 + k) * MS + L).boxed().toList());
        assertThat(net.destinationSaw(Wire.PAGES, 1).get(9)).as("every other record").isBetween(29 * MS + L, 30 * MS + L);
    }

    @Test
    void whoWasSilentIsNotPaidForIt() {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, BANDWIDTH), 2)
                .connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0).write(0, 200, 10 * MS).write(1, 50, 110 * MS);
        net.run(LONG);
        // A connection that began now shares with the other from now on, and does not first catch up with its 100 records.
        List<Long> late = net.destinationSaw(Wire.PAGES, 1);
        assertThat(late.get(49)).isBetween((110 + 99) * MS + L, (110 + 102) * MS + L);
    }

    // Buffers.

    /** A writer that writes whenever what it wrote fits into its send buffer, as QEMU does; what it has written, in records. */
    private static int[] keepWriting(NetHarness net, long sendBuffer, long from) {
        long[] unsent = {0};
        int[] records = {0};
        boolean[] started = {false};
        int[] seen = {0};
        Runnable[] go = new Runnable[1];
        net.at(from, now -> {
            started[0] = true;
            while (unsent[0] <= sendBuffer) {
                net.writeNow(0, 1, records[0]++, now);
                unsent[0] += B;
            }
        });
        net.whenSourceSees(now -> {
            for (; seen[0] < net.source.size(); seen[0]++) if (net.source.get(seen[0]).kind() == Wire.ROOM) unsent[0] -= net.source.get(seen[0]).argument();
            while (started[0] && unsent[0] <= sendBuffer) {
                net.writeNow(0, 1, records[0]++, now);
                unsent[0] += B;
            }
        });
        return records;
    }

    @Test
    void aReaderThatDoesNotReadBlocksTheWriterWhenBothBuffersAreFull() {
        long send = 5L * B - 1;
        long receive = 3L * B;
        NetHarness net = new NetHarness(Networks.buffers(PLAIN, send, receive), 1).connect(0, Channel.MAIN, 0).read(0, 0, MS);
        int[] written = keepWriting(net, send, 10 * MS);
        net.run(LONG);
        // Three records fill the receive buffer. Of those that stay behind four fit into the send buffer, and the fifth blocks.
        assertThat(written[0]).isEqualTo(3 + 5);
    }

    @Test
    void aByteMoreInTheSendBufferIsARecordMore() {
        long receive = 3L * B;
        for (long send : new long[] {5L * B - 1, 5L * B, 5L * B + 1}) {
            NetHarness net = new NetHarness(Networks.buffers(PLAIN, send, receive), 1).connect(0, Channel.MAIN, 0).read(0, 0, MS);
            int[] written = keepWriting(net, send, 10 * MS);
            net.run(LONG);
            assertThat(written[0]).as("send buffer of %d bytes", send).isEqualTo(3 + (send < 5L * B ? 5 : 6));
        }
    }

    @Test
    void aByteMoreInTheReceiveBufferIsARecordMore() {
        long send = 5L * B - 1;
        for (long receive : new long[] {3L * B - 1, 3L * B, 3L * B + 1}) {
            NetHarness net = new NetHarness(Networks.buffers(PLAIN, send, receive), 1).connect(0, Channel.MAIN, 0).read(0, 0, MS);
            int[] written = keepWriting(net, send, 10 * MS);
            net.run(LONG);
            assertThat(written[0]).as("receive buffer of %d bytes", receive).isEqualTo((receive > 3L * B ? 4 : 3) + 5);
        }
    }

    @Test
    void eachRecordThatIsReadLetsOneMoreBeWritten() {
        long send = 5L * B - 1;
        NetHarness net = new NetHarness(Networks.buffers(PLAIN, send, 3L * B), 1).connect(0, Channel.MAIN, 0);
        int[] written = keepWriting(net, send, 10 * MS);
        int[] seen = new int[4];
        for (int k = 0; k < 4; k++) {
            int i = k;
            net.read(0, i == 0 ? 0 : 1, (100 + 100L * i) * MS);
            net.at((199 + 100L * i) * MS, now -> seen[i] = written[0]);
        }
        net.run(LONG);
        assertThat(seen).containsExactly(8, 9, 10, 11);
        List<Long> room = net.sourceSaw(Wire.ROOM, 0);
        // The window update travels to the writer's side, the record to the reader's, the acknowledgement back.
        assertThat(room.get(room.size() - 1)).isEqualTo(400 * MS + 3 * L);
    }

    @Test
    void aReaderThatReadsNeverBlocksTheWriterForGood() {
        NetHarness net = new NetHarness(Networks.bandwidth(Networks.buffers(PLAIN, 2L * B, 2L * B), BANDWIDTH), 1).connect(0, Channel.MAIN, 0);
        int[] written = keepWriting(net, 2L * B, 10 * MS);
        net.run(1010 * MS);
        assertThat(written[0]).as("a second's worth, less round trips").isGreaterThan(900);
    }

    @Test
    void whatIsReadIsWhatWasWrittenWhateverTheBuffers() {
        for (long buffer = 1; buffer < 10 * B; buffer += 1013) {
            NetHarness net = new NetHarness(Networks.buffers(PLAIN, buffer, buffer), 1).connect(0, Channel.MAIN, 0).write(0, 50, 10 * MS);
            net.run(LONG);
            assertThat(net.destinationSaw(Wire.PAGES, 0)).as("buffers of %d bytes", buffer).hasSize(50);
        }
    }

    @Test
    void whatIsWrittenWhileAWindowUpdateIsOnItsWayIsSentWhenThatArrives() {
        NetHarness net = new NetHarness(Networks.buffers(PLAIN, 10L * B, B), 1).connect(0, Channel.MAIN, 0).write(0, 1, 10 * MS).write(0, 1, 10 * MS + L + L / 2);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).containsExactly(10 * MS + L, 10 * MS + 3 * L);
    }

    // Cuts.

    @Test
    void whatIsSentDuringACutArrivesAfterIt() {
        NetHarness net = new NetHarness(Networks.bandwidth(PLAIN, BANDWIDTH), 1)
                .connect(0, Channel.MAIN, 0).write(0, 10, 10 * MS).command(Net.CUT, 0, 15 * MS + MS / 2).command(Net.RESTORE, 0, 500 * MS);
        net.run(LONG);
        List<Long> arrivals = net.destinationSaw(Wire.PAGES, 0);
        assertThat(arrivals).hasSize(10).isSorted();
        assertThat(arrivals.stream().filter(at -> at < 17 * MS)).hasSize(6);
        assertThat(arrivals.get(6)).isGreaterThan(500 * MS);
    }

    @Test
    void aCutTellsNobody() {
        NetHarness net = new NetHarness(PLAIN, 1).connect(0, Channel.MAIN, 0).write(0, 1, 10 * MS).command(Net.CUT, 0, 20 * MS).write(0, 1, 30 * MS);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(1);
        assertThat(net.source).noneMatch(s -> s.kind() == Wire.BROKEN || s.kind() == Wire.RST);
        assertThat(net.destination).noneMatch(s -> s.kind() == Wire.BROKEN || s.kind() == Wire.RST);
    }
}
