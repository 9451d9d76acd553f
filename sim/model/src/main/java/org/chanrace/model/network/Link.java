package org.chanrace.model.network;

import java.util.function.Predicate;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/**
 * One direction of one hop's link: sends one record after the other, and shares its bandwidth fairly between the pipes that have
 * something to send.
 *
 * <p>Fair sharing is start-time fair queueing (Goyal, Vin, Cheng, SIGCOMM'96) with equal weights: the pipe that has had the
 * fewest bytes goes next, and one that was idle starts at the link's virtual time, so that it is not paid for its silence.
 */
final class Link implements Stateful {
    private final Pipe[] pipes;
    private int size;
    private long virtualTime;

    /** Free again at this time, ns. */
    long busyUntil;
    boolean timerPending;

    Link(int connections) {
        pipes = new Pipe[connections];
    }

    void add(Pipe pipe) {
        pipes[size++] = pipe;
    }

    void reset() {
        virtualTime = busyUntil = 0;
        timerPending = false;
    }

    /** The pipe whose turn it is; null when none can send. */
    Pipe choose(Predicate<Pipe> canSend) {
        Pipe best = null;
        for (int i = 0; i < size; i++) {
            Pipe pipe = pipes[i];
            if (pipe.isEmpty() || !canSend.test(pipe)) continue;
            if (pipe.tag < virtualTime) pipe.tag = virtualTime;
            if (best == null || pipe.tag < best.tag) best = pipe;
        }
        return best;
    }

    void served(Pipe pipe, long bytes) {
        virtualTime = pipe.tag;
        pipe.tag += bytes;
    }

    @Override
    public void save(StateWriter state) {
        state.put(virtualTime);
        state.put(busyUntil);
        state.put(timerPending);
    }

    @Override
    public void load(StateReader state) {
        virtualTime = state.next();
        busyUntil = state.next();
        timerPending = state.nextTruth();
    }
}
