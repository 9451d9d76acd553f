package org.chanrace.reports;

import java.io.IOException;
import java.util.List;

/**
 * JUnit XML, as CI systems read it: a test suite for each file, a test case for each run; a run that is not as expected is a
 * failure, a file that could not be run an error.
 */
public final class JunitReport {
    private JunitReport() {}

    /** The document; files in the order in which they first occur. */
    public static void write(List<ReportedRun> runs, List<FileProblem> problems, Appendable out) throws IOException {
        write(runs, problems, 0, out);
    }

    /** The document about an interrupted command; {@code notMade} runs were planned but not made, which is an error of its own. */
    public static void write(List<ReportedRun> runs, List<FileProblem> problems, long notMade, Appendable out) throws IOException {
        JunitDocument document = new JunitDocument();
        boolean seeds = TextReport.severalSeeds(runs);
        for (ReportedRun run : runs) document.add(run.file(), new RunCase(run, seeds));
        for (FileProblem problem : problems) document.add(problem);
        if (notMade > 0) document.add(new FileProblem("partial", 0, 0, "interrupted: " + notMade + " runs were not made", ""));
        document.write(out);
    }

    private record RunCase(ReportedRun run, boolean withSeed) implements JunitDocument.Case {
        @Override
        public String name() {
            return run.scenario().name() + (withSeed ? " (seed " + run.result().seed() + ")" : "");
        }

        @Override
        public boolean hasFailed() {
            return !run.asExpected();
        }

        @Override
        public JunitDocument.Failure failure() throws IOException {
            return new JunitDocument.Failure(run.result().verdict().outcome().text(), String.join("; ", run.deviations()),
                    new TextReport(TextReport.Options.PLAIN).explanation(run));
        }

        @Override
        public String out() {
            return run.result().verdict().outcome().text() + ": " + run.result().verdict().reason();
        }
    }
}
