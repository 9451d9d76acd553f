package org.chanrace.reports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.verdict.Outcome;

/** Measurements in words and in the cells of tables, the same for text and HTML. */
final class LatencyWords {
    /** What stands where nothing was measured. */
    static final String NOTHING = "–";

    private static final int STAGES_NAMED = 3;
    private static final double MOST = 0.5;

    private LatencyWords() {}

    /** A row of a table: a name, and a cell for each column. */
    record Row(String name, List<String> cells) {}

    /** The quantities of all columns. */
    static List<Row> quantities(LatencyComparison comparison) {
        List<LatencyColumn> columns = comparison.columns();
        List<Row> rows = new ArrayList<>();
        rows.add(row("completed", columns, c -> completed(c) + " of " + c.runs().size()));
        rows.add(row("faults", columns, c -> ExplorationWords.grouped(c.latency().count())));
        rows.add(row("mean", columns, c -> estimate(c.mean())));
        rows.add(row("p50", columns, c -> percentile(c, 50)));
        rows.add(row("p90", columns, c -> percentile(c, 90)));
        rows.add(row("p99", columns, c -> percentile(c, 99)));
        rows.add(row("max", columns, c -> c.latency().count() == 0 ? NOTHING : Amounts.duration(c.latency().maxNanos())));
        rows.add(row("a vCPU stood still", columns, c -> c.blocked().isEmpty() ? NOTHING : Amounts.mean(c.blocked().getAsDouble())));
        rows.add(row("downtime", columns, c -> estimate(c.downtime())));
        rows.add(row("postcopy", columns, c -> estimate(c.postcopy())));
        rows.add(row("total time", columns, c -> estimate(c.total())));
        rows.add(row("main, on average", columns, c -> rate(c, c.throughput().main())));
        rows.add(row("preempt, on average", columns, c -> rate(c, c.throughput().preempt())));
        return rows;
    }

    private static Row row(String name, List<LatencyColumn> columns, Function<LatencyColumn, String> cell) {
        return new Row(name, columns.stream().map(cell).toList());
    }

    private static long completed(LatencyColumn column) {
        return column.runs().stream().filter(run -> run.outcome() == Outcome.COMPLETED).count();
    }

    /** How the runs of a column ended, when not all completed: {@code completed 4, postcopy-stall 1}. */
    static Optional<String> outcomes(LatencyColumn column) {
        if (completed(column) == column.runs().size()) return Optional.empty();
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        column.runs().forEach(run -> counts.merge(run.outcome(), 1L, Long::sum));
        return Optional.of(counts.entrySet().stream().map(e -> e.getKey().text() + " " + e.getValue()).collect(Collectors.joining(", ")));
    }

    static String estimate(Optional<Estimate> of) {
        return of.map(e -> Amounts.mean(e.mean(), e.halfWidth())).orElse(NOTHING);
    }

    private static String percentile(LatencyColumn column, int percentile) {
        return column.latency().count() == 0 ? NOTHING : Amounts.duration(column.latency().percentileNanos(percentile));
    }

    /** Over the time in which anything was carried. */
    private static String rate(LatencyColumn column, List<Long> bytes) {
        long total = Throughputs.total(bytes);
        return total == 0 ? NOTHING : Amounts.megabytes(total * 1e9 / column.throughput().intervalNanos() / bytes.size() / column.runs().size());
    }

    /** A bucket of {@code postcopy-latency-dist}, named as QEMU does, for which a ms has 1024 us: {@code 64–128 us}, {@code 1–2 ms}. */
    static String bucket(int bucket) {
        if (bucket == 0) return "< 2 us";
        String unit = bucket < 10 ? " us" : bucket < 20 ? " ms" : " s";
        int from = 1 << bucket % 10;
        if (bucket == LatencyHistogram.BUCKETS - 1) return "≥ " + from + unit;
        return from + "–" + 2 * from + unit;
    }

    /** From the first bucket that has anything to the last, in any of the distributions; empty when none has. */
    static List<Integer> buckets(List<LatencyHistogram> distributions) {
        List<Integer> used = new ArrayList<>();
        for (int bucket = 0; bucket < LatencyHistogram.BUCKETS; bucket++) {
            int b = bucket;
            if (distributions.stream().anyMatch(d -> d.buckets().get(b) > 0)) used.add(bucket);
        }
        List<Integer> range = new ArrayList<>();
        if (!used.isEmpty()) for (int bucket = used.get(0); bucket <= used.get(used.size() - 1); bucket++) range.add(bucket);
        return range;
    }

    /** A paired difference: {@code 8.0.0 is 267.1 ± 12.0 us (54 %) quicker than 7.2.0}. */
    static String difference(LatencyComparison.Difference difference) {
        Estimate e = difference.nanos();
        String amount = Amounts.mean(Math.abs(e.mean()), e.halfWidth());
        String share = " (" + Amounts.percent(Math.abs(difference.share())) + ")";
        String one = difference.column().name();
        String other = difference.than().name();
        if (e.mean() == 0 && e.halfWidth().orElse(0) == 0) return one + " takes as long as " + other;
        String comparison = one + " is " + amount + share + (e.mean() < 0 ? " quicker than " : " slower than ") + other;
        return e.halfWidth().isPresent() && !e.isSure() ? comparison + ", which may be chance" : comparison;
    }

    /** Where most of the mean goes, in a sentence; or why there was no fault. */
    static String most(LatencyColumn column) {
        if (column.mean().isEmpty()) return "no faults: " + noFaults(column);
        List<Stage> largest = column.largestStages();
        if (largest.isEmpty()) return "faults take no time";
        Stage first = largest.get(0);
        String share = Amounts.percent(column.share(first));
        if (column.share(first) >= MOST) return "most of the mean, " + share + ", is “" + first.text() + "”: " + first.meaning();
        return "no stage has most of the mean; the largest are "
                + largest.stream().limit(STAGES_NAMED).map(stage -> "“" + stage.text() + "” (" + Amounts.percent(column.share(stage)) + ")").collect(Collectors.joining(", "));
    }

    private static String noFaults(LatencyColumn column) {
        if (column.postcopy().isPresent()) return "the source was asked for no page";
        return column.downtime().isPresent() ? "all was sent before postcopy began" : "the guest did not get to the destination";
    }

    /** The faults of one run in a line; empty when it had none. */
    static Optional<String> faults(Measurements m) {
        LatencyHistogram latency = m.latency();
        if (latency.count() == 0) return Optional.empty();
        return Optional.of(ExplorationWords.grouped(latency.count()) + (latency.count() == 1 ? " page fault" : " page faults") + ", mean " + Amounts.mean((double) latency.sumNanos() / latency.count())
                + ", p99 " + Amounts.duration(latency.percentileNanos(99)) + ", max " + Amounts.duration(latency.maxNanos()));
    }

    /** {@code seed 1} or {@code seeds 1 to 5}. */
    static String seeds(LatencyComparison comparison) {
        long first = comparison.firstSeed();
        return comparison.seeds() == 1 ? "seed " + first : "seeds " + first + " to " + (first + comparison.seeds() - 1);
    }

    /** What the intervals are, or why there are none. */
    static String certainty(LatencyComparison comparison) {
        return comparison.seeds() == 1 ? "One run of each: no interval says how sure that is; --runs 5 gives one."
                : "±: half the 95 % confidence interval of the mean over " + comparison.seeds() + " runs. All columns have the same seeds, so that differences are paired.";
    }
}
