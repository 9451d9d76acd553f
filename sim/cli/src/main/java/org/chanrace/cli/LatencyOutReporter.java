package org.chanrace.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.LatencyComparison;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.OutputFolder;

/** The folder of {@code --out}, written at the end. */
final class LatencyOutReporter implements LatencyReporter {
    private final Path folder;
    private final List<LatencyComparison> comparisons = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();

    LatencyOutReporter(Path folder) {
        this.folder = folder;
    }

    @Override
    public void problem(FileProblem problem) {
        problems.add(problem);
    }

    @Override
    public void comparison(LatencyComparison comparison) {
        comparisons.add(comparison);
    }

    @Override
    public void end(Totals totals) throws OutputException {
        OutputFolder.writeLatencies(folder, comparisons, problems, totals.notMade());
    }
}
