package org.chanrace.cli;

import java.io.IOException;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.ReportedRun;

/** Writes one document about all runs of a command. It is told everything in the order of the input, by one thread; of some it need not take note. */
interface Reporter {
    /** Something is wrong with a file, or a scenario could not be run. */
    void problem(FileProblem problem) throws IOException;

    /** The next run of a scenario. */
    void run(ReportedRun run) throws IOException;

    /** No more runs of this scenario. */
    default void endOfScenario(Tally tally) throws IOException {}

    /** An explanation that was asked for: the run once more, with its trace. Comes after all runs. */
    default void explanation(ReportedRun run) throws IOException {}

    /** Nothing more will come. */
    void end(Totals totals) throws IOException, OutputException;
}
