package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.ExploredPairing;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.OutputException;

/** Writes one document about all explorations of a command. It is told everything in the order of the input, by one thread. */
interface ExploreReporter {
    /** Something is wrong with a file, or a pairing could not be explored. */
    void problem(FileProblem problem) throws IOException;

    /** The next pairing. */
    void pairing(ExploredPairing pairing) throws IOException;

    /** Nothing more will come. */
    void end(ExploreTotals totals) throws IOException, OutputException;
}
