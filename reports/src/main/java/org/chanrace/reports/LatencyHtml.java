package org.chanrace.reports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chanrace.model.measure.Stage;

/** Comparisons as one HTML page that needs nothing else: tables, sentences, plots. */
public final class LatencyHtml {
    private final Set<String> anchors = new LinkedHashSet<>();

    private LatencyHtml() {}

    /**
     * The page for these comparisons in the order given.
     *
     * @param notMade how many runs an interruption kept from being made; 0 for none
     */
    public static void write(List<LatencyComparison> comparisons, List<FileProblem> problems, long notMade, Appendable out) throws IOException {
        StringBuilder text = new StringBuilder();
        LatencyPageRenderer.of().execute(new LatencyHtml().page(comparisons, problems, notMade), text);
        out.append(text);
    }

    private LatencyPage page(List<LatencyComparison> comparisons, List<FileProblem> problems, long notMade) {
        List<LatencyColumn> columns = comparisons.stream().flatMap(comparison -> comparison.columns().stream()).toList();
        int runs = columns.stream().mapToInt(column -> column.runs().size()).sum();
        int unexpected = (int) columns.stream().flatMap(column -> column.runs().stream()).filter(run -> !run.deviations().isEmpty()).count();
        List<HtmlPage.Tile> tiles = new ArrayList<>();
        tiles.add(new HtmlPage.Tile("", comparisons.size(), comparisons.size() == 1 ? "scenario" : "scenarios"));
        tiles.add(new HtmlPage.Tile("", runs, runs == 1 ? "run" : "runs"));
        if (unexpected > 0) tiles.add(new HtmlPage.Tile("bad", unexpected, "not as expected"));
        if (!problems.isEmpty()) tiles.add(new HtmlPage.Tile("bad", problems.size(), problems.size() == 1 ? "error" : "errors"));
        if (notMade > 0) tiles.add(new HtmlPage.Tile("bad", (int) Math.min(notMade, Integer.MAX_VALUE), "runs not made: partial, it was interrupted"));
        String title = "chanrace: latency of page faults" + (notMade == 0 ? "" : " (partial)");
        List<LatencyPage.Comparison> sections = new ArrayList<>();
        for (LatencyComparison comparison : comparisons) sections.add(section(comparison, "p" + (sections.size() + 1) + "-"));
        return new LatencyPage(title, HtmlReport.resource("index.css") + HtmlReport.resource("latency.css") + SvgDiagram.styleSheet(), tiles,
                problems.stream().map(HtmlReport::problem).toList(), sections);
    }

    private LatencyPage.Comparison section(LatencyComparison comparison, String prefix) {
        List<LatencyColumn> columns = comparison.columns();
        List<String> remarks = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        List<String> deviations = new ArrayList<>();
        for (LatencyColumn column : columns) {
            column.remarks().forEach(remark -> remarks.add(clean(column.name() + ": " + remark)));
            sentences.add(clean(column.name() + ": " + LatencyWords.most(column)));
            LatencyWords.outcomes(column).ifPresent(outcomes -> deviations.add(clean(column.name() + " ends: " + outcomes)));
            for (LatencyColumn.Run run : column.runs()) run.deviations().forEach(deviation -> deviations.add(clean(column.name() + ", seed " + run.seed() + ": " + deviation)));
        }
        comparison.shownDifferences().forEach(difference -> sentences.add(clean(LatencyWords.difference(difference))));
        List<LatencyPage.Row> quantities = LatencyWords.quantities(comparison).stream().map(row -> new LatencyPage.Row(row.name(), "", row.cells())).toList();
        List<LatencyPage.Row> budget = budget(columns);
        return new LatencyPage.Comparison(HtmlReport.anchor(comparison.scenario().name(), anchors), clean(comparison.scenario().name()), LatencyWords.seeds(comparison),
                clean(comparison.file()), clean(comparison.scenario().title()), remarks, sentences, deviations, columns.stream().map(column -> clean(column.name())).toList(),
                quantities, budget, !budget.isEmpty(), LatencyPlots.of(comparison, prefix), LatencyWords.certainty(comparison));
    }

    private static List<LatencyPage.Row> budget(List<LatencyColumn> columns) {
        List<LatencyPage.Row> rows = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (columns.stream().noneMatch(column -> column.largestStages().contains(stage))) continue;
            List<String> cells = new ArrayList<>();
            for (LatencyColumn column : columns) {
                double nanos = column.budgetNanos().get(stage.ordinal());
                cells.add(nanos == 0 ? LatencyWords.NOTHING : Amounts.mean(nanos) + " (" + Amounts.percent(column.share(stage)) + ")");
            }
            rows.add(new LatencyPage.Row(stage.text(), stage.meaning(), cells));
        }
        return rows;
    }

    private static String clean(String text) {
        return Characters.oneLine(text);
    }
}
