package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chanrace.explore.Constraint;
import org.chanrace.explore.Decides;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.fuzz.Finding;
import org.chanrace.explore.fuzz.Fuzzing;
import org.chanrace.explore.fuzz.Strategy;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.reports.Characters;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.TextReport;
import org.chanrace.scenarios.ScenarioPrinter;

/** Findings for people: a block for each, then a table of how often each came up. */
final class FuzzText implements FuzzWriter {
    private static final int INDENT = 16;
    private static final int PAIRINGS = 6;

    private final Appendable out;

    FuzzText(Appendable out) {
        this.out = out;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(new TextReport(new TextReport.Options(false, false, RunCommand.WIDTH, false)).problem(problem));
    }

    @Override
    public void replayed(Corpus.Entry entry) throws IOException {
        out.append(entry.file()).append("  ").append(entry.news());
        if (entry.again().fails()) out.append(": ").append(entry.again().ending().map(ending -> ending.outcome().text()).orElse("")).append(", ").append(entry.again().reason());
        out.append('\n');
    }

    @Override
    public void found(int number, Finding f, Optional<String> capsule) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("finding " + number + "  " + title(f));
        field(lines, "because", because(f));
        Scenario s = f.scenario();
        lines.add("  pairing       " + new Pairing(s.source().release(), s.destination().release()).words() + ", " + s.machine());
        field(lines, "guest", "runs on " + f.ending().guestRunsOn().text() + "; the source's monitor " + monitor(f.ending().sourceMonitor().text()) + ", the destination's "
                + monitor(f.ending().destinationMonitor().text()));
        if (f.endsBadly()) f.violation().ifPresent(v -> field(lines, "goes wrong", "after " + v.event() + " events: " + v.words() + " (" + v.law().text() + ")"));
        lines.add("  found         seed " + f.seed() + ", " + f.strategy().text() + ", by schedule " + f.schedule());
        order(f, lines);
        core(f, lines);
        lines.add("  scenario");
        ScenarioPrinter.print(s).lines().forEach(line -> lines.add("    " + line));
        boolean strangers = s.events().stream().anyMatch(event -> event.action() instanceof Action.Probe);
        if (strangers && f.order().isPresent()) lines.add("  strangers     stay as long as they like, also to the end, whatever hold: says");
        capsule.ifPresentOrElse(file -> {
            lines.add("  capsule       " + file);
            lines.add("  replay        chanrace replay " + file + " --trace");
        }, () -> {
            if (f.strategy() == Strategy.TIME) lines.add("  replay        chanrace run FILE --seed " + f.runSeed() + " --trace, with the scenario above as FILE");
            else lines.add("  replay        with --corpus DIR it is kept there as a capsule for chanrace replay");
        });
        for (String line : lines) out.append(line).append('\n');
        out.append('\n');
    }

    /** The pairs of events that decide the whole of how it ends, when that is known for certain. */
    private static void core(Finding f, List<String> lines) {
        if (f.core().isEmpty() || !f.core().get().reduced()) return;
        List<Constraint> pairs = f.core().get().upTo(Decides.ENDING);
        if (pairs.isEmpty()) lines.add("  decided by    nothing: every order" + (f.core().get().disturbances().isEmpty() ? "" : " with these disturbances") + " ends so");
        for (Constraint pair : pairs) field(lines, pair == pairs.get(0) ? "decided by" : "and by", pair.before().words() + ", before " + pair.after().words());
    }

    private static String title(Finding f) {
        if (!f.endsBadly()) return f.violation().orElseThrow().law().text();
        return f.ending().outcome().text();
    }

    /** What is wrong: where it would do no harm but for a monitor that hangs, that. */
    private static String because(Finding f) {
        Outcome outcome = f.ending().outcome();
        boolean harmless = outcome == Outcome.COMPLETED || outcome == Outcome.FAILED || outcome == Outcome.POSTCOPY_PAUSED;
        List<String> hung = new ArrayList<>();
        if (f.ending().sourceMonitor() == Monitor.HUNG) hung.add("the source's monitor hangs");
        if (f.ending().destinationMonitor() == Monitor.HUNG) hung.add("the destination's monitor hangs");
        if (!f.endsBadly() || !harmless || hung.isEmpty()) return f.reason();
        return String.join(", and ", hung) + ", after this: " + f.reason();
    }

    private static void field(List<String> lines, String label, String text) {
        List<String> wrapped = Characters.wrap(text, RunCommand.WIDTH - INDENT);
        for (int i = 0; i < wrapped.size(); i++) lines.add(String.format(Locale.ROOT, "  %-14s%s", i == 0 ? label : "", wrapped.get(i)));
    }

    private static String monitor(String state) {
        return state.equals("gone") ? "is gone" : state.equals("hung") ? "hangs" : state;
    }

    /** Only what deviates from the default order: the rest follows by itself. */
    private static void order(Finding f, List<String> lines) {
        if (f.order().isEmpty()) {
            lines.add("  order         by time, " + f.picks().length + " events");
            return;
        }
        List<Move> moves = f.order().get().moves();
        String all = "  order         " + moves.size() + " events, ";
        if (f.decisive().isEmpty()) {
            lines.add(all + "each as soon as it can come");
            return;
        }
        lines.add(all + "each as soon as it can come, but these before others:");
        for (int i : f.decisive()) lines.add(String.format(Locale.ROOT, "    %5d  %s", i + 1, moves.get(i).words()));
    }

    @Override
    public void end(Fuzzing fuzzing, long stillFailing, boolean interrupted) throws IOException {
        // One cause has as many findings as there are pairs of events that bring it about.
        Map<String, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < fuzzing.findings().size(); i++) {
            Finding f = fuzzing.findings().get(i).finding();
            alike.computeIfAbsent(title(f) + ", because " + because(f), cause -> new ArrayList<>()).add(i);
        }
        for (Map.Entry<String, List<Integer>> cause : alike.entrySet()) cause(cause.getKey(), cause.getValue(), fuzzing);
        out.append(fuzzing.schedules() + (fuzzing.schedules() == 1 ? " schedule of " : " schedules of ") + fuzzing.seeds() + (fuzzing.seeds() == 1 ? " seed; " : " seeds; ") + (fuzzing.allStates() ? "" : "more than ") + fuzzing.states() + " states of " + fuzzing.situations()
                + " kinds; " + fuzzing.findings().size() + (fuzzing.findings().size() == 1 ? " finding" : " findings"));
        if (stillFailing > 0) out.append("; " + stillFailing + (stillFailing == 1 ? " run" : " runs") + " of the corpus failing");
        if (interrupted) out.append("; interrupted");
        out.append('\n');
    }

    private void cause(String words, List<Integer> which, Fuzzing fuzzing) throws IOException {
        List<Fuzzing.Found> all = which.stream().map(fuzzing.findings()::get).toList();
        long times = all.stream().mapToLong(Fuzzing.Found::seeds).sum();
        List<String> pairings = all.stream().flatMap(found -> found.pairings().stream()).map(Pairing::words).distinct().toList();
        boolean more = pairings.size() > PAIRINGS || all.stream().anyMatch(found -> found.pairingsLeftOut() > 0);
        String numbers = which.stream().map(i -> Integer.toString(i + 1)).collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>();
        field(lines, times + (times == 1 ? " time" : " times"), words);
        field(lines, "", (which.size() == 1 ? "finding " : "findings ") + numbers + "; " + pairings.stream().limit(PAIRINGS).collect(Collectors.joining(", ")) + (more ? " and more" : ""));
        for (String line : lines) out.append(line).append('\n');
    }
}
