package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.LatencyComparison;
import org.chanrace.reports.LatencyText;
import org.chanrace.reports.TextReport;

/** Text as it comes: a block for each scenario. */
final class LatencyTextReporter implements LatencyReporter {
    private final Appendable out;
    private final LatencyText text = new LatencyText(RunCommand.WIDTH);
    private boolean begun;

    LatencyTextReporter(Appendable out) {
        this.out = out;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        separate();
        out.append(new TextReport(TextReport.Options.PLAIN).problem(problem));
    }

    @Override
    public void comparison(LatencyComparison comparison) throws IOException {
        separate();
        out.append(text.comparison(comparison));
    }

    @Override
    public void end(Totals totals) throws IOException {
        if (totals.notMade() == 0) return;
        separate();
        out.append("partial: " + totals.notMade() + " of " + totals.planned() + " runs were not made\n");
    }

    private void separate() throws IOException {
        if (begun) out.append('\n');
        begun = true;
    }
}
