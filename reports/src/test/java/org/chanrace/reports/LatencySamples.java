package org.chanrace.reports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;

/** Measurements as the simulator would make them, made by hand. */
final class LatencySamples {
    private static final long[] NO_PREEMPT = {0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 4, 2, 9, 240, 1, 3};
    private static final long[] BY_MIGRATION_THREAD = {0, 0, 0, 0, 0, 0, 231, 2542, 824, 107, 217, 333, 11, 5};
    private static final long[] BY_RETURN_PATH_THREAD = {0, 0, 0, 0, 0, 0, 1196, 6040, 1505, 85, 3, 4, 13, 7};

    private LatencySamples() {}

    /** Three ways of sending an urgent page, five runs of each. */
    static LatencyComparison compared() {
        Scenario scenario = Samples.open().scenario();
        return new LatencyComparison(scenario, "library/latency/random.yaml", 1, 5, List.of(
                column("no preempt", List.of("is 7.2.0 without postcopy-preempt"), 5, NO_PREEMPT, 0, Map.of(Stage.SEND_BUFFER, 820L, Stage.LATENCY, 30L, Stage.RECEIVE_BUFFER, 100L), 0),
                column("7.2.0", List.of(), 5, BY_MIGRATION_THREAD, 900, Map.of(Stage.SENDER_WAIT, 550L, Stage.LATENCY, 200L, Stage.REQUEST_TRAVELS, 180L), 12_000_000),
                column("8.0.0", List.of("without x-preempt-pre-7-2, which it does not know"), 5, BY_RETURN_PATH_THREAD, 300,
                        Map.of(Stage.LATENCY, 330L, Stage.REQUEST_TRAVELS, 310L, Stage.FAULT_THREAD_WAIT, 90L, Stage.VCPU_WAKE, 80L, Stage.LINK_WAIT, 70L), 13_000_000)));
    }

    /** One run of one column, which stalls without a fault, against the expectation. */
    static LatencyComparison alone() {
        Scenario scenario = Samples.completed().scenario();
        LatencyColumn.Gathering gathering = new LatencyColumn.Gathering("8.2.0 -> 9.0.0", scenario, List.of());
        gathering.add(run(scenario, 7, Outcome.PRECOPY_STALL, Optional.empty()));
        return new LatencyComparison(scenario, "library/recovered/eight-two-to-nine.yaml", 7, 1, List.of(gathering.column()));
    }

    /** Seven columns, whose runs stall now and then. */
    static LatencyComparison many() {
        Scenario scenario = Samples.open().scenario();
        List<LatencyColumn> columns = new ArrayList<>();
        for (int i = 0; i < 7; i++) columns.add(column("9." + i + ".0", List.of(), 2, BY_RETURN_PATH_THREAD, 1000 * i, Map.of(Stage.LATENCY, 400L), 1_000_000));
        LatencyColumn.Gathering stalling = new LatencyColumn.Gathering("10.0.0", scenario, List.of());
        stalling.add(run(scenario, 1, Outcome.COMPLETED, Optional.of(measured(BY_RETURN_PATH_THREAD, 7000, Map.of(), 0))));
        stalling.add(run(scenario, 2, Outcome.POSTCOPY_STALL, Optional.empty()));
        columns.add(stalling.column());
        return new LatencyComparison(scenario, "library/latency/many.yaml", 1, 2, columns);
    }

    private static LatencyColumn column(String name, List<String> remarks, int runs, long[] buckets, long shift, Map<Stage, Long> perMille, long preemptBytes) {
        Scenario scenario = Samples.open().scenario();
        LatencyColumn.Gathering gathering = new LatencyColumn.Gathering(name, scenario, remarks);
        for (int i = 0; i < runs; i++)
            gathering.add(run(scenario, i + 1, Outcome.COMPLETED, Optional.of(measured(buckets, shift * (i * i % 4), perMille, preemptBytes))));
        return gathering.column();
    }

    /** The run of which a single report speaks. */
    static Measurements ofOneRun() {
        return measured(BY_RETURN_PATH_THREAD, 0, Map.of(Stage.LATENCY, 330L, Stage.REQUEST_TRAVELS, 310L, Stage.SEND_BUFFER, 90L), 13_000_000);
    }

    static ReportedRun run(Scenario scenario, long seed, Outcome outcome, Optional<Measurements> measured) {
        Verdict v = Samples.open().result().verdict();
        Verdict verdict = new Verdict(outcome, v.sourceStatus(), v.destinationStatus(), v.guestRunsOn(), v.sourceMonitor(), v.destinationMonitor(), v.reason(), v.waits(), v.cycle(),
                v.advice(), v.lostPages(), v.messages());
        return new ReportedRun(scenario, "f.yaml", new RunResult(seed, verdict, List.of(), 1, 1, "0", Optional.empty(), measured));
    }

    /** So many faults in each bucket, spread evenly over it, each so much longer; what the stages leave over is spent while it was on its way. */
    static Measurements measured(long[] perBucket, long shiftNanos, Map<Stage, Long> perMille, long preemptBytes) {
        LatencyHistogram latency = new LatencyHistogram();
        for (int bucket = 0; bucket < perBucket.length; bucket++)
            for (long i = 0; i < perBucket[bucket]; i++) latency.add((1000L << bucket) + shiftNanos + (1000L << bucket) * i / perBucket[bucket]);
        Map<Stage, Long> spent = new EnumMap<>(Stage.class);
        long rest = latency.sumNanos();
        for (Map.Entry<Stage, Long> entry : perMille.entrySet()) {
            spent.put(entry.getKey(), latency.sumNanos() / 1000 * entry.getValue());
            rest -= spent.get(entry.getKey());
        }
        spent.merge(Stage.ON_ITS_WAY, rest, Long::sum);
        List<Measurements.Spent> budget = new ArrayList<>();
        for (Stage stage : Stage.values()) budget.add(new Measurements.Spent(stage, spent.getOrDefault(stage, 0L)));
        List<Long> main = new ArrayList<>();
        List<Long> preempt = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            main.add(i < 4 ? 0L : 8_000_000L + i * 10_007L);
            preempt.add(i < 20 ? 0 : preemptBytes / 20 + i);
        }
        return new Measurements(
                latency, budget, List.of(latency.sumNanos(), 0L), new Measurements.Throughput(10_000_000, main, preempt), OptionalLong.of(7_500_250 + shiftNanos),
                OptionalLong.of(200_000_000), OptionalLong.of(410_000_001));
    }
}
