package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Measurements.Throughput;

/** The plots of a run and of a comparison, those that have something to show. */
final class LatencyPlots {
    private LatencyPlots() {}

    /** Of one run, which had faults. */
    static List<String> of(Measurements m, String prefix) {
        LatencyHistogram latency = m.latency();
        List<String> plots = new ArrayList<>();
        plots.add(HistogramPlot.element(prefix + "h-", "Faults by latency", latency, LatencyWords.buckets(List.of(latency)), largestShare(List.of(latency)), 0));
        List<Double> budget = m.budget().stream().map(spent -> (double) spent.nanos() / latency.count()).toList();
        if (m.latency().sumNanos() > 0) plots.add(BudgetPlot.element(prefix + "b-", "Where the mean goes", List.of(new BudgetPlot.Bar("mean", budget))));
        throughput(plots, prefix + "t-", "What the connections carried", m.throughput(), 1, m.throughput());
        return plots;
    }

    /** Of all columns of a comparison. */
    static List<String> of(LatencyComparison comparison, String prefix) {
        List<LatencyColumn> columns = comparison.columns();
        List<LatencyColumn> some = columns.stream().filter(column -> column.latency().count() > 0).toList();
        List<String> plots = new ArrayList<>();
        if (!some.isEmpty()) plots.add(CumulativePlot.element(prefix + "c-", "Share of the faults that take no longer", columns));
        List<BudgetPlot.Bar> bars = some.stream().filter(column -> !column.largestStages().isEmpty()).map(column -> new BudgetPlot.Bar(column.name(), column.budgetNanos())).toList();
        if (!bars.isEmpty()) plots.add(BudgetPlot.element(prefix + "b-", "Where the mean goes", bars));
        List<LatencyHistogram> distributions = some.stream().map(LatencyColumn::latency).toList();
        for (int i = 0; i < columns.size(); i++)
            if (some.contains(columns.get(i)))
                plots.add(HistogramPlot.element(prefix + "h" + i + "-", "Faults by latency: " + columns.get(i).name(), columns.get(i).latency(), LatencyWords.buckets(distributions),
                        largestShare(distributions), i % SvgStyle.CHANNELS));
        Throughput longest = longest(columns);
        for (int i = 0; i < columns.size(); i++)
            throughput(plots, prefix + "t" + i + "-", "What the connections carried" + (comparison.seeds() == 1 ? ": " : ", mean of the runs: ") + columns.get(i).name(), columns.get(i).throughput(), columns.get(i).runs().size(), longest);
        return plots;
    }

    private static double largestShare(List<LatencyHistogram> distributions) {
        double largest = 0;
        for (LatencyHistogram d : distributions) for (long n : d.buckets()) if (n > 0) largest = Math.max(largest, (double) n / d.count());
        return largest;
    }

    private static Throughput longest(List<LatencyColumn> columns) {
        Throughput longest = columns.get(0).throughput();
        for (LatencyColumn column : columns) if (ThroughputPlot.untilNanos(column.throughput()) > ThroughputPlot.untilNanos(longest)) longest = column.throughput();
        return longest;
    }

    private static void throughput(List<String> plots, String id, String title, Throughput throughput, int runs, Throughput longest) {
        if (Throughputs.total(throughput.main()) + Throughputs.total(throughput.preempt()) == 0) return;
        plots.add(ThroughputPlot.element(id, title, throughput, runs, ThroughputPlot.untilNanos(longest), ThroughputPlot.largest(throughput, runs)));
    }
}
