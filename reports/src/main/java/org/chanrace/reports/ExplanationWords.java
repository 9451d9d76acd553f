package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.chanrace.explore.Constraint;
import org.chanrace.explore.Decides;
import org.chanrace.explore.Detour;
import org.chanrace.explore.Disturbance;
import org.chanrace.explore.Disturbances.Sought;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Obstacle;
import org.chanrace.explore.Order;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.OrderingCore;
import org.chanrace.explore.Precedence;
import org.chanrace.explore.Provocation;
import org.chanrace.explore.Timing;
import org.chanrace.explore.Witness;
import org.chanrace.model.scenario.Scenario;

/** Why a witness ends as it does, in plain sentences. */
final class ExplanationWords {
    private ExplanationWords() {}

    /** What has to be so for an order to end so; the pairs of events follow. */
    static String decided(Explanation explanation) {
        OrderingCore core = explanation.core();
        String given = core.disturbances().isEmpty() ? "" : "given that this happens: " + core.disturbances().stream().map(Move::words).collect(Collectors.joining("; ")) + ": ";
        return given + core.decided().map(level -> "every order ends " + as(explanation.witness().ending(), level) + (core.constraints().isEmpty() ? "" : " in which"))
                .orElseGet(() -> unknown(core, "how it ends"));
    }

    /** How all orders end that a core decides as far as this. */
    private static String as(Ending ending, Decides level) {
        return switch (level) {
            case GOOD_OR_BAD -> ending.isBad() ? "badly" : "well";
            case OUTCOME -> "in " + ending.outcome().text();
            case ENDING -> "so";
        };
    }

    private static String unknown(OrderingCore core, String what) {
        if (core.refuted()) return "no pairs of its events decide " + what + ": an order that agrees with it in all of them can end otherwise";
        return "what decides " + what + " is not known: the search was given up after " + ExplorationWords.grouped(core.trials()) + (core.trials() == 1 ? " trial" : " trials");
    }

    /** The pairs of the ordering core, a clause each, beside the steps of the order, whose numbers they give. */
    static List<String> pairs(Explanation explanation) {
        Order order = explanation.witness().order();
        return explanation.core().constraints().stream().map(c -> constraint(event(order, c.before()), event(order, c.after()), c)).toList();
    }

    /** The same where no steps are numbered. */
    static List<String> pairsAlone(Explanation explanation) {
        Order order = explanation.witness().order();
        return explanation.core().constraints().stream().map(c -> constraint(named(order, c.before()), named(order, c.after()), c)).toList();
    }

    /** From where on it is decided, how sure it is that the pairs are needed, and what they leave open. */
    static List<String> certainty(Explanation explanation) {
        OrderingCore core = explanation.core();
        List<String> all = new ArrayList<>();
        if (core.sealed() > 0 && !core.constraints().isEmpty()) all.add("from step " + core.sealed() + " on, whatever comes, it ends " + as(explanation.witness().ending(), core.decided().orElseThrow()));
        if (!core.constraints().isEmpty()) {
            boolean allNeeded = core.constraints().stream().allMatch(Constraint::isNecessary);
            all.add(allNeeded ? "each of these is necessary: its reverse was tried" : "after " + ExplorationWords.grouped(core.trials())
                    + " trials the search was given up: what is not said to end otherwise may not be needed");
        }
        core.decided().filter(level -> level != Decides.ENDING).ifPresent(level -> all.add(unknown(core, level == Decides.OUTCOME ? "the rest of how it ends" : "in which outcome it ends")));
        return all;
    }

    private static String constraint(String before, String after, Constraint constraint) {
        String decides = switch (constraint.decides()) {
            case GOOD_OR_BAD -> "";
            case OUTCOME -> " (this decides how it ends, not whether badly)";
            case ENDING -> " (this decides where the guest runs and who answers, not the outcome)";
        };
        String otherwise = constraint.otherwise().map(w -> "; the other way round it can end " + otherwise(w)).orElse("");
        return before + ", before " + after + decides + otherwise;
    }

    private static String otherwise(Witness witness) {
        return ExplorationWords.ending(witness.ending());
    }

    /** An event, with the number of the step that it is in an order that is shown beside. */
    static String event(Order order, Move move) {
        OptionalInt step = step(order, move);
        return (step.isPresent() ? "[" + step.getAsInt() + "] " : "") + named(order, move);
    }

    /** What an event is, with which one of those it is that an order has of its kind; nothing of that where it is the only one. */
    static String named(Order order, Move move) {
        List<Move> alike = order.moves().stream().filter(m -> m.lane() == move.lane() && m.words().equals(move.words())).toList();
        int place = 1 + (int) alike.stream().filter(m -> m.number() < move.number()).count();
        return move.words() + (alike.size() > 1 || place > 1 ? " (" + ordinal(place) + ")" : "");
    }

    private static String ordinal(int n) {
        boolean teen = n / 10 % 10 == 1;
        return n + (teen ? "th" : switch (n % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        });
    }

    /** The number of the choice that an event is in an order, from 1. */
    static OptionalInt step(Order order, Move move) {
        List<Move> choices = order.choices();
        for (int i = 0; i < choices.size(); i++) if (choices.get(i).isSameAs(move)) return OptionalInt.of(i + 1);
        return OptionalInt.empty();
    }

    /** Where the nearest order that completes parts from the witness. */
    static String parting(Explanation explanation) {
        Optional<Detour> detour = explanation.detour();
        if (detour.isEmpty()) return explanation.detourSought() ? "no order with these disturbances completes, wherever it parts from this one" : "the search for the nearest order that completes was given up";
        Detour d = detour.get();
        String common = d.common() == 0 ? "at once" : "after " + d.common() + (d.common() == 1 ? " common step" : " common steps");
        return common + " this order goes on with: " + d.witnessGoesOn().words() + "; the nearest order that completes, with: " + d.detourGoesOn().words() + ", and takes "
                + ExplorationWords.steps(ExplorationWords.length(d.witness()));
    }

    /** The steps of the nearest order that completes from the parting on. */
    static List<String> detour(Detour detour) {
        return detour.witness().order().choices().stream().skip(detour.common()).map(Move::words).toList();
    }

    /** The choices of a witness, with their moments when it has any. */
    static List<String> steps(Witness witness) {
        List<String> all = new ArrayList<>();
        List<Move> moves = witness.order().moves();
        for (int i = 0; i < moves.size(); i++) {
            if (!moves.get(i).chosen()) continue;
            int at = i;
            all.add(witness.timing().map(t -> Amounts.seconds(t.moments().get(at)) + " s: ").orElse("") + moves.get(i).words());
        }
        return all;
    }

    /** What takes longer than it has to in a witness that has moments, and whether it was run with them; nothing when it has none. */
    static List<String> timing(Witness witness) {
        if (witness.timing().isEmpty()) return List.of();
        Timing timing = witness.timing().get();
        List<String> all = new ArrayList<>();
        for (Timing.Longer longer : timing.longer())
            all.add("- " + Amounts.exact(longer.nanos()) + " after its cause, where " + Amounts.exact(longer.leastNanos()) + " is the least: " + longer.move().words());
        all.add(timing.longer().isEmpty() ? "nothing takes longer than the least that it can" : "all else takes the least that it can");
        all.add(timing.ran() ? "run by time with these durations it ends so" : "it was not run by time with these durations");
        return all;
    }

    /** What has to be late for the ending to come about by time; nothing when that was not sought. */
    static List<String> disturbance(Scenario scenario, Explained ending) {
        if (ending.sought().isEmpty()) return List.of();
        return ending.disturbance().map(d -> disturbance(scenario, d)).orElseGet(() -> ending.sought().flatMap(Sought::obstacle).map(o -> List.of("none was found: " + obstacle(o))).orElseThrow());
    }

    private static String obstacle(Obstacle obstacle) {
        return switch (obstacle) {
            case CONTRADICTION -> "as its events are brought about in this order, no delays of packets put those that decide it into it, whenever the operator and the guest act";
            case OTHER_ENDING -> "with delays that put its events into this order as far as delays can, the run ends otherwise";
            case EFFORT -> "it takes longer to find delays of packets that bring it about, or to know that there are none, than we try";
        };
    }

    /** The word of an obstacle in JSON. */
    static String word(Obstacle obstacle) {
        return switch (obstacle) {
            case CONTRADICTION -> "contradiction";
            case OTHER_ENDING -> "other-ending";
            case EFFORT -> "effort";
        };
    }

    private static List<String> disturbance(Scenario scenario, Disturbance disturbance) {
        List<String> all = new ArrayList<>();
        if (disturbance.delays().isEmpty()) all.add("nothing has to be late");
        for (Disturbance.Delay delay : disturbance.delays()) all.add(delay(delay));
        for (Disturbance.Moment moment : disturbance.moments()) all.add(moment.move().words() + " at " + Amounts.clock(moment.nanos()) + " s");
        if (!disturbance.forced().isEmpty())
            all.add("which forces " + disturbance.forced().stream().map(ExplanationWords::precedence).collect(Collectors.joining("; and ")));
        String most = disturbance.measure() == Disturbance.Measure.SUM ? "in all " + Amounts.exact(disturbance.sumNanos()) : "at most " + Amounts.exact(disturbance.maxNanos()) + " each";
        String least = disturbance.forced().isEmpty() ? "" : "; no smaller delays force this, but another order that ends so may need less";
        all.add(most + ", at a round-trip time of " + Amounts.exact(disturbance.roundTripNanos()) + least + "; run by time with these delays it ends "
                + disturbance.result().verdict().outcome().text());
        if (!scenario.network().hops().isEmpty()) all.add("there the proxies of the scenario are left out: with what they take it may end so without any delay");
        return all;
    }

    /** The relay that does it, in a scenario; a sentence where none was found. */
    static String relay(Provocation provocation) {
        List<Long> tried = provocation.triedNanos();
        if (tried.isEmpty()) return "no relay does it: a relay holds back the establishment of one connection, and this takes something else";
        if (provocation.relayed().isEmpty()) return "no relay that holds the connection back does it: " + tried(tried);
        Provocation.Relayed relayed = provocation.relayed().get();
        String longer = tried.size() == 1 ? "" : "; a relay has to hold it back for longer than that packet is late in the small guest: " + tried(tried);
        return relayed.line() + " below network: in the scenario, which was run with it, and " + times(provocation, relayed.times()) + longer;
    }

    /** What comes of netem, whose commands follow where it does it; nothing where nothing is late. */
    static List<String> netem(Provocation provocation) {
        Provocation.Queued queued = provocation.queued();
        if (!queued.unknowable().isEmpty())
            return List.of("netem does not do it: no rule tells " + queued.unknowable().stream().map(ExplanationWords::packet).collect(Collectors.joining("; or "))
                    + ", from other packets; what reads the stream can hold it up");
        if (queued.triedNanos().isEmpty()) return List.of();
        List<Long> tried = queued.triedNanos();
        String small = "the small guest, with the moments above and with all that netem makes late, ends ";
        if (queued.times().isPresent())
            return List.of("or by netem: the scenario was run with all that these commands make late, and " + times(provocation, queued.times().getAsInt())
                    + (tried.size() == 1 ? "" : "; it has to be more than in the small guest: " + tried(tried)));
        if (queued.doesSo())
            return List.of("or by netem: " + small + "so with these commands; the scenario, whose events come when they come, does not: " + tried(tried));
        return List.of("netem does not do it, since what follows is late as well: " + small + queued.inTheSmallGuest().orElseThrow().text() + ", and the scenario does not end so, either: " + tried(tried));
    }

    /** How often it ends so, disturbed and as it stands. */
    private static String times(Provocation provocation, int times) {
        return "ends so in " + times + " of " + Provocation.RUNS + " runs, with seeds from " + Provocation.FIRST_SEED + " on; without it in " + provocation.undisturbed().orElseThrow();
    }

    private static String tried(List<Long> nanos) {
        String first = "tried with " + Amounts.exact(nanos.get(0));
        return nanos.size() == 1 ? first : first + ", and twice as long each time, up to " + Amounts.exact(nanos.get(nanos.size() - 1));
    }

    private static String precedence(Precedence pair) {
        return pair.before().words() + " before " + pair.after().words();
    }

    private static String delay(Disturbance.Delay delay) {
        return packet(delay) + ", is late by " + Amounts.exact(delay.nanos());
    }

    private static String packet(Disturbance.Delay delay) {
        String hop = delay.hop() == 1 ? "" : ", hop " + delay.hop();
        return delay.step() + " of connection " + delay.connection() + " (" + delay.channel() + hop + "), toward the " + (delay.toDestination() ? "destination" : "source");
    }

    /** The word of a level in JSON. */
    static String level(Decides level) {
        return switch (level) {
            case GOOD_OR_BAD -> "bad";
            case OUTCOME -> "outcome";
            case ENDING -> "ending";
        };
    }
}
