package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.ExplorationJson;
import org.chanrace.reports.ExploredPairing;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.JsonReport;

/** JSON Lines as they come. */
final class ExploreJsonReporter implements ExploreReporter {
    private final Appendable out;

    ExploreJsonReporter(Appendable out) {
        this.out = out;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(JsonReport.line(problem)).append('\n');
    }

    @Override
    public void pairing(ExploredPairing pairing) throws IOException {
        out.append(ExplorationJson.line(pairing)).append('\n');
    }

    @Override
    public void end(ExploreTotals totals) throws IOException {
        if (totals.notMade() > 0) out.append(JsonReport.partial(totals.finished(), totals.notMade())).append('\n');
    }
}
