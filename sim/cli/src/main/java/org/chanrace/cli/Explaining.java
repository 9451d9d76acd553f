package org.chanrace.cli;

import org.chanrace.model.verdict.Outcome;
import org.chanrace.reports.ReportedRun;

/** Which runs are worth an explanation. */
final class Explaining {
    /** Explanations in text, each of which is a page; whoever wants more says so. */
    static final int SHOWN_MAX = 25;

    private Explaining() {}

    /** Whether a run deviates, or did not complete though nothing was expected of it. */
    static boolean isNotable(ReportedRun run) {
        return !run.asExpected() || (run.scenario().expectation().isEmpty() && run.result().verdict().outcome() != Outcome.COMPLETED);
    }

    /** The way a run ended; of the runs of a scenario that end alike, one needs to be explained. */
    static String ending(ReportedRun run) {
        return run.result().verdict().outcome() + " " + run.deviations();
    }
}
