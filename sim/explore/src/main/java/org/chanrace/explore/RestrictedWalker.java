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
 * <p>It skips orders of events that commute as {@link Walker} does: handling one at once neither forbids an event that the restriction allows nor changes
 * how many events another lane has brought. One that the restriction holds back waits, like any other, for what has to come before it. vCPUs are not put into a
 * fixed order, because a lane is part of the name of an event.
 */
final class RestrictedWalker {
    private final Steps steps;
    private final Optional<Expectation> finds;
    private final int laneCount;
    private final int[] handled;
    private final PartedState state;
    private Restriction restriction;
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

    void restrict(Restriction to) {
        restriction = to;
    }

    void begin() {
        Arrays.fill(handled, 0);
        steps.begin(0);
        state.forget();
        settle();
    }

    void pick(int lane) {
        handle(lane, true);
        settle();
    }

    private void handle(int lane, boolean chosen) {
        handled[lane]++;
        if (movesOrNull != null) movesOrNull.add(new Move(lane, handled[lane], steps.words(lane), chosen));
        state.touch(steps.partOf(lane));
        steps.handle(lane);
    }

    private void settle() {
        for (int lane = nextThatCommutes(); lane >= 0; lane = nextThatCommutes()) handle(lane, false);
    }

    private int nextThatCommutes() {
        for (int lane = 0; lane < laneCount; lane++) if (mayPick(lane) && steps.commutes(lane)) return lane;
        return -1;
    }

    /** Whether this lane can be picked here. */
    boolean mayPick(int lane) {
        return steps.isReady(lane) && !restriction.blocks(lane, handled);
    }

    /** How many events of a lane have been handled; of a lane that the restriction does not count, only since the state was loaded. */
    int handled(int lane) {
        return handled[lane];
    }

    /** The event that a lane would bring next. */
    Move head(int lane) {
        return new Move(lane, handled[lane] + 1, steps.words(lane), true);
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

    /** Goes to a state. What the restriction counts is given with it: the numbers of events of all lanes, as {@link #handled()} gave them. */
    void load(byte[] bytes, int from, int[] numbers) {
        state.load(bytes, from);
        System.arraycopy(numbers, 0, handled, 0, laneCount);
    }

    /** The same under a restriction that counts nothing. */
    void load(byte[] bytes, int from) {
        state.load(bytes, from);
        Arrays.fill(handled, 0);
    }

    /** How many events of each lane have been handled. */
    int[] handled() {
        return handled.clone();
    }

    /** Adds the state, with as much of the numbers of events as matters, to the set; whether it was new. */
    boolean visit(Visited visited) {
        state.fingerprint();
        long high = state.high();
        long low = state.low();
        int[] counted = restriction.counted();
        for (int i = 0; i < counted.length; i++) {
            int number = Math.min(handled[counted[i]], restriction.enough(i));
            high = (Long.rotateLeft(high, 25) ^ number) * 0x9E3779B97F4A7C15L + low;
            low = (Long.rotateLeft(low, 37) ^ number) * 0xC2B2AE3D27D4EB4FL + (high >>> 29);
        }
        return visited.add(high, low);
    }

    /** The state, for {@link #load}; without the numbers of events. */
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
