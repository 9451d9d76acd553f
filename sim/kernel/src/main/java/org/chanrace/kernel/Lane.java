package org.chanrace.kernel;

/** One FIFO: its head in fields, what waits behind it in a ring. */
final class Lane {
    private static final int FIRST_RING = 16;

    final int process;
    /** Due time and event of the head; {@link Lanes#NEVER} when the lane is empty. */
    long due;

    long event;
    long floor;
    int reason;
    int size;
    /** Pairs of due time and event. */
    private long[] ring = new long[2 * FIRST_RING];

    private int next;

    Lane(int process) {
        this.process = process;
    }

    void clear() {
        drop();
        floor = 0;
        reason = 0;
    }

    void drop() {
        due = Lanes.NEVER;
        size = 0;
    }

    long key() {
        return reason != 0 ? Lanes.NEVER : Math.max(due, floor);
    }

    /** Whether the head has changed. */
    boolean append(long dueNanos, long what) {
        int behind = size++;
        if (behind == 0) {
            due = dueNanos;
            event = what;
            return true;
        }
        if (2 * behind > ring.length) grow();
        int slot = (2 * (next + behind - 1)) & (ring.length - 1);
        ring[slot] = dueNanos;
        ring[slot + 1] = what;
        return false;
    }

    long take() {
        long taken = event;
        if (--size == 0) {
            due = Lanes.NEVER;
        } else {
            int slot = (2 * next++) & (ring.length - 1);
            due = Math.max(due, ring[slot]);
            event = ring[slot + 1];
        }
        return taken;
    }

    void putBack(long dueNanos, long what) {
        if (size > 0) {
            if (2 * size > ring.length) grow();
            int slot = (2 * --next) & (ring.length - 1);
            ring[slot] = due;
            ring[slot + 1] = event;
        }
        size++;
        due = dueNanos;
        event = what;
    }

    long pending(int i) {
        return i == 0 ? event : ring[((2 * (next + i - 1)) & (ring.length - 1)) + 1];
    }

    /** Empty, open, and not held. */
    boolean isPlain() {
        return size == 0 && reason == 0 && floor == 0;
    }

    long pendingDue(int i) {
        return i == 0 ? due : ring[(2 * (next + i - 1)) & (ring.length - 1)];
    }

    void save(StateWriter state) {
        state.put((long) size << 2 | (reason != 0 ? 2 : 0) | (floor != 0 ? 1 : 0));
        if (reason != 0) state.put(reason);
        if (floor != 0) state.put(floor);
        for (int i = 0; i < size; i++) {
            state.put(pendingDue(i));
            state.putBits(pending(i));
        }
    }

    void load(StateReader state) {
        drop();
        int head = state.nextInt();
        reason = (head & 2) != 0 ? state.nextInt() : 0;
        floor = (head & 1) != 0 ? state.next() : 0;
        for (int left = head >> 2; left > 0; left--) append(state.next(), state.nextBits());
    }

    private void grow() {
        long[] larger = new long[2 * ring.length];
        int first = (2 * next) & (ring.length - 1);
        System.arraycopy(ring, first, larger, 0, ring.length - first);
        System.arraycopy(ring, 0, larger, ring.length - first, first);
        ring = larger;
        next = 0;
    }
}
