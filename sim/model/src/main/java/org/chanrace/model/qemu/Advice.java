package org.chanrace.model.qemu;

import org.chanrace.model.LaneMap;
import org.chanrace.model.network.Net;
import org.chanrace.model.verdict.Outcome;

/** What an operator can do about an outcome: first for this guest, then {@linkplain NextTime for the next migration}. */
final class Advice {
    private static final String LOST = "the guest is lost: restart it";
    private static final String ALL_IS_THERE = "the destination has everything: let the guest go on there, and kill the source without letting it run";

    private Advice() {}

    static String of(Outcome outcome, Source source, Destination destination, Net net, LaneMap map) {
        String now = now(outcome, source, destination);
        return switch (outcome) {
            case COMPLETED, LIMIT, POSTCOPY_PAUSED, FAILED, REFUSED, SETUP_STALL -> now;
            default -> now + new NextTime(outcome, source, destination, net, map).text();
        };
    }

    private static String now(Outcome outcome, Source source, Destination destination) {
        return switch (outcome) {
            case COMPLETED -> "";
            case LIMIT -> "raise limit: in the scenario, if the run should go on";
            case POSTCOPY_PAUSED -> (destination.isMainLoopBlocked() ? "close the connection that the destination looks at, at the risk that it exits; then " : "")
                    + "migrate-recover on the destination, then migrate resume=true on the source";
            case SPLIT_BRAIN -> destination.hasEnded()
                    ? "stop the guest on the source at once (the destination has everything), and never let both write to one disk"
                    : "stop the guest, and restart it: neither side has both its memory and what it has done since the switch";
            case GUEST_CORRUPT -> "the guest cannot be trusted: restart it";
            case SOURCE_CRASH -> destination.hasEnded() ? "the destination has everything: let the guest go on there" : LOST;
            case DESTINATION_CRASH -> destination.guestRan() ? LOST : onlyAtSource(source);
            case FAILED -> "the guest goes on at the source: migrate again";
            case REFUSED -> "correct what is refused, and migrate then: nothing was opened, and the guest goes on at the source";
            case SETUP_STALL -> "migrate_cancel on the source, where the guest still runs; look whether the destination can be reached";
            case PRECOPY_STALL -> {
                if (destination.hasEnded()) yield ALL_IS_THERE;
                if (!source.guestRuns()) yield onlyAtSource(source);
                yield source.commands.cancelEndsIt() ? "migrate_cancel on the source, where the guest still runs, and restart the destination"
                        : "the guest still runs on the source, which can only be restarted: migrate_cancel does not wake the thread that waits";
            }
            case POSTCOPY_STALL -> stalledInPostcopy(source, destination);
        };
    }

    private static String stalledInPostcopy(Source source, Destination destination) {
        if (destination.hasEnded()) return ALL_IS_THERE;
        if (destination.isMainLoopBlocked() && destination.guestRuns()) return "close the connection that the destination looks at, at the risk that it exits";
        if (source.status() == Status.POSTCOPY_RECOVER)
            return source.behaviour.recoveryFailureSticks() ? "this source cannot be brought back to paused" : "migrate-pause on both sides, then recover again";
        if (!destination.guestRuns()) return onlyAtSource(source);
        return (source.isMainLoopBlocked() ? "break the connections from outside, since the source's monitor hangs, then recover" : "migrate-pause on the source, then recover")
                + "; as long as it stalls the guest lacks pages";
    }

    /**
     * The destination never ran the guest, which the source has stopped. There {@code cont} is refused as long as the migration is not over (9183dd1533:
     * run state {@code finish-migrate}), and what ends it is {@code migrate_cancel}, where that is taken and where a thread that hears of it goes on.
     */
    private static String onlyAtSource(Source source) {
        if (source.isGone()) return LOST;
        if (source.status().isFinal()) return "the guest stands still, and only the source has it: kill the destination, and let the guest go on at the source (cont)";
        String stopped = "the guest stands still, only the source has it, and cont is refused there as long as the migration is not over: ";
        if (!source.commands.cancelEndsIt()) return stopped + "no command ends it, so restart the guest";
        return stopped + switch (source.afterStop()) {
            case RUNS_GUEST -> "migrate_cancel on the source, which then runs it again, and restart the destination";
            case STAYS_STOPPED -> "migrate_cancel on the source, then cont, and restart the destination";
            case ABORTS -> "this source aborts when it is cancelled now, so restart the guest";
        };
    }
}
