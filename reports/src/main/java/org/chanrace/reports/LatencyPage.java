package org.chanrace.reports;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import io.jstach.jstachio.escapers.Html;
import java.util.List;

/**
 * What stands in the index.html of comparisons, as its template takes it. Every text is already legal; the template escapes it.
 *
 * @param title the line that counts
 * @param style the style sheet; the only thing besides plots that is not escaped
 * @param tiles the counts
 * @param problems files that could not be read, and columns that could not be run
 * @param comparisons a section each
 */
@JStacheConfig(contentType = Html.class)
@JStache(path = "org/chanrace/reports/latency.mustache")
record LatencyPage(String title, String style, List<HtmlPage.Tile> tiles, List<HtmlPage.Problem> problems, List<Comparison> comparisons) {
    /**
     * A scenario.
     *
     * @param sentences what follows from the tables
     * @param deviations what is not as expected
     * @param plots SVG elements
     */
    record Comparison(String anchor, String name, String seeds, String file, String title, List<String> remarks, List<String> sentences, List<String> deviations,
            List<String> columns, List<Row> quantities, List<Row> budget, boolean hasBudget, List<String> plots, String certainty) {}

    /** A row of a table. */
    record Row(String name, String meaning, List<String> cells) {}
}
