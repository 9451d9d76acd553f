package org.chanrace.reports;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import io.jstach.jstachio.escapers.Html;
import java.util.List;

/**
 * What stands in the index.html of explorations, as its template takes it. Every text is already legal; the template escapes it.
 *
 * @param title the line that counts
 * @param style the style sheet; the only thing besides diagrams that is not escaped
 * @param tiles the counts
 * @param problems files that could not be read
 * @param pairings a row and a section each
 */
@JStacheConfig(contentType = Html.class)
@JStache(path = "org/chanrace/reports/explored.mustache")
record ExplorationPage(String title, String style, List<HtmlPage.Tile> tiles, List<HtmlPage.Problem> problems, List<Pairing> pairings) {
    /** A pairing of which every order was tried. */
    record Pairing(String style, String anchor, boolean open, String mark, String name, String pairing, String machine, String title, String expected, String answer,
            String sometimes, List<String> neverHappens, String endingNames, String states, String size, List<String> deviations, List<HtmlPage.Fact> facts, List<String> operator,
            List<Row> rows, boolean hasRows, boolean hasSought, String soughtLabel, List<Ending> endings) {}

    /**
     * A way of ending in the table; {@code anchor} is empty when no witness of it is shown.
     *
     * @param withSought whether the table tells of each whether the scenario is to find it: where others are alike in all else
     */
    record Row(String style, String anchor, boolean hasAnchor, String mark, String outcome, String guest, String source, String destination, String disturbed, boolean withSought,
            String sought, String steps, String states) {}

    /**
     * A way of ending with its witness.
     *
     * @param timing what takes longer than it has to when only orders count that durations allow
     * @param decided what decides it; then the pairs of events, and how sure that is
     * @param firstOfDetour the number of the first step of the nearest order that completes that is not one of the witness
     * @param diagram an SVG element or nothing
     * @param mermaid the same to be pasted into a bug report
     * @param detourDiagram the nearest order that completes, as an SVG element or nothing; then the same as Mermaid
     * @param hint why there is no diagram, or what its times are
     */
    record Ending(String anchor, String name, String reason, String advice, boolean hasAdvice, String length, List<String> steps, String stepsHint, List<String> timing, boolean hasTiming, boolean hasCore, String decided,
            List<String> pairs, List<String> sure, String parting, boolean hasDetour, int firstOfDetour, List<String> detour, List<String> disturbance,
            boolean hasDisturbance, boolean hasProvocation, String relay, List<String> netem, List<String> commands, boolean hasCommands, List<String> limits, List<String> log, boolean hasLog, String diagram, String mermaid, boolean hasMermaid,
            String detourDiagram, boolean hasDetourDiagram, String detourMermaid, String hint, String again, boolean hasAgain) {}
}
