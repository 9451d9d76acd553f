package org.chanrace.reports;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import io.jstach.jstachio.escapers.Html;
import java.util.List;

/**
 * What stands in index.html, as its template takes it. Every text is already legal; the template escapes it.
 *
 * @param title the line that counts
 * @param style the style sheet; the only thing besides diagrams that is not escaped
 * @param tiles the counts
 * @param filters what the reader can choose to see
 * @param problems files that could not be run
 * @param folders the summary
 * @param sections a section for each scenario and way of ending
 */
@JStacheConfig(contentType = Html.class)
@JStache(path = "org/chanrace/reports/index.mustache")
record HtmlPage(String title, String style, List<Tile> tiles, List<Filter> filters, List<Problem> problems, List<Folder> folders, List<Section> sections) {
    /** A number with what it counts. */
    record Tile(String style, int count, String what) {}

    /** A choice; the first one is made at the beginning. */
    record Filter(String id, String label, boolean chosen) {}

    /** A bad file. */
    record Problem(String place, String message, String text, boolean hasText) {}

    /** The rows of the files of one folder. */
    record Folder(String name, List<Row> rows) {}

    /** A scenario and the way it ended. */
    record Row(String style, String anchor, String mark, String name, String seeds, String pairing, String machine, String outcome, String expected, String guest,
            String reason) {}

    /** A name and a value. */
    record Fact(String name, String value) {}

    /** A connection. */
    record Connection(String style, int number, String channel, String takenFor, String order, String attempt, String opened, String accepted, String closed, String closedBy) {}

    /** A thread that waits. */
    record Waiting(String style, String thread, String clause, String awaited, String since) {}

    /**
     * Everything about one run.
     *
     * @param faults what was measured, when there were page faults; {@code plots} are SVG elements
     * @param hint why there is no diagram; empty when there is one
     * @param diagram an SVG element or nothing
     */
    record Section(String style, String anchor, boolean open, String mark, String name, String seed, String outcome, String title, List<String> deviations, String reason,
            String advice, boolean hasAdvice, List<Fact> verdict, List<Fact> asked, List<String> events, boolean hasEvents, List<Connection> connections,
            boolean hasConnections, List<Waiting> waits, boolean hasWaits, List<Waiting> cycle, boolean hasCycle, List<String> messages, boolean hasMessages,
            List<Fact> faults, List<String> plots, boolean hasFaults, String diagram, String hint, String again, String replay, boolean hasReplay) {}
}
