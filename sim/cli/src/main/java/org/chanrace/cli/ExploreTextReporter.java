package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.ExplorationText;
import org.chanrace.reports.ExploredPairing;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.TextReport;

/** Text as it comes: all about each pairing, then a line that counts. */
final class ExploreTextReporter implements ExploreReporter {
    private final Appendable out;
    private final ExplorationText text;
    private final boolean quiet;

    /** @param quiet whether what is as expected is left out */
    ExploreTextReporter(Appendable out, TextReport.Options options, boolean quiet) {
        this.out = out;
        this.text = new ExplorationText(options);
        this.quiet = quiet;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(text.problem(problem)).append('\n');
    }

    @Override
    public void pairing(ExploredPairing pairing) throws IOException {
        if (quiet && pairing.asExpected()) return;
        out.append(text.pairing(pairing)).append('\n');
    }

    @Override
    public void end(ExploreTotals totals) throws IOException {
        out.append(text.summary(totals.passed(), totals.failed(), totals.inconclusive(), totals.problems()));
        if (totals.notMade() > 0) out.append(", partial: " + totals.notMade() + (totals.notMade() == 1 ? " pairing was" : " pairings were") + " not explored");
        out.append('\n');
    }
}
