package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanrace.kernel.StateWriter;

/**
 * A state of the processes, and all moments at which it can be: the time by now, when each pending event is due, until when receivers are busy
 * (Berthomieu and Menasche, IFIP 1983).
 */
final class TimedState {
    /** The processes and lanes, without times. */
    byte[] processes;
    Zone zone;
    /** The variable for the time by now. */
    int now;
    /** For each lane the variables of when its events are due, head first. A head is not due before its receiver has time for it. */
    List<List<Integer>> due = new ArrayList<>();
    /** As {@link #due}, but when they would be due if nothing ahead of them and no receiver held them up. */
    List<List<Integer>> own = new ArrayList<>();
    /** For each lane the variable of when its receiver has time again; -1 when it has. */
    int[] busy;
    /** For each lane whether something can be picked from it. */
    boolean[] open;

    TimedState copy() {
        TimedState copy = new TimedState();
        copy.processes = processes;
        copy.zone = zone.copy();
        copy.now = now;
        for (List<Integer> each : due) copy.due.add(new ArrayList<>(each));
        for (List<Integer> each : own) copy.own.add(new ArrayList<>(each));
        copy.busy = busy.clone();
        copy.open = open;
        return copy;
    }

    /**
     * A state to be kept: without what is past and over, and with its variables in a fixed order, the time by now, what is pending, lane by lane, who is busy.
     *
     * @param shape for each lane twice the number of events pending in it, and one more when its receiver is busy
     */
    record Folded(byte[] processes, Zone zone, short[] shape) {
        TimedState unfold() {
            TimedState state = new TimedState();
            state.processes = processes;
            state.zone = zone;
            state.busy = new int[shape.length];
            Arrays.fill(state.busy, -1);
            int variable = 1;
            for (short lane : shape) {
                List<Integer> due = new ArrayList<>(lane / 2);
                for (int i = 0; i < lane / 2; i++) due.add(variable++);
                state.due.add(due);
                state.own.add(new ArrayList<>(due));
            }
            for (int lane = 0; lane < shape.length; lane++) if ((shape[lane] & 1) != 0) state.busy[lane] = variable++;
            return state;
        }

        /** Writes what it is about: the processes, and which variables there are. */
        void writeShape(StateWriter to) {
            for (byte each : processes) to.putBits(each);
            for (short each : shape) to.put(each);
        }

        /** How many events are pending; their variables follow that of the time by now. */
        int pending() {
            int events = 0;
            for (short lane : shape) events += lane / 2;
            return events;
        }

        Folded with(Zone other) {
            return new Folded(processes, other, shape);
        }
    }

    /**
     * As {@link #fold}, without what makes no difference any more. When nothing that can be picked is due before the time by now, what may come next, and when,
     * depends on what is pending alone: events that commute lead to the same moments of that in either order, but to different times by now. Of what stands in
     * closed lanes and is over before anything else comes only matters what is due before what, if that is known.
     */
    Folded foldReduced() {
        Folded folded = fold();
        List<Integer> pickable = new ArrayList<>();
        List<Integer> closed = new ArrayList<>();
        int variable = 1;
        for (int lane = 0; lane < open.length; lane++)
            for (int i = 0; i < due.get(lane).size(); i++, variable++) (open[lane] ? pickable : closed).add(variable);
        Zone zone = folded.zone;
        if (pickable.stream().anyMatch(p -> zone.most(0, p) > 0)) return folded;
        Zone withoutNow = zone.where(List.of(0), pickable, 0);
        List<Integer> rest = new ArrayList<>(pickable);
        // What is over is so before all that is not, too: where it is not known, nothing is forgotten of it.
        for (int i = 0; i < closed.size(); ) {
            int each = closed.get(i);
            if (rest.stream().allMatch(other -> zone.most(each, other) < 0)) i++;
            else {
                rest.add(closed.remove(i));
                i = 0;
            }
        }
        boolean known = true;
        for (int a : closed) for (int b : closed) known &= zone.most(a, b) < 0 || zone.most(b, a) < 0 || zone.most(a, b) == 0 && zone.most(b, a) == 0;
        return folded.with(known && !closed.isEmpty() ? withoutNow.where(closed, rest, -1) : withoutNow);
    }

    Folded fold() {
        List<Integer> kept = new ArrayList<>();
        kept.add(now);
        short[] shape = new short[busy.length];
        for (int lane = 0; lane < shape.length; lane++) {
            kept.addAll(due.get(lane));
            shape[lane] = (short) (2 * due.get(lane).size() + (busy[lane] >= 0 ? 1 : 0));
        }
        for (int until : busy) if (until >= 0) kept.add(until);
        return new Folded(processes, zone.of(kept.stream().mapToInt(Integer::intValue).toArray()), shape);
    }
}
