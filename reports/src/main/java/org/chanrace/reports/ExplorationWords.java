package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.TimedInstance;
import org.chanrace.explore.Witness;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;

/** What came out of an exploration, in plain sentences. */
final class ExplorationWords {
    /** What a step of an order is that is shown. */
    static final String STEPS = "a step is a choice: what commutes with all that could come instead is left out, and comes as soon as it can";

    /** The column that tells whether an ending is one of those that the scenario is to find. */
    static final String SOUGHT = "sought";

    private ExplorationWords() {}

    /** {@code 2,904 states, 6,989 transitions, depth 29, 3 endings}. */
    static String size(Exploration e) {
        return count(e.states(), "state") + ", " + count(e.transitions(), "transition") + ", depth " + e.depth() + ", "
                + count(e.found().size(), "ending");
    }

    /** What came out with reduction, beside what came out without; empty when there is nothing beside it. */
    static Optional<String> reduction(Exploration e) {
        return e.reduced().map(with -> "none: orders that differ only in events that commute were tried, too. With it: " + size(with) + ", " + beside(e, with));
    }

    private static String beside(Exploration e, Exploration with) {
        if (e.contradictsReduction()) return "WHICH ARE OTHERS";
        if (!with.complete()) return "when the memory was used up";
        String shown = e.found().isEmpty() ? "" : ", and their orders are shown";
        return (e.complete() ? "which are the same" : "these among them") + shown;
    }

    /** What is said of an order that was found without reduction only. */
    static Optional<String> unexplained(Exploration e, Found found) {
        if (e.isReduced(found)) return Optional.empty();
        return Optional.of("it was found without reduction only: every event is a step, and is not explained");
    }

    /** The answer. */
    static String statement(Exploration e) {
        String none = e.timed() ? "no order that these latencies allow, within these bounds," : "no order of this pairing within these bounds";
        return e.complete() ? ends(e, none) : inconclusive(e) + "; so far, " + ends(e, e.timed() ? "no order that these latencies allow" : "no order");
    }

    private static String ends(Exploration e, String none) {
        List<Found> bad = e.bad();
        if (!bad.isEmpty())
            return bad.size() + " of " + e.found().size() + (e.found().size() == 1 ? " ending" : " endings") + (bad.size() == 1 ? " is" : " are") + " bad; shortest: "
                    + steps(bad.stream().map(Found::witness).mapToInt(ExplorationWords::length).min().orElseThrow());
        if (e.found().isEmpty()) return none + " ends at all";
        List<Outcome> others = e.found().stream().map(f -> f.ending().outcome()).filter(o -> o != Outcome.COMPLETED).distinct().toList();
        if (others.isEmpty()) return none + " ends otherwise than completed";
        return none + (e.completes() ? " ends badly: it completes or, after a disturbance, ends " : " ends badly, and none completes: after a disturbance, it ends ")
                + others.stream().map(ExplorationWords::survived).collect(Collectors.joining(" or "));
    }

    private static String survived(Outcome outcome) {
        return outcome == Outcome.FAILED ? "failed while the guest goes on where it was" : outcome.text();
    }

    /** That the memory was used up. */
    static String inconclusive(Exploration e) {
        return "inconclusive: " + count(e.states(), "state") + " seen, frontier " + grouped(e.frontier());
    }

    /** That only some orders were tried, and which durations they have, a clause each; nothing when all were tried. */
    static List<String> times(Exploration e) {
        if (!e.timed()) return List.of();
        List<String> all = new ArrayList<>();
        all.add("only orders that these durations allow were tried:");
        for (TimedInstance.Span span : TimedInstance.spans(e.scenario())) {
            String takes = Amounts.exact(span.leastNanos()) + (span.mostNanos() == span.leastNanos() ? "" : " to " + Amounts.exact(span.mostNanos()));
            all.add("- " + span.what() + ": " + takes + (span.cut() ? " (of a distribution without a bound, all but one in a thousand)" : ""));
        }
        return List.copyOf(all);
    }

    /** Whether anything completes: without that, that nothing bad is reachable proves nothing. */
    static String sometimes(Exploration e) {
        Optional<Found> shortest = e.found().stream().filter(f -> f.ending().outcome() == Outcome.COMPLETED)
                .min((a, b) -> Integer.compare(length(a.witness()), length(b.witness())));
        if (shortest.isPresent()) return "completed is reachable, in " + steps(length(shortest.get().witness()));
        return e.complete() ? "COMPLETED IS NOT REACHABLE: every order ends otherwise" : "completed was not reached yet";
    }

    /** What is tried in vain, a sentence each: of that, and of what would follow from it, the answer says nothing. */
    static List<String> neverHappens(Exploration e) {
        String none = e.timed() ? " takes effect in no order that these latencies allow, within these bounds" : " takes effect in no order within these bounds";
        return commandsInVain(e).stream().map(command -> command + none + ": nothing is known of what would follow from it").toList();
    }

    /** The same without a sentence. */
    static List<String> commandsInVain(Exploration e) {
        return e.ineffective().stream().map(event -> ScenarioWords.command(event.action())).distinct().toList();
    }

    /** {@code 1 step}, {@code 8 steps}. */
    static String steps(int n) {
        return count(n, "step");
    }

    /** How many choices a witness has. */
    static int length(Witness witness) {
        return witness.order().choices().size();
    }

    /** {@code precopy-stall; the guest runs on neither side; the destination's monitor is hung; after a disturbance}. */
    static String ending(Ending ending) {
        StringBuilder out = new StringBuilder(ending.outcome().text());
        out.append("; the guest runs on ").append(where(ending.guestRunsOn()));
        monitor(out, "source", ending.sourceMonitor());
        monitor(out, "destination", ending.destinationMonitor());
        if (ending.disturbed()) out.append("; after a disturbance");
        return out.toString();
    }

    /** The same, told apart from endings of this exploration that differ only in whether the scenario is to find them. */
    static String ending(Exploration e, Ending ending) {
        return ending(ending) + (ending.sought() && soughtTells(e) ? "; as it is sought" : "");
    }

    /** Whether there are endings that differ in nothing but whether the scenario is to find them. */
    static boolean soughtTells(Exploration e) {
        List<Ending> alike = e.found().stream().map(Found::ending)
                .map(f -> new Ending(f.outcome(), f.guestRunsOn(), f.sourceMonitor(), f.destinationMonitor(), f.disturbed(), false)).toList();
        return alike.stream().distinct().count() < alike.size();
    }

    private static String where(GuestLocation location) {
        return switch (location) {
            case SOURCE -> "the source";
            case DESTINATION -> "the destination";
            case NEITHER -> "neither side";
            case BOTH -> "both sides";
        };
    }

    private static void monitor(StringBuilder out, String side, Monitor monitor) {
        if (monitor != Monitor.ANSWERS) out.append("; the ").append(side).append("'s monitor is ").append(monitor.text());
    }

    /**
     * How small the instance is of which every order was tried.
     *
     * @param pages pages of the guest
     * @param vcpus of the guest
     * @param precopyRounds writes of the guest before the switch
     * @param faults pages that vCPUs touch on the destination before they are there
     * @param deviceFaults pages that a device touches while it is loaded
     * @param unreadPages pages that fit into the buffers of one hop of a connection that nobody reads; 0 for all that is written
     * @param passedOn whether a relay makes two hops of a connection
     * @param networkCuts how often the network may break
     * @param synLosses handshake packets that may be lost
     * @param operator what the operator may do, and when
     */
    record SmallBounds(int pages, int vcpus, int precopyRounds, int faults, int deviceFaults, int unreadPages, boolean passedOn, int networkCuts, int synLosses, List<String> operator) {
        static SmallBounds of(Exploration exploration) {
            Scenario small = exploration.small();
            Guest guest = small.guest();
            Guest.Steps steps = guest.steps().orElseThrow(() -> new IllegalArgumentException("the guest of a small instance acts in steps"));
            List<OperatorEvent> events = small.events();
            long breaks = events.stream().filter(e -> e.action() instanceof Action.BreakNetwork).map(e -> e.oneOf().map(Object.class::cast).orElse(e)).distinct().count();
            long losses = events.stream().filter(e -> e.action() instanceof Action.LoseSyn).count();
            List<String> operator = events.stream().filter(e -> !(e.action() instanceof Action.BreakNetwork) && !(e.action() instanceof Action.LoseSyn))
                    .map(e -> ScenarioWords.freely(e, exploration.timed())).toList();
            return new SmallBounds((int) (guest.memory() / guest.pageSize()), guest.vcpus(), steps.writes(), steps.faults(), steps.deviceFaults(),
                    (int) (small.network().receiveBuffer() / guest.pageSize()), small.isRelayed(), (int) breaks, (int) losses, operator);
        }

        /** In words, without the operator. */
        String words() {
            List<String> all = new ArrayList<>();
            String faulting = faults == 0 ? "" : " and touches " + (faults == 1 ? "a missing page" : faults + " missing pages") + " after it";
            all.add("a guest of " + count(pages, "page") + " and " + count(vcpus, "vCPU") + ", which writes "
                    + (precopyRounds == 0 ? "nothing" : count(precopyRounds, "page")) + " before the switch" + faulting);
            if (deviceFaults > 0) all.add("a device touches a missing page while it is loaded");
            all.add(unreadPages == 0 ? "buffers hold all that is written" : count(unreadPages, "page") + " that nobody reads fill a connection" + (passedOn ? " on either side of the relay" : ""));
            all.add(networkCuts == 0 ? "the network does not break" : "the network may break " + (networkCuts == 1 ? "once" : networkCuts + " times") + ", at any moment");
            all.add(synLosses == 0 ? "no handshake packet is lost" : count(synLosses, "handshake packet") + " may be lost");
            return String.join("; ", all);
        }
    }

    /** With thousands apart: {@code 1,234,567}. */
    static String grouped(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String count(long n, String what) {
        return grouped(n) + " " + what + (n == 1 ? "" : "s");
    }
}
