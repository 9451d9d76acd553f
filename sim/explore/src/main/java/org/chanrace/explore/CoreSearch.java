package org.chanrace.explore;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.chanrace.explore.Explanations.Prefix;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.RestrictedSearch.Result;
import org.chanrace.model.scenario.Scenario;

/**
 * Finds the ordering core of a witness.
 *
 * <p>The candidates are the pairs of what the witness chose and what it could have chosen instead, up to the event by which its fate is sealed. All of them
 * together let nothing pass but the witness up to there, so they decide. Of all subsets that decide, a plainest is found by implicit hitting sets (as smallest
 * unsatisfiable subsets are: Ignatiev et al., CP 2015): an order that ends otherwise must violate one of the pairs of any set that decides. So take a cheapest
 * set that hits the violated pairs of all such orders that are known; if it decides, nothing cheaper does; if not, there is one order more to know. Each such
 * order is first brought as near to the witness as possible, so that it leaves few pairs to choose from.
 *
 * <p>When the limits are reached before that ends, pairs are dropped from the full set instead, in blocks and then one by one, as long as what is left is seen
 * to decide. What was not seen to be decided is not said to be.
 */
final class CoreSearch {
    /** The part of the states that are still to be had that a step may take. */
    private static final double PART = 0.5;
    /** So many states are worth visiting to bring an order nearer to the witness. */
    private static final long NEARER = 2_000;

    private static final int A_STEP = 100;
    private static final int NO_CHOICE = 250;

    private final RestrictedSearch search;
    private final Restriction free;
    private final Restriction unrestricted;
    private final Order witness;
    private final Ending ending;
    private final List<Prefix> prefixes;
    private final Scenario small;
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Pair> kept = new ArrayList<>();
    /** States from which every continuation that no pair holds back ends alike, as far as the present level goes. */
    private Visited barren = new Visited();
    private Optional<Decides> decided = Optional.empty();
    /** Some order respects all pairs and still ends otherwise: the witness does not end where its fate is sealed, so pairs cannot decide it. */
    private boolean refuted;

    /** @param prefixes the witness by its events, what commutes included: it may be needed that something comes before or after it */
    CoreSearch(RestrictedSearch search, Restriction free, Witness witness, List<Prefix> prefixes, Scenario small) {
        this.search = search;
        this.free = free;
        this.unrestricted = free.unreduced();
        this.witness = witness.order();
        this.ending = witness.ending();
        this.prefixes = prefixes;
        this.small = small;
    }

    OrderingCore find() {
        int sealed = 0;
        for (Decides level : Decides.values()) {
            barren = new Visited();
            search.allow(PART);
            sealed = Math.max(sealed, sealed(level));
            List<Pair> candidates = candidates(sealed);
            search.allow(PART);
            Optional<List<Pair>> chosen = plainest(level, candidates);
            search.allow(PART);
            if (chosen.isEmpty() && !refuted) chosen = dropping(level, candidates);
            if (chosen.isEmpty()) break;
            search.allow(PART);
            keep(level, chosen.get());
            decided = Optional.of(level);
        }
        boolean reduced = decided.equals(Optional.of(Decides.ENDING)) && constraints.stream().allMatch(Constraint::isNecessary);
        return new OrderingCore(constraints, unrestricted.required(), choices(sealed), decided, refuted, reduced, search.trials(), search.states());
    }

    private Predicate<Ending> otherwise(Decides level) {
        return e -> !level.isAlike(e, ending);
    }

    /** After how many events of the witness nothing else can come out any more. */
    private int sealed(Decides level) {
        for (int events = prefixes.size() - 1; events >= 0; events--) {
            search.walker().restrict(free);
            search.walker().load(prefixes.get(events).place());
            if (!search.depthFirst(otherwise(level), barren).isNone()) return events + 1;
        }
        return 0;
    }

    /** How many choices there are in so many events. */
    private int choices(int events) {
        return (int) prefixes.subList(0, events).stream().filter(p -> p.chosen().chosen()).count();
    }

    /** The pairs of what the witness has next and could have had instead, in the first so many of its events. */
    private List<Pair> candidates(int events) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            Move next = prefixes.get(i).chosen();
            for (Move instead : prefixes.get(i).instead()) {
                Pair pair = Pair.of(witness, place(next), instead, technicality(next) + technicality(instead), i);
                if (kept.stream().noneMatch(k -> k.before().isSameAs(next) && k.after().isSameAs(instead))) pairs.add(pair);
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::cost));
        return pairs;
    }

    private int place(Move move) {
        for (int i = 0; i < witness.moves().size(); i++) if (witness.moves().get(i).isSameAs(move)) return i;
        throw new IllegalArgumentException("not an event of the witness: " + move);
    }

    /** Whoever explains a race speaks of what comes through the network first, of a thread's steps next, and only if need be of what is no choice. */
    private int technicality(Move move) {
        if (!move.chosen()) return NO_CHOICE;
        return search.walker().isFromOutside(move.lane()) ? 0 : A_STEP;
    }

    private Restriction with(List<Pair> pairs) {
        List<Pair> all = new ArrayList<>(kept);
        all.addAll(pairs);
        return unrestricted.with(all);
    }

    private Result tried(Decides level, List<Pair> pairs) {
        return search.fromBeginning(with(pairs), otherwise(level), barren, Long.MAX_VALUE);
    }

    /** A cheapest set of candidates that decides, together with what is kept; empty when the limits are reached. */
    private Optional<List<Pair>> plainest(Decides level, List<Pair> candidates) {
        int[] costs = candidates.stream().mapToInt(Pair::cost).toArray();
        List<BitSet> violated = new ArrayList<>();
        while (true) {
            BitSet hitting = HittingSet.of(costs, violated);
            List<Pair> pairs = chosen(candidates, hitting);
            Result result = tried(level, pairs);
            if (result.isNone()) return Optional.of(pairs);
            if (result.choices().isEmpty()) return Optional.empty();
            BitSet otherwise = violatedBy(result, pairs, candidates);
            if (otherwise.isEmpty()) {
                refuted = true;
                return Optional.empty();
            }
            violated.add(nearest(level, candidates, otherwise));
        }
    }

    private static List<Pair> chosen(List<Pair> candidates, BitSet which) {
        return which.stream().mapToObj(candidates::get).toList();
    }

    private BitSet violatedBy(Result result, List<Pair> under, List<Pair> candidates) {
        search.walker().restrict(with(under));
        Order order = search.walker().order(result.choices().orElseThrow());
        BitSet violated = new BitSet();
        for (int i = 0; i < candidates.size(); i++) if (candidates.get(i).isViolatedBy(order)) violated.set(i);
        return violated;
    }

    /** Of the orders that end otherwise and violate no other pairs than these, one that violates as few as possible: it tries to keep the costliest first. */
    private BitSet nearest(Decides level, List<Pair> candidates, BitSet violated) {
        BitSet least = violated;
        for (int pair = violated.length() - 1; pair >= 0 && least.cardinality() > 1; pair--) {
            if (!least.get(pair)) continue;
            BitSet respected = (BitSet) least.clone();
            respected.flip(0, candidates.size());
            respected.set(pair);
            List<Pair> under = chosen(candidates, respected);
            Result result = search.fromBeginning(with(under), otherwise(level), barren, NEARER);
            if (result.choices().isEmpty()) continue;
            BitSet fewer = violatedBy(result, under, candidates);
            if (!fewer.isEmpty()) least = fewer;
        }
        return least;
    }

    /**
     * What is left of the candidates when those are dropped, blocks first, without which it was seen that the rest decides; empty when not even all of them were
     * seen to decide.
     */
    private Optional<List<Pair>> dropping(Decides level, List<Pair> candidates) {
        Result all = tried(level, candidates);
        refuted = all.choices().isPresent();
        if (!all.isNone()) return Optional.empty();
        List<Pair> left = new ArrayList<>(candidates);
        for (int block = Math.max(1, left.size() / 2); block >= 1; block /= 2) {
            for (int to = left.size(); to > 0; to -= block) {
                List<Pair> without = new ArrayList<>(left);
                without.subList(Math.max(0, to - block), to).clear();
                if (tried(level, without).isNone()) left = without;
            }
        }
        return Optional.of(left);
    }

    /** Keeps pairs, each with an order that shows that it is necessary: one that follows the witness as long as it can. */
    private void keep(Decides level, List<Pair> pairs) {
        List<Constraint> needed = new ArrayList<>();
        for (Pair pair : pairs) {
            List<Pair> others = pairs.stream().filter(p -> p != pair).toList();
            Optional<Witness> shown = tried(level, others).choices().map(choices -> witness(with(others), choices));
            needed.add(new Constraint(pair.before(), pair.after(), level, shown));
        }
        constraints.addAll(needed);
        kept.addAll(pairs);
    }

    private Witness witness(Restriction restriction, int[] choices) {
        search.walker().restrict(restriction);
        Order order = search.walker().order(choices);
        return Explanations.witness(small, order, search.walker().ending());
    }
}
