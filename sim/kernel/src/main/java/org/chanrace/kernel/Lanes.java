package org.chanrace.kernel;

import java.util.Arrays;

/**
 * FIFOs of pending events, each toward one process, and the winner tree over their heads.
 *
 * <p>An event is one {@code long}; beside it stands the virtual time at which it is due. A run has few lanes and many events,
 * so the earliest head is kept in a winner (tournament) tree: after a head changes, one comparison a level brings the new
 * winner to the root, in place and without branches that depend on the data (Knuth, TAOCP vol. 3, 5.4.1). A closed lane and an
 * empty one take part with the key {@link Long#MAX_VALUE}.
 *
 * <p><b>Caveats.</b> A lane never reorders: an event appended with a due time before its predecessor's is due when its
 * predecessor is. Due times above {@link #NEVER} - 1 are not allowed.
 */
public final class Lanes {
    /** The key of a lane from which nothing can be picked. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int FIRST_RING = 16;

    private final int count;
    private final int leaves;
    private final int[] process;
    private final long[][] rings;
    private final int[] head;
    private final int[] size;
    private final long[] lastDue;
    private final long[] floor;
    private final int[] reason;
    private final long[] key;
    private final int[] winner;
    private int stale = -1;

    /**
     * @param process for each lane the number of the process that receives from it
     */
    public Lanes(int[] process) {
        this.count = process.length;
        this.process = process.clone();
        this.leaves = Math.max(2, Integer.highestOneBit(Math.max(1, count - 1)) << 1);
        this.rings = new long[count][2 * FIRST_RING];
        this.head = new int[count];
        this.size = new int[count];
        this.lastDue = new long[count];
        this.floor = new long[count];
        this.reason = new int[count];
        this.key = new long[leaves];
        this.winner = new int[2 * leaves];
        clear();
    }

    /** Empties and opens every lane; keeps the rings. */
    public void clear() {
        Arrays.fill(head, 0);
        Arrays.fill(size, 0);
        Arrays.fill(lastDue, 0);
        Arrays.fill(floor, 0);
        Arrays.fill(reason, 0);
        Arrays.fill(key, NEVER);
        for (int i = 0; i < leaves; i++) winner[leaves + i] = i;
        for (int i = leaves - 1; i > 0; i--) winner[i] = winner[2 * i];
        stale = -1;
    }

    /** The number of lanes. */
    public int count() {
        return count;
    }

    /** The process that receives from a lane. */
    public int process(int lane) {
        return process[lane];
    }

    /** The number of events pending in a lane. */
    public int size(int lane) {
        return size[lane];
    }

    /** Why a lane is closed, in the model's numbering; 0 when it is open. */
    public int reason(int lane) {
        return reason[lane];
    }

    /** Whether the head of this lane may be picked. */
    public boolean ready(int lane) {
        return size[lane] > 0 && reason[lane] == 0;
    }

    /**
     * Appends an event to a lane.
     *
     * @param dueNanos when it is due, in virtual ns; raised to its predecessor's due time if that is later
     */
    public void append(int lane, long dueNanos, long event) {
        int n = size[lane];
        long[] ring = rings[lane];
        if (2 * n == ring.length) ring = grow(lane);
        long due = Math.max(dueNanos, lastDue[lane]);
        lastDue[lane] = due;
        int slot = (2 * (head[lane] + n)) & (ring.length - 1);
        ring[slot] = due;
        ring[slot + 1] = event;
        size[lane] = n + 1;
        if (n == 0) refresh(lane);
    }

    private long[] grow(int lane) {
        long[] old = rings[lane];
        long[] ring = new long[2 * old.length];
        for (int i = 0; i < size[lane]; i++) {
            int from = (2 * (head[lane] + i)) & (old.length - 1);
            ring[2 * i] = old[from];
            ring[2 * i + 1] = old[from + 1];
        }
        head[lane] = 0;
        rings[lane] = ring;
        return ring;
    }

    /**
     * Closes a lane: its head cannot be picked until it is opened.
     *
     * @param why the reason, above 0
     */
    public void close(int lane, int why) {
        if (why <= 0) throw new IllegalArgumentException("a lane is closed for a reason: " + why);
        reason[lane] = why;
        refresh(lane);
    }

    /** Opens a lane. Its head can be picked at once if it is due. */
    public void open(int lane) {
        if (reason[lane] == 0) return;
        reason[lane] = 0;
        refresh(lane);
    }

    /** Lets nothing be picked from this lane before the given time: its receiver is busy until then. */
    public void holdUntil(int lane, long nanos) {
        floor[lane] = nanos;
        refresh(lane);
    }

    /** Takes all pending events out of a lane, unhandled: its sender or its receiver is gone, or a timer in it was called off. */
    public void drop(int lane) {
        size[lane] = 0;
        lastDue[lane] = 0;
        refresh(lane);
    }

    /** The lane whose head comes first, ties by lane number; -1 when no lane is ready. */
    public int earliest() {
        settle();
        int lane = winner[1];
        return key[lane] == NEVER ? -1 : lane;
    }

    /** When the head of this lane can be handled, by due time and holds; {@link #NEVER} when it is not ready. */
    public long dueAt(int lane) {
        settle();
        return key[lane];
    }

    /** The event at the head of a lane that is not empty. */
    public long peek(int lane) {
        long[] ring = rings[lane];
        return ring[((2 * head[lane]) & (ring.length - 1)) + 1];
    }

    /** The i-th pending event of a lane, 0 being its head. */
    public long pending(int lane, int i) {
        long[] ring = rings[lane];
        return ring[((2 * (head[lane] + i)) & (ring.length - 1)) + 1];
    }

    /** Takes the event at the head of a lane that is not empty. */
    public long take(int lane) {
        settle();
        long[] ring = rings[lane];
        long event = ring[((2 * head[lane]) & (ring.length - 1)) + 1];
        head[lane]++;
        size[lane]--;
        // The handler usually appends to, closes or holds this very lane: the tree is brought up to date once, afterwards.
        stale = lane;
        return event;
    }

    private void settle() {
        if (stale >= 0) {
            int lane = stale;
            stale = -1;
            refresh(lane);
        }
    }

    private void refresh(int lane) {
        if (lane == stale) return;
        long[] ring = rings[lane];
        key[lane] = size[lane] == 0 || reason[lane] != 0
                ? NEVER
                : Math.max(ring[(2 * head[lane]) & (ring.length - 1)], floor[lane]);
        final int[] w = winner;
        final long[] k = key;
        for (int i = (leaves + lane) >> 1; i > 0; i >>= 1) {
            int left = w[2 * i];
            int right = w[2 * i + 1];
            w[i] = k[right] < k[left] ? right : left;
        }
    }
}
