package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.JsonReport;
import org.chanrace.reports.LatencyComparison;
import org.chanrace.reports.LatencyJson;

/** JSON Lines as they come: an object for each column. */
final class LatencyJsonReporter implements LatencyReporter {
    private final Appendable out;

    LatencyJsonReporter(Appendable out) {
        this.out = out;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(JsonReport.line(problem)).append('\n');
    }

    @Override
    public void comparison(LatencyComparison comparison) throws IOException {
        for (int column = 0; column < comparison.columns().size(); column++) out.append(LatencyJson.line(comparison, column)).append('\n');
    }

    @Override
    public void end(Totals totals) throws IOException {
        if (totals.notMade() > 0) out.append(JsonReport.partial(totals.finished(), totals.notMade())).append('\n');
    }
}
