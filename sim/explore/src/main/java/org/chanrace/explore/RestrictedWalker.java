package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;

/**
 * Goes through the states of a small instance in the orders that a {@link Restriction} lets pass.
 *
 * <p>Where only endings matter it skips orders of events that commute, as {@link Walker} does. Where it matters which event came first it must not: a thread's
 * step that can make no difference to any ending may still be what another event has to come before. There only calls and commands take effect at once. An
 * event that the restriction holds back waits in either case. vCPUs are not put into a fixed order, because a lane is part of the name of an event.
 */
final class RestrictedWalker {
    private final Steps steps;
    private final Optional<Expectation> finds;
    private final int laneCount;
    private final int[] handled;
    private final PartedState state;
    private Restriction restriction;
    /** How often what the restriction listens to was said. */
    private int[] times = {};
    /** What is handled is noted here, when somebody wants to know. */
    private List<Move> movesOrNull;

    RestrictedWalker(Scenario small) {
        this.steps = Simulation.of(small).steps();
        this.finds = small.bounds().finds();
        this.state = new PartedState(steps);
        this.laneCount = steps.lanes();
        this.handled = new int[laneCount];
        this.restriction = new Restriction(new boolean[laneCount], List.of(), List.of());
    }

    Steps steps() {
        return steps;
    }

    int lanes() {
        return laneCount;
    }

    /** Says which orders are meant, before it is told where to {@linkplain #begin begin} or what to {@linkplain #load load}. */
    void restrict(Restriction to) {
        restriction = to;
        times = new int[to.counters()];
    }

    void begin() {
        Arrays.fill(handled, 0);
        Arrays.fill(times, 0);
        steps.begin(0);
        state.forget();
        settle();
    }

    void pick(int lane) {
        handle(lane);
        settle();
    }

    private void handle(int lane) {
        handled[lane]++;
        if (movesOrNull != null) movesOrNull.add(new Move(lane, handled[lane], steps.words(lane), !steps.commutes(lane)));
        if (restriction.listensTo(lane)) restriction.count(lane, steps.words(lane), times);
        state.touch(steps.partOf(lane));
        steps.handle(lane);
    }

    private void settle() {
        for (int lane = nextThatCommutes(); lane >= 0; lane = nextThatCommutes()) handle(lane);
    }

    private int nextThatCommutes() {
        for (int lane = 0; lane < laneCount; lane++) if (steps.isReady(lane) && commutes(lane) && mayPick(lane)) return lane;
        return -1;
    }

    private boolean commutes(int lane) {
        return restriction.isReduced() ? steps.commutes(lane) : steps.takesEffectAtOnce(lane);
    }

    /** Whether this lane can be picked here. */
    boolean mayPick(int lane) {
        if (!steps.isReady(lane) || restriction.forbids(lane)) return false;
        return !restriction.listensTo(lane) || !restriction.holdsBack(lane, steps.words(lane), times);
    }

    /** How many events of a lane have been handled. */
    int handled(int lane) {
        return handled[lane];
    }

    /** The event that a lane would bring next. */
    Move head(int lane) {
        return new Move(lane, handled[lane] + 1, steps.words(lane), !steps.commutes(lane));
    }

    /**
     * Whether this is the end of an order that is meant: nothing has to happen any more. An event that only the restriction holds back would happen, in an order
     * that is not meant. That the guest runs twice is an end of its own, whatever else would have happened.
     */
    boolean isEnd() {
        if (steps.guestRunsTwice()) return true;
        for (int lane = 0; lane < laneCount; lane++) if (steps.isReady(lane) && !steps.isDisturbance(lane)) return false;
        return restriction.isMet(handled);
    }

    /** How it ends if it ends here. */
    Ending ending() {
        return Ending.of(steps, finds);
    }

    /**
     * A state with what belongs to it under the restriction.
     *
     * @param handled how many events each lane has brought
     * @param times how often what the restriction listens to was said
     */
    record Place(byte[] state, int[] handled, int[] times) {}

    /** Where the walker is. */
    Place place() {
        return new Place(save(), handled.clone(), times.clone());
    }

    /** Goes to where it was under the same restriction, or under one that listened to nothing. */
    void load(Place place) {
        state.load(place.state(), 0);
        System.arraycopy(place.handled(), 0, handled, 0, laneCount);
        System.arraycopy(place.times(), 0, times, 0, place.times().length);
    }

    /** Goes to a state under a restriction that listens to nothing and requires nothing. */
    void load(byte[] bytes, int from) {
        state.load(bytes, from);
    }

    /** Adds the state, with what belongs to it under the restriction, to the set; whether it was new. */
    boolean visit(Visited visited) {
        state.fingerprint();
        long high = state.high();
        long low = state.low();
        for (int time : times) {
            high = mixed(high, low, time);
            low = mixed(low, high, time);
        }
        for (Move move : restriction.required()) {
            high = mixed(high, low, handled[move.lane()]);
            low = mixed(low, high, handled[move.lane()]);
        }
        return visited.add(high, low);
    }

    private static long mixed(long half, long other, long number) {
        return (Long.rotateLeft(half, 25) ^ number) * 0x9E3779B97F4A7C15L + (other ^ other >>> 29);
    }

    /** The state alone. */
    byte[] save() {
        state.fingerprint();
        int size = state.write();
        return Arrays.copyOf(state.bytes(), size);
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
