package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.ReportedRun;

/**
 * The writer of a {@code run} command: takes results in order, lays the problems of files between them, counts, and tells the
 * reporters.
 */
final class Session implements Crew.Writer {
    private final Workload workload;
    private final RunPlan plan;
    private final List<Reporter> reporters;
    private final Surroundings surroundings;
    private final Progress progress;
    private final Optional<CapsuleKeeper> capsules;

    private final List<Item> toExplain = new ArrayList<>();
    /** Of each of these, its capsule. */
    private final List<Optional<String>> capsulesOfThose = new ArrayList<>();
    private int nextPart;
    private Tally tally;
    private final Set<String> endings = new LinkedHashSet<>();
    private boolean brokenBefore;
    private final Count count;
    private boolean unwritten;

    /** @param capsules keeps runs that fail, if somebody wants them kept */
    Session(Workload workload, RunPlan plan, List<Reporter> reporters, Surroundings surroundings, Progress progress, Optional<CapsuleKeeper> capsules) {
        this.workload = workload;
        this.plan = plan;
        this.reporters = List.copyOf(reporters);
        this.surroundings = surroundings;
        this.progress = progress;
        this.capsules = capsules;
        this.count = new Count(surroundings);
    }

    @Override
    public void write(Finished one) throws IOException {
        unwritten = true;
        moveTo(one.item());
        if (one instanceof Finished.Ran ran) ran(ran);
        else if (one instanceof Finished.Failed failed) failed(failed);
    }

    @Override
    public void idle() throws IOException {
        // Output and progress may share a terminal.
        if (unwritten && surroundings.outIsTerminal()) progress.clear();
        if (unwritten) surroundings.out().flush();
        unwritten = false;
        count.show(progress, plan.size());
    }

    /** All runs have been made, or there will be no more. Returns the runs that must be made again, with a trace, to be explained. */
    List<Item> endOfRuns() throws IOException {
        closeScenario();
        while (nextPart < workload.parts().size()) {
            if (workload.parts().get(nextPart++) instanceof Workload.Bad bad) problem(bad.problem());
        }
        progress.clear();
        return List.copyOf(toExplain);
    }

    /** Takes the explanations, in order. */
    Crew.Writer explanations() {
        return new Crew.Writer() {
            @Override
            public void write(Finished one) throws IOException {
                if (!(one instanceof Finished.Ran ran)) return; // it ran before: only memory can have run short, and its result stands already
                for (Reporter reporter : reporters) reporter.explanation(reported(one.item(), ran.result(), capsulesOfThose.get((int) one.number())));
                unwritten = true;
            }

            @Override
            public void idle() throws IOException {
                if (unwritten) surroundings.out().flush();
                unwritten = false;
            }
        };
    }

    Totals end(boolean interrupted) throws IOException, OutputException {
        Totals totals = count.totals(plan.size(), interrupted);
        for (Reporter reporter : reporters) reporter.end(totals);
        surroundings.out().flush();
        return totals;
    }

    /** Scenarios come in the order of the workload; what lies between two of them are problems. */
    private void moveTo(Item item) throws IOException {
        if (tally != null && tally.scenario() == item.scenario()) return;
        closeScenario();
        while (nextPart < workload.parts().size()) {
            Workload.Part part = workload.parts().get(nextPart++);
            if (part instanceof Workload.Bad bad) problem(bad.problem());
            if (part instanceof Workload.Good good && good.scenario() == item.scenario()) break;
        }
        tally = new Tally(item.file(), item.scenario());
        endings.clear();
        brokenBefore = false;
    }

    private void closeScenario() throws IOException {
        if (tally == null) return;
        for (Reporter reporter : reporters) reporter.endOfScenario(tally);
        tally = null;
    }

    private void ran(Finished.Ran ran) throws IOException {
        ReportedRun run = reported(ran.item(), ran.result(), Optional.empty());
        if (capsules.isPresent()) run = capsules.get().keep(run);
        tally.add(run);
        count.ran(run);
        if (isExplained(run, ran.item().withTrace())) {
            Item item = ran.item();
            toExplain.add(new Item(item.file(), item.line(), item.scenario(), item.seed(), true));
            capsulesOfThose.add(run.capsule());
        }
        for (Reporter reporter : reporters) reporter.run(run);
    }

    private boolean isExplained(ReportedRun run, boolean traced) {
        return switch (plan.explained()) {
            case NONE -> false;
            case ALL -> true;
            case NOTABLE -> Explaining.isNotable(run) && toExplain.size() <= Explaining.SHOWN_MAX && endings.add(Explaining.ending(run));
            case EVERY_ENDING -> endings.add(Explaining.ending(run)) && (Explaining.isNotable(run) || !traced);
        };
    }

    /** One message for a scenario is enough: its other seeds fare alike. */
    private void failed(Finished.Failed run) throws IOException {
        String why = count.broke(run);
        if (brokenBefore) return;
        brokenBefore = true;
        Item item = run.item();
        problem(Workload.at(item.file(), item.line(), item.scenario().name() + ", seed " + item.seed() + ": " + why));
    }

    private void problem(FileProblem problem) throws IOException {
        count.problem();
        for (Reporter reporter : reporters) reporter.problem(problem);
    }

    private static ReportedRun reported(Item item, RunResult result, Optional<String> capsule) {
        return new ReportedRun(item.scenario(), item.file(), result, capsule);
    }
}
