package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Wire;
import org.chanrace.model.scenario.Distribution.Constant;
import org.chanrace.model.scenario.Distribution.Exponential;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What theory says of page faults, whatever the hosts are like. */
class QueueingLawsTest {
    private static final long SECOND = 1_000_000_000;
    private static final int RUNS = 12;

    private static Paging only(long request, long lookup, long place) {
        return new Paging(new Constant(0), 0, request, lookup, 0, 0, 0, 0, place, 0);
    }

    private static Measurements measured(Hosts hosts, long seed) {
        return Simulation.of(hosts.scenario()).run(seed, false).measurements().orElseThrow();
    }

    private static double meanOf(Measurements measurements, Stage stage) {
        return (double) measurements.budget().get(stage.ordinal()).nanos() / measurements.latency().count();
    }

    /**
     * Many vCPUs that think for exponential times and then wait for the one thread of the destination that asks for pages, or the one of the source that looks them
     * up, which takes as long for each: the machine-repair model M/D/1//N, whose utilization Takács gave (1962). The guest is so large that few touches find their page.
     */
    @ParameterizedTest
    @CsvSource({"request, 0.4", "request, 0.7", "request, 0.9", "lookup, 0.4", "lookup, 0.7", "lookup, 0.9"})
    void aThreadThatServesManyVcpusIsAnMD1WithAFiniteSource(String step, double load) {
        int vcpus = 200;
        long service = 20_000;
        long think = Math.round(vcpus * service / load);
        Paging paging = step.equals("request") ? only(service, 0, 0) : only(0, service, 0);
        Hosts hosts = Hosts.asTheyCome("8.0.0", true, 2_000_000).withoutNetwork().costs(paging).background(100_000).guest(vcpus, new Exponential(think));
        // All vCPUs begin with a touch, at once: what the first part of the run adds up to is taken off.
        Simulation begin = Simulation.of(hosts.until(SECOND / 4).scenario());
        Simulation whole = Simulation.of(hosts.until(SECOND * 5 / 4).scenario());
        SummaryStatistics means = new SummaryStatistics();
        SummaryStatistics there = new SummaryStatistics();
        for (int seed = 1; seed <= RUNS; seed++) {
            LatencyHistogram first = begin.run(seed, false).measurements().orElseThrow().latency();
            LatencyHistogram all = whole.run(seed, false).measurements().orElseThrow().latency();
            assertThat(all.count() - first.count()).isGreaterThan(15_000);
            there.addValue((first.count() + all.count()) / 2.0 / hosts.scenario().guest().workingSetPages());
            means.addValue((double) (all.sumNanos() - first.sumNanos()) / (all.count() - first.count()));
        }
        // A touch that finds its page is thought on from: the few that do make the think time longer.
        double expected = responseOfMD1WithFiniteSource(vcpus, think / (1 - there.getMean()), service);
        assertThat(means.getMean()).isCloseTo(expected, within(halfWidth(means)));
        // The infinite source that M/D/1 has would make it wait longer.
        assertThat(expected).isLessThan(service * (1 + load / (2 * (1 - load))));
    }

    /** Half of the 99 % confidence interval of the mean of independent runs. */
    private static double halfWidth(SummaryStatistics of) {
        return new TDistribution(of.getN() - 1).inverseCumulativeProbability(0.995) * of.getStandardDeviation() / Math.sqrt(of.getN());
    }

    /** Mean time from the end of a think time to the end of the service, ns. */
    private static double responseOfMD1WithFiniteSource(int customers, double think, double service) {
        double load = service / think;
        double term = 1;
        double sum = 0;
        for (int k = 0; k < customers; k++) {
            // The number of ways to choose k of the others, times the product of e^(i load) - 1 for i up to k.
            sum += term;
            term *= (customers - 1.0 - k) / (k + 1) * Math.expm1((k + 1) * load);
        }
        double busy = customers * load * sum / (1 + customers * load * sum);
        return customers * service / busy - think;
    }

    @Test
    void theFormulaIsRightWhereItIsKnown() {
        assertThat(responseOfMD1WithFiniteSource(1, 1000, 50)).isCloseTo(50, within(1e-9));
        // Very many who hardly ever come: M/D/1.
        assertThat(responseOfMD1WithFiniteSource(20_000, 20_000 * 100 / 0.5, 100)).isCloseTo(150, within(0.1));
    }

    /** The number of requests between return-path thread and receiving thread, integrated over time, is the rate at which they come times the time that they are there. */
    @ParameterizedTest
    @ValueSource(strings = {"7.2.0", "8.0.0", "10.1.0"})
    void littleHoldsBetweenRequestAndPage(String release) {
        Paging d = Paging.DEFAULT;
        Paging paging = new Paging(new Constant(0), d.faultNanos(), d.requestNanos(), d.lookupNanos(), d.saveNanos(), d.lockedNanos(), d.sendNanos(), 0, d.placeNanos(), 0);
        Hosts hosts = Hosts.asTheyCome(release, true, 200_000).costs(paging).background(50_000).guest(16, new Exponential(400_000)).until(2 * SECOND);
        Simulation simulation = Simulation.of(hosts.scenario());
        LaneMap map = new LaneMap(2, 1, hosts.threads(), 1);
        BitSet asked = new BitSet();
        BitSet came = new BitSet();
        long[] integral = {0};
        long[] present = {0, 0, 0};
        RunResult result = simulation.run(simulation.delays(), (lane, event, now) -> {
            boolean atSource = lane >= map.toSource && lane < map.toDestination;
            boolean atDestination = lane >= map.toDestination && lane < map.sourceMainLoop;
            if (!atSource && !atDestination) return;
            boolean request = atSource && Wire.kind(event) == Wire.REQ_PAGES;
            boolean page = atDestination && Wire.kind(event) == Wire.PAGES;
            if (!request && !page) return;
            integral[0] += present[0] * (now - present[1]);
            present[1] = now;
            for (int p = Wire.firstPage(event); p < Wire.firstPage(event) + Wire.pages(event); p++) {
                // A thread that is asleep takes what comes twice: when it comes, and when it has woken up.
                if (request && !asked.get(p) && !came.get(p)) {
                    asked.set(p);
                    present[0]++;
                } else if (page) {
                    came.set(p);
                    if (!asked.get(p)) continue;
                    asked.clear(p);
                    present[0]--;
                    present[2]++;
                }
            }
        }, false);
        Measurements m = result.measurements().orElseThrow();
        double stages = 0;
        for (Stage stage : Stage.values()) if (stage.compareTo(Stage.LOOKUP) >= 0 && stage.compareTo(Stage.RECEIVE_BUFFER) <= 0) stages += m.budget().get(stage.ordinal()).nanos();
        assertThat(present[2]).isCloseTo(m.latency().count(), within(m.latency().count() / 50 + 16));
        double number = (double) integral[0] / present[1];
        double rate = (double) m.latency().count() / present[1];
        double time = stages / m.latency().count();
        assertThat(number).isBetween(0.5, 15.0).isCloseTo(rate * time, within(0.02 * number));
    }

    /** All threads together are a closed system: each of them thinks or waits, so that their number is the rate of faults times a cycle. */
    @Test
    void littleHoldsForTheVcpus() {
        int vcpus = 40;
        long think = 1_000_000;
        Hosts hosts = Hosts.asTheyCome("8.0.0", true, 2_000_000).background(50_000).guest(vcpus, new Exponential(think)).until(2 * SECOND);
        Simulation simulation = Simulation.of(hosts.scenario());
        LaneMap map = new LaneMap(2, 1, hosts.threads(), 1);
        long[] first = {0};
        Measurements m = simulation.run(simulation.delays(), (lane, event, now) -> {
            if (first[0] == 0 && lane >= map.toSource && lane < map.toDestination && Wire.kind(event) == Wire.REQ_PAGES) first[0] = now;
        }, false).measurements().orElseThrow();
        // The pages that have come are no longer missing when they are touched.
        double missing = 1 - m.latency().count() / 2.0 / hosts.scenario().guest().workingSetPages();
        double cycle = think / missing + (double) m.latency().sumNanos() / m.latency().count();
        double rate = m.latency().count() / (double) (2 * SECOND - first[0]);
        assertThat(rate * cycle).isCloseTo(vcpus, within(0.02 * vcpus));
    }

    /** Very many wait for a few pages over a slow link: what each does to have its page asked for takes as long as ever, however many have asked for it before. */
    @ParameterizedTest
    @ValueSource(strings = {"7.2.0", "8.0.0", "10.1.0"})
    void whoWaitsForAPageThatOthersWaitForIsNotChargedWithTheirSteps(String release) {
        int vcpus = 200;
        Hosts hosts = Hosts.asTheyCome(release, true, 50).bandwidth(1_000_000).background(50_000).guest(vcpus, new Constant(200));
        Measurements m = measured(hosts, 1);
        long faults = m.latency().count();
        assertThat(faults).isGreaterThan(vcpus);
        assertThat(meanOf(m, Stage.FAULT)).isBetween(0.1 * hosts.paging().faultNanos(), 1.0 * hosts.paging().faultNanos());
        // All the others at most are ahead of it.
        long each = hosts.paging().requestNanos() + hosts.paging().sendNanos();
        assertThat(meanOf(m, Stage.REQUEST)).isLessThanOrEqualTo(each);
        assertThat(meanOf(m, Stage.FAULT_THREAD_WAIT)).isLessThan(vcpus * each);
    }

    /** Far away the round trip is most of what a page takes, and preempt has least to gain. The mean of the differences between runs with the same dice is not above 0. */
    @ParameterizedTest
    @CsvSource({"7.2.0, 1000000", "7.2.0, 5000000", "8.0.0, 1000000", "8.0.0, 5000000", "10.1.0, 1000000"})
    void preemptIsNotWorseForOneThreadFarAway(String release, long latency) {
        Hosts near = Hosts.asTheyCome(release, true, 40_000);
        Hosts hosts = new Hosts(
                release, true, new Constant(latency), near.bandwidth(), near.tcp(), near.paging(), 0, near.pages(), 1, near.think(), near.virtualNanos());
        SummaryStatistics more = new SummaryStatistics();
        for (int seed = 1; seed <= RUNS; seed++)
            more.addValue(measured(hosts, seed).latency().meanNanos() - measured(hosts.with(release, false), seed).latency().meanNanos());
        assertThat(more.getMean()).isLessThanOrEqualTo(halfWidth(more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.2.0", "8.0.0"})
    void twiceTheBandwidthHalvesTransmission(String release) {
        Hosts hosts = Hosts.asTheyCome(release, true, 100_000).background(50_000).guest(4, new Exponential(500_000)).until(3 * SECOND);
        for (long bandwidth : new long[] {12_500_000L, 125_000_000L, 1_250_000_000L}) {
            double once = meanOf(measured(hosts.bandwidth(bandwidth), 1), Stage.TRANSMISSION);
            double twice = meanOf(measured(hosts.bandwidth(2 * bandwidth), 1), Stage.TRANSMISSION);
            assertThat(once / twice).as("from %d bytes/s", bandwidth).isCloseTo(2, within(0.02));
        }
    }
}
