package org.chanrace.model.network;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.scenario.Tcp;

/**
 * How much a receiver's kernel has room for, and when it says so: the receive buffer, as Linux tunes it (dynamic right-sizing).
 *
 * <p>In each round trip it measures what the reader took. When that is more than ever, the buffer becomes large enough for the window to be
 * twice as much, and larger the more the rate rises. The round trip is measured by the ticks of TCP's timestamps, so no shorter one than a
 * millisecond is seen; up to Linux 6.15, that is why buffers on fast networks become as large as they may.
 */
final class ReceiveWindow implements Stateful {
    private static final long TICK_NANOS = 1_000_000L;
    /** The buffer in relation to the window that it is to give (tcp_adv_win_scale). */
    private static final int BUFFER_OF_WINDOW = 2;
    /** What is expected in a first round trip (TCP_INIT_CWND). */
    private static final long FIRST_SEGMENTS = 10;
    private static final long MOST_MEASURED = 1L << 30;

    private final Tcp tcp;
    /** Of the buffer, bytes. */
    private long size;
    /** Of the buffer, as the sender was told, bytes. */
    private long toldSize;
    /** Read and not yet told to the sender, bytes. */
    private long untold;
    /** The most that was read in a round trip, bytes. */
    private long most;
    private long measuredSince;
    private long measured;

    ReceiveWindow(Tcp tcp) {
        this.tcp = tcp;
    }

    void reset() {
        size = toldSize = tcp.receive().initial();
        untold = measuredSince = measured = 0;
        most = Math.max(1, Math.min(window(size), FIRST_SEGMENTS * tcp.segment()));
    }

    long size() {
        return size;
    }

    /** The largest window of a buffer of this size, bytes. */
    static long window(long size) {
        return size / BUFFER_OF_WINDOW;
    }

    /** The reader has read. */
    void read(long bytes, long roundTripNanos, long now) {
        untold += bytes;
        measured = Math.min(MOST_MEASURED, measured + bytes);
        if (now - measuredSince < Math.max(TICK_NANOS, roundTripNanos)) return;
        if (measured > most) {
            long window = 2 * measured + 16L * tcp.segment();
            window += 2 * (window * (measured - most) / most);
            size = Math.max(size, Math.min(tcp.receive().max(), BUFFER_OF_WINDOW * window));
            most = measured;
        }
        measured = 0;
        measuredSince = now;
    }

    /**
     * Whether there is a window update: when the buffer has grown, or what was read is an eighth of what it holds, or a sixteenth for a sender
     * that has no window left.
     */
    boolean isWorthTelling(boolean shut) {
        return size > toldSize || untold >= Math.max(1, tcp.payload(size) / (shut ? 16 : 8));
    }

    /** By how much the buffer has grown since the sender was told, bytes. */
    long growth() {
        return size - toldSize;
    }

    /** What was read since the sender was told, bytes. */
    long untold() {
        return untold;
    }

    /** The sender is told. */
    void told() {
        toldSize = size;
        untold = 0;
    }

    @Override
    public void save(StateWriter state) {
        state.put(size);
        state.put(toldSize);
        state.put(untold);
        state.put(most);
        state.put(measuredSince);
        state.put(measured);
    }

    @Override
    public void load(StateReader state) {
        size = state.next();
        toldSize = state.next();
        untold = state.next();
        most = state.next();
        measuredSince = state.next();
        measured = state.next();
    }
}
