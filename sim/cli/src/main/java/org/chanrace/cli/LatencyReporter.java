package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.LatencyComparison;
import org.chanrace.reports.OutputException;

/** Writes one document about all comparisons of a command. It is told everything in the order of the input, by one thread. */
interface LatencyReporter {
    /** Something is wrong with a file, or a column could not be run. */
    void problem(FileProblem problem) throws IOException;

    /** The next scenario, with the runs that were made of each column. */
    void comparison(LatencyComparison comparison) throws IOException;

    /** Nothing more will come. */
    void end(Totals totals) throws IOException, OutputException;
}
