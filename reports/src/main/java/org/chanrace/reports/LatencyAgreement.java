package org.chanrace.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.reports.PublishedLatency.Bucket;

/** Simulated and published, side by side. */
public final class LatencyAgreement {
    private static final int HUMP_FROM = 10;
    private static final int HUMP_TO = 12;

    private final List<Pair> pairs = new ArrayList<>();
    private final List<Bucket> rows;

    /** A column of which something was published. */
    private record Pair(String scenario, LatencyColumn simulated, PublishedLatency published) {
        String name() {
            return scenario + ", " + simulated.name();
        }

        boolean hasDistribution() {
            return published.faults() > 0 && simulated.latency().count() > 0;
        }

        double simulatedShare(int from, int to) {
            long n = 0;
            for (int b = from; b < to; b++) n += simulated.latency().buckets().get(b);
            return (double) n / simulated.latency().count();
        }

        double publishedShare(int from, int to) {
            return (double) published.buckets().stream().filter(b -> b.isWithin(from, to)).mapToLong(Bucket::faults).sum() / published.faults();
        }

        Bucket fullest() {
            return published.buckets().stream().max(Comparator.comparingLong(Bucket::faults)).orElseThrow();
        }

        Bucket fullestSimulated() {
            return published.buckets().stream().max(Comparator.comparingDouble(b -> simulatedShare(b.from(), b.to()))).orElseThrow();
        }
    }

    /** Of each comparison the columns as they are in their files, where something was published about the scenario. */
    public LatencyAgreement(List<LatencyComparison> comparisons, List<PublishedLatency> published) {
        for (LatencyComparison comparison : comparisons)
            for (LatencyColumn column : comparison.columns())
                if (column.isOfTheFile(comparison)) published.stream().filter(p -> p.scenario().equals(comparison.scenario().name())).findFirst().ifPresent(p -> pairs.add(new Pair(p.scenario(), column, p)));
        List<Bucket> edges = new ArrayList<>();
        for (Pair pair : pairs)
            for (Bucket b : pair.published().buckets()) if (edges.stream().noneMatch(e -> e.from() == b.from() && e.to() == b.to())) edges.add(b);
        edges.sort(Comparator.comparingInt(Bucket::from).thenComparingInt(Bucket::to));
        rows = edges;
    }

    /** Whether there is nothing to compare. */
    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** Both tables as text. */
    public String text() {
        return "Simulated and published\n\n" + figures().text() + "\n  Share of the faults: simulated, published\n\n" + distribution().text();
    }

    /** Both tables as Markdown. */
    public String markdown() {
        return figures().markdown() + "\nShare of the faults by latency, simulated and published:\n\n" + distribution().markdown();
    }

    private LatencyTable figures() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("mean, simulated", pair -> LatencyWords.estimate(pair.simulated().mean())));
        rows.add(row("mean, published", pair -> published(pair).map(us -> Amounts.mean(us * 1000)).orElse(LatencyWords.NOTHING)));
        rows.add(row("simulated / published", pair -> ratio(pair).map(r -> Amounts.fixed(r, 2)).orElse(LatencyWords.NOTHING)));
        rows.add(row("faults of a run, simulated", pair -> ExplorationWords.grouped(faults(pair))));
        rows.add(row("faults, published", pair -> ExplorationWords.grouped(pair.published().faults())));
        rows.add(row("fullest bucket, simulated", pair -> distribution(pair, p -> named(p.fullestSimulated(), p.simulatedShare(p.fullestSimulated().from(), p.fullestSimulated().to())))));
        rows.add(row("fullest bucket, published", pair -> distribution(pair, p -> named(p.fullest(), p.publishedShare(p.fullest().from(), p.fullest().to())))));
        rows.add(row("1–4 ms, simulated", pair -> distribution(pair, p -> Amounts.percent(p.simulatedShare(HUMP_FROM, HUMP_TO)))));
        rows.add(row("1–4 ms, published", pair -> distribution(pair, p -> Amounts.percent(p.publishedShare(HUMP_FROM, HUMP_TO)))));
        return new LatencyTable(header(), rows);
    }

    private LatencyTable distribution() {
        List<List<String>> cells = new ArrayList<>();
        for (Bucket b : rows)
            cells.add(row(name(b), pair -> distribution(pair, p -> Amounts.percent(p.simulatedShare(b.from(), b.to())) + ", " + Amounts.percent(p.publishedShare(b.from(), b.to())))));
        return new LatencyTable(header(), cells);
    }

    private List<String> header() {
        return row("", Pair::name);
    }

    private List<String> row(String name, Function<Pair, String> cell) {
        List<String> row = new ArrayList<>(List.of(name));
        pairs.forEach(pair -> row.add(cell.apply(pair)));
        return row;
    }

    private static String distribution(Pair pair, Function<Pair, String> cell) {
        return pair.hasDistribution() ? cell.apply(pair) : LatencyWords.NOTHING;
    }

    private static Optional<Double> published(Pair pair) {
        return pair.published().meanMicros().stream().boxed().findFirst();
    }

    private static Optional<Double> ratio(Pair pair) {
        return published(pair).flatMap(us -> pair.simulated().mean().map(e -> e.mean() / (us * 1000)));
    }

    private static long faults(Pair pair) {
        return pair.simulated().latency().count() / Math.max(1, pair.simulated().runs().size());
    }

    private static String named(Bucket b, double share) {
        return name(b) + ": " + Amounts.percent(share);
    }

    /** {@code < 32 us}, {@code 1–2 ms}, {@code > 32 ms}: a bucket of QEMU's or several together. */
    private static String name(Bucket b) {
        if (b.from() == 0) return "< " + edge(b.to());
        if (b.to() == LatencyHistogram.BUCKETS) return "> " + edge(b.from());
        return b.to() == b.from() + 1 ? LatencyWords.bucket(b.from()) : edge(b.from()) + " to " + edge(b.to());
    }

    private static String edge(int bucket) {
        return (1 << bucket % 10) + (bucket < 10 ? " us" : bucket < 20 ? " ms" : " s");
    }

    /** A JSON object for each column that was compared, a line each. */
    public String json() {
        StringBuilder out = new StringBuilder();
        for (Pair pair : pairs) out.append(JsonReport.object(json -> {
            json.writeStringField("scenario", Characters.encodable(pair.scenario()));
            json.writeStringField("column", Characters.encodable(pair.simulated().name()));
            LatencyJson.number(json, "simulated_mean_us", pair.simulated().mean().map(e -> Amounts.micros(e.mean())));
            LatencyJson.number(json, "published_mean_us", published(pair).map(us -> Amounts.micros(us * 1000)));
            LatencyJson.number(json, "ratio", ratio(pair).map(r -> Amounts.fixed(r, 4)));
            json.writeArrayFieldStart("buckets");
            for (Bucket b : pair.published().buckets()) {
                json.writeStartObject();
                json.writeNumberField("from_us", b.from() == 0 ? 0 : 1L << b.from());
                LatencyJson.number(json, "to_us", b.to() == LatencyHistogram.BUCKETS ? Optional.empty() : Optional.of(Long.toString(1L << b.to())));
                LatencyJson.number(json, "simulated_share", pair.simulated().latency().count() == 0 ? Optional.empty() : Optional.of(Amounts.fixed(pair.simulatedShare(b.from(), b.to()), 6)));
                LatencyJson.number(json, "published_share", pair.published().faults() == 0 ? Optional.empty() : Optional.of(Amounts.fixed(pair.publishedShare(b.from(), b.to()), 6)));
                json.writeNumberField("published_faults", b.faults());
                json.writeEndObject();
            }
            json.writeEndArray();
        })).append('\n');
        return out.toString();
    }
}
