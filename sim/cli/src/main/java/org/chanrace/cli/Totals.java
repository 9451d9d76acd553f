package org.chanrace.cli;

import org.chanrace.model.verdict.Outcome;
import org.chanrace.reports.ReportedRun;

/**
 * What all runs of a command came to.
 *
 * @param planned runs that were to be made
 * @param finished runs that came to their end
 * @param unexpected of these, how many were not as expected
 * @param incomplete of these, how many had another outcome than completed
 * @param problems bad files, and scenarios that could not be run
 * @param broken runs that could not be made, or broke off
 * @param faults of these, how many by a fault of ours
 * @param interrupted whether somebody pressed Ctrl-C
 */
record Totals(long planned, long finished, long unexpected, long incomplete, long problems, long broken, long faults, boolean interrupted) {
    /** How many runs an interruption kept from being made. */
    long notMade() {
        return interrupted ? planned - finished - broken : 0;
    }

    /** The exit code, when this is what makes a command fail. */
    int exitCode(FailOn failOn) {
        if (interrupted) return ExitCode.INTERRUPTED;
        if (faults > 0) return ExitCode.INTERNAL;
        if (problems > 0) return ExitCode.BAD_INPUT;
        boolean fail = switch (failOn) {
            case unexpected -> unexpected > 0;
            case bad -> incomplete > 0;
            case never -> false;
        };
        return fail ? ExitCode.NOT_AS_EXPECTED : ExitCode.OK;
    }

    /** Says on standard error what kept runs from being made. */
    void say(Surroundings surroundings) {
        if (interrupted) surroundings.say("interrupted: " + finished + " of " + planned + " runs were finished and are written");
        if (problems == 1) surroundings.say("1 scenario or file was bad; the output names it");
        if (problems > 1) surroundings.say(problems + " errors in scenarios or files; the output names them");
        if (faults > 0) surroundings.say("an error of chanrace itself broke " + faults + " runs off; " + Trouble.REPORT);
    }

    /** Which results make the command fail. */
    enum FailOn {
        /** A run that is not as its scenario expects. */
        unexpected,
        /** A run that did not complete, expected or not. */
        bad,
        /** None; bad files and our own faults still do. */
        never;

        /** Whether a run is worth keeping: it is not as expected, or makes the command fail. */
        boolean concerns(ReportedRun run) {
            return !run.asExpected() || (this == bad && run.result().verdict().outcome() != Outcome.COMPLETED);
        }
    }
}
