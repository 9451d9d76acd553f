package org.chanrace.cli;

import org.chanrace.model.verdict.Outcome;
import org.chanrace.reports.ReportedRun;

/** Counts what the runs of a command come to, as they come. */
final class Count {
    private final Surroundings surroundings;
    private long finished;
    private long unexpected;
    private long incomplete;
    private long problems;
    private long broken;
    private long faults;

    Count(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** A run came to its end. */
    void ran(ReportedRun run) {
        finished++;
        if (run.result().verdict().outcome() != Outcome.COMPLETED) incomplete++;
        if (!run.asExpected()) unexpected++;
    }

    /** A run could not be made. Returns why, in a line. */
    String broke(Finished.Failed run) {
        broken++;
        if (run instanceof Finished.TooLarge large) return large.why();
        Throwable fault = ((Finished.Broke) run).fault();
        faults++;
        if (surroundings.debug()) fault.printStackTrace(surroundings.err());
        return Trouble.internal(fault);
    }

    /** A file is bad, or a scenario could not be run. */
    void problem() {
        problems++;
    }

    /** Shows how far it is. */
    void show(Progress progress, long planned) {
        progress.show(finished, planned, unexpected);
    }

    Totals totals(long planned, boolean interrupted) {
        return new Totals(planned, finished, unexpected, incomplete, problems, broken, faults, interrupted);
    }
}
