package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;

/**
 * Goes through the states of a small instance with their times: who may come next, and what follows.
 *
 * <p>How long after its cause an event comes is found out by handling the cause twice, once with every duration the least that it can be and once the
 * most. Who comes next is decided as in a run by time: the head that is due first, of those that are due at the same instant the one in the lowest lane.
 * Where that, or which of two moments is the later one, depends on the times, a state has several successors.
 *
 * <p>What an operator and a guest in steps do may come at any time from when it is possible. A step that sends a page may take as long as the real guest's
 * pages would that it stands for. Two events that one draw of a duration decides may come at different times here.
 */
final class TimedWalker {
    /** Later than anything that is pending: what is due after it was set by the step at it. */
    private static final long THEN = 1L << 50;
    /** When all else happened: later than the beginning, at which the receivers are free that were never busy. */
    private static final long BEFORE = 1;

    private final Steps steps;
    private final Steps quick;
    private final Steps slow;
    private final long pageNanosMore;
    private final int lanes;
    private final Optional<Expectation> finds;
    private final StateReader reader = new StateReader(true);

    /** A successor: by which lane, and what follows. */
    record Successor(int lane, TimedState state) {}

    TimedWalker(Scenario scenario) {
        Scenario small = TimedInstance.timeless(scenario);
        this.steps = Simulation.of(small).steps();
        this.quick = Simulation.of(TimedInstance.quickest(scenario)).steps();
        this.slow = Simulation.of(TimedInstance.slowest(scenario)).steps();
        this.lanes = steps.lanes();
        this.finds = small.bounds().finds();
        this.pageNanosMore = TimedInstance.pageNanosMore(scenario);
    }

    Steps steps() {
        return steps;
    }

    /** The beginning. */
    TimedState begin() {
        steps.begin(0);
        TimedState state = new TimedState();
        state.zone = new Zone();
        state.busy = new int[lanes];
        Arrays.fill(state.busy, -1);
        for (int lane = 0; lane < lanes; lane++) {
            List<Integer> due = new ArrayList<>();
            for (int i = 0; i < steps.size(lane); i++) due.add(state.zone.add(0, steps.due(lane, i), steps.isFree(lane) ? Zone.NONE : steps.due(lane, i)));
            state.due.add(due);
            state.own.add(new ArrayList<>(due));
        }
        state.open = open();
        state.processes = save();
        return state;
    }

    private boolean[] open() {
        boolean[] open = new boolean[lanes];
        for (int lane = 0; lane < lanes; lane++) open[lane] = steps.isReady(lane);
        return open;
    }

    private byte[] save() {
        StateWriter writer = new StateWriter(true);
        steps.save(writer);
        return writer.toBytes();
    }

    private void load(Steps into, TimedState state) {
        into.load(reader.of(state.processes, 0));
    }

    /** How the run ends if it is over in this state; -1 when it is not. */
    int endingCode(byte[] processes) {
        steps.load(reader.of(processes, 0));
        boolean over = true;
        for (int lane = 0; lane < lanes; lane++) over &= !steps.isReady(lane) || steps.isDisturbance(lane);
        if (!over && !steps.guestRunsTwice()) return -1;
        return Ending.of(steps, finds).code();
    }

    /** All that may follow, lowest lane first. */
    List<Successor> successors(TimedState from) {
        load(steps, from);
        List<Integer> ready = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) if (steps.isReady(lane)) ready.add(lane);
        List<Successor> successors = new ArrayList<>();
        for (int lane : ready) {
            TimedState first = from.copy();
            boolean possible = true;
            for (int other : ready)
                possible = possible && (other == lane || first.zone.demand(head(first, lane), head(first, other), other < lane ? -1 : 0));
            if (!possible) continue;
            for (TimedState state : handled(first, lane)) successors.add(new Successor(lane, state));
        }
        return successors;
    }

    private static int head(TimedState state, int lane) {
        return state.due.get(lane).get(0);
    }

    private List<TimedState> handled(TimedState from, int lane) {
        load(steps, from);
        load(quick, from);
        load(slow, from);
        steps.handleAt(lane, BEFORE);
        quick.handleAt(lane, THEN);
        slow.handleAt(lane, THEN);
        List<TimedState> states = each(List.of(from), state -> taken(state, lane));
        for (int l = 0; l < lanes; l++) {
            int at = l;
            states = each(states, state -> followed(state, at));
        }
        for (int l = 0; l < lanes; l++) {
            int at = l;
            int handshake = steps.size(l) > 0 ? steps.handshakeCompletedBy(l) : -1;
            if (handshake >= 0 && steps.size(handshake) > 0) states.forEach(state -> notLater(state, handshake, at));
        }
        int[] places = new int[lanes];
        for (int l = 0; l < lanes; l++) places[l] = steps.actual(l);
        byte[] processes = save();
        boolean[] open = open();
        for (TimedState state : states) {
            state.open = open;
            state.due = inOrder(state.due, places);
            state.own = inOrder(state.own, places);
            state.processes = processes;
            for (int l = 0; l < lanes; l++) if (state.busy[l] >= 0 && isPast(state, state.busy[l])) state.busy[l] = -1;
        }
        return states;
    }

    /** Whether nothing can happen any more before a moment. */
    private static boolean isPast(TimedState state, int moment) {
        if (state.zone.most(moment, state.now) <= 0) return true;
        for (int lane = 0; lane < state.open.length; lane++) if (state.open[lane] && state.zone.most(moment, head(state, lane)) > 0) return false;
        return true;
    }

    private static List<List<Integer>> inOrder(List<List<Integer>> byLane, int[] places) {
        List<List<Integer>> sorted = new ArrayList<>();
        for (int place : places) sorted.add(byLane.get(place));
        return sorted;
    }

    private static List<TimedState> each(List<TimedState> states, Function<TimedState, List<TimedState>> step) {
        List<TimedState> all = new ArrayList<>();
        for (TimedState state : states) all.addAll(step.apply(state));
        return all;
    }

    /** The head of a lane happens: now, if it was due before, or when it is due. What is behind it is not due before it. */
    private static List<TimedState> taken(TimedState state, int lane) {
        int head = state.due.get(lane).remove(0);
        state.own.get(lane).remove(0);
        List<TimedState> states = later(state, state.now, head, (s, which) -> s.now = which);
        return state.due.get(lane).isEmpty() ? states : each(states, s -> later(s, s.due.get(lane).get(0), head, (t, which) -> t.due.get(lane).set(0, which)));
    }

    /** What is pending in a lane, and until when its receiver is busy, after the step. */
    private List<TimedState> followed(TimedState state, int lane) {
        if (!isAlike(quick, lane) || !isAlike(slow, lane)) throw new IllegalStateException("what happens depends on how long it takes, lane " + lane);
        List<Integer> due = state.due.get(lane);
        int before = 0;
        while (before < quick.size(lane) && quick.due(lane, before) < THEN) before++;
        List<Integer> own = state.own.get(lane);
        while (due.size() > before) {
            due.remove(due.size() - 1);
            own.remove(own.size() - 1);
        }
        boolean newHead = due.isEmpty();
        for (int i = before; i < quick.size(lane); i++) {
            long least = Math.min(quick.due(lane, i), slow.due(lane, i)) - THEN;
            long most = Math.max(quick.due(lane, i), slow.due(lane, i)) - THEN;
            if (steps.isFree(lane)) most = Zone.NONE;
            else if (steps.mayTakeLonger(lane)) most += pageNanosMore;
            int added = state.zone.add(state.now, least, most);
            if (!due.isEmpty()) behind(state, due.get(due.size() - 1), added, most);
            due.add(added);
            own.add(added);
        }
        // A process that is started anew is not busy with what its predecessor did.
        if (quick.heldUntil(lane) == 0) state.busy[lane] = -1;
        boolean held = quick.heldUntil(lane) >= THEN;
        if (held) state.busy[lane] = state.zone.add(state.now, quick.heldUntil(lane) - THEN, slow.heldUntil(lane) - THEN);
        if (due.isEmpty() || state.busy[lane] < 0 || !(held || newHead)) return List.of(state);
        return later(state, due.get(0), state.busy[lane], (s, which) -> s.due.get(lane).set(0, which));
    }

    private boolean isAlike(Steps other, int lane) {
        return other.size(lane) == steps.size(lane) && other.isClosed(lane) == steps.isClosed(lane);
    }

    /**
     * What stands behind something in a lane is not due before it. If that is due in any case by when this may be at the latest, then what is left is
     * all that the later of the two can be; otherwise it is decided when the one ahead is taken.
     */
    private static void behind(TimedState state, int ahead, int added, long most) {
        if (state.zone.most(ahead, state.now) <= most) state.zone.demand(ahead, added, 0);
    }

    /**
     * The ACK of a handshake is not later than the data that carries it too. It left before the data and can have been as quick, so what is left is all that
     * the earlier of the two can be.
     */
    private static void notLater(TimedState state, int handshake, int data) {
        state.zone.demand(head(state, handshake), state.due.get(data).get(state.due.get(data).size() - 1), 0);
    }

    /** What a variable stands for, when it is known. */
    private interface Setter {
        void set(TimedState state, int variable);
    }

    /** The state, or the two states where that is not known, in which one variable or another one is the later of the two; of equal ones either. */
    private static List<TimedState> later(TimedState state, int a, int b, Setter setter) {
        boolean known = state.zone.most(b, a) <= 0 || state.zone.most(a, b) <= 0;
        if (known) {
            setter.set(state, state.zone.most(b, a) <= 0 ? a : b);
            return List.of(state);
        }
        List<TimedState> states = new ArrayList<>();
        TimedState first = state.copy();
        if (first.zone.demand(b, a, 0)) {
            setter.set(first, a);
            states.add(first);
        }
        if (state.zone.demand(a, b, -1)) {
            setter.set(state, b);
            states.add(state);
        }
        return states;
    }
}
