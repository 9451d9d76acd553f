package org.chanrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.GeometricDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.chanrace.model.NetHarness;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent.Action.BreakNetwork.Loses;
import org.chanrace.model.scenario.Tcp;
import org.junit.jupiter.api.Test;

/** In which order records leave a host, how long they wait for it, and what the ledger is told of that. */
class QueueingTest {
    private static final long L = 100_000;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long LONG = 1_000_000 * SECOND;
    private static final int B = Tcps.B;
    /** A record of one page takes a millisecond, with the headers of its one segment. */
    private static final Network LINK = Networks.bandwidth(Networks.plain(L), 1000L * (B + 90));

    private static NetHarness two(Tcp tcp) {
        return new NetHarness(Networks.tcp(LINK, tcp), 2).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0);
    }

    // Disciplines.

    @Test
    void segmentsHaveHeaders() {
        NetHarness net = new NetHarness(Networks.tcp(Networks.bandwidth(Networks.plain(L), 1_250_000_000L), Tcp.LINUX), 1).connect(0, Channel.MAIN, 0);
        net.write(0, 1, 10 * MS);
        net.run(LONG);
        // 4104 bytes in three segments of 90 bytes more.
        assertThat(net.destinationSaw(Wire.PAGES, 0)).containsExactly(10 * MS + (4104 + 270) * 8 / 10 + L);
        assertThat(Tcp.LINUX.onTheWire(1_448_000)).isEqualTo(1_538_000);
    }

    @Test
    void withFairQueueingASmallRecordWaitsForOneOfTheBulk() {
        NetHarness net = two(Tcps.free()).write(0, 100, 10 * MS).write(1, 1, 10 * MS + MS / 2);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 1)).containsExactly(12 * MS + L);
    }

    @Test
    void firstComeFirstServedItWaitsForAllThatTheHostWasHanded() {
        for (int handed : new int[] {1, 2, 10, 50, 99, 1000}) {
            NetHarness net = two(Tcps.fifo(Tcps.free(), (long) handed * B)).write(0, 100, 10 * MS).write(1, 1, 10 * MS + MS / 2);
            net.run(LONG);
            // One is with the card, so many are in the host's queue.
            assertThat(net.destinationSaw(Wire.PAGES, 1)).as("queue limit of %d records", handed).containsExactly((10 + 1 + Math.min(99, handed) + 1) * MS + L);
            assertThat(net.destinationSaw(Wire.PAGES, 0)).hasSize(100);
        }
    }

    @Test
    void theWindowLimitsWhatTheHostIsHanded() {
        NetHarness net = two(Tcps.fifo(Tcps.window(Tcps.free(), 5), 1L << 40)).write(0, 5, 10 * MS).write(0, 95, 10 * MS).write(1, 1, 10 * MS + MS / 2);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 1)).containsExactly((10 + 5 + 1) * MS + L);
    }

    @Test
    void aRecordWaitsForAllThatTheCardHolds() {
        for (int ring : new int[] {0, 1, 4, 16}) {
            NetHarness net = two(Tcps.ring(Tcps.free(), (long) ring * (B + 90))).write(0, 100, 10 * MS).write(1, 1, 40 * MS + MS / 2);
            net.run(LONG);
            // The card takes another when it holds no more than it may: at 40 ms that makes one more than fit.
            assertThat(net.destinationSaw(Wire.PAGES, 1)).as("ring of %d records", ring).containsExactly((40 + ring + 1 + 1) * MS + L);
            assertThat(net.destinationSaw(Wire.PAGES, 0).get(99)).as("nothing is gained or lost").isEqualTo(111 * MS + L);
        }
    }

    @Test
    void whatAConnectionThatBrokeHadInTheQueueHoldsNobodyUp() {
        NetHarness net = two(Tcps.fifo(Tcps.free(), 1L << 40)).write(0, 50, 10 * MS).write(1, 1, 10 * MS + MS / 2);
        net.command(Net.BREAK, Net.breakOf(Loses.NOTHING, Optional.of("main")), 11 * MS + MS / 2);
        net.run(LONG);
        assertThat(net.destinationSaw(Wire.PAGES, 1)).containsExactly(13 * MS + L);
    }

    // What the ledger is told.

    @Test
    void thePathOfAPageIsAccountedForToTheNanosecond() {
        NetHarness net = two(Tcps.free());
        // Page 7 is written behind three others on preempt while main sends: page, others' turn, page, …
        net.write(0, 100, 10 * MS);
        net.at(20 * MS + MS / 2, now -> {
            net.fault(7, now);
            net.ledger.passed(7, Stage.SAVE, now);
            for (int i = 0; i < 3; i++) net.writeNow(1, 1, 0, now);
            net.writeNow(1, 1, 7, now);
        });
        net.at(40 * MS, now -> net.ledger.resolved(0, now));
        net.run(LONG);
        // Preempt has 21 to 22, 23 to 24, 25 to 26 and 27 to 28 ms.
        assertThat(spent(net, Stage.SEND_BUFFER)).isEqualTo(26 * MS - (20 * MS + MS / 2));
        assertThat(spent(net, Stage.LINK_WAIT)).isEqualTo(MS);
        assertThat(spent(net, Stage.TRANSMISSION)).isEqualTo(MS);
        assertThat(spent(net, Stage.LATENCY)).isEqualTo(L);
        assertThat(net.ledger.measurements().budget().stream().mapToLong(Measurements.Spent::nanos).sum()).isEqualTo(40 * MS - (20 * MS + MS / 2));
    }

    @Test
    void aWindowThatIsShutKeepsAPageInTheSendBuffer() {
        NetHarness net = two(Tcps.window(Tcps.free(), 1)).write(1, 1, 10 * MS);
        net.at(10 * MS, now -> {
            net.fault(7, now);
            net.ledger.passed(7, Stage.SAVE, now);
            net.writeNow(1, 1, 7, now);
        });
        net.at(40 * MS, now -> net.ledger.resolved(0, now));
        net.run(LONG);
        assertThat(spent(net, Stage.SEND_BUFFER)).as("until the first is acknowledged").isEqualTo(MS + 2 * L);
        assertThat(spent(net, Stage.LINK_WAIT)).isZero();
        assertThat(spent(net, Stage.TRANSMISSION)).isEqualTo(MS);
    }

    @Test
    void theCardIsPartOfTheLink() {
        NetHarness net = two(Tcps.ring(Tcps.free(), 4L * (B + 90))).write(0, 100, 10 * MS);
        net.at(40 * MS + MS / 2, now -> {
            net.fault(7, now);
            net.ledger.passed(7, Stage.SAVE, now);
            net.writeNow(1, 1, 7, now);
        });
        net.at(90 * MS, now -> net.ledger.resolved(0, now));
        net.run(LONG);
        assertThat(spent(net, Stage.SEND_BUFFER)).isZero();
        assertThat(spent(net, Stage.LINK_WAIT)).isEqualTo(4 * MS + MS / 2);
        assertThat(spent(net, Stage.TRANSMISSION)).isEqualTo(MS);
    }

    @Test
    void aRequestTravelsBackByLinkAndLatency() {
        NetHarness net = two(Tcps.free());
        net.at(20 * MS, now -> net.fault(7, now)).request(0, 7, 20 * MS);
        net.at(21 * MS, now -> {
            net.ledger.passed(7, Stage.SAVE, now);
            net.ledger.resolved(0, now);
        });
        net.run(LONG);
        assertThat(spent(net, Stage.REQUEST_TRAVELS)).isEqualTo((24 + 90) * MS / (B + 90) + L);
    }

    @Test
    void whatHappensToAPageBeforeAllOfItIsWrittenIsPartOfWritingIt() {
        NetHarness net = two(Tcps.free());
        net.at(20 * MS, now -> {
            net.fault(7, now);
            net.writeNow(1, 1, 7, now);
        });
        net.at(30 * MS, now -> {
            net.ledger.passed(7, Stage.SAVE, now);
            net.writeNow(1, 1, 7, now);
        });
        net.at(40 * MS, now -> net.ledger.resolved(0, now));
        net.run(LONG);
        assertThat(spent(net, Stage.SAVE)).isEqualTo(10 * MS);
        assertThat(spent(net, Stage.TRANSMISSION)).isEqualTo(MS);
        assertThat(spent(net, Stage.LATENCY)).isEqualTo(L);
    }

    @Test
    void thePartsOfAPageAddWhatTheyTakeOnceAllAreWritten() {
        NetHarness net = two(Tcps.free());
        long part = 8 * MS;
        net.at(20 * MS, now -> {
            net.fault(7, now);
            for (int i = 0; i < 3; i++) net.writePartNow(1, 7, i, 4, now);
        });
        net.at(21 * MS, now -> {
            net.ledger.passed(7, Stage.SAVE, now);
            net.writePartNow(1, 7, 3, 4, now);
        });
        net.at(90 * MS, now -> net.ledger.resolved(0, now));
        net.run(LONG);
        // The first leaves before all are written, so that the others wait for it; nobody else sends.
        assertThat(net.destinationSaw(Wire.PAGE_PART, 1)).containsExactly(20 * MS + part + L, 20 * MS + 2 * part + L, 20 * MS + 3 * part + L, 20 * MS + 4 * part + L);
        assertThat(spent(net, Stage.SAVE)).isEqualTo(MS);
        assertThat(spent(net, Stage.SEND_BUFFER)).isEqualTo(part - MS);
        assertThat(spent(net, Stage.LINK_WAIT)).isZero();
        assertThat(spent(net, Stage.TRANSMISSION)).isEqualTo(3 * part);
        assertThat(spent(net, Stage.LATENCY)).isEqualTo(L);
    }

    private static long spent(NetHarness net, Stage stage) {
        return net.ledger.measurements().budget().get(stage.ordinal()).nanos();
    }

    // Theory.

    private static final int SEEDS = 24;
    private static final int RECORDS = 4000;
    private static final int WARM_UP = 500;

    /**
     * What independent simulations of Poisson arrivals at the link came to, each without its beginning.
     *
     * @param nanos mean time in the system of each, from when a record is written until its last byte is on the link
     * @param surplus by how much the mean number in the network of each is more than the rate times the mean time there
     */
    private record Waits(SummaryStatistics nanos, SummaryStatistics surplus) {
        void areWithinTheirConfidenceIntervalOf(double expectedNanos) {
            assertThat(nanos.getMean()).isCloseTo(expectedNanos, within(halfWidth(nanos)));
        }
    }

    /** Half of the 99 % confidence interval of the mean. */
    private static double halfWidth(SummaryStatistics of) {
        return new TDistribution(of.getN() - 1).inverseCumulativeProbability(0.995) * of.getStandardDeviation() / Math.sqrt(of.getN());
    }

    /**
     * @param pages of each record, of a run with this seed
     * @param connections among which the records are dealt out in turn
     */
    private static Waits poisson(Network network, long seed, double meanGapNanos, IntFunction<IntSupplier> pages, int connections) {
        SummaryStatistics nanos = new SummaryStatistics();
        SummaryStatistics surplus = new SummaryStatistics();
        for (int run = 0; run < SEEDS; run++) {
            int of = (int) (SEEDS * seed + run);
            NetHarness net = new NetHarness(network, 2).connect(0, Channel.MAIN, 0).connect(1, Channel.PREEMPT, 0);
            ExponentialDistribution gaps = new ExponentialDistribution(new Well19937c(of), meanGapNanos);
            IntSupplier size = pages.apply(of);
            List<List<Long>> written = List.of(new ArrayList<>(), new ArrayList<>());
            double at = SECOND;
            for (int i = 0; i < RECORDS; i++) {
                at += gaps.sample();
                int c = i % connections;
                int n = size.getAsInt();
                int number = i;
                written.get(c).add((long) at);
                net.at((long) at, now -> net.writeNow(c, n, number & 0xFFFF, now));
            }
            // How many there are is looked at at regular moments, whatever happens to each.
            long end = (long) at;
            long begin = SECOND + (end - SECOND) * WARM_UP / RECORDS;
            int looks = 4 * RECORDS;
            double[] number = {0};
            for (int k = 0; k < looks; k++)
                net.at(begin + (end - begin) / looks * k, now -> {
                    for (int c = 0; c < connections; c++) number[0] += net.inTheNetwork(c);
                });
            net.run(LONG);
            SummaryStatistics times = new SummaryStatistics();
            for (int c = 0; c < connections; c++) {
                List<Long> arrived = net.destinationSaw(Wire.PAGES, c);
                assertThat(arrived).hasSameSizeAs(written.get(c));
                for (int i = 0; i < arrived.size(); i++) if (written.get(c).get(i) >= begin) times.addValue(arrived.get(i) - L - written.get(c).get(i));
            }
            nanos.addValue(times.getMean());
            surplus.addValue(number[0] / looks - times.getN() / (double) (end - begin) * (times.getMean() + L));
        }
        return new Waits(nanos, surplus);
    }

    private static Waits poisson(Tcp tcp, long seed, double meanGapNanos) {
        return poisson(Networks.tcp(LINK, tcp), seed, meanGapNanos, s -> () -> 1, 2);
    }

    @Test
    void constantRecordsWaitAsInMD1() {
        for (double load : new double[] {0.3, 0.6, 0.8})
            for (Tcp tcp : List.of(Tcps.free(), Tcps.fifo(Tcps.free(), 1L << 40)))
                poisson(tcp, 7, MS / load).areWithinTheirConfidenceIntervalOf(MS + MS * load / (2 * (1 - load)));
    }

    /** Pollaczek and Khinchine. */
    @Test
    void geometricRecordsWaitAsInMG1() {
        int mean = 4;
        double variance = mean * (mean - 1.0);
        for (double load : new double[] {0.3, 0.6}) {
            double rate = load / mean;
            double wait = rate * (variance + (double) mean * mean) / (2 * (1 - load));
            poisson(Networks.tcp(LINK, Tcps.free()), 13, MS / rate, s -> geometric(mean, s), 1).areWithinTheirConfidenceIntervalOf(MS * (mean + wait));
        }
    }

    /** Of a thousand pages in the mean: that they are whole makes a wait shorter by a two thousandth. A page takes a microsecond here. */
    @Test
    void exponentialRecordsWaitAsInMM1() {
        int mean = 1000;
        Network link = Networks.tcp(Networks.bandwidth(Networks.plain(L), 1_000_000L * (B + 90)), Tcps.free());
        for (double load : new double[] {0.3, 0.6, 0.8})
            poisson(link, 29, MS / load, s -> geometric(mean, s), 1).areWithinTheirConfidenceIntervalOf(MS / (1 - load));
    }

    private static IntSupplier geometric(int mean, int seed) {
        GeometricDistribution sizes = new GeometricDistribution(new Well19937c(~seed), 1.0 / mean);
        return () -> 1 + sizes.sample();
    }

    /** Little's law: what is more or less than it is chance, which has no side. */
    @Test
    void theNumberInTheNetworkIsTheRateTimesTheTimeInIt() {
        for (Tcp tcp : List.of(Tcps.free(), Tcps.fifo(Tcps.free(), 5L * B), Tcps.ring(Tcps.free(), 8L * B), Tcps.window(Tcps.free(), 4))) {
            Waits waits = poisson(tcp, 17, MS / 0.7);
            assertThat(waits.surplus().getMean()).as("%s", tcp).isCloseTo(0, within(halfWidth(waits.surplus())));
            assertThat(halfWidth(waits.surplus())).as("else it says little").isLessThan(0.02);
        }
    }

    @Test
    void fairSharingIsOfBytes() {
        NetHarness net = two(Tcps.free());
        net.at(10 * MS, now -> {
            for (int i = 0; i < 200; i++) {
                net.writeNow(0, 8, i, now);
                net.writeNow(1, 1, i, now);
            }
        });
        net.run(LONG);
        long small = net.destinationSaw(Wire.PAGES, 1).get(199);
        long large = net.destinationSaw(Wire.PAGES, 0).stream().filter(at -> at <= small).count();
        assertThat(large * 8).as("pages of main by then").isBetween(200L - 8, 200L + 8);
    }
}
