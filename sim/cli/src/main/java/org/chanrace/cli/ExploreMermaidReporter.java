package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.ExplorationMermaid;
import org.chanrace.reports.ExploredPairing;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.TextReport;

/** Sequence diagrams as they come; what else there is to say goes to standard error. */
final class ExploreMermaidReporter implements ExploreReporter {
    private final Surroundings surroundings;
    private final TextReport problems = new TextReport(TextReport.Options.PLAIN);

    ExploreMermaidReporter(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void problem(FileProblem problem) {
        surroundings.say(problems.problem(problem).strip());
    }

    @Override
    public void pairing(ExploredPairing pairing) throws IOException {
        surroundings.out().append(ExplorationMermaid.pairing(pairing));
    }

    @Override
    public void end(ExploreTotals totals) {
        if (totals.notMade() > 0) surroundings.say("partial: " + totals.notMade() + (totals.notMade() == 1 ? " pairing was" : " pairings were") + " not explored");
    }
}
