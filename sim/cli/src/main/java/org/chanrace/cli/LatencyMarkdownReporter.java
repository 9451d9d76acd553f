package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.LatencyComparison;

/** Tables for a page of documentation, once all runs are made; what is wrong with files is for standard error. */
final class LatencyMarkdownReporter implements LatencyReporter {
    private final Surroundings surroundings;
    private final Function<List<LatencyComparison>, String> page;
    private final List<LatencyComparison> comparisons = new ArrayList<>();

    /** @param page of all comparisons */
    LatencyMarkdownReporter(Surroundings surroundings, Function<List<LatencyComparison>, String> page) {
        this.surroundings = surroundings;
        this.page = page;
    }

    @Override
    public void problem(FileProblem problem) {
        surroundings.say(problem.file() + ":" + problem.line() + ": " + problem.message());
    }

    @Override
    public void comparison(LatencyComparison comparison) {
        comparisons.add(comparison);
    }

    @Override
    public void end(Totals totals) throws IOException {
        surroundings.out().append(page.apply(comparisons));
        if (totals.notMade() > 0) surroundings.out().append("\npartial: " + totals.notMade() + " of " + totals.planned() + " runs were not made\n");
    }
}
