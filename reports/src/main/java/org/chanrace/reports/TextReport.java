package org.chanrace.reports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;

/**
 * Results for a terminal: a line for each run, then the runs that want an explanation with their space-time diagrams, then a
 * line that counts.
 *
 * <p>Explained are the runs that are not as expected, and those that nothing was expected of and that did not complete. Of several
 * seeds of one scenario that end in the same outcome, the first is explained and the others are named.
 */
public final class TextReport {
    private static final int NAME_MAX = 48;
    private static final int OUTCOME_WIDTH = 17;
    private static final int LABEL_WIDTH = 14;

    /**
     * How to write.
     *
     * @param colour whether ANSI colours are used
     * @param ascii only characters of ASCII
     * @param width columns, 80 to 400
     * @param explainAll whether every run is explained, also one that is as expected
     */
    public record Options(boolean colour, boolean ascii, int width, boolean explainAll) {
        /** No colour, box-drawing characters, 140 columns, only what wants it is explained. */
        public static final Options PLAIN = new Options(false, false, 140, false);

        public Options {
            if (width < 80 || width > 400) throw new IllegalArgumentException("the width of a report is 80 to 400");
        }
    }

    private enum Colour {
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        BOLD("1"),
        FAINT("2");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    private final Options options;

    /** A report with these options. */
    public TextReport(Options options) {
        this.options = options;
    }

    /** The whole report of finished runs, in the order given. */
    public void write(List<ReportedRun> runs, List<FileProblem> problems, Appendable out) throws IOException {
        int nameWidth = nameWidth(runs.stream().map(run -> run.scenario().name()).toList());
        boolean seeds = severalSeeds(runs);
        for (ReportedRun run : runs) out.append(line(run, nameWidth, seeds)).append('\n');
        explain(runs, out);
        for (FileProblem problem : problems) out.append('\n').append(problem(problem));
        if (!runs.isEmpty() || !problems.isEmpty()) out.append('\n');
        out.append(summary(runs, problems)).append('\n');
    }

    /** How wide the column of names is, for {@link #line}. */
    public static int nameWidth(List<String> names) {
        int width = 8;
        for (String name : names) width = Math.max(width, Math.min(NAME_MAX, Characters.oneLine(name).length()));
        return width;
    }

    /** Whether a scenario occurs with different seeds, so that lines should name them. */
    static boolean severalSeeds(List<ReportedRun> runs) {
        Set<String> names = new LinkedHashSet<>();
        return runs.stream().anyMatch(run -> !names.add(key(run)));
    }

    private static String key(ReportedRun run) {
        return run.file() + '\n' + run.scenario().name();
    }

    /** The line of one run: mark, name, seed if asked for, outcome, and why it is not as expected or how it came about. */
    public String line(ReportedRun run, int nameWidth, boolean withSeed) {
        Verdict verdict = run.result().verdict();
        boolean open = run.scenario().expectation().isEmpty();
        Colour colour = !run.asExpected() ? Colour.RED : open ? Colour.YELLOW : Colour.GREEN;
        String mark = !run.asExpected() ? (options.ascii() ? "FAIL" : "✗") : open ? (options.ascii() ? "  - " : "·") : options.ascii() ? "  ok" : "✓";
        String name = clean(run.scenario().name());
        StringBuilder head = new StringBuilder(" ").append(padded(Characters.clip(name, nameWidth, more()), nameWidth));
        if (withSeed) head.append(padded("  seed " + run.result().seed(), 12));
        head.append("  ").append(padded(verdict.outcome().text(), OUTCOME_WIDTH)).append("  ");
        String why = run.asExpected() ? verdict.reason() : String.join("; ", run.deviations());
        int room = Math.max(20, options.width() - mark.length() - head.length());
        return (coloured(colour, mark) + head + Characters.clip(clean(why), room, more())).stripTrailing();
    }

    private void explain(List<ReportedRun> runs, Appendable out) throws IOException {
        List<ReportedRun> wanted = runs.stream().filter(run -> options.explainAll() || run.wantsExplanation()).toList();
        Set<String> explained = new LinkedHashSet<>();
        for (ReportedRun run : wanted) {
            if (!explained.add(sameEnd(run))) continue;
            out.append('\n').append(explanation(run));
            List<String> others = wanted.stream().filter(other -> other != run && sameEnd(other).equals(sameEnd(run)))
                    .map(other -> Long.toString(other.result().seed())).toList();
            if (!others.isEmpty()) field(out, "also", "with seed " + shortened(others));
        }
    }

    private static String sameEnd(ReportedRun run) {
        return key(run) + '\n' + run.result().verdict().outcome();
    }

    private static String shortened(List<String> seeds) {
        int shown = 20;
        return String.join(", ", seeds.subList(0, Math.min(shown, seeds.size()))) + (seeds.size() > shown ? " and " + (seeds.size() - shown) + " more" : "");
    }

    /** Everything there is to say about one run, its diagram included if it has a trace. */
    public String explanation(ReportedRun run) throws IOException {
        StringBuilder out = new StringBuilder();
        Verdict verdict = run.result().verdict();
        Clock clock = Clock.of(run.result());
        String title = clean(run.scenario().name()) + "  (" + clean(run.file()) + ", seed " + run.result().seed() + ")";
        out.append(coloured(Colour.BOLD, title)).append('\n');
        if (!run.scenario().title().isEmpty()) out.append("  ").append(clean(run.scenario().title())).append('\n');
        for (String deviation : run.deviations()) field(out, "deviation", deviation);
        field(out, "outcome", verdict.outcome().text());
        field(out, "because", verdict.reason());
        field(out, "pairing", ScenarioWords.pairing(run.scenario()) + ", " + run.scenario().machine() + ", relay " + ScenarioWords.relay(run.scenario().network().relay()));
        field(out, "network", ScenarioWords.network(run.scenario().network()));
        field(out, "source", SideWords.of(verdict.sourceStatus(), verdict.sourceMonitor()));
        field(out, "destination", SideWords.of(verdict.destinationStatus(), verdict.destinationMonitor()));
        field(out, "guest", "runs on " + verdict.guestRunsOn().text() + (verdict.lostPages() == 0 ? "" : "; lost or stale pages: " + verdict.lostPages()));
        Optional<String> faults = run.result().measurements().flatMap(LatencyWords::faults);
        if (faults.isPresent()) field(out, "faults", faults.get());
        for (ConnectionFate connection : run.result().connections()) field(out, "connection " + connection.number(), fate(connection, clock));
        for (Verdict.ThreadWait wait : verdict.waits()) field(out, "waiting", wait.thread() + " " + wait.reason() + " since " + clock.moment(wait.sinceNanos()));
        for (int i = 0; i < verdict.cycle().size(); i++) {
            Verdict.ThreadWait wait = verdict.cycle().get(i);
            field(out, i == 0 ? "the cycle" : "", (i + 1) + ". " + wait.thread() + " " + wait.reason());
        }
        if (!verdict.advice().isEmpty()) field(out, "advice", verdict.advice());
        for (String message : verdict.messages()) field(out, "log", message);
        // Not wrapped: it is there to be copied.
        run.replayCommand().ifPresent(command -> out.append("  ").append(padded("replay", LABEL_WIDTH)).append(clean(command)).append('\n'));
        StringBuilder diagram = new StringBuilder();
        TextDiagram.write(run, new TextDiagram.Options(options.ascii(), options.width(), TextDiagram.Options.DEFAULT.rowsMax()), diagram);
        if (diagram.length() > 0) out.append('\n').append(diagram);
        return out.toString();
    }

    /** {@code preempt, accepted at 0.000560 s and taken for main; open}. */
    static String fate(ConnectionFate connection, Clock clock) {
        StringBuilder out = new StringBuilder(connection.channel());
        if (connection.attempt() > 1) out.append(" of attempt ").append(connection.attempt());
        if (connection.acceptedNanos().isEmpty()) out.append(", never accepted");
        else out.append(", accepted at ").append(clock.moment(connection.acceptedNanos().getAsLong())).append(", ").append(switch (connection.takenFor()) {
            case "unidentified" -> "still being examined";
            case "extra" -> "dropped as one too many";
            default -> "taken for " + connection.takenFor();
        });
        if (connection.closedNanos().isEmpty()) return out.append("; open").toString();
        out.append("; closed at ").append(clock.moment(connection.closedNanos().getAsLong()));
        return connection.closedBy().isEmpty() ? out.toString() : out.append(" by the ").append(connection.closedBy()).toString();
    }

    /** A file that could not be run, in one or more lines that end in a line break. */
    public String problem(FileProblem problem) {
        StringBuilder out = new StringBuilder(coloured(Colour.RED, clean(problem.place()))).append(": ").append(clean(problem.message())).append('\n');
        if (!problem.text().isEmpty()) Characters.legal(problem.text()).lines().forEach(line -> out.append("    ").append(clean(line)).append('\n'));
        return out.toString();
    }

    /** The line that counts. */
    public String summary(List<ReportedRun> runs, List<FileProblem> problems) {
        long open = runs.stream().filter(run -> run.scenario().expectation().isEmpty()).count();
        long bad = runs.stream().filter(run -> !run.asExpected()).count();
        long files = problems.stream().map(FileProblem::file).distinct().count();
        List<String> parts = new ArrayList<>();
        parts.add(runs.size() - open - bad + " as expected");
        parts.add(coloured(bad == 0 ? Colour.FAINT : Colour.RED, bad + " not as expected"));
        if (open > 0) parts.add(open + " without expectation (" + runs.stream().filter(run -> run.scenario().expectation().isEmpty()
                && run.result().verdict().outcome() == Outcome.COMPLETED).count() + " completed)");
        if (files > 0) parts.add(coloured(Colour.RED, files + (files == 1 ? " bad file" : " bad files")));
        return runs.size() + (runs.size() == 1 ? " run: " : " runs: ") + String.join(", ", parts);
    }

    private void field(Appendable out, String label, String text) throws IOException {
        List<String> lines = Characters.wrap(clean(text), Math.max(40, options.width() - LABEL_WIDTH - 2));
        for (int i = 0; i < lines.size(); i++)
            out.append("  ").append(padded(i == 0 ? label : "", LABEL_WIDTH)).append(lines.get(i)).append('\n');
    }

    private char more() {
        return options.ascii() ? '~' : '…';
    }

    private String clean(String text) {
        String line = Characters.oneLine(text);
        return options.ascii() ? Glyphs.ascii(line) : line;
    }

    private String coloured(Colour colour, String text) {
        return options.colour() ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
