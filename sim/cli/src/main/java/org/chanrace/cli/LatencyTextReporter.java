package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.LatencyComparison;
import org.chanrace.reports.TextReport;

/** Text as it comes: a block for each scenario. */
final class LatencyTextReporter implements LatencyReporter {
    private final Appendable out;
    private final Function<LatencyComparison, String> block;
    private final Function<List<LatencyComparison>, String> last;
    private final List<LatencyComparison> comparisons = new ArrayList<>();
    private boolean begun;

    /**
     * @param block the text of a scenario
     * @param last what stands after all of them; may be empty
     */
    LatencyTextReporter(Appendable out, Function<LatencyComparison, String> block, Function<List<LatencyComparison>, String> last) {
        this.out = out;
        this.block = block;
        this.last = last;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        separate();
        out.append(new TextReport(TextReport.Options.PLAIN).problem(problem));
    }

    @Override
    public void comparison(LatencyComparison comparison) throws IOException {
        separate();
        out.append(block.apply(comparison));
        comparisons.add(comparison);
    }

    @Override
    public void end(Totals totals) throws IOException {
        String more = last.apply(comparisons);
        if (!more.isEmpty()) {
            separate();
            out.append(more);
        }
        if (totals.notMade() == 0) return;
        separate();
        out.append("partial: " + totals.notMade() + " of " + totals.planned() + " runs were not made\n");
    }

    private void separate() throws IOException {
        if (begun) out.append('\n');
        begun = true;
    }
}
