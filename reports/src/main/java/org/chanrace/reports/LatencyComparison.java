package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.chanrace.model.scenario.Scenario;

/**
 * How long the guest of a scenario waits for missing pages, in one column or in several side by side.
 *
 * @param scenario as its file has it
 * @param file where it stands, as the user named it
 * @param firstSeed of the runs of each column
 * @param seeds how many runs each column was to have, with successive seeds: the same for all columns
 * @param columns in the order asked for
 */
public record LatencyComparison(Scenario scenario, String file, long firstSeed, int seeds, List<LatencyColumn> columns) {
    private static final int PAIRS_SHOWN_OF = 4;

    public LatencyComparison {
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(file);
        columns = List.copyOf(columns);
        if (seeds < 1) throw new IllegalArgumentException("at least one seed");
    }

    /**
     * What a column takes more than another one in the runs with the same seeds.
     *
     * @param column the one
     * @param than the other, which stands before it
     * @param nanos mean of the differences of the runs' mean latencies; below 0 when the column is quicker
     * @param share of the other's mean in the same runs
     */
    record Difference(LatencyColumn column, LatencyColumn than, Estimate nanos, double share) {}

    /** The differences of the column of this number, from 0, from each one before it, where runs with the same seed had faults in both. */
    List<Difference> differences(int column) {
        List<Difference> differences = new ArrayList<>();
        for (LatencyColumn than : columns.subList(0, column)) difference(columns.get(column), than).ifPresent(differences::add);
        return differences;
    }

    /** All differences that are worth a line: each column against each before it, or, of many columns, against the first. */
    List<Difference> shownDifferences() {
        List<Difference> all = IntStream.range(0, columns.size()).boxed().flatMap(column -> differences(column).stream()).toList();
        return columns.size() <= PAIRS_SHOWN_OF ? all : all.stream().filter(d -> d.than() == columns.get(0)).toList();
    }

    /** The difference of a column from the first, where runs with the same seed had faults in both. */
    Optional<Difference> difference(LatencyColumn column) {
        return difference(column, columns.get(0));
    }

    private static Optional<Difference> difference(LatencyColumn column, LatencyColumn than) {
        List<Double> differences = new ArrayList<>();
        double mean = 0;
        for (LatencyColumn.Run run : column.runs()) {
            OptionalDouble other = than.runs().stream().filter(r -> r.seed() == run.seed()).findFirst().map(LatencyColumn.Run::meanNanos).orElse(OptionalDouble.empty());
            if (run.meanNanos().isEmpty() || other.isEmpty()) continue;
            differences.add(run.meanNanos().getAsDouble() - other.getAsDouble());
            mean += other.getAsDouble();
        }
        if (differences.isEmpty()) return Optional.empty();
        Estimate estimate = Estimate.of(differences.stream().mapToDouble(Double::doubleValue).toArray());
        return Optional.of(new Difference(column, than, estimate, mean == 0 ? 0 : estimate.mean() / (mean / differences.size())));
    }

    /** Whether each run ended as its scenario expects. */
    public boolean asExpected() {
        return columns.stream().allMatch(LatencyColumn::asExpected);
    }
}
