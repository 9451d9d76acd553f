package org.chanrace.cli;

/**
 * What all explorations of a command came to.
 *
 * @param planned pairings that were to be explored
 * @param passed pairings that show what they are to show
 * @param failed pairings that do not
 * @param inconclusive pairings for which the memory was too small
 * @param problems bad files, and pairings that could not be explored
 * @param broken pairings whose exploration broke off
 * @param faults of these, how many by a fault of ours
 * @param states that were found in all
 * @param interrupted whether somebody pressed Ctrl-C
 */
record ExploreTotals(long planned, long passed, long failed, long inconclusive, long problems, long broken, long faults, long states, boolean interrupted) {
    long finished() {
        return passed + failed + inconclusive;
    }

    /** How many pairings an interruption kept from being explored. */
    long notMade() {
        return interrupted ? planned - finished() - broken : 0;
    }

    int exitCode() {
        if (interrupted) return ExitCode.INTERRUPTED;
        if (faults > 0) return ExitCode.INTERNAL;
        if (problems > 0) return ExitCode.BAD_INPUT;
        if (failed > 0) return ExitCode.NOT_AS_EXPECTED;
        return inconclusive > 0 ? ExitCode.INCONCLUSIVE : ExitCode.OK;
    }
}
