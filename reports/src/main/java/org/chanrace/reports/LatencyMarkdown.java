package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Stage;

/** Comparisons of latencies as tables of Markdown. */
public final class LatencyMarkdown {
    private LatencyMarkdown() {}

    /** A section for each scenario: its quantities, its distribution, where the mean goes. */
    public static String comparisons(List<LatencyComparison> comparisons) {
        StringBuilder out = new StringBuilder();
        for (LatencyComparison comparison : comparisons) {
            if (out.length() > 0) out.append('\n');
            section(out, comparison);
        }
        return out.toString();
    }

    private static void section(StringBuilder out, LatencyComparison comparison) {
        List<LatencyColumn> columns = comparison.columns();
        out.append("### ").append(Characters.oneLine(comparison.scenario().name())).append("\n\n");
        out.append('`').append(Characters.oneLine(comparison.file())).append("`, ").append(LatencyWords.seeds(comparison)).append(". ").append(LatencyWords.certainty(comparison)).append("\n\n");
        for (LatencyColumn column : columns) for (String remark : column.remarks()) out.append("- ").append(Characters.oneLine(column.name() + ": " + remark)).append('\n');
        if (columns.stream().anyMatch(column -> !column.remarks().isEmpty())) out.append('\n');
        List<List<String>> rows = new ArrayList<>();
        for (LatencyWords.Row row : LatencyWords.quantities(comparison)) rows.add(row(row.name(), row.cells()));
        List<LatencyHistogram> distributions = columns.stream().map(LatencyColumn::latency).toList();
        for (int bucket : LatencyWords.buckets(distributions))
            rows.add(row(LatencyWords.bucket(bucket), distributions.stream().map(d -> d.count() == 0 ? LatencyWords.NOTHING : Amounts.percent((double) d.buckets().get(bucket) / d.count())).toList()));
        for (Stage stage : Stage.values())
            if (columns.stream().anyMatch(column -> column.largestStages().contains(stage)))
                rows.add(row(stage.text(), columns.stream().map(column -> Amounts.mean(column.budgetNanos().get(stage.ordinal()))).toList()));
        out.append(new LatencyTable(row("", columns.stream().map(LatencyColumn::name).toList()), rows).markdown());
    }

    private static List<String> row(String name, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(cells);
        return row;
    }
}
