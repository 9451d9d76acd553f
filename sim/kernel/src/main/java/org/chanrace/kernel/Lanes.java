package org.chanrace.kernel;

import java.util.Arrays;

/**
 * FIFOs of pending events, each toward one process, and the winner tree over their heads.
 *
 * <p>An event is one {@code long}; beside it stands the virtual time at which it is due. A run has few lanes and many events,
 * so the earliest head is kept in a winner (tournament) tree: after a head changes, one match a level brings the new winner to
 * the root (Knuth, TAOCP vol. 3, 5.4.1). A closed lane and an empty one take part with the key {@link Long#MAX_VALUE}.
 *
 * <p>A node of the tree is one {@code long}: the time of its winner with the winner's lane number in the low bits. Which
 * opponents a lane meets on its way to the root therefore depends on nothing but its number, so all of them are loaded at
 * once; a match is the smaller of two numbers, for which there is nothing to guess; and ties go to the lower lane for free. A
 * heap has a branch at every level that depends on the data ({@code sim/bench/RESULTS.md} has both measured).
 *
 * <p><b>Caveats.</b> A lane never reorders: an event appended with a due time before that of the one ahead of it is due when that
 * one is. The lane number takes its bits from the time: heads due from {@link #horizon} on are not ordered among each other by
 * time but by lane number (104 days with 1024 lanes; keep {@link Limits#maxVirtualNanos} below it). Due times are at least 0
 * and below {@link #NEVER}.
 */
public final class Lanes implements Stateful {
    /** The key of a lane from which nothing can be picked. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int NONE = -1;
    private static final int ALL = -2;
    /** The number of no process. */
    private static final int NOBODY = -1;

    private final int count;
    private final int leaves;
    private final Lane[] lanes;
    private final int laneBits;
    private final long horizon;
    /**
     * The tree: the root is node 1, the children of node i are 2i and 2i + 1, the leaf of lane n is leaves + n. A node holds its
     * winner's time, shifted left by laneBits, and its winner's number below; or NEVER.
     */
    private final long[] tree;

    /** The lane whose leaf is not up to date; or none, or all of them. */
    private int stale = NONE;
    /** A bit a lane: the others are empty, open, and not held. These may be so, too. */
    private final long[] used;
    /** The process that is {@linkplain #watch watched}, or nobody; whether it has looked beyond its own lanes; and the others that it has emptied, a bit each. */
    private int watched = NOBODY;

    private boolean beyond;
    private final long[] emptied;
    /** By process the lanes that lead to it, a bit each. */
    private final long[][] toward;

    /**
     * @param process for each lane the number of the process that receives from it
     */
    public Lanes(int[] process) {
        this.count = process.length;
        this.leaves = Math.max(2, Integer.highestOneBit(Math.max(1, count - 1)) << 1);
        this.lanes = new Lane[count];
        for (int lane = 0; lane < count; lane++) lanes[lane] = new Lane(process[lane]);
        this.tree = new long[2 * leaves];
        this.used = new long[(count + 63) / 64];
        this.emptied = new long[used.length];
        this.toward = new long[Arrays.stream(process).max().orElse(0) + 1][used.length];
        for (int lane = 0; lane < count; lane++) toward[process[lane]][lane >> 6] |= 1L << lane;
        this.laneBits = Integer.numberOfTrailingZeros(leaves);
        this.horizon = (NEVER >> laneBits) - 1;
        clear();
    }

    /** Empties and opens every lane; keeps the rings. */
    public void clear() {
        for (Lane lane : lanes) lane.clear();
        Arrays.fill(tree, NEVER);
        Arrays.fill(used, 0);
        Arrays.fill(emptied, 0);
        stale = NONE;
    }

    /** Below this virtual time, ns, the earliest head is exact: 2^(63 - b) - 2 for lane numbers of b bits. */
    public long horizon() {
        return horizon;
    }

    /** The number of lanes. */
    public int count() {
        return count;
    }

    /** The process that receives from a lane. */
    public int process(int lane) {
        return lanes[lane].process;
    }

    /** The number of events pending in a lane. */
    public int size(int lane) {
        look(lane);
        return lanes[lane].size;
    }

    /** Why a lane is closed, in the model's numbering; 0 when it is open. */
    public int reason(int lane) {
        look(lane);
        return lanes[lane].reason;
    }

    /** Whether the head of this lane may be picked. */
    public boolean ready(int lane) {
        look(lane);
        return lanes[lane].size > 0 && lanes[lane].reason == 0;
    }

    /** The first lane from this one on whose head may be picked; -1 when there is none. */
    public int nextReady(int from) {
        for (int lane = nextUsed(from); lane >= 0; lane = nextUsed(lane + 1)) if (ready(lane)) return lane;
        return NONE;
    }

    private int nextUsed(int from) {
        int word = from >> 6;
        if (word >= used.length) return NONE;
        long left = used[word] & -1L << from;
        while (left == 0) {
            if (++word == used.length) return NONE;
            left = used[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(left);
    }

    private void use(int lane) {
        used[lane >> 6] |= 1L << lane;
    }

    /**
     * Appends an event to a lane.
     *
     * @param dueNanos when it is due, in virtual ns; raised to the due time of the event ahead of it if that is later
     */
    public void append(int lane, long dueNanos, long event) {
        if (!lanes[lane].append(dueNanos, event)) return;
        use(lane);
        refresh(lane);
    }

    /**
     * Closes a lane: its head cannot be picked until it is opened.
     *
     * @param why the reason, above 0
     */
    public void close(int lane, int why) {
        if (why <= 0) throw new IllegalArgumentException("a lane is closed for a reason: " + why);
        look(lane);
        lanes[lane].reason = why;
        use(lane);
        refresh(lane);
    }

    /** Opens a lane. Its head can be picked at once if it is due. */
    public void open(int lane) {
        look(lane);
        if (lanes[lane].reason == 0) return;
        lanes[lane].reason = 0;
        refresh(lane);
    }

    /** Lets nothing be picked from this lane before the given time: its receiver is busy until then. */
    public void holdUntil(int lane, long nanos) {
        look(lane);
        lanes[lane].floor = Math.max(0, nanos);
        use(lane);
        refresh(lane);
    }

    /** Lets the head of a lane that is not empty come so much later, ns, and what waits behind it not before it. */
    public void putOff(int lane, long nanos) {
        look(lane);
        lanes[lane].due += nanos;
        refresh(lane);
    }

    /**
     * Takes all pending events out of a lane, unhandled: its sender or its receiver is gone. What is appended next is due on its
     * own account.
     */
    public void drop(int lane) {
        if (isElsewhere(lane)) {
            emptied[lane >> 6] |= 1L << lane;
            use(lane);
        }
        lanes[lane].drop();
        refresh(lane);
    }

    /** Exchanges all that is in two lanes toward the same process. */
    public void swap(int a, int b) {
        if (lanes[a].process != lanes[b].process) throw new IllegalArgumentException("lanes toward different processes: " + a + ", " + b);
        look(a);
        Lane lane = lanes[a];
        lanes[a] = lanes[b];
        lanes[b] = lane;
        use(a);
        use(b);
        refresh(a);
        refresh(b);
    }

    /** The lane whose head comes first, ties by lane number; -1 when no lane is ready. */
    public int earliest() {
        settle();
        long winner = tree[1];
        return winner == NEVER ? NONE : (int) winner & (leaves - 1);
    }

    /** When the head of this lane can be handled, by due time and holds; {@link #NEVER} when it is not ready. */
    public long dueAt(int lane) {
        look(lane);
        return lanes[lane].key();
    }

    /** The event at the head of a lane that is not empty. */
    public long peek(int lane) {
        look(lane);
        return lanes[lane].event;
    }

    /** The i-th pending event of a lane, 0 being its head. */
    public long pending(int lane, int i) {
        look(lane);
        return lanes[lane].pending(i);
    }

    /**
     * When the i-th pending event of a lane is due, 0 being its head: as it was appended, but for a head, which is not due before the events were that were
     * taken ahead of it.
     */
    public long pendingDue(int lane, int i) {
        look(lane);
        return lanes[lane].pendingDue(i);
    }

    /** Until when the receiver of a lane is busy, ns. */
    public long heldUntil(int lane) {
        look(lane);
        return lanes[lane].floor;
    }

    /** Takes the event at the head of a lane that is not empty. */
    public long take(int lane) {
        if (stale != ALL) settle();
        // The handler usually appends to, closes or holds this very lane: the tree is brought up to date once, afterwards.
        if (stale != ALL) stale = lane;
        return lanes[lane].take();
    }

    /**
     * Puts the event that is being handled back to the head of the lane that it was taken from: its receiver has only begun with it, and takes it up
     * again, due at once or when the lane is {@linkplain #holdUntil held} no longer.
     *
     * @param dueNanos when it was taken, virtual ns
     */
    public void putBack(int lane, long dueNanos, long event) {
        look(lane);
        lanes[lane].putBack(dueNanos, event);
        use(lane);
        refresh(lane);
    }

    /** Writes what is pending in each lane, and which are closed. */
    @Override
    public void save(StateWriter state) {
        for (int lane = nextUsed(0); lane >= 0; lane = nextUsed(lane + 1)) save(lane, state);
        state.put(count);
    }

    private void save(int lane, StateWriter state) {
        if (lanes[lane].isPlain()) return;
        state.put(lane);
        lanes[lane].save(state);
    }

    @Override
    public void load(StateReader state) {
        forget();
        loadMore(state);
    }

    // One process at a time, for whoever learns what it does of its own accord.

    /**
     * From now on a process is watched: whether it asks for a lane that does not lead to it, or changes one otherwise than by appending to it and emptying it.
     *
     * @param process its number; -1 for nobody any more
     */
    public void watch(int process) {
        watched = process;
        beyond = false;
    }

    /** Says that what the process does that is {@linkplain #watch watched} depends on what belongs to another one. */
    public void lookBeyond() {
        beyond = true;
    }

    /** Whether what the process has done since it is {@linkplain #watch watched} depends on more than itself and the lanes that lead to it. */
    public boolean lookedBeyond() {
        return beyond;
    }

    private boolean isElsewhere(int lane) {
        return watched != NOBODY && lanes[lane].process != watched;
    }

    private void look(int lane) {
        if (isElsewhere(lane)) beyond = true;
    }

    /** Empties and opens every lane. */
    public void forget() {
        for (int word = 0; word < used.length; word++) forget(word, used[word]);
        stale = ALL;
    }

    /** Empties and opens every lane that does not lead to this process. */
    public void forgetAllBut(int process) {
        for (int word = 0; word < used.length; word++) forget(word, used[word] & ~toward[process][word]);
        stale = ALL;
    }

    /** Empties and opens every lane that leads to this process. */
    public void forgetOf(int process) {
        for (int word = 0; word < used.length; word++) forget(word, used[word] & toward[process][word]);
        stale = ALL;
    }

    private void forget(int word, long which) {
        for (long left = which; left != 0; left &= left - 1) lanes[(word << 6) + Long.numberOfTrailingZeros(left)].clear();
        used[word] &= ~which;
        emptied[word] &= ~which;
    }

    /** Writes the lanes toward one process. */
    public void saveOf(int process, StateWriter state) {
        for (int word = 0; word < used.length; word++)
            for (long left = used[word] & toward[process][word]; left != 0; left &= left - 1) save((word << 6) + Long.numberOfTrailingZeros(left), state);
        state.put(count);
    }

    /** Takes over what {@link #saveOf} has written, and leaves the lanes toward others as they are. */
    public void loadOf(int process, StateReader state) {
        forgetOf(process);
        loadMore(state);
    }

    private void loadMore(StateReader state) {
        for (int lane = state.nextInt(); lane < count; lane = state.nextInt()) {
            lanes[lane].load(state);
            use(lane);
        }
        stale = ALL;
    }

    /**
     * Writes what one process was sent by the one that is watched, since the lanes between them were plain: which of its lanes were emptied, and what came to be
     * pending in them afterwards.
     *
     * @return whether there was anything
     */
    public boolean saveSent(int process, StateWriter state) {
        boolean any = false;
        for (int word = 0; word < used.length; word++)
            for (long left = used[word] & toward[process][word]; left != 0; left &= left - 1) {
                int lane = (word << 6) + Long.numberOfTrailingZeros(left);
                boolean isEmptied = (emptied[word] & 1L << lane) != 0;
                if (lanes[lane].size == 0 && !isEmptied) continue;
                any = true;
                state.put(lane);
                state.put(isEmptied);
                lanes[lane].save(state);
            }
        if (any) state.put(count);
        return any;
    }

    /** Lets come to the lanes of a process what {@link #saveSent} has written. */
    public void receive(StateReader state) {
        for (int lane = state.nextInt(); lane < count; lane = state.nextInt()) {
            if (state.nextTruth()) drop(lane);
            for (int left = state.nextInt() >> 2; left > 0; left--) append(lane, state.next(), state.nextBits());
        }
    }

    private void settle() {
        int lane = stale;
        if (lane == NONE) return;
        stale = NONE;
        if (lane == ALL) for (int each = 0; each < count; each++) refresh(each);
        else refresh(lane);
    }

    private void refresh(int lane) {
        if (lane == stale || stale == ALL) return;
        final long[] nodes = tree;
        long nanos = lanes[lane].key();
        long winner = nanos == NEVER ? NEVER : Math.min(nanos, horizon) << laneBits | lane;
        int node = leaves + lane;
        nodes[node] = winner;
        while (node > 1) {
            long opponent = nodes[node ^ 1];
            winner = Math.min(opponent, winner);
            node >>= 1;
            nodes[node] = winner;
        }
    }
}
