package org.chanrace.cli;

import java.io.IOException;
import java.util.Locale;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.ReportedRun;
import org.chanrace.reports.TextReport;

/**
 * Text as it comes: a line for each scenario, then explanations, then a line that counts. With several runs of a scenario its line
 * is their tally.
 */
final class TextReporter implements Reporter {
    private final Appendable out;
    private final TextReport text;
    private final boolean colored;
    private final boolean explainAll;
    private final int nameWidth;
    private final boolean tallied;
    private final boolean quiet;
    private final boolean keepsCapsules;

    private int explained;
    private boolean more;
    private long asExpected;
    private long unexpected;
    private long open;
    private long openCompleted;

    /**
     * @param workload whose names the lines will carry
     * @param tallied whether scenarios are run more than once
     * @param quiet whether lines of what is as expected are left out
     * @param keepsCapsules whether capsules of what is not as expected are written
     */
    TextReporter(Appendable out, Workload workload, TextReport.Options options, boolean tallied, boolean quiet, boolean keepsCapsules) {
        this.out = out;
        this.text = new TextReport(options);
        this.colored = options.colour();
        this.explainAll = options.explainAll();
        this.nameWidth = TextReport.nameWidth(workload.scenarios().stream().map(good -> good.scenario().name()).toList());
        this.tallied = tallied;
        this.quiet = quiet;
        this.keepsCapsules = keepsCapsules;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(text.problem(problem));
    }

    @Override
    public void run(ReportedRun run) throws IOException {
        boolean isOpen = run.scenario().expectation().isEmpty();
        if (isOpen) {
            open++;
            if (run.result().verdict().outcome() == Outcome.COMPLETED) openCompleted++;
        } else if (run.asExpected()) {
            asExpected++;
        } else {
            unexpected++;
        }
        if (tallied || (quiet && !isOpen && run.asExpected())) return;
        out.append(text.line(run, nameWidth, false)).append('\n');
    }

    @Override
    public void endOfScenario(Tally tally) throws IOException {
        if (!tallied || tally.runs() == 0) return;
        boolean isOpen = tally.scenario().expectation().isEmpty();
        if (quiet && !isOpen && tally.unexpected() == 0) return;
        String mark = tally.unexpected() > 0 ? colored("31", "✗") : isOpen ? colored("33", "·") : colored("32", "✓");
        String name = tally.scenario().name();
        String padding = " ".repeat(Math.max(0, nameWidth - name.length()));
        out.append(mark).append(' ').append(name).append(padding).append("  ").append(tally.text());
        if (tally.firstUnexpected().isPresent())
            out.append("; ").append(colored("31", tally.unexpected() + " not as expected")).append(", first with seed " + tally.firstUnexpected().getAsLong());
        out.append('\n');
        if (tally.seen().isPresent()) out.append(" ".repeat(nameWidth + 4)).append(tally.seen().get()).append('\n');
    }

    @Override
    public void explanation(ReportedRun run) throws IOException {
        if (!explainAll && !Explaining.isNotable(run)) return;
        if (!explainAll && explained == Explaining.SHOWN_MAX) {
            more = true;
            return;
        }
        explained++;
        out.append('\n').append(text.explanation(run));
    }

    @Override
    public void end(Totals totals) throws IOException {
        StringBuilder line = new StringBuilder();
        long runs = totals.finished();
        line.append(String.format(Locale.ROOT, "%d %s: %d as expected, ", runs, runs == 1 ? "run" : "runs", asExpected));
        line.append(unexpected == 0 ? "0 not as expected" : colored("31", unexpected + " not as expected"));
        if (open > 0) line.append(String.format(Locale.ROOT, ", %d without expectation (%d completed)", open, openCompleted));
        if (totals.problems() > 0) line.append(", ").append(colored("31", totals.problems() + (totals.problems() == 1 ? " error" : " errors")));
        if (totals.notMade() > 0) line.append(", ").append(colored("31", "partial: " + totals.notMade() + " runs were not made"));
        if (more) out.append("\nThere is more to explain than these " + explained + ": --trace shows all, --out DIR draws them.\n");
        if (unexpected > 0 && !keepsCapsules)
            out.append("\nTo keep each run that is not as expected in a file that replays it anywhere: --capsules DIR, or --out DIR with a report.\n");
        out.append('\n').append(line).append('\n');
    }

    private String colored(String code, String what) {
        return colored ? "\u001b[" + code + "m" + what + "\u001b[0m" : what;
    }
}
