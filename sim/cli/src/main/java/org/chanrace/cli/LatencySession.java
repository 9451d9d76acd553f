package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.LatencyColumn;
import org.chanrace.reports.LatencyComparison;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.ReportedRun;

/** The writer of a {@code latency} command: takes results in order, gathers those of a column, and tells the reporters of each scenario when its last is there. */
final class LatencySession implements Crew.Writer {
    private final LatencyPlan plan;
    private final long planned;
    private final List<LatencyReporter> reporters;
    private final Surroundings surroundings;
    private final Progress progress;

    private int nextEntry;
    private LatencyPlan.Subject subject;
    private final List<LatencyColumn.Gathering> gatherings = new ArrayList<>();
    private int brokenColumn = -1;
    private final Count count;
    private boolean unwritten;

    LatencySession(LatencyPlan plan, List<LatencyReporter> reporters, Surroundings surroundings, Progress progress) {
        this.plan = plan;
        this.planned = plan.batch().size();
        this.reporters = List.copyOf(reporters);
        this.surroundings = surroundings;
        this.progress = progress;
        this.count = new Count(surroundings);
    }

    @Override
    public void write(Finished one) throws IOException {
        int column = plan.columnOf(one.number());
        while (subject == null || column >= subject.first() + subject.columns().size()) nextEntry();
        if (one instanceof Finished.Ran ran) ran(column, ran);
        else if (one instanceof Finished.Failed failed) failed(column, failed);
    }

    @Override
    public void idle() throws IOException {
        if (unwritten && surroundings.outIsTerminal()) progress.clear();
        if (unwritten) surroundings.out().flush();
        unwritten = false;
        count.show(progress, planned);
    }

    /** All runs have been made, or there will be no more. */
    Totals end(boolean interrupted) throws IOException, OutputException {
        while (subject != null || nextEntry < plan.entries().size()) nextEntry();
        progress.clear();
        Totals totals = count.totals(planned, interrupted);
        for (LatencyReporter reporter : reporters) reporter.end(totals);
        surroundings.out().flush();
        return totals;
    }

    /** Ends the scenario that is being gathered, and goes on to what comes after it. */
    private void nextEntry() throws IOException {
        closeSubject();
        if (nextEntry == plan.entries().size()) return;
        LatencyPlan.Entry entry = plan.entries().get(nextEntry++);
        if (entry instanceof LatencyPlan.Bad bad) problem(bad.problem());
        if (!(entry instanceof LatencyPlan.Subject next)) return;
        subject = next;
        for (LatencyColumns.Column column : next.columns()) gatherings.add(new LatencyColumn.Gathering(column.name(), column.scenario(), column.remarks(), column.variation()));
    }

    private void closeSubject() throws IOException {
        if (subject == null) return;
        List<LatencyColumn> columns = gatherings.stream().map(LatencyColumn.Gathering::column).toList();
        LatencyComparison comparison = new LatencyComparison(subject.good().scenario(), subject.good().file(), plan.seed(), plan.runs(), columns);
        subject = null;
        gatherings.clear();
        if (columns.stream().allMatch(column -> column.runs().isEmpty())) return;
        unwritten = true;
        for (LatencyReporter reporter : reporters) reporter.comparison(comparison);
    }

    private void ran(int column, Finished.Ran ran) {
        ReportedRun run = new ReportedRun(ran.item().scenario(), ran.item().file(), ran.result());
        count.ran(run);
        gatherings.get(column - subject.first()).add(run);
    }

    /** One message for a column is enough: its other seeds fare alike. */
    private void failed(int column, Finished.Failed run) throws IOException {
        String why = count.broke(run);
        if (brokenColumn == column) return;
        brokenColumn = column;
        String name = subject.columns().get(column - subject.first()).name();
        Item item = run.item();
        problem(Workload.at(item.file(), item.line(), item.scenario().name() + ", " + name + ", seed " + item.seed() + ": " + why));
    }

    private void problem(FileProblem problem) throws IOException {
        count.problem();
        unwritten = true;
        for (LatencyReporter reporter : reporters) reporter.problem(problem);
    }
}
