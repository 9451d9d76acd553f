package org.chanrace.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;

/**
 * What the runs of one scenario measured, together: a column of a comparison.
 *
 * <p>Each run counts alike in the mean and in the budget, so that the budget adds up to the mean, and a difference of means is the mean of the
 * differences; each fault counts alike in the distribution.
 *
 * @param name what tells it from the other columns
 * @param scenario what was run
 * @param remarks in what it is not the scenario of the file, a clause each
 * @param variation which parameter has another value, when that is what is asked; empty otherwise
 * @param runs in the order of their seeds
 * @param latency of all faults of all runs
 * @param budgetNanos what a fault spent in each {@link Stage}, in their order: the mean over the runs that had faults
 * @param blockedNanos how long each vCPU of the workload stood still, the mean over the runs
 * @param throughput of all runs, added up
 */
public record LatencyColumn(
        String name, Scenario scenario, List<String> remarks, Optional<LatencyVariation> variation, List<Run> runs, LatencyHistogram latency, List<Double> budgetNanos, List<Double> blockedNanos,
        Measurements.Throughput throughput) {
    public LatencyColumn {
        Objects.requireNonNull(name);
        Objects.requireNonNull(scenario);
        remarks = List.copyOf(remarks);
        Objects.requireNonNull(variation);
        runs = List.copyOf(runs);
        Objects.requireNonNull(latency);
        budgetNanos = List.copyOf(budgetNanos);
        blockedNanos = List.copyOf(blockedNanos);
        Objects.requireNonNull(throughput);
    }

    /**
     * What one run came to.
     *
     * @param meanNanos mean latency of its faults; empty when there was none
     */
    public record Run(
            long seed, Outcome outcome, List<String> deviations, long faults, OptionalDouble meanNanos, OptionalLong downtimeNanos, OptionalLong postcopyNanos,
            OptionalLong totalNanos) {}

    /** The mean latency of a fault; empty when no run had any. */
    Optional<Estimate> mean() {
        return estimate(runs.stream().map(Run::meanNanos).filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).toArray());
    }

    /** The mean downtime of the runs that have one. */
    Optional<Estimate> downtime() {
        return mean(runs.stream().map(Run::downtimeNanos).toList());
    }

    /** The mean time of postcopy. */
    Optional<Estimate> postcopy() {
        return mean(runs.stream().map(Run::postcopyNanos).toList());
    }

    /** The mean total time. */
    Optional<Estimate> total() {
        return mean(runs.stream().map(Run::totalNanos).toList());
    }

    private static Optional<Estimate> mean(List<OptionalLong> values) {
        return estimate(values.stream().filter(OptionalLong::isPresent).mapToDouble(OptionalLong::getAsLong).toArray());
    }

    private static Optional<Estimate> estimate(double[] values) {
        return values.length == 0 ? Optional.empty() : Optional.of(Estimate.of(values));
    }

    /** How long a vCPU stood still in a run; empty when nothing was measured. */
    OptionalDouble blocked() {
        return blockedNanos.stream().mapToDouble(Double::doubleValue).average();
    }

    /** Of what the mean consists: the stages that take anything, the largest first. */
    List<Stage> largestStages() {
        return Arrays.stream(Stage.values()).filter(stage -> budgetNanos.get(stage.ordinal()) > 0)
                .sorted((a, b) -> Double.compare(budgetNanos.get(b.ordinal()), budgetNanos.get(a.ordinal()))).toList();
    }

    /** The share of the mean that a stage has; the mean is above 0. */
    double share(Stage stage) {
        return budgetNanos.get(stage.ordinal()) / budgetNanos.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Whether it is between the releases of the file, with the file's capabilities and parameters. */
    boolean isOfTheFile(LatencyComparison comparison) {
        return variation.isEmpty() && scenario.source().equals(comparison.scenario().source()) && scenario.destination().equals(comparison.scenario().destination());
    }

    /** Whether the model's runs all ended as they should. */
    boolean asExpected() {
        return runs.stream().allMatch(run -> run.deviations().isEmpty());
    }

    /** Takes the runs of a column as they come, and forgets of each what is not asked for. */
    public static final class Gathering {
        private final String name;
        private final Scenario scenario;
        private final List<String> remarks;
        private final Optional<LatencyVariation> variation;
        private final List<Run> runs = new ArrayList<>();
        private final LatencyHistogram latency = new LatencyHistogram();
        private final double[] budget = new double[Stage.values().length];
        private int runsWithFaults;
        private double[] blocked = {};
        private int measuredRuns;
        private Measurements.Throughput throughput = new Measurements.Throughput(1, List.of(), List.of());

        /** Of a column with no run yet. */
        public Gathering(String name, Scenario scenario, List<String> remarks) {
            this(name, scenario, remarks, Optional.empty());
        }

        /** Of a column with no run yet, in which one parameter may have another value. */
        public Gathering(String name, Scenario scenario, List<String> remarks, Optional<LatencyVariation> variation) {
            this.name = name;
            this.variation = variation;
            this.scenario = scenario;
            this.remarks = List.copyOf(remarks);
        }

        /** Takes the next run. */
        public void add(ReportedRun run) {
            Optional<Measurements> measured = run.result().measurements();
            measured.ifPresent(this::measured);
            OptionalDouble mean = measured.filter(m -> m.latency().count() > 0).map(m -> OptionalDouble.of(perFault(m, m.latency().sumNanos()))).orElse(OptionalDouble.empty());
            runs.add(new Run(
                    run.result().seed(), run.result().verdict().outcome(), run.deviations(), measured.map(m -> m.latency().count()).orElse(0L), mean,
                    measured.map(Measurements::downtimeNanos).orElse(OptionalLong.empty()), measured.map(Measurements::postcopyNanos).orElse(OptionalLong.empty()),
                    measured.map(Measurements::totalNanos).orElse(OptionalLong.empty())));
        }

        private void measured(Measurements m) {
            measuredRuns++;
            latency.add(m.latency());
            throughput = Throughputs.sum(throughput, m.throughput());
            if (blocked.length < m.blockedNanos().size()) blocked = Arrays.copyOf(blocked, m.blockedNanos().size());
            for (int v = 0; v < m.blockedNanos().size(); v++) blocked[v] += m.blockedNanos().get(v);
            if (m.latency().count() == 0) return;
            runsWithFaults++;
            for (Measurements.Spent spent : m.budget()) budget[spent.stage().ordinal()] += perFault(m, spent.nanos());
        }

        private static double perFault(Measurements m, long nanos) {
            return (double) nanos / m.latency().count();
        }

        /** The column with the runs so far. */
        public LatencyColumn column() {
            return new LatencyColumn(name, scenario, remarks, variation, runs, latency.copy(), divided(budget, runsWithFaults), divided(blocked, measuredRuns), throughput);
        }

        private static List<Double> divided(double[] sums, int by) {
            return Arrays.stream(sums).map(sum -> by == 0 ? 0 : sum / by).boxed().toList();
        }
    }
}
