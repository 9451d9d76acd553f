package org.chanrace.reports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chanrace.model.verdict.Outcome;

/**
 * One HTML page that needs nothing else: no network, no script. A summary by folder, then for each scenario and way of ending a
 * section with the verdict in words, the connections, the waits and, if the run was recorded, its space-time diagram.
 *
 * <p><b>Caveats.</b> Of the seeds of a scenario that end alike only the first has a section; all of them are in the JSON report.
 */
public final class HtmlReport {
    /** Diagrams in one page at most; those that want an explanation come first. */
    public static final int DIAGRAMS_MAX = 250;
    /** Up to so many sections are all open at the beginning. */
    private static final int OPEN_MAX = 60;

    private HtmlReport() {}

    /** The page for these runs in the order given. */
    public static void write(List<ReportedRun> runs, List<FileProblem> problems, Appendable out) throws IOException {
        write(runs, problems, 0, out);
    }

    /** The page about an interrupted command: {@code notMade} runs were planned but not made. */
    public static void write(List<ReportedRun> runs, List<FileProblem> problems, long notMade, Appendable out) throws IOException {
        List<Ending> endings = endings(runs);
        String title = "chanrace: " + new TextReport(TextReport.Options.PLAIN).summary(runs, problems) + (notMade == 0 ? "" : " (partial)");
        HtmlPage page = new HtmlPage(title, style(), tiles(runs, problems, notMade), filters(runs),
                problems.stream().map(HtmlReport::problem).toList(),
                folders(endings), sections(endings));
        StringBuilder text = new StringBuilder();
        HtmlPageRenderer.of().execute(page, text);
        out.append(text);
    }

    static HtmlPage.Problem problem(FileProblem p) {
        return new HtmlPage.Problem(Characters.legal(p.place()), Characters.legal(p.message()), Characters.legal(p.text()), !p.text().isEmpty());
    }

    /** The runs of a scenario that ended alike. */
    record Ending(String anchor, List<ReportedRun> runs, boolean severalSeeds) {
        /** The one that the page shows: the first that was recorded, or else the first. */
        ReportedRun shown() {
            return runs.stream().filter(ReportedRun::isRecorded).findFirst().orElse(runs.get(0));
        }
    }

    private static List<Ending> endings(List<ReportedRun> runs) {
        Map<String, Ending> endings = new LinkedHashMap<>();
        Set<String> anchors = new LinkedHashSet<>();
        boolean seeds = TextReport.severalSeeds(runs);
        for (ReportedRun run : runs) {
            String key = run.file() + '\n' + run.scenario().name() + '\n' + run.result().verdict().outcome() + '\n' + run.deviations();
            endings.computeIfAbsent(key, k -> new Ending(anchor(run.scenario().name(), anchors), new ArrayList<>(), seeds)).runs().add(run);
        }
        return List.copyOf(endings.values());
    }

    /** A name for links that stays the same from one report to the next, unless other scenarios share it. */
    static String anchor(String text, Set<String> taken) {
        StringBuilder slug = new StringBuilder();
        for (int i = 0; i < text.length() && slug.length() < 60; i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
            slug.append(plain ? c : '-');
        }
        String base = "s-" + slug;
        String anchor = base;
        for (int n = 2; !taken.add(anchor); n++) anchor = base + "-" + n;
        return anchor;
    }

    private static String style() {
        StringBuilder css = new StringBuilder(resource("index.css")).append(resource("latency.css"));
        css.append("#show-bad:checked ~ main .run:not(.bad), #show-open:checked ~ main .run:not(.open) { display: none; }\n");
        for (Outcome outcome : Outcome.values())
            css.append("#show-").append(outcome.text()).append(":checked ~ main .run:not(.o-").append(outcome.text()).append(") { display: none; }\n");
        return css.append(SvgDiagram.styleSheet()).toString();
    }

    static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<HtmlPage.Tile> tiles(List<ReportedRun> runs, List<FileProblem> problems, long notMade) {
        int bad = (int) runs.stream().filter(run -> !run.asExpected()).count();
        int open = (int) runs.stream().filter(run -> run.scenario().expectation().isEmpty()).count();
        int files = (int) problems.stream().map(FileProblem::file).distinct().count();
        List<HtmlPage.Tile> tiles = new ArrayList<>();
        tiles.add(new HtmlPage.Tile("", runs.size(), runs.size() == 1 ? "run" : "runs"));
        tiles.add(new HtmlPage.Tile("good", runs.size() - bad - open, "as expected"));
        tiles.add(new HtmlPage.Tile(bad == 0 ? "" : "bad", bad, "not as expected"));
        if (open > 0) tiles.add(new HtmlPage.Tile("open", open, "without expectation"));
        if (files > 0) tiles.add(new HtmlPage.Tile("bad", files, files == 1 ? "bad file" : "bad files"));
        if (notMade > 0) tiles.add(new HtmlPage.Tile("bad", (int) Math.min(notMade, Integer.MAX_VALUE), "runs not made: partial, it was interrupted"));
        return tiles;
    }

    private static List<HtmlPage.Filter> filters(List<ReportedRun> runs) {
        List<HtmlPage.Filter> filters = new ArrayList<>();
        filters.add(new HtmlPage.Filter("show-all", "all", true));
        if (runs.stream().anyMatch(run -> !run.asExpected())) filters.add(new HtmlPage.Filter("show-bad", "not as expected", false));
        if (runs.stream().anyMatch(run -> run.scenario().expectation().isEmpty())) filters.add(new HtmlPage.Filter("show-open", "without expectation", false));
        for (Outcome outcome : Outcome.values()) {
            long count = runs.stream().filter(run -> run.result().verdict().outcome() == outcome).count();
            if (count > 0) filters.add(new HtmlPage.Filter("show-" + outcome.text(), outcome.text() + " (" + count + ")", false));
        }
        return filters;
    }

    private static List<HtmlPage.Folder> folders(List<Ending> endings) {
        Map<String, List<HtmlPage.Row>> folders = new LinkedHashMap<>();
        for (Ending ending : endings) folders.computeIfAbsent(folder(ending.shown().file()), f -> new ArrayList<>()).add(HtmlSections.row(ending));
        return folders.entrySet().stream().map(f -> new HtmlPage.Folder(Characters.oneLine(f.getKey()), f.getValue())).toList();
    }

    private static String folder(String file) {
        int end = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
        return end < 0 ? "." : end == 0 ? "/" : file.substring(0, end);
    }

    private static List<HtmlPage.Section> sections(List<Ending> endings) {
        List<Ending> recorded = endings.stream().filter(e -> e.shown().isRecorded()).toList();
        Set<Ending> drawn = new LinkedHashSet<>();
        for (Ending e : recorded) if (drawn.size() < DIAGRAMS_MAX && e.shown().wantsExplanation()) drawn.add(e);
        for (Ending e : recorded) if (drawn.size() < DIAGRAMS_MAX) drawn.add(e);
        List<HtmlPage.Section> sections = new ArrayList<>();
        for (int i = 0; i < endings.size(); i++) {
            Ending ending = endings.get(i);
            boolean open = endings.size() <= OPEN_MAX || ending.shown().wantsExplanation();
            String prefix = "d" + (i + 1) + "-";
            boolean draw = drawn.contains(ending);
            String diagram = draw ? SvgDiagram.element(ending.shown(), prefix).orElse("") : "";
            String hint = draw ? "" : !ending.shown().isRecorded() ? "This run was not recorded."
                    : "Left out: this page has " + DIAGRAMS_MAX + " diagrams already.";
            sections.add(HtmlSections.section(ending, open, prefix, diagram, hint));
        }
        return sections;
    }
}
