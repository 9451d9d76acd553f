package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;

/**
 * Goes through the states of one small instance: puts itself into a state, takes a step, says where that led.
 *
 * <p>A step is a choice among the lanes whose heads do not {@linkplain org.chanrace.kernel.Process#commutes commute}, and then everything that does,
 * lowest lane first, until nothing of that kind is left. An event that commutes is a persistent set of its own (Godefroid, LNCS 1032, 1996, chapter 4):
 * no order is lost by handling it alone. Since such an event consumes one and the chain ends where none is ready, no cycle can put the others off for ever.
 */
public final class Walker {
    private static final Hasher128 HASHER = Hashing.xxh3_128();
    /** No chain of events that commute is as long as this; one that is goes round in a circle. */
    private static final int MAX_CHAIN = 1 << 20;

    private final Steps steps;
    private final boolean reduced;
    private final int laneCount;
    private final StateWriter state = new StateWriter();
    private final StateReader reader = new StateReader();
    private Listener listener = lane -> {};

    /** Hears of every event that is handled. */
    public interface Listener {
        void handling(int lane);
    }

    /**
     * @param small the small instance
     * @param reduced whether what commutes is handled at once
     */
    public Walker(Scenario small, boolean reduced) {
        this.steps = Simulation.of(small).steps();
        this.reduced = reduced;
        this.laneCount = steps.lanes();
    }

    /** Who hears of events from now on. */
    public void listen(Listener to) {
        listener = to;
    }

    /** The processes. */
    public Steps steps() {
        return steps;
    }

    /** The number of lanes. */
    public int lanes() {
        return laneCount;
    }

    /** Goes to the first state in which there is something to choose. */
    public void begin() {
        steps.begin(0);
        settle();
    }

    void load(byte[] bytes, int from) {
        steps.load(reader.of(bytes, from));
    }

    /** Picks a lane, and handles what commutes after it. */
    public void pick(int lane) {
        handle(lane);
        settle();
    }

    private void handle(int lane) {
        listener.handling(lane);
        steps.handle(lane);
    }

    private void settle() {
        if (!reduced) return;
        int done = 0;
        for (int lane = nextThatCommutes(); lane >= 0; lane = nextThatCommutes()) {
            handle(lane);
            if (++done == MAX_CHAIN) throw new IllegalStateException("events that commute follow each other for ever, lane " + lane);
        }
    }

    private int nextThatCommutes() {
        for (int lane = 0; lane < laneCount; lane++) if (steps.isReady(lane) && steps.commutes(lane)) return lane;
        return -1;
    }

    /** Whether the run may be over here: nothing is left that has to happen. */
    public boolean isOver() {
        for (int lane = 0; lane < laneCount; lane++) if (steps.isReady(lane) && !steps.isDisturbance(lane)) return false;
        return true;
    }

    /** How the run ends if it ends here. */
    public Ending ending() {
        return new Ending(steps.outcome(), steps.guestRunsOn(), steps.sourceMonitor(), steps.destinationMonitor(), steps.isDisturbed());
    }

    /** The code of the ending if the run is over here or the guest runs twice, which is an end of its own; -1 otherwise. */
    int endingCode() {
        return steps.guestRunsTwice() || isOver() ? ending().code() : -1;
    }

    /** The state as bytes: valid until the next call. */
    public StateWriter save() {
        state.clear();
        steps.save(state);
        return state;
    }

    /** What tells this state from others. */
    public static HashValue128 fingerprint(StateWriter state) {
        return HASHER.hashBytesTo128Bits(state.buffer(), 0, state.size());
    }

    /** Takes every step that is possible from these states. */
    void expand(Snapshots from, int first, int last, Visited visited, Candidates into) {
        for (int i = first; i < last; i++) {
            byte[] block = from.block(i);
            int offset = from.offset(i);
            load(block, offset);
            int count = 0;
            for (int lane = 0; lane < laneCount; lane++) if (steps.isReady(lane)) choices[count++] = lane;
            for (int k = 0; k < count; k++) {
                if (k > 0) load(block, offset);
                pick(choices[k]);
                into.transitions++;
                StateWriter reached = save();
                HashValue128 fingerprint = fingerprint(reached);
                long high = fingerprint.getMostSignificantBits();
                long low = fingerprint.getLeastSignificantBits();
                if (!visited.contains(high, low)) into.add(high, low, from.state(i), choices[k], endingCode(), reached.buffer(), reached.size());
            }
        }
    }

    private final int[] choices = new int[1024];
}
