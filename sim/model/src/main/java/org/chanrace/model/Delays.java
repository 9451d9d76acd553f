package org.chanrace.model;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chanrace.kernel.Lanes;
import org.chanrace.model.network.LatePackets;

/**
 * What makes a run by time another one than its scenario says: packets that are late, and the moments of what may happen at any moment, which are
 * the operator's commands, what a guest does that acts in steps, and when the migration thread gets to its next pages.
 */
public final class Delays {
    /** So late that no run lasts until then. */
    private static final long NEVER_NANOS = 1L << 60;

    private final LaneMap map;
    private final LatePackets packets;
    /** For a lane, from which time on its n-th event may come. */
    private final SortedMap<Integer, TreeMap<Integer, Long>> moments = new TreeMap<>();
    private final int[] handled;

    Delays(LaneMap map, int lanes) {
        this.map = map;
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
     * Lets an event that {@linkplain #canWait can wait} come at the given virtual time, or as soon after it as it can.
     *
     * @param number which one of the lane's events, from 1
     */
    public Delays at(int lane, int number, long nanos) {
        if (!canWait(lane)) throw new IllegalArgumentException("what comes by lane " + lane + " cannot wait for its moment");
        moments.computeIfAbsent(lane, l -> new TreeMap<>()).put(number, nanos);
        return this;
    }

    /**
     * Whether events of this lane can be made to wait: those that may come at any moment, commands to the source, the steps of its threads, and middle boxes
     * that dial on. The receivers of the other lanes are busy at times of their own.
     */
    public boolean canWait(int lane) {
        boolean thread = lane == map.sourceMigration || lane == map.sourceMainLoop || lane == map.sourceWorker || lane == map.sourceCommands;
        return thread || map.isFree(lane) || (lane >= map.handshake && lane < map.handshake + map.connections);
    }

    /** Lets an event, and those behind it in its lane, never come. */
    public Delays never(int lane, int number) {
        return at(lane, number, NEVER_NANOS);
    }

    LatePackets packets() {
        return packets;
    }

    void begin(Lanes lanes) {
        Arrays.fill(handled, 0);
        for (int lane : moments.keySet()) hold(lane, lanes);
    }

    void handling(int lane, Lanes lanes) {
        handled[lane]++;
        if (moments.containsKey(lane)) hold(lane, lanes);
    }

    private void hold(int lane, Lanes lanes) {
        lanes.holdUntil(lane, moments.get(lane).getOrDefault(handled[lane] + 1, 0L));
    }
}
