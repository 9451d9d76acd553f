package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Optional;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;

/**
 * Goes through an order of one small instance: takes a step, says where that led.
 *
 * <p>A step is a choice among the lanes whose heads do not {@linkplain org.chanrace.kernel.Process#commutes commute}, and then everything that does,
 * lowest lane first, until nothing of that kind is left. An event that commutes is a persistent set of its own (Godefroid, LNCS 1032, 1996, chapter 4):
 * no order is lost by handling it alone. Since such an event consumes one and the chain ends where none is ready, no cycle can put the others off for ever.
 */
public final class Walker {
    /** No chain of events that commute is as long as this; one that is goes round in a circle. */
    static final int MAX_CHAIN = 1 << 20;

    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private final Steps steps;
    private final boolean reduced;
    private final int laneCount;
    private final Optional<Expectation> finds;
    private final StateWriter state = new StateWriter(true);
    private HashValue128 fingerprint;
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
        this.finds = small.bounds().finds();
    }

    /** Who hears of events from now on. */
    public void listen(Listener to) {
        listener = to;
    }

    /** The processes. */
    public Steps steps() {
        return steps;
    }

    /** Whether what commutes is handled at once. */
    boolean isReduced() {
        return reduced;
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

    /** Picks a lane, and handles what commutes after it. */
    public void pick(int lane) {
        handle(lane);
        settle();
    }

    private void handle(int lane) {
        listener.handling(lane);
        steps.handle(lane);
    }

    /** Handles what commutes. */
    void settle() {
        if (!reduced) return;
        int done = 0;
        for (int lane = nextThatCommutes(); lane >= 0; lane = nextThatCommutes()) {
            handle(lane);
            if (++done == MAX_CHAIN) throw new IllegalStateException("events that commute follow each other for ever, lane " + lane);
        }
    }

    private int nextThatCommutes() {
        for (int lane = steps.nextReady(0); lane >= 0; lane = steps.nextReady(lane + 1)) if (steps.commutes(lane)) return lane;
        return -1;
    }

    /** Whether the run may be over here: nothing is left that has to happen. */
    public boolean isOver() {
        for (int lane = steps.nextReady(0); lane >= 0; lane = steps.nextReady(lane + 1)) if (!steps.isDisturbance(lane)) return false;
        return true;
    }

    /** How the run ends if it ends here. */
    public Ending ending() {
        return Ending.of(steps, finds);
    }

    /** Works out what tells this state from others; vCPUs are put into a fixed order. */
    public void fingerprint() {
        state.clear();
        steps.save(state);
        fingerprint = HASHER.hashBytesTo128Bits(state.buffer(), 0, state.size());
    }

    /** One half of the {@linkplain #fingerprint fingerprint}, valid until the next step. */
    public long fingerprintHigh() {
        return fingerprint.getMostSignificantBits();
    }

    /** The other half. */
    public long fingerprintLow() {
        return fingerprint.getLeastSignificantBits();
    }
}
