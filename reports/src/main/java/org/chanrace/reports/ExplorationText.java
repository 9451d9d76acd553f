package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Provocation;
import org.chanrace.explore.Witness;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Verdict;

/**
 * Explorations for a terminal: for each pairing what was tried, the answer, the endings that can be reached, and for each that should not a shortest
 * order that leads there.
 */
public final class ExplorationText {
    private static final int LABEL_WIDTH = 14;

    private static final List<String> COLUMNS = List.of("", "ends", "guest on", "source", "destination", "disturbed");
    private static final List<String> NUMBERS = List.of("steps", "states");

    private final TextReport.Options options;

    /** A report with these options; that every run be explained means nothing here. */
    public ExplorationText(TextReport.Options options) {
        this.options = options;
    }

    /** Everything there is to say about one pairing, in lines. */
    public String pairing(ExploredPairing pairing) {
        StringBuilder out = new StringBuilder();
        Exploration exploration = pairing.exploration();
        Scenario scenario = exploration.scenario();
        out.append(mark(pairing)).append(' ').append(bold(clean(scenario.name()))).append("  ").append(clean(ScenarioWords.pairing(scenario))).append("  (")
                .append(clean(pairing.file())).append(")\n");
        if (!scenario.title().isEmpty()) field(out, "", scenario.title());
        field(out, "explored", ExplorationWords.size(exploration));
        ExplorationWords.reduction(exploration).ifPresent(reduction -> field(out, "reduction", reduction));
        coloured(out, "answer", ExplorationWords.statement(exploration), answerColour(exploration));
        coloured(out, "sometimes", ExplorationWords.sometimes(exploration), exploration.completes() || !exploration.complete() ? "" : "31");
        for (String never : ExplorationWords.neverHappens(exploration)) coloured(out, "never happens", never, "33");
        expected(out, pairing);
        field(out, "pairing", setting(exploration.small()));
        ExplorationWords.SmallBounds bounds = ExplorationWords.SmallBounds.of(exploration);
        field(out, "bounds", bounds.words());
        fields(out, "times", ExplorationWords.times(exploration));
        if (bounds.operator().isEmpty()) field(out, "operator", "does nothing but migrate");
        fields(out, "operator", bounds.operator());
        if (!exploration.found().isEmpty()) endings(out, exploration);
        if (!pairing.notable().isEmpty() && !exploration.timed()) field(out, "orders", ExplorationWords.STEPS);
        for (Explained ending : pairing.notable()) ending(out, exploration, ending);
        return out.toString();
    }

    private static String setting(Scenario scenario) {
        Network.Relay relay = scenario.network().relay();
        return ScenarioWords.pairing(scenario) + ", " + scenario.machine() + (scenario.tls() ? ", TLS" : "")
                + (relay instanceof Network.Relay.None ? "" : ", relay " + ScenarioWords.relay(relay));
    }

    private void expected(StringBuilder out, ExploredPairing pairing) {
        field(out, "expected", pairing.aim() + (pairing.asExpected() ? ": so it is" : ""));
        for (String deviation : pairing.deviations()) coloured(out, "deviation", deviation, "31");
    }

    private static String answerColour(Exploration exploration) {
        if (!exploration.bad().isEmpty()) return "31";
        return exploration.complete() ? "32" : "33";
    }

    private void endings(StringBuilder out, Exploration exploration) {
        boolean sought = ExplorationWords.soughtTells(exploration);
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(COLUMNS, sought, ExplorationWords.SOUGHT, NUMBERS));
        for (Found found : exploration.found()) {
            Ending e = found.ending();
            List<String> what = List.of(e.isBad() ? options.ascii() ? "!" : "✗" : "", e.outcome().text(), e.guestRunsOn().text(), e.sourceMonitor().text(), e.destinationMonitor().text(),
                    e.disturbed() ? "yes" : "no");
            rows.add(row(what, sought, e.sought() ? "yes" : "no",
                    List.of(ExplorationWords.grouped(ExplorationWords.length(found.witness())), ExplorationWords.grouped(found.states()))));
        }
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) for (int c = 0; c < columns; c++) widths[c] = Math.max(widths[c], row.get(c).length());
        widths[0] = 1;
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder("  ").append(padded(r == 0 ? "endings" : "", LABEL_WIDTH));
            for (int c = 0; c < columns; c++) {
                boolean isNumber = c >= columns - NUMBERS.size();
                String text = rows.get(r).get(c);
                String cell = isNumber ? " ".repeat(widths[c] - text.length()) + text : padded(text, widths[c]);
                line.append(c == 0 ? "" : c == 1 ? " " : "  ").append(cell);
            }
            String text = line.toString().stripTrailing();
            boolean isBad = r > 0 && exploration.found().get(r - 1).ending().isBad();
            out.append(isBad ? colour("31", text) : text).append('\n');
        }
    }

    private static List<String> row(List<String> what, boolean withSought, String sought, List<String> numbers) {
        List<String> row = new ArrayList<>(what);
        if (withSought) row.add(sought);
        row.addAll(numbers);
        return row;
    }

    private void ending(StringBuilder out, Exploration exploration, Explained ending) {
        Witness witness = ending.witness();
        Verdict verdict = witness.result().verdict();
        out.append("\n  ").append(bold(clean(ExplorationWords.ending(exploration, ending.ending())))).append('\n');
        field(out, "because", verdict.reason());
        if (!verdict.advice().isEmpty()) field(out, "advice", verdict.advice());
        ExplorationWords.unexplained(exploration, ending.found()).ifPresent(unexplained -> field(out, "", unexplained));
        steps(out, witness.timing().isPresent() ? "in time" : "shortest", 1, ExplanationWords.steps(witness));
        fields(out, "needs", ExplanationWords.timing(witness));
        ending.explanation().ifPresent(explanation -> explanation(out, explanation));
        fields(out, "least delays", ExplanationWords.disturbance(exploration.scenario(), ending));
        ending.provocation().ifPresent(provocation -> provocation(out, provocation));
        ending.capsule().ifPresent(capsule -> field(out, "again", "chanrace replay " + ShellWords.quoted(capsule)));
    }

    private void provocation(StringBuilder out, Provocation provocation) {
        field(out, "provoked by", ExplanationWords.relay(provocation));
        fields(out, "", ExplanationWords.netem(provocation));
        // A command is to be copied, and so stands in a line of its own, however long.
        for (String command : provocation.queued().commands()) out.append("  ").append(" ".repeat(LABEL_WIDTH)).append(clean(command)).append('\n');
        fields(out, "", provocation.queued().limits());
    }

    private void explanation(StringBuilder out, Explanation explanation) {
        field(out, "decided by", ExplanationWords.decided(explanation));
        for (String pair : ExplanationWords.pairs(explanation)) field(out, "", "- " + pair);
        fields(out, "", ExplanationWords.certainty(explanation));
        field(out, "parting", ExplanationWords.parting(explanation));
        explanation.detour().ifPresent(detour -> steps(out, "completes", detour.common() + 1, ExplanationWords.detour(detour)));
    }

    private void fields(StringBuilder out, String label, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) field(out, i == 0 ? label : "", texts.get(i));
    }

    private void steps(StringBuilder out, String label, int first, List<String> steps) {
        int width = Integer.toString(first + steps.size() - 1).length();
        for (int i = 0; i < steps.size(); i++) {
            String number = Integer.toString(first + i);
            field(out, i == 0 ? label : "", " ".repeat(width - number.length()) + number + ". " + steps.get(i));
        }
    }

    /** Something wrong with a file, in lines. */
    public String problem(FileProblem problem) {
        return new TextReport(options).problem(problem);
    }

    /** The line that counts. */
    public String summary(long passed, long failed, long inconclusive, long problems) {
        long all = passed + failed + inconclusive;
        List<String> parts = new ArrayList<>();
        parts.add(passed + " as expected");
        parts.add(failed == 0 ? "0 not as expected" : colour("31", failed + " not as expected"));
        if (inconclusive > 0) parts.add(colour("33", inconclusive + " inconclusive"));
        if (problems > 0) parts.add(colour("31", problems + (problems == 1 ? " error" : " errors")));
        return all + (all == 1 ? " pairing: " : " pairings: ") + String.join(", ", parts);
    }

    private String mark(ExploredPairing pairing) {
        return switch (pairing.judgement()) {
            case PASS -> colour("32", options.ascii() ? "ok" : "✓");
            case FAIL -> colour("31", options.ascii() ? "FAIL" : "✗");
            case INCONCLUSIVE -> colour("33", "?");
        };
    }

    private void field(StringBuilder out, String label, String text) {
        coloured(out, label, text, "");
    }

    private void coloured(StringBuilder out, String label, String text, String code) {
        String indent = " ".repeat(text.length() - text.stripLeading().length());
        List<String> lines = Characters.wrap(clean(text), Math.max(40, options.width() - LABEL_WIDTH - 2 - indent.length()));
        for (int i = 0; i < lines.size(); i++) {
            String line = indent + lines.get(i);
            out.append("  ").append(padded(i == 0 ? label : "", LABEL_WIDTH)).append(code.isEmpty() ? line : colour(code, line)).append('\n');
        }
    }

    private String clean(String text) {
        String line = Characters.oneLine(text);
        return options.ascii() ? Glyphs.ascii(line) : line;
    }

    private String bold(String text) {
        return colour("1", text);
    }

    private String colour(String code, String text) {
        return options.colour() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
