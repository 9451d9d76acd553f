package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.JsonReport;
import org.chanrace.reports.ReportedRun;

/** JSON Lines as they come. */
final class JsonReporter implements Reporter {
    private final Appendable out;
    private final boolean withTrace;

    JsonReporter(Appendable out, boolean withTrace) {
        this.out = out;
        this.withTrace = withTrace;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(JsonReport.line(problem)).append('\n');
    }

    @Override
    public void run(ReportedRun run) throws IOException {
        out.append(JsonReport.line(run, withTrace)).append('\n');
    }

    @Override
    public void end(Totals totals) throws IOException {
        if (totals.notMade() > 0)
            out.append(JsonReport.partial(totals.finished(), totals.notMade())).append('\n');
    }
}
