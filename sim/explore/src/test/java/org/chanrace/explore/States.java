package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Steps;

/** States as bytes, with what can make no difference any more left out. */
final class States {
    private States() {}

    /** The state in which the processes are; vCPUs are put into a fixed order. */
    static byte[] of(Steps steps) {
        StateWriter state = new StateWriter(true);
        steps.save(state);
        return state.toBytes();
    }

    /** Puts the processes into a state. */
    static void load(Steps steps, byte[] state) {
        steps.load(new StateReader(true).of(state, 0));
    }

    /** The lanes that may be picked next, in ascending order. */
    static List<Integer> ready(Steps steps) {
        List<Integer> ready = new ArrayList<>();
        for (int lane = steps.nextReady(0); lane >= 0; lane = steps.nextReady(lane + 1)) ready.add(lane);
        return ready;
    }

    /** The code of the ending if the run is over where a walker is, or the guest runs twice; -1 otherwise. */
    static int endingCode(Walker walker) {
        return walker.steps().guestRunsTwice() || walker.isOver() ? walker.ending().code() : -1;
    }
}
