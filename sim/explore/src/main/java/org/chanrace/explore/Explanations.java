package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.RestrictedSearch.Result;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;

/**
 * Finds out why a witness ends as it does.
 *
 * <pre>{@code
 * Exploration exploration = Explorer.explore(scenario, Settings.DEFAULT);
 * Explanation explanation = Explanations.of(exploration, exploration.bad().get(0), Effort.DEFAULT);
 * }</pre>
 *
 * <p>What is said of all orders is said of those of the small instance; it is tried, not inferred.
 */
public final class Explanations {
    private static final Result NOTHING = new Result(Optional.empty(), true);

    private final Scenario small;
    private final Witness witness;
    private final RestrictedSearch search;
    private final Restriction unrestricted;
    /** The witness by its choices, what commutes being none. */
    private final List<Prefix> prefixes;

    /**
     * What the witness is before one of its choices.
     *
     * @param chosen what it chooses
     * @param instead what it could have chosen instead
     */
    record Prefix(RestrictedWalker.Place place, Move chosen, List<Move> instead) {}

    private Explanations(Scenario small, Witness witness, Effort effort, StateGraph graph) {
        this.small = small;
        this.witness = witness;
        this.search = new RestrictedSearch(graph, effort);
        RestrictedWalker walker = search.walker();
        boolean[] forbidden = new boolean[walker.lanes()];
        for (int lane = 0; lane < forbidden.length; lane++) forbidden[lane] = walker.bringsDisturbances(lane);
        List<Move> disturbances = witness.order().moves().stream().filter(m -> walker.bringsDisturbances(m.lane())).toList();
        for (Move move : disturbances) forbidden[move.lane()] = false;
        this.unrestricted = new Restriction(forbidden, disturbances, List.of());
        search.follow(witness.order());
        this.prefixes = prefixes(unrestricted);
    }

    /**
     * Explains one of the endings that were found.
     *
     * @param effort how many states may be visited for it
     */
    public static Explanation of(Exploration exploration, Found found, Effort effort) {
        return of(exploration.small(), found.witness(), effort);
    }

    /**
     * Explains an order of a small instance, however it was found.
     *
     * @param effort how many states may be visited for it
     */
    public static Explanation of(Scenario small, Witness witness, Effort effort) {
        return new Explanations(small, witness, effort, StateGraph.of(small)).explain();
    }

    /** As {@link #of(Scenario, Witness, Effort)}, of an order of the instance that these graphs are of. */
    public static Explanation of(StateGraphs graphs, Witness witness, Effort effort) {
        StateGraph graph = graphs.take();
        Explanation explanation = new Explanations(graphs.small(), witness, effort, graph).explain();
        graphs.giveBack(graph);
        return explanation;
    }

    private Explanation explain() {
        OrderingCore core = new CoreSearch(search, unrestricted, witness, prefixes(unrestricted.unreduced()), small).find();
        search.allow(1);
        return detour(core);
    }

    /** Goes through the witness, and takes down what there was to choose from; what is not left to choose comes by itself. */
    private List<Prefix> prefixes(Restriction restriction) {
        RestrictedWalker walker = search.walker();
        walker.restrict(restriction);
        walker.begin();
        List<Prefix> all = new ArrayList<>();
        for (Move move : witness.order().moves()) {
            // Room that is told of at once may have been told of in one message instead of two.
            if (walker.handled(move.lane()) >= move.number() || !walker.isReady(move.lane())) continue;
            all.add(prefix(move.lane()));
            walker.pick(move.lane());
        }
        if (!walker.isEnd() || !walker.ending().equals(witness.ending())) throw new IllegalArgumentException("not a witness of " + witness.ending() + ": it ends as " + walker.ending());
        return all;
    }

    private Prefix prefix(int chosen) {
        RestrictedWalker walker = search.walker();
        List<Move> instead = new ArrayList<>();
        for (int lane : walker.choices()) if (lane != chosen) instead.add(walker.head(lane));
        return new Prefix(walker.place(), walker.head(chosen), instead);
    }

    /**
     * Walks back from the end of the witness to the last choice instead of which another one can lead to the migration's completion. There what comes instead is,
     * if that can be, the second event of a pair that decides: many an event could come before it and decides nothing.
     */
    private Explanation detour(OrderingCore core) {
        if (isCompletion(witness.ending())) return new Explanation(witness, core, Optional.empty(), true);
        Visited barren = new Visited();
        Restriction any = unrestricted.withoutRequirements();
        for (int common = prefixes.size() - 1; common >= 0; common--) {
            Prefix prefix = prefixes.get(common);
            Move goesOn = prefix.chosen();
            Set<Integer> deciding = deciding(core, prefix);
            Result result = deciding.isEmpty() ? NOTHING : completing(prefix, any, barren, deciding::contains);
            if (result.isNone()) result = completing(prefix, any, barren, lane -> lane != goesOn.lane());
            if (result.choices().isPresent()) return new Explanation(witness, core, Optional.of(detour(common, goesOn, result.choices().get(), any)), true);
            if (!result.complete()) return new Explanation(witness, core, Optional.empty(), false);
        }
        return new Explanation(witness, core, Optional.empty(), true);
    }

    private Result completing(Prefix prefix, Restriction any, Visited barren, IntPredicate first) {
        search.walker().restrict(any);
        search.walker().loadState(prefix.place().state());
        return search.breadthFirst(Explanations::isCompletion, barren, first);
    }

    /** The lanes of what could come here, and by coming here would turn a pair round that decides whether it ends badly. */
    private static Set<Integer> deciding(OrderingCore core, Prefix prefix) {
        Set<Integer> lanes = new TreeSet<>();
        for (Constraint pair : core.upTo(Decides.GOOD_OR_BAD)) {
            boolean isToCome = prefix.place().handled()[pair.before().lane()] < pair.before().number();
            if (isToCome && prefix.instead().stream().anyMatch(pair.after()::isSameAs)) lanes.add(pair.after().lane());
        }
        return lanes;
    }

    private static boolean isCompletion(Ending ending) {
        return ending.outcome() == Outcome.COMPLETED && !ending.isBad();
    }

    private Detour detour(int common, Move goesOn, int[] after, Restriction restriction) {
        int[] choices = new int[common + after.length];
        for (int i = 0; i < common; i++) choices[i] = prefixes.get(i).chosen().lane();
        System.arraycopy(after, 0, choices, common, after.length);
        search.walker().restrict(restriction);
        Order order = search.walker().order(choices);
        return new Detour(common, goesOn, order.choices().get(common), witness(small, order, search.walker().ending()));
    }

    static Witness witness(Scenario small, Order order, Ending ending) {
        return new Witness(ending, order, Simulation.of(small).replayOrder(order.schedule(), true));
    }
}
