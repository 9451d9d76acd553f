package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.JunitReport;
import org.chanrace.reports.ReportedRun;

/** JUnit XML, which counts before it tells and so is written at the end. */
final class JunitReporter implements Reporter {
    private final Appendable out;
    private final List<ReportedRun> runs = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();

    JunitReporter(Appendable out) {
        this.out = out;
    }

    @Override
    public void problem(FileProblem problem) {
        problems.add(problem);
    }

    @Override
    public void run(ReportedRun run) {
        runs.add(run);
    }

    @Override
    public void end(Totals totals) throws IOException {
        JunitReport.write(runs, problems, totals.notMade(), out);
    }
}
