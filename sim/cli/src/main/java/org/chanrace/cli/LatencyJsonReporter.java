package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.JsonReport;
import org.chanrace.reports.LatencyComparison;

/** JSON Lines as they come. */
final class LatencyJsonReporter implements LatencyReporter {
    private final Appendable out;
    private final Function<LatencyComparison, String> lines;
    private final Function<List<LatencyComparison>, String> last;
    private final List<LatencyComparison> comparisons = new ArrayList<>();

    /**
     * @param lines of a scenario: an object for each column, or for each variation
     * @param last the lines after all of them; may be empty
     */
    LatencyJsonReporter(Appendable out, Function<LatencyComparison, String> lines, Function<List<LatencyComparison>, String> last) {
        this.out = out;
        this.lines = lines;
        this.last = last;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        out.append(JsonReport.line(problem)).append('\n');
    }

    @Override
    public void comparison(LatencyComparison comparison) throws IOException {
        out.append(lines.apply(comparison));
        comparisons.add(comparison);
    }

    @Override
    public void end(Totals totals) throws IOException {
        out.append(last.apply(comparisons));
        if (totals.notMade() > 0) out.append(JsonReport.partial(totals.finished(), totals.notMade())).append('\n');
    }
}
