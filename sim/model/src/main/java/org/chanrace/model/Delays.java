package org.chanrace.model;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chanrace.kernel.Lanes;
import org.chanrace.model.network.LatePackets;

/**
 * What makes a run by time another one than its scenario says: packets that are late, and moments that events wait for, such as those of the operator's commands,
 * of what a guest does that acts in steps, and of a thread that takes longer.
 */
public final class Delays {
    /** So late that no run lasts until then. */
    private static final long NEVER_NANOS = 1L << 60;

    private final LaneMap map;
    /** Null when nobody ever stands still. */
    private final ByTimeOfParties parties;
    private final LatePackets packets;
    /** For a lane, from which time on its n-th event may come. */
    private final SortedMap<Integer, TreeMap<Integer, Long>> moments = new TreeMap<>();
    private final int[] handled;
    /** After so many events it is over; below 0 when it goes on to its own end. */
    private int last = -1;
    private int picked;
    private boolean over;

    Delays(LaneMap map, int lanes, ByTimeOfParties partiesOrNull) {
        this.map = map;
        this.parties = partiesOrNull;
        this.packets = new LatePackets(map.connections, map.hops);
        this.handled = new int[lanes];
    }

    /**
     * Makes a packet late; what follows it in the same direction waits for it.
     *
     * @param connection from 0
     * @param hop from 0 at the source
     * @param toDestination its direction
     * @param number which packet of that direction of that hop it is, from 1
     * @param nanos by how much, 0 or more
     */
    public Delays late(int connection, int hop, boolean toDestination, int number, long nanos) {
        packets.delay(connection, hop, toDestination, number, nanos);
        return this;
    }

    /**
     * Makes all packets of a direction late, each by as much, from one on.
     *
     * @param connection from 0
     * @param hop from 0 at the source
     * @param toDestination the direction
     * @param number from which packet of that direction of that hop on, from 1
     * @param nanos by how much, 0 or more
     */
    public Delays lateFrom(int connection, int hop, boolean toDestination, int number, long nanos) {
        packets.delayFrom(connection, hop, toDestination, number, nanos);
        return this;
    }

    /**
     * Lets an event come at the given virtual time, if it could before, or as soon after it as it can.
     *
     * @param number which one of the lane's events, from 1
     */
    public Delays at(int lane, int number, long nanos) {
        moments.computeIfAbsent(lane, l -> new TreeMap<>()).put(number, nanos);
        return this;
    }

    /** Lets an event, and those behind it in its lane, never come. */
    public Delays never(int lane, int number) {
        return at(lane, number, NEVER_NANOS);
    }

    /** Lets the run be over after so many events, whatever could still come, and not before them. */
    public Delays endAfter(int events) {
        last = events;
        return this;
    }

    LatePackets packets() {
        return packets;
    }

    void begin() {
        Arrays.fill(handled, 0);
        picked = 0;
        over = false;
    }

    /** Whether the run came to the end that was {@linkplain #endAfter set}. */
    boolean isOver() {
        return over;
    }

    /** The next lane by time, where what waits for its moment is not due before it; -1 for none. */
    int pick(Lanes lanes) {
        over = picked == last;
        if (over) return -1;
        int first;
        do first = moments.isEmpty() && last < 0 ? lanes.earliest() : earliest(lanes);
        while (first >= 0 && parties != null && parties.holds(first));
        if (first < 0) return -1;
        handled[first]++;
        picked++;
        return first;
    }

    private int earliest(Lanes lanes) {
        int first = -1;
        long due = 0;
        for (int lane = 0; lane < lanes.count(); lane++) {
            boolean isMark = last >= 0 && lane == map.operatorTimer + map.operatorEvents;
            if (isMark || !lanes.ready(lane)) continue;
            long at = Math.max(lanes.dueAt(lane), moment(lane));
            if (first >= 0 && at >= due) continue;
            first = lane;
            due = at;
        }
        if (first >= 0 && due > lanes.dueAt(first)) lanes.holdUntil(first, due);
        return first;
    }

    /** From when on the next event of a lane may come, ns. */
    private long moment(int lane) {
        TreeMap<Integer, Long> ofLane = moments.get(lane);
        return ofLane == null ? 0 : ofLane.getOrDefault(handled[lane] + 1, 0L);
    }
}
