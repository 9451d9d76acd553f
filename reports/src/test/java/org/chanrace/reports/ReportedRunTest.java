package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Expectation.Quantity;
import org.chanrace.model.scenario.Expectation.Within;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;

class ReportedRunTest {
    @Test
    void everyDeviationIsASentence() {
        assertThat(Samples.completed().deviations()).containsExactly(
                "expected outcome postcopy-stall or split-brain, got completed",
                "expected guest-runs-on neither, got destination",
                "expected destination-monitor hung, got answers");
        assertThat(Samples.completed().asExpected()).isFalse();
    }

    @Test
    void asExpectedWhenEverythingGivenAgrees() {
        assertThat(Samples.hung().deviations()).isEmpty();
        assertThat(Samples.hung().asExpected()).isTrue();
    }

    @Test
    void whoeverExpectsNothingIsNotDisappointedButWantsAnExplanation() {
        assertThat(Samples.open().asExpected()).isTrue();
        assertThat(Samples.open().wantsExplanation()).isTrue();
        assertThat(Samples.swapped().wantsExplanation()).isFalse();
    }

    @Test
    void itNamesTheCommandsThatMakeItAgain() {
        assertThat(Samples.hung().replayCommand()).isEmpty();
        assertThat(Samples.completed().replayCommand()).contains("chanrace replay 'report of today/capsules/8.2-to-9.0-seed7.capsule.yaml'");
        assertThat(Samples.completed().againCommand()).isEqualTo("chanrace run library/recovered/eight-two-to-nine.yaml --seed 7 --trace");
        ReportedRun run = Samples.hung();
        assertThat(new ReportedRun(run.scenario(), "it's.capsule.yaml", run.result(), Optional.of("it's.capsule.yaml")).againCommand())
                .as("its scenario stands nowhere else").isEqualTo("chanrace replay 'it'\\''s.capsule.yaml' --trace");
    }

    @Test
    void whatWasMeasuredIsComparedWithItsLimits() {
        LatencyHistogram latency = new LatencyHistogram();
        for (long micros : new long[] {200, 300, 436}) latency.add(micros * 1_000);
        Measurements measured = new Measurements(
                latency, List.of(), List.of(936_000L), new Measurements.Throughput(10_000_000, List.of(), List.of()), OptionalLong.of(5_000_001), OptionalLong.empty(),
                OptionalLong.empty());
        assertThat(measuring(Optional.of(measured), within(Quantity.FAULT_LATENCY_MEAN, 180_000, 280_000), within(Quantity.FAULTS, 4, Within.NO_LIMIT),
                within(Quantity.DOWNTIME, 0, 5_000_000), within(Quantity.TOTAL_TIME, 1, 2), within(Quantity.FAULT_LATENCY_P99, 0, 436_000),
                within(Quantity.FAULT_LATENCY_MAX, 436_000, 436_000), within(Quantity.FAULT_LATENCY_P50, 300_001, 400_000)).deviations()).containsExactly(
                "fault-latency-mean 312 us, expected 180 us to 280 us",
                "faults 3, expected at least 4",
                "downtime 5.000001 ms, expected at most 5 ms",
                "total-time was not measured (the source was never through), expected 1 ns to 2 ns");
    }

    @Test
    void whatWasNotMeasuredIsNotAsExpected() {
        Measurements none = new Measurements(
                new LatencyHistogram(), List.of(), List.of(), new Measurements.Throughput(10_000_000, List.of(), List.of()), OptionalLong.empty(), OptionalLong.empty(),
                OptionalLong.empty());
        Within anyFault = within(Quantity.FAULT_LATENCY_P90, 0, Within.NO_LIMIT);
        assertThat(measuring(Optional.of(none), anyFault, within(Quantity.DOWNTIME, 0, 1_000), within(Quantity.FAULTS, 0, 0)).deviations()).containsExactly(
                "fault-latency-p90 was not measured (there was no page fault), expected at least 0 ns",
                "downtime was not measured (the guest never ran on the destination), expected at most 1 us");
        assertThat(measuring(Optional.empty(), anyFault).deviations())
                .containsExactly("fault-latency-p90 was not measured (an order takes no time), expected at least 0 ns");
    }

    private static Within within(Quantity quantity, long from, long to) {
        return new Within(quantity, from, to);
    }

    /** A run that completed, with these measurements, of which its scenario expects that. */
    private static ReportedRun measuring(Optional<Measurements> measured, Within... quantities) {
        ReportedRun run = Samples.completed();
        Scenario s = run.scenario();
        Expectation expectation = new Expectation(
                List.of(Outcome.COMPLETED), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(quantities));
        RunResult r = run.result();
        return new ReportedRun(
                new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(), s.events(),
                        s.limits(), Optional.of(expectation)),
                run.file(), new RunResult(r.seed(), r.verdict(), r.connections(), r.events(), r.virtualNanos(), r.digest(), r.trace(), measured));
    }

    @Test
    void newPartsOfAScenarioAreInItsWords() {
        Guest d = Guest.DEFAULT;
        assertThat(ScenarioWords.guest(d)).isEqualTo("64 MiB of memory in pages of 4 KiB; 1 vCPU writes 56 MiB of it, sequential, 43.5 MB/s");
        assertThat(ScenarioWords.guest(guest(20, Guest.Access.RANDOM, new Guest.Touching(
                1, Optional.of(new Distribution.Constant(200)), 1, true, 0.1, 0.9, 1, 17, List.of()))))
                .isEqualTo("64 MiB of memory in pages of 4 KiB; 1 of 20 vCPUs writes 56 MiB of it, random, one page every 200 ns; all of that was written before");
        assertThat(ScenarioWords.guest(guest(2, Guest.Access.MIX, new Guest.Touching(
                0, Optional.empty(), 0.25, false, 0.05, 0.9, 2, 2, List.of(new Guest.Touching.Kind(Guest.Access.HOT_SET, 3),
                        new Guest.Touching.Kind(Guest.Access.ZIPF, 1), new Guest.Touching.Kind(Guest.Access.STRIDED, 0.5))))))
                .isEqualTo("64 MiB of memory in pages of 4 KiB; 2 vCPUs touch 56 MiB of it, 3.0 × hot-set (90 % to 5 %) + 1.0 × zipf (exponent 2.0) + 0.5 × strided (every 2nd page), "
                        + "43.5 MB/s; 25 % of the touches write");
        Network n = Network.DEFAULT;
        assertThat(ScenarioWords.network(new Network(n.latency(), n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), n.hops(), n.relay(), Optional.of(Tcp.LINUX))))
                .isEqualTo("latency 100 us; bandwidth 10 Gbit/s; tcp as Linux has it");
        assertThat(ScenarioWords.paging(new Paging(new Distribution.Constant(12_000), 4_000, 5_000, 2_000, 1_000, 500, 2_000, 2_000, 3_200, 8_000_000_000L)))
                .isEqualTo("wake-up 12 us; fault 4 us, request 5 us, look-up 2 us; a page: saved in 1 us (500 ns locked), placed in 3.2 us; a write 2 us, a read 2 us; copying at 8 GB/s");
    }

    private static Guest guest(int vcpus, Guest.Access access, Guest.Touching touching) {
        Guest d = Guest.DEFAULT;
        return new Guest(d.memory(), d.workingSet(), d.pageSize(), vcpus, access, d.dirtyRate(), d.warmUpNanos(), d.steps(), touching);
    }

    @Test
    void whatIsWaitedForDeviates() {
        assertThat(expecting(Samples.saying("in vain"), "migration thread in vain").deviations()).isEmpty();
        assertThat(expecting(Samples.saying("in vain"), "for ever").deviations()).containsExactly("expected that somebody waits as in 'for ever', got in vain");
    }

    private static ReportedRun expecting(ReportedRun run, String waits) {
        Scenario s = run.scenario();
        Expectation expectation = new Expectation(
                List.of(Outcome.PRECOPY_STALL), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(waits), List.of());
        return new ReportedRun(
                new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(), s.events(),
                        s.limits(), Optional.of(expectation)),
                run.file(), run.result());
    }

    @Test
    void aStatusDeviates() {
        assertThat(Samples.saying("x").deviations()).containsExactly("expected outcome completed, got precopy-stall", "expected source-status x!, got x");
    }
}
