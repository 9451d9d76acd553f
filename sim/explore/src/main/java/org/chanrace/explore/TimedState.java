package org.chanrace.explore;

import java.util.ArrayList;
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
    /** For each lane the variable of when its receiver has time again; -1 when it has. */
    int[] busy;

    TimedState copy() {
        TimedState copy = new TimedState();
        copy.processes = processes;
        copy.zone = zone.copy();
        copy.now = now;
        for (List<Integer> each : due) copy.due.add(new ArrayList<>(each));
        copy.busy = busy.clone();
        return copy;
    }

    /** The same without what is past and over: variables in a fixed order. */
    TimedState canonical() {
        List<Integer> kept = new ArrayList<>();
        TimedState canonical = new TimedState();
        kept.add(now);
        canonical.processes = processes;
        for (List<Integer> each : due) {
            List<Integer> renumbered = new ArrayList<>();
            for (int variable : each) {
                renumbered.add(kept.size());
                kept.add(variable);
            }
            canonical.due.add(renumbered);
        }
        canonical.busy = busy.clone();
        for (int lane = 0; lane < busy.length; lane++) {
            if (busy[lane] < 0) continue;
            canonical.busy[lane] = kept.size();
            kept.add(busy[lane]);
        }
        canonical.zone = zone.of(kept.stream().mapToInt(Integer::intValue).toArray());
        canonical.now = 0;
        return canonical;
    }

    /** Writes what it is about: the processes, and which variables there are. */
    void writeShape(StateWriter to) {
        for (byte each : processes) to.putBits(each);
        for (int lane = 0; lane < busy.length; lane++) to.put(due.get(lane).size() * 2L + (busy[lane] >= 0 ? 1 : 0));
    }

    long bytes() {
        return processes.length + zone.bytes() + 64L * busy.length;
    }
}
