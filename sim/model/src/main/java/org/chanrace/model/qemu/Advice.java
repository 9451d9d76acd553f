package org.chanrace.model.qemu;

import org.chanrace.model.LaneMap;
import org.chanrace.model.network.Channel;
import org.chanrace.model.network.Net;
import org.chanrace.model.verdict.Outcome;

/** What an operator can do about an outcome: first for this guest, then for the next migration. */
final class Advice {
    private static final String LATE_PREEMPT = "open preempt after main: a source from 8.0 on with a machine type above 7.2, or without postcopy-preempt";

    private static final String LOST = "the guest is lost: restart it";
    private static final String ALL_IS_THERE = "the destination has everything: let the guest go on there, and kill the source without letting it run";

    private Advice() {}

    static String of(Outcome outcome, Source source, Destination destination, Net net, LaneMap map) {
        return switch (outcome) {
            case COMPLETED -> "";
            case LIMIT -> "raise limit: in the scenario, if the run should go on";
            case POSTCOPY_PAUSED -> (destination.isMainLoopBlocked() ? "close the connection that the destination looks at, at the risk that it exits; then " : "")
                    + "migrate-recover on the destination, then migrate resume=true on the source";
            case SPLIT_BRAIN -> destination.hasEnded()
                    ? "stop the guest on the source at once (the destination has everything), and never let both write to one disk"
                    : "stop the guest, and restart it: neither side has both its memory and what it has done since the switch";
            case GUEST_CORRUPT -> "the guest cannot be trusted: restart it; " + preemptAdvice(source, destination, net, map);
            case SOURCE_CRASH -> destination.hasEnded() ? "the destination has everything: let the guest go on there" : LOST;
            case DESTINATION_CRASH -> (destination.guestRan() ? LOST : onlyAtSource(source)) + "; let nothing but the source connect to the destination's port";
            case FAILED -> "the guest goes on at the source: migrate again";
            case REFUSED -> "correct what is refused, and migrate then: nothing was opened, and the guest goes on at the source";
            case SETUP_STALL -> "migrate_cancel on the source, where the guest still runs; look whether the destination can be reached";
            case PRECOPY_STALL -> {
                if (destination.hasEnded()) yield ALL_IS_THERE;
                yield (source.guestRuns() ? "migrate_cancel on the source, where the guest still runs, and restart the destination" : onlyAtSource(source))
                        + "; next time " + preemptAdvice(source, destination, net, map);
            }
            case POSTCOPY_STALL -> stalledInPostcopy(source, destination, net, map);
        };
    }

    private static String stalledInPostcopy(Source source, Destination destination, Net net, LaneMap map) {
        String next = "; next time " + preemptAdvice(source, destination, net, map);
        if (destination.hasEnded()) return ALL_IS_THERE + next;
        if (destination.isMainLoopBlocked() && destination.guestRuns()) return "close the connection that the destination looks at, at the risk that it exits" + next;
        if (source.status() == Status.POSTCOPY_RECOVER)
            return (source.behaviour.recoveryFailureSticks() ? "this source cannot be brought back to paused" : "migrate-pause on both sides, then recover again") + next;
        if (!destination.guestRuns()) return onlyAtSource(source) + next;
        return (source.isMainLoopBlocked() ? "break the connections from outside, since the source's monitor hangs, then recover" : "migrate-pause on the source, then recover")
                + "; as long as it stalls the guest lacks pages" + next;
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

    private static String preemptAdvice(Source source, Destination destination, Net net, LaneMap map) {
        if (source.behaviour.preempt() != destination.behaviour.preempt()) return "set postcopy-preempt on both sides or on none";
        boolean destinationNeedsEarly = destination.behaviour.loadingNeedsPreempt() && source.behaviour.preemptOpening() == Behaviour.PreemptOpening.AT_SWITCHOVER;
        if (destinationNeedsEarly) return "set x-preempt-pre-7-2=on on a source that knows it (8.0 and later), or use a machine type up to 7.2: this destination reads nothing before preempt has arrived";
        if (destination.mainLoop.waitsFor(Wait.DEVICE_PAGE) && destination.behaviour.preempt())
            return "let a release from 9.0 on receive the guest, which loads devices only once preempt has arrived (7afbdada7e), or open preempt early (x-preempt-pre-7-2=on)";
        boolean eosMissing = destination.behaviour.preemptEnd() == Behaviour.PreemptEnd.JOIN_EOS && !source.behaviour.endsPreemptWithEos();
        if (eosMissing) return "set x-preempt-pre-7-2=on on the source: this destination waits for an end-of-stream mark on preempt";
        boolean shuts = destination.hasEnded() && destination.behaviour.preempt() && destination.behaviour.preemptEnd() == Behaviour.PreemptEnd.SHUT;
        if (shuts) return "leave postcopy-preempt off, or let a later release receive the guest: from 8.2 on the destination waits for pages that were asked for (cf02f29e1e)";
        for (int c = 0; c < map.connections; c++) {
            if (!net.wasOpened(c)) continue;
            boolean swapped = net.channel(c) == Channel.PREEMPT && (destination.takenFor(c).equals("main") || destination.takenFor(c).equals("unidentified"));
            if (swapped) return LATE_PREEMPT;
            if (net.channel(c) == Channel.PREEMPT && destination.takenFor(c).equals("none")) return "see what became of connection " + (c + 1) + " (preempt): it never reached the destination";
        }
        return "look at the connections: one of them was late, lost or held back";
    }
}
