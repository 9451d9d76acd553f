package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Stage;

/** Comparisons of latencies for a terminal: columns side by side, as many as fit, and what follows from them in sentences. */
public final class LatencyText {
    private static final int INDENT = 2;
    private static final int LABEL_WIDTH = 33;
    private static final int FIGURE_WIDTH = 17;
    private static final int BAR_WIDTH = 7;
    private static final int CELL_WIDTH = FIGURE_WIDTH + 1 + BAR_WIDTH + 1;
    private static final int SHARE_WIDTH = 8;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final int width;

    /** @param width columns of characters, 80 or more */
    public LatencyText(int width) {
        if (width < 80) throw new IllegalArgumentException("the width of a report is 80 or more");
        this.width = width;
    }

    /** The block of a scenario, in lines that end in a line break. */
    public String comparison(LatencyComparison comparison) {
        StringBuilder out = new StringBuilder();
        line(out, comparison.scenario().name() + "  (" + comparison.file() + ", " + LatencyWords.seeds(comparison) + ")");
        if (!comparison.scenario().title().isEmpty()) line(out, "  " + comparison.scenario().title());
        for (LatencyColumn column : comparison.columns()) for (String remark : column.remarks()) sentence(out, column.name() + ": " + remark);
        int fitting = Math.max(1, (width - INDENT - LABEL_WIDTH) / CELL_WIDTH);
        List<LatencyColumn> columns = comparison.columns();
        for (int from = 0; from < columns.size(); from += fitting) tables(out, comparison, columns.subList(from, Math.min(columns.size(), from + fitting)));
        out.append('\n');
        for (LatencyColumn column : columns) sentence(out, column.name() + ": " + LatencyWords.most(column));
        for (LatencyComparison.Difference difference : comparison.shownDifferences()) sentence(out, LatencyWords.difference(difference));
        sentence(out, LatencyWords.certainty(comparison));
        for (LatencyColumn column : columns) ends(out, column);
        return out.toString();
    }

    private void ends(StringBuilder out, LatencyColumn column) {
        LatencyWords.outcomes(column).ifPresent(outcomes -> sentence(out, column.name() + " ends: " + outcomes));
        for (LatencyColumn.Run run : column.runs()) for (String deviation : run.deviations()) sentence(out, column.name() + ", seed " + run.seed() + ": " + deviation);
    }

    private void tables(StringBuilder out, LatencyComparison all, List<LatencyColumn> columns) {
        LatencyComparison shown = new LatencyComparison(all.scenario(), all.file(), all.firstSeed(), all.seeds(), columns);
        out.append('\n');
        row(out, "", columns.stream().map(column -> right(Characters.clip(clean(column.name()), FIGURE_WIDTH, '…'), FIGURE_WIDTH)).toList());
        for (LatencyWords.Row row : LatencyWords.quantities(shown)) row(out, row.name(), row.cells().stream().map(cell -> right(cell, FIGURE_WIDTH)).toList());
        List<LatencyHistogram> distributions = columns.stream().map(LatencyColumn::latency).toList();
        if (LatencyWords.buckets(distributions).isEmpty()) return;
        histogram(out, distributions);
        budget(out, columns);
    }

    private void histogram(StringBuilder out, List<LatencyHistogram> distributions) {
        out.append('\n');
        line(out, "  Faults by latency, in the buckets of postcopy-latency-dist");
        double largest = 0;
        for (LatencyHistogram d : distributions) for (long n : d.buckets()) if (n > 0) largest = Math.max(largest, (double) n / d.count());
        for (int bucket : LatencyWords.buckets(distributions)) {
            List<String> cells = new ArrayList<>();
            for (LatencyHistogram d : distributions) {
                long n = d.buckets().get(bucket);
                cells.add(n == 0 ? right("·", FIGURE_WIDTH - SHARE_WIDTH) : cell(ExplorationWords.grouped(n), (double) n / d.count(), largest));
            }
            row(out, LatencyWords.bucket(bucket), cells);
        }
    }

    private void budget(StringBuilder out, List<LatencyColumn> columns) {
        out.append('\n');
        line(out, "  Where the mean goes");
        double largest = 0;
        for (LatencyColumn column : columns) for (Stage stage : column.largestStages()) largest = Math.max(largest, column.share(stage));
        for (Stage stage : Stage.values()) {
            if (columns.stream().noneMatch(column -> column.largestStages().contains(stage))) continue;
            List<String> cells = new ArrayList<>();
            for (LatencyColumn column : columns) {
                double nanos = column.budgetNanos().get(stage.ordinal());
                cells.add(nanos == 0 ? right("·", FIGURE_WIDTH - SHARE_WIDTH) : cell(Amounts.mean(nanos), column.share(stage), largest));
            }
            row(out, stage.text(), cells);
        }
    }

    /** {@code 229.1 us    54 % ████}. */
    private static String cell(String figure, double share, double largest) {
        int eighths = (int) Math.round(share / largest * BAR_WIDTH * 8);
        String bar = "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : EIGHTHS.charAt(eighths % 8));
        return right(figure, FIGURE_WIDTH - SHARE_WIDTH) + right(Amounts.percent(share), SHARE_WIDTH) + " " + bar;
    }

    private static void row(StringBuilder out, String label, List<String> cells) {
        StringBuilder line = new StringBuilder(" ".repeat(INDENT)).append(left(label, LABEL_WIDTH));
        for (String cell : cells) line.append(left(cell, CELL_WIDTH));
        line(out, line.toString());
    }

    private void sentence(StringBuilder out, String text) {
        List<String> lines = Characters.wrap(clean(text), width - 2 * INDENT);
        for (int i = 0; i < lines.size(); i++) line(out, " ".repeat(i == 0 ? INDENT : 2 * INDENT) + lines.get(i));
    }

    private static void line(StringBuilder out, String text) {
        out.append(clean(text).stripTrailing()).append('\n');
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String clean(String text) {
        return Characters.oneLine(text);
    }
}
