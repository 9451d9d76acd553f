package org.chanrace.model.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.chanrace.model.LaneMap;
import org.chanrace.model.network.Channel;
import org.chanrace.model.network.Net;
import org.chanrace.model.qemu.Behaviour.PreemptEnd;
import org.chanrace.model.qemu.Behaviour.PreemptOpening;
import org.chanrace.model.qemu.Behaviour.PreemptWait;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.verdict.Outcome;

/**
 * What keeps the next migration from ending so. It goes by what happened and by the traits that let it happen, not by how it ended, and names releases by when the
 * trait changed. Whatever is said here to be enough is so in every order of the races of the library; where nothing is, nothing is said.
 */
final class NextTime {
    private static final String WITHOUT_PREEMPT = "leave postcopy-preempt off on both sides";

    private final Outcome outcome;
    private final Source source;
    private final Destination destination;
    private final Net net;
    private final LaneMap map;

    NextTime(Outcome outcome, Source source, Destination destination, Net net, LaneMap map) {
        this.outcome = outcome;
        this.source = source;
        this.destination = destination;
        this.net = net;
        this.map = map;
    }

    /** What follows the advice for this guest: each of the alternatives is enough. Empty when there are none. */
    String text() {
        List<String> all = alternatives();
        return all.isEmpty() ? "" : "; next time " + String.join(", or ", all);
    }

    private List<String> alternatives() {
        Behaviour from = source.behaviour;
        Behaviour to = destination.behaviour;
        if (strangerWasTakenForAChannel()) return List.of("let nothing but the source connect to the destination's port");
        if (outcome == Outcome.SPLIT_BRAIN) return source.commands.cancelled ? List.of("let a migration that has begun to switch come to its end rather than cancel it") : List.of();
        if (from.preempt() != to.preempt()) return List.of(WITHOUT_PREEMPT + ", which one side alone has set");
        if (outcome == Outcome.DESTINATION_CRASH && destination.crashed && to.recoveryFailureSticks()) return receivedBy(r -> r.is(Trait.RECOVERY_FAILURE, "paused"));
        if (outcome == Outcome.SOURCE_CRASH) return source.status() == Status.POSTCOPY_RECOVER && !from.recoverSetup() ? sentBy(r -> r.is(Trait.RECOVER_SETUP, "yes")) : List.of();
        if (source.status() == Status.POSTCOPY_RECOVER && from.recoveryFailureSticks()) return sentBy(r -> r.is(Trait.RECOVERY_FAILURE, "paused"));
        if (!to.preempt()) return List.of();
        if (destination.mainLoop.waitsFor(Wait.PREEMPT_BEFORE_LOAD) && from.preemptOpening() == PreemptOpening.AT_SWITCHOVER) {
            List<String> all = receivedBy(r -> r.is(Trait.START_LOADING, "main"), WITHOUT_PREEMPT);
            if (from.knowsPreemptProperty()) all.add("set x-preempt-pre-7-2=on on the source, and hope that preempt does not overtake main");
            return all;
        }
        if (outcome == Outcome.GUEST_CORRUPT && to.preemptEnd() == PreemptEnd.SHUT) return receivedBy(NextTime::drains, WITHOUT_PREEMPT);
        if (preemptWasTakenForMain()) return againstTheSwap();
        // After a break or a cancel the page may be missing for other reasons, which later releases know, too.
        boolean pageIsOnPreempt = destination.mainLoop.waitsFor(Wait.DEVICE_PAGE) && to.preemptWait() != PreemptWait.PREEMPT_THREAD_AND_PACKAGE && !source.ahead.disturbed();
        boolean awaitsWhatOnlyItCouldAccept = destination.mainLoop.waitsFor(Wait.PREEMPT_IN_LISTEN) || pageIsOnPreempt;
        boolean awaitsAnEosThatIsNeverSent = to.preemptEnd() == PreemptEnd.JOIN_EOS && !from.endsPreemptWithEos() && destination.postcopy.listen.waitsFor(Wait.JOIN_PREEMPT);
        if (awaitsWhatOnlyItCouldAccept || awaitsAnEosThatIsNeverSent) return withPreemptAsItIsNow();
        return preemptIsMissing();
    }

    /** Preempt came first. It cannot where it is opened only when main is known to be read. */
    private List<String> againstTheSwap() {
        if (source.behaviour.preemptOpening() != PreemptOpening.AT_SETUP) return List.of(WITHOUT_PREEMPT);
        boolean earlyIsNeeded = destination.behaviour.loadingNeedsPreempt() || destination.behaviour.preemptEnd() == PreemptEnd.JOIN_EOS;
        if (earlyIsNeeded || !source.behaviour.knowsPreemptProperty()) return withPreemptAsItIsNow();
        return List.of("use a machine type above 7.2 or set x-preempt-pre-7-2=off on the source", WITHOUT_PREEMPT);
    }

    /** Preempt is opened late, awaited before the package is loaded, and read until nothing is asked for any more. */
    private List<String> withPreemptAsItIsNow() {
        boolean opensLate = source.behaviour.preemptOpening() == PreemptOpening.AT_SWITCHOVER;
        boolean awaits = destination.behaviour.preemptWait() == PreemptWait.PREEMPT_THREAD_AND_PACKAGE;
        String who = opensLate ? "let a release%sreceive the guest" : awaits ? "let a release%ssend the guest" : "let releases%ssend and receive the guest";
        String machine = opensLate ? " on " : " on with a machine type above 7.2 ";
        List<String> all = new ArrayList<>();
        Releases.shipped().since(r -> r.knowsPreemptProperty() && r.is(Trait.PREEMPT_WAIT, "preempt-thread-and-package") && drains(r))
                .ifPresent(first -> all.add(who.formatted(" from " + first + machine)));
        all.add(WITHOUT_PREEMPT);
        return all;
    }

    private static boolean drains(Release release) {
        return release.is(Trait.PREEMPT_END, "drain") || release.is(Trait.PREEMPT_END, "drain-in-main-loop");
    }

    private List<String> preemptIsMissing() {
        for (int c = Math.max(0, source.channels.main); c < map.connections; c++)
            if (net.wasOpened(c) && net.channel(c) == Channel.PREEMPT && destination.takenFor(c).equals("none"))
                return List.of("see what became of connection " + (c + 1) + " (preempt), which never reached the destination");
        return List.of();
    }

    private boolean strangerWasTakenForAChannel() {
        for (int c = 0; c < map.connections; c++) {
            String taken = destination.takenFor(c);
            if (net.wasOpened(c) && net.channel(c) == Channel.PROBE && !taken.equals("none") && !taken.equals("extra")) return true;
        }
        return false;
    }

    /** Of this attempt, which begins with its main. */
    private boolean preemptWasTakenForMain() {
        for (int c = Math.max(0, source.channels.main); c < map.connections; c++) {
            String taken = destination.takenFor(c);
            if (net.wasOpened(c) && net.channel(c) == Channel.PREEMPT && (taken.equals("main") || taken.equals("unidentified"))) return true;
        }
        return false;
    }

    private static List<String> receivedBy(Predicate<Release> cured, String... others) {
        return by("receive", cured, others);
    }

    private static List<String> sentBy(Predicate<Release> cured) {
        return by("send", cured);
    }

    private static List<String> by(String what, Predicate<Release> cured, String... others) {
        List<String> all = new ArrayList<>();
        Releases.shipped().since(cured).ifPresent(first -> all.add("let a release from " + first + " on " + what + " the guest"));
        all.addAll(List.of(others));
        return all;
    }
}
