package org.chanrace.model.network;

import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/**
 * One direction of one hop's link: sends one record after the other, and shares its bandwidth fairly between the pipes that have
 * something to send, or sends what they hand to the host's queue in the order in which it came.
 *
 * <p>Fair sharing is start-time fair queueing (Goyal, Vin, Cheng, SIGCOMM'96) with equal weights: the pipe that has had the
 * fewest bytes goes next, and one that was idle starts at the link's virtual time, so that it is not paid for its silence.
 */
final class Link implements Stateful {
    private final Pipe[] pipes;
    private final boolean queues;
    private int size;
    private long virtualTime;
    /** The host's queue: for each record the pipe whose it is, by its place among them. */
    private int[] order = new int[16];
    private int orderHead;
    private int orderSize;

    /** Free again at this time, ns. */
    long busyUntil;
    boolean timerPending;

    /** @param queues whether the host has a queue of its own */
    Link(int connections, boolean queues) {
        this.pipes = new Pipe[connections];
        this.queues = queues;
    }

    void add(Pipe pipe) {
        pipes[size++] = pipe;
    }

    void reset() {
        virtualTime = busyUntil = 0;
        timerPending = false;
        orderHead = orderSize = 0;
    }

    // The host's queue.

    /** Puts what the pipes may hand over at the end of the host's queue. */
    void handOver(ToLongFunction<Pipe> next, long now) {
        for (int i = 0; i < size; i++)
            for (long bytes = next.applyAsLong(pipes[i]); bytes >= 0; bytes = next.applyAsLong(pipes[i])) {
                pipes[i].hand(bytes, now);
                append(i);
            }
    }

    private void append(int pipe) {
        if (orderSize == order.length) {
            int[] bigger = new int[2 * order.length];
            for (int i = 0; i < orderSize; i++) bigger[i] = order[(orderHead + i) & (order.length - 1)];
            order = bigger;
            orderHead = 0;
        }
        order[(orderHead + orderSize++) & (order.length - 1)] = pipe;
    }

    /** The pipe whose record came first; null when there is none. */
    Pipe first() {
        while (orderSize > 0) {
            Pipe pipe = pipes[order[orderHead & (order.length - 1)]];
            if (pipe.hasHanded()) return pipe;
            // Its connection has ended, and what it had here is gone.
            removeFirst();
        }
        return null;
    }

    void removeFirst() {
        orderHead++;
        orderSize--;
    }

    /** All that is with the host's queue is lost. */
    void loseQueue() {
        for (int i = 0; i < size; i++) pipes[i].takeBack();
        orderHead = orderSize = 0;
    }

    // Fair sharing.

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
        if (!queues) return;
        state.put(orderSize);
        for (int i = 0; i < orderSize; i++) state.put(order[(orderHead + i) & (order.length - 1)]);
    }

    @Override
    public void load(StateReader state) {
        virtualTime = state.next();
        busyUntil = state.next();
        timerPending = state.nextTruth();
        if (!queues) return;
        orderHead = orderSize = 0;
        for (int left = state.nextInt(); left > 0; left--) append(state.nextInt());
    }
}
