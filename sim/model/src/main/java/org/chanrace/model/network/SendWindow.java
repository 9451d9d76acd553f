package org.chanrace.model.network;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.scenario.Tcp;

/**
 * How much a sender's kernel lets on its way, and how much it takes from the writer: congestion window and send buffer, as Linux tunes them.
 *
 * <p>The window grows by what is acknowledged, as long as it is what holds the sender up: by that it doubles in a round trip. The network
 * loses nothing but in a cut, so slow start never ends (Linux' HyStart, which ends it when the round trip gets longer, is left out).
 */
final class SendWindow implements Stateful {
    private static final long MIN_RTO_NANOS = 200_000_000L;

    private final Tcp tcp;
    /** Congestion window, bytes. */
    private long congestion;
    /** What the send buffer holds, bytes. */
    private long capacity;
    /** Smoothed time from when a record is sent until it is acknowledged, ns; 0 before the first. */
    private long roundTrip;
    private long lastSent;
    private boolean blocked;

    SendWindow(Tcp tcp) {
        this.tcp = tcp;
    }

    void reset() {
        congestion = initial();
        capacity = tcp.sendBuffer(congestion);
        roundTrip = lastSent = 0;
        blocked = false;
    }

    private long initial() {
        return (long) tcp.initialWindow() * tcp.segment();
    }

    long congestionWindow() {
        return congestion;
    }

    long capacity() {
        return capacity;
    }

    long roundTripNanos() {
        return roundTrip;
    }

    /**
     * Something is sent when nothing is on its way: after idleness the window is halved for each time-out that went by, down to what it began with
     * (RFC 2861, and Linux).
     */
    void resume(long now) {
        if (!tcp.restartsAfterIdle() || lastSent == 0) return;
        long timeOut = MIN_RTO_NANOS + roundTrip;
        for (long idle = now - lastSent; idle > timeOut && congestion > initial(); idle -= timeOut) congestion = Math.max(initial(), congestion / 2);
    }

    /** A record leaves, to be acknowledged after this time. */
    void sent(long now, long acknowledgedAfter) {
        lastSent = now;
        // The weight of RFC 6298.
        roundTrip = roundTrip == 0 ? acknowledgedAfter : roundTrip + (acknowledgedAfter - roundTrip) / 8;
    }

    /**
     * Bytes were acknowledged.
     *
     * @param out what was on its way or with the host's queue
     */
    void acknowledged(long bytes, long out) {
        if (congestion < 2 * out) congestion += bytes;
    }

    /** What was on its way is lost, and is sent again from a window of one segment on. */
    void lost() {
        congestion = tcp.segment();
    }

    /**
     * Whether a writer who has written so much waits for room. The buffer grows only for one who does; and he is woken only when a third
     * of it is free (sk_stream_min_wspace).
     *
     * @param used written and not acknowledged, bytes
     */
    boolean blocks(long used) {
        if (used > capacity) blocked = true;
        if (!blocked) return false;
        capacity = Math.max(capacity, tcp.sendBuffer(congestion));
        blocked = 3 * used > 2 * capacity;
        return blocked;
    }

    @Override
    public void save(StateWriter state) {
        state.put(congestion);
        state.put(capacity);
        state.put(roundTrip);
        state.put(lastSent);
        state.put(blocked);
    }

    @Override
    public void load(StateReader state) {
        congestion = state.next();
        capacity = state.next();
        roundTrip = state.next();
        lastSent = state.next();
        blocked = state.nextTruth();
    }
}
