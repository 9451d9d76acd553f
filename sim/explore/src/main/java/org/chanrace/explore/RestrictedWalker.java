package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanrace.explore.Order.Move;

/**
 * Goes through the states of a small instance in the orders that a {@link Restriction} lets pass.
 *
 * <p>Where only endings matter it skips orders of events that commute, as {@link Walker} does. As long as it matters which event comes first it must not: a thread's
 * step that can make no difference to any ending may still be what another event has to come before. There only calls and commands take effect at once. An
 * event that the restriction holds back waits in either case. vCPUs are not put into a fixed order, because a lane is part of the name of an event.
 *
 * <p>Whoever explains goes through the same states under one restriction after the other, so it does so in a {@link StateGraph}.
 */
final class RestrictedWalker {
    private static final int NOT_LOOKED_UP = -2;

    private final StateGraph graph;
    private final int laneCount;
    private int state;
    private int[] handled;
    private long high;
    private long low;
    private Restriction restriction;
    /** How often what the restriction listens to was said. */
    private int[] times = {};
    /** Whether no pair of the restriction holds anything back, here or later. */
    private boolean reduced;
    /** By number of words, what the restriction calls it. */
    private int[] sayings = {};
    /** What is handled is noted here, when somebody wants to know. */
    private List<Move> movesOrNull;

    RestrictedWalker(StateGraph graph) {
        this.graph = graph;
        this.laneCount = graph.lanes();
        this.handled = new int[laneCount];
        restrict(new Restriction(new boolean[laneCount], List.of(), List.of()));
    }

    /** As {@link StateGraph#bringsDisturbances}. */
    boolean bringsDisturbances(int lane) {
        return graph.bringsDisturbances(lane);
    }

    /** As {@link StateGraph#isFromOutside}. */
    boolean isFromOutside(int lane) {
        return graph.isFromOutside(lane);
    }

    int lanes() {
        return laneCount;
    }

    /** Says which orders are meant, before it is told where to {@linkplain #begin begin} or what to {@linkplain #load load}. */
    void restrict(Restriction to) {
        restriction = to;
        times = new int[to.counters()];
        Arrays.fill(sayings, NOT_LOOKED_UP);
    }

    void begin() {
        Arrays.fill(handled, 0);
        Arrays.fill(times, 0);
        reduced = restriction.isReduced(times);
        state = graph.first();
        settle();
    }

    void pick(int lane) {
        handle(graph.step(state, lane));
        settle();
    }

    private void handle(int step) {
        int lane = graph.lane(step);
        handled[lane]++;
        if (movesOrNull != null) movesOrNull.add(move(step, handled[lane]));
        if (restriction.listensTo(lane) && restriction.count(saying(step), times)) reduced = restriction.isReduced(times);
        state = graph.after(state, step);
    }

    private Move move(int step, int number) {
        return new Move(graph.lane(step), number, graph.said(graph.words(state, step)), !graph.commutes(step));
    }

    private void settle() {
        for (int step = nextThatCommutes(); step >= 0; step = nextThatCommutes()) handle(step);
    }

    private int nextThatCommutes() {
        int end = graph.endOfSteps(state);
        for (int step = graph.firstStep(state); step < end; step++)
            if ((reduced ? graph.commutes(step) : graph.takesEffectAtOnce(step)) && isAllowed(step)) return step;
        return -1;
    }

    private boolean isAllowed(int step) {
        int lane = graph.lane(step);
        if (restriction.forbids(lane)) return false;
        return !restriction.listensTo(lane) || !restriction.holdsBack(saying(step), times);
    }

    /** What the restriction calls a step from here. */
    private int saying(int step) {
        int words = graph.words(state, step);
        if (words >= sayings.length) {
            int known = sayings.length;
            sayings = Arrays.copyOf(sayings, 2 * graph.wordCount());
            Arrays.fill(sayings, known, sayings.length, NOT_LOOKED_UP);
        }
        if (sayings[words] == NOT_LOOKED_UP) sayings[words] = restriction.saying(graph.lane(step), graph.said(words));
        return sayings[words];
    }

    /** The lanes that can be picked here, the lowest first. */
    int[] choices() {
        int first = graph.firstStep(state);
        int end = graph.endOfSteps(state);
        int[] lanes = new int[end - first];
        int count = 0;
        for (int step = first; step < end; step++) if (isAllowed(step)) lanes[count++] = graph.lane(step);
        return count == lanes.length ? lanes : Arrays.copyOf(lanes, count);
    }

    /** How many events of a lane have been handled. */
    int handled(int lane) {
        return handled[lane];
    }

    /** Whether a lane has an event that can come next. */
    boolean isReady(int lane) {
        return graph.step(state, lane) >= 0;
    }

    /** The event that a lane would bring next, which is ready. */
    Move head(int lane) {
        return move(graph.step(state, lane), handled[lane] + 1);
    }

    /** Whether the guest runs on both sides at once. */
    boolean guestRunsTwice() {
        return graph.guestRunsTwice(state);
    }

    /**
     * Whether this is the end of an order that is meant: nothing has to happen any more. An event that only the restriction holds back would happen, in an order
     * that is not meant. That the guest runs twice is an end of its own, whatever else would have happened.
     */
    boolean isEnd() {
        return graph.guestRunsTwice(state) || !graph.hasToGoOn(state) && restriction.isMet(handled);
    }

    /** How it ends if it ends here. */
    Ending ending() {
        return graph.ending(state);
    }

    /**
     * A state with what belongs to it under the restriction.
     *
     * @param state by its number, which the walker understands that gave it
     * @param handled how many events each lane has brought
     * @param times how often what the restriction listens to was said
     */
    record Place(int state, int[] handled, int[] times) {}

    /** Where the walker is. */
    Place place() {
        return new Place(state, handled.clone(), times.clone());
    }

    /** Goes to where it was under the same restriction, or under one that listened to nothing. */
    void load(Place place) {
        System.arraycopy(place.handled(), 0, handled, 0, laneCount);
        System.arraycopy(place.times(), 0, times, 0, place.times().length);
        loadState(place.state());
    }

    /** Goes to a state; under a restriction that listens to nothing and requires nothing, nothing else belongs to it. */
    void loadState(int number) {
        state = number;
        reduced = restriction.isReduced(times);
    }

    /** The number of the state. */
    int state() {
        return state;
    }

    /** Whether no pair of the restriction holds anything back, here or later, so that only endings matter. */
    boolean isReduced() {
        return reduced;
    }

    /** Works out what tells the state, with what belongs to it under the restriction, from others. */
    void fingerprint() {
        high = graph.high(state);
        low = graph.low(state);
        if (!reduced) for (int time : times) mix(time);
        for (Move move : restriction.required()) mix(handled[move.lane()]);
    }

    private void mix(int number) {
        high = mixed(high, low, number);
        low = mixed(low, high, number);
    }

    /** One half of the {@linkplain #fingerprint fingerprint}. */
    long high() {
        return high;
    }

    /** The other half. */
    long low() {
        return low;
    }

    /** Adds the state, with what belongs to it under the restriction, to the set; whether it was new. */
    boolean visit(Visited visited) {
        fingerprint();
        return visited.add(high, low);
    }

    private static long mixed(long half, long other, long number) {
        return (Long.rotateLeft(half, 25) ^ number) * 0x9E3779B97F4A7C15L + (other ^ other >>> 29);
    }

    /** All events of the run that these choices lead to from the beginning, under the restriction. */
    Order order(int[] choices) {
        movesOrNull = new ArrayList<>();
        begin();
        for (int lane : choices) pick(lane);
        Order order = new Order(movesOrNull);
        movesOrNull = null;
        return order;
    }
}
