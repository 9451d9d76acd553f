package org.chanrace.model.network;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Single packets that take longer than the link does, by where they travel and how many went there before.
 *
 * <p>What travels in one direction of one hop of a connection stays in order: a packet that is late holds up what follows it, handshake and data
 * alike. Packets with which a kernel answers for a connection that is broken are not counted.
 */
public final class LatePackets {
    private final int hops;
    private final int[] sent;
    private final long[] lastArrival;
    private final TreeMap<Long, Long> late = new TreeMap<>();
    private final int[] lateFrom;
    private final long[] lateBy;
    private Listener listener = (connection, hop, forward, number, lane, position) -> {};

    /** Hears of every packet. */
    public interface Listener {
        /**
         * A packet is sent.
         *
         * @param connection from 0
         * @param hop from 0 at the source
         * @param forward toward the destination
         * @param number which packet of this direction of this hop it is, from 1
         * @param lane the lane by which it arrives
         * @param position how many events are pending in that lane already
         */
        void sent(int connection, int hop, boolean forward, int number, int lane, int position);
    }

    /** None is late yet; for so many connections of so many hops. */
    public LatePackets(int connections, int hops) {
        this.hops = hops;
        this.sent = new int[2 * connections * hops];
        this.lastArrival = new long[sent.length];
        this.lateFrom = new int[sent.length];
        this.lateBy = new long[sent.length];
    }

    /** Makes one packet late by so many ns. */
    public void delay(int connection, int hop, boolean forward, int number, long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("a delay is negative");
        late.put(key(direction(connection, hop, forward), number), nanos);
    }

    /** Makes all packets of a direction late by so many ns, from this one on, as a queue does that delays each by as much. */
    public void delayFrom(int connection, int hop, boolean forward, int number, long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("a delay is negative");
        int direction = direction(connection, hop, forward);
        lateFrom[direction] = number;
        lateBy[direction] = nanos;
    }

    /** Tells somebody of every packet from now on. */
    public void listen(Listener to) {
        listener = to;
    }

    void reset() {
        Arrays.fill(sent, 0);
        Arrays.fill(lastArrival, 0);
    }

    /** When a packet arrives that would at the given time if it were not late, nor held up by one that is. */
    long arrival(int connection, int hop, boolean forward, int lane, int position, long at) {
        int direction = direction(connection, hop, forward);
        int number = ++sent[direction];
        listener.sent(connection, hop, forward, number, lane, position);
        long queued = number >= lateFrom[direction] ? lateBy[direction] : 0;
        lastArrival[direction] = Math.max(lastArrival[direction], at + queued + late.getOrDefault(key(direction, number), 0L));
        return lastArrival[direction];
    }

    private int direction(int connection, int hop, boolean forward) {
        return (connection * hops + hop) * 2 + (forward ? 0 : 1);
    }

    private static long key(int direction, int number) {
        return (long) direction << 32 | number;
    }
}
