package org.chanrace.cli;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.reports.FileProblem;

/**
 * Which runs a comparison of latencies is made of: every column of every scenario with the same seeds, column by column.
 *
 * @param entries scenarios and problems, in the order of the input
 * @param seed the first seed
 * @param runs how many seeds for each column, from {@code seed} on
 */
record LatencyPlan(List<Entry> entries, long seed, int runs) {
    /** A scenario with its columns, or something that is wrong with a file. */
    sealed interface Entry {}

    /**
     * A scenario that is compared.
     *
     * @param first the number of its first column, among all columns of the plan
     */
    record Subject(Workload.Good good, List<LatencyColumns.Column> columns, int first) implements Entry {}

    /** Something that keeps a file, or a part of it, from being run. */
    record Bad(FileProblem problem) implements Entry {}

    private record Cell(Subject subject, LatencyColumns.Column column) {}

    LatencyPlan {
        entries = List.copyOf(entries);
        if (runs < 1) throw new IllegalArgumentException("at least one run");
    }

    /**
     * The plan of a workload.
     *
     * @param pairings in which each scenario is compared; none for the scenarios as they are
     * @param withoutPreempt whether each gets one more column without preempt
     * @param varied parameters whose other values each of these columns is compared with, apart from the others; none to put the columns side by side
     */
    static LatencyPlan of(Workload workload, List<Pairing> pairings, boolean withoutPreempt, List<HostParameter> varied, long seed, int runs) {
        List<Entry> entries = new ArrayList<>();
        int columns = 0;
        for (Workload.Part part : workload.parts()) {
            if (part instanceof Workload.Bad bad) entries.add(new Bad(bad.problem()));
            if (!(part instanceof Workload.Good good)) continue;
            List<LatencyColumns.Column> all = LatencyColumns.of(good.scenario(), pairings, withoutPreempt);
            List<List<LatencyColumns.Column>> together = varied.isEmpty() ? List.of(all) : all.stream().map(column -> LatencyColumns.varied(column, varied)).toList();
            for (List<LatencyColumns.Column> some : together) {
                Subject subject = new Subject(good, some, columns);
                columns += some.size();
                entries.add(subject);
            }
        }
        return new LatencyPlan(entries, seed, runs);
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Entry entry : entries) if (entry instanceof Subject subject) for (LatencyColumns.Column column : subject.columns()) cells.add(new Cell(subject, column));
        return cells;
    }

    /** The runs, by number: {@link #columnOf} gives the column of each. */
    Batch batch() {
        List<Cell> cells = cells();
        return new Batch((long) cells.size() * runs, number -> {
            Cell cell = cells.get(columnOf(number));
            Workload.Good good = cell.subject().good();
            return new Item(good.file(), good.line(), cell.column().scenario(), seed + number % runs, false);
        });
    }

    /** The number of the column that a run belongs to, among all columns of the plan. */
    int columnOf(long number) {
        return (int) (number / runs);
    }
}
