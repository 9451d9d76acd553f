package org.chanrace.model.qemu;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanrace.kernel.End;
import org.chanrace.kernel.WaitForGraph;
import org.chanrace.model.LaneMap;
import org.chanrace.model.network.Channel;
import org.chanrace.model.network.Net;
import org.chanrace.model.qemu.Destination.Reader;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;
import org.chanrace.model.verdict.Verdict.ThreadWait;

/** Reads the verdict off the final state of the processes: the outcome, who waits for whom, and what can be done. */
public final class Explainer {
    private final Source source;
    private final Destination destination;
    private final Net net;
    private final LaneMap map;
    private final RunLimits limits;

    Explainer(Source source, Destination destination, Net net, LaneMap map, RunLimits limits) {
        this.source = source;
        this.destination = destination;
        this.net = net;
        this.map = map;
        this.limits = limits;
    }

    /** What a connection is called, with what it was taken for when that is something else. */
    static String nameOf(int c, Net net, Destination destination) {
        if (c < 0) return "";
        String channel = net.wasOpened(c) ? net.channel(c).text() : "not opened";
        String takenFor = destination.takenFor(c);
        boolean differs = (takenFor.equals("main") || takenFor.equals("preempt")) && !takenFor.equals(channel);
        return "connection " + (c + 1) + " (" + channel + (differs ? ", taken for " + takenFor : "") + ")";
    }

    // The outcome.

    Outcome outcome(End end) {
        if (source.refusesSettings() || destination.refusesSettings()) return Outcome.REFUSED;
        if (source.guestRuns() && destination.guestRan()) return Outcome.SPLIT_BRAIN;
        if (source.isGone()) return Outcome.SOURCE_CRASH;
        if (destination.isGone()) return source.guestRuns() ? Outcome.FAILED : Outcome.DESTINATION_CRASH;
        if (destination.hasEnded()) {
            if (lostPages() > 0) return Outcome.GUEST_CORRUPT;
            if (source.status() == Status.COMPLETED) return Outcome.COMPLETED;
        }
        if (source.status().isFinal() && source.guestRuns()) return Outcome.FAILED;
        if (end == End.EVENT_LIMIT || end == End.TIME_LIMIT) return Outcome.LIMIT;
        if (source.status() == Status.POSTCOPY_PAUSED && destination.status() == Status.POSTCOPY_PAUSED) return Outcome.POSTCOPY_PAUSED;
        return switch (source.status()) {
            case NONE, SETUP -> Outcome.SETUP_STALL;
            case ACTIVE, CANCELLING -> Outcome.PRECOPY_STALL;
            default -> source.switching() ? Outcome.POSTCOPY_STALL : Outcome.PRECOPY_STALL;
        };
    }

    /** Pages that the guest, which depends on the destination alone, does not have there. */
    private long lostPages() {
        return destination.hasEnded() ? destination.received().limit() - destination.received().size() : 0;
    }

    /** Where the guest runs. */
    public GuestLocation guestRunsOn() {
        if (source.guestRuns()) return destination.guestRuns() ? GuestLocation.BOTH : GuestLocation.SOURCE;
        return destination.guestRuns() ? GuestLocation.DESTINATION : GuestLocation.NEITHER;
    }

    /** Whether the source's monitor answers. */
    public Monitor sourceMonitor() {
        return source.isGone() ? Monitor.GONE : source.isMainLoopBlocked() ? Monitor.HUNG : Monitor.ANSWERS;
    }

    /** Whether the destination's monitor answers. */
    public Monitor destinationMonitor() {
        return destination.isGone() ? Monitor.GONE : destination.isMainLoopBlocked() ? Monitor.HUNG : Monitor.ANSWERS;
    }

    // The explanation.

    Verdict verdict(End end) {
        Outcome outcome = outcome(end);
        List<QemuThread> threads = new ArrayList<>();
        threads.addAll(source.threads());
        threads.addAll(destination.threads());
        WaitForGraph graph = new WaitForGraph();
        List<ThreadWait> waits = new ArrayList<>();
        List<ThreadWait> idle = new ArrayList<>();
        Map<Actor, ThreadWait> byActor = new EnumMap<>(Actor.class);
        boolean stalled = outcome != Outcome.COMPLETED;
        if (stalled)
            for (QemuThread thread : threads) {
                if (!thread.exists || thread.wait == Wait.NOTHING) continue;
                Actor awaited = awaited(thread);
                ThreadWait wait = new ThreadWait(thread.actor.text(), clause(thread), awaited == null ? "" : awaited.text(), thread.since);
                byActor.put(thread.actor, wait);
                if (awaited != null) graph.add(new WaitForGraph.Wait(thread.actor.ordinal(), awaited.ordinal(), wait.reason()));
                (isIdle(thread.wait) ? idle : waits).add(wait);
            }
        // To wait for whoever may come explains something only when nobody waits for anything else.
        if (isStall(outcome) && waits.isEmpty()) waits = idle;
        List<ThreadWait> cycle = new ArrayList<>();
        if (isStall(outcome)) for (WaitForGraph.Wait edge : graph.shortestCycle()) cycle.add(byActor.get(Actor.values()[edge.waiter()]));
        List<String> messages = new ArrayList<>(source.messages());
        messages.addAll(destination.messages());
        return new Verdict(
                outcome, source.status().text(), destination.status().text(), guestRunsOn(), sourceMonitor(), destinationMonitor(),
                reason(outcome, end, waits, cycle), waits, cycle, Advice.of(outcome, source, destination, net, map), lostPages(), messages);
    }

    private static boolean isStall(Outcome outcome) {
        return outcome == Outcome.SETUP_STALL || outcome == Outcome.PRECOPY_STALL || outcome == Outcome.POSTCOPY_STALL;
    }

    private static boolean isIdle(Wait wait) {
        return wait == Wait.CONNECTIONS || wait == Wait.RETURN_PATH;
    }

    private String clause(QemuThread thread) {
        if (thread.wait == Wait.ROOM && net.wasOpened(thread.connection)) {
            Reader reader = destination.reader(thread.connection);
            String taken = destination.takenFor(thread.connection);
            if (reader == Reader.NOBODY && taken.equals("preempt") && net.channel(thread.connection) == Channel.MAIN)
                return thread.wait.text(nameOf(thread.connection, net, destination)) + ", which nobody reads before LISTEN arrives on main";
        }
        boolean forPreempt = thread.wait == Wait.PREEMPT_BEFORE_LOAD || thread.wait == Wait.PREEMPT_BEFORE_PACKAGE || thread.wait == Wait.PREEMPT_CHANNEL;
        String never = forPreempt && !source.behaviour.preempt() ? ", which the source, without postcopy-preempt, never opens" : "";
        String stuck = forPreempt && preemptIsNotAccepted() ? ", which the main loop, blocked as it is, does not accept" : "";
        return thread.wait.text(nameOf(thread.connection, net, destination)) + never + stuck;
    }

    /** Preempt is in the accept queue, and nobody looks there. */
    private boolean preemptIsNotAccepted() {
        return destination.isMainLoopBlocked() && source.channels.hasPreempt() && net.waitsToBeAccepted(source.channels.preempt);
    }

    /** Whom a thread waits for; null when it is nobody of whom anything is known. */
    private Actor awaited(QemuThread thread) {
        return switch (thread.wait) {
            case NOTHING, CONNECTIONS -> null;
            case ROOM -> readerOf(thread.connection);
            case PONG -> Actor.DESTINATION_MAIN_LOOP;
            case PREEMPT_CONNECTED, MAIN_CONNECTED -> Actor.NETWORK;
            case PACKAGE_LOADED -> Actor.DESTINATION_MAIN_LOOP;
            case SHUT, BITMAP, RESUME_ACK -> destination.status() == Status.POSTCOPY_PAUSED || !destination.postcopy.listen.exists ? Actor.DESTINATION_MAIN_LOOP : Actor.DESTINATION_LISTEN;
            case RECOVERY -> Actor.OPERATOR;
            case RETURN_PATH -> destination.postcopy.pages.fault.exists ? Actor.DESTINATION_LISTEN : Actor.DESTINATION_MAIN_LOOP;
            case PEEK, DATA -> writerOf(thread.connection);
            case PREEMPT_BEFORE_LOAD, PREEMPT_CHANNEL, PREEMPT_AT_RESUME, PREEMPT_BEFORE_PACKAGE -> {
                if (preemptIsNotAccepted()) yield Actor.DESTINATION_MAIN_LOOP;
                yield source.channels.hasPreempt() ? Actor.NETWORK : Actor.SOURCE_MIGRATION;
            }
            case PREEMPT_IN_LISTEN, DEVICES -> Actor.DESTINATION_MAIN_LOOP;
            case JOIN_PREEMPT, DRAIN -> destination.postcopy.preemptThread.exists ? Actor.DESTINATION_PREEMPT : Actor.NETWORK;
            case FAST_LOAD -> Actor.SOURCE_MIGRATION;
            case BITMAP_LOCK -> Actor.SOURCE_RETURN_PATH;
            case PAGE, DEVICE_PAGE -> destination.behaviour.preempt() ? Actor.DESTINATION_PREEMPT : Actor.DESTINATION_LISTEN;
        };
    }

    private Actor readerOf(int c) {
        return switch (destination.reader(c)) {
            case LISTEN -> Actor.DESTINATION_LISTEN;
            case PREEMPT -> Actor.DESTINATION_PREEMPT;
            default -> Actor.DESTINATION_MAIN_LOOP;
        };
    }

    private Actor writerOf(int c) {
        if (!net.wasOpened(c) || net.channel(c) == Channel.PROBE) return Actor.NETWORK;
        if (net.channel(c) == Channel.MAIN || source.migration.waitsFor(Wait.SHUT)) return Actor.SOURCE_MIGRATION;
        return switch (source.behaviour.urgentPages()) {
            case RETURN_PATH, RETURN_PATH_WITH_HINT -> Actor.SOURCE_RETURN_PATH;
            default -> Actor.SOURCE_MIGRATION;
        };
    }

    private String reason(Outcome outcome, End end, List<ThreadWait> waits, List<ThreadWait> cycle) {
        return switch (outcome) {
            case COMPLETED -> "the guest runs on the destination with all of its pages";
            case LIMIT -> "the limit of " + limit(end) + " was reached before the migration ended";
            case GUEST_CORRUPT -> "the guest runs on the destination, but " + lostPages() + (lostPages() == 1 ? " page never arrived" : " pages never arrived")
                    + " and read" + (lostPages() == 1 ? "s" : "") + " as zeros" + whyLost();
            case SPLIT_BRAIN -> whereItRan() + ": " + whoStartedIt();
            case POSTCOPY_PAUSED -> "the connection broke in postcopy, and both sides wait for a recovery";
            case FAILED, SOURCE_CRASH, DESTINATION_CRASH, REFUSED -> lastMessage();
            case SETUP_STALL, PRECOPY_STALL, POSTCOPY_STALL -> {
                if (!cycle.isEmpty()) yield sentence(cycle);
                if (!source.status().isFinal()) yield sentence(waits);
                if (!destination.hasEnded()) yield "the source counts the migration as " + source.status().text() + " and waits for nothing more; " + sentence(waits);
                yield "the destination has everything and has completed, and the source counts the migration as " + source.status().text();
            }
        };
    }

    private String limit(End end) {
        return end == End.EVENT_LIMIT ? String.format(Locale.ROOT, "%,d events", limits.events())
                : BigDecimal.valueOf(limits.virtualNanos(), 9).stripTrailingZeros().toPlainString() + " s of virtual time";
    }

    private String whyLost() {
        for (int c = 0; c < map.connections; c++)
            if (net.wasOpened(c) && net.channel(c) == Channel.PREEMPT && destination.takenFor(c).equals("extra")) return ": the source sent on a preempt channel that the destination had dropped";
        boolean shuts = destination.behaviour.preempt() && destination.behaviour.preemptEnd() == Behaviour.PreemptEnd.SHUT;
        return shuts ? ": when main ended, the destination ended its preempt thread too, with pages still to be read that had been asked for" : "";
    }

    /** What it did on the destination is lost to the source, also when it no longer runs there. */
    private String whereItRan() {
        if (destination.guestRuns()) return "the guest runs on both sides";
        return "the guest has run on the destination" + (destination.isGone() ? ", whose process is gone since," : "") + " and runs on the source again";
    }

    /** The destination starts the guest when it has all that it takes, the source lets it go on when the migration does not come to its end there. */
    private String whoStartedIt() {
        String why = switch (source.status()) {
            case CANCELLED -> "when its migration was cancelled";
            case FAILED -> "when its migration failed";
            default -> "while its migration is " + source.status().text();
        };
        String messages = source.messages().isEmpty() && destination.messages().isEmpty() ? "" : "; " + lastMessage();
        return "the destination had received all that it takes and started it, and the source let it go on " + why + messages;
    }

    private String lastMessage() {
        List<String> all = new ArrayList<>(source.messages());
        all.addAll(destination.messages());
        return all.isEmpty() ? "no message was left" : String.join("; ", all);
    }

    private static String sentence(List<ThreadWait> waits) {
        if (waits.isEmpty()) return "nothing is on its way any more, and nobody waits for anything in particular";
        List<String> parts = new ArrayList<>();
        for (ThreadWait wait : waits) parts.add("the " + wait.thread() + " " + wait.reason());
        return String.join("; ", parts);
    }
}
