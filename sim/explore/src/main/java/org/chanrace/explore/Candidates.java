package org.chanrace.explore;

import java.util.Arrays;

/** What a worker found when it went one step on from some states: the states behind that step, in the order of the states and lanes they came from. */
final class Candidates {
    /** The number of the piece of work that this is the result of. */
    int piece;
    /** Steps taken, those to states that were known included. */
    long transitions;
    /** Whether a step led to a state in which the source has begun to switch to postcopy. */
    boolean switching;
    int size;
    long[] high = new long[256];
    long[] low = new long[256];
    int[] parent = new int[256];
    int[] lane = new int[256];
    /** The code of the {@link Ending}; -1 when the run is not over. */
    int[] ending = new int[256];
    int[] offset = new int[256];
    int[] length = new int[256];
    byte[] bytes = new byte[1 << 16];
    private int used;

    void clear(int newPiece) {
        piece = newPiece;
        transitions = 0;
        switching = false;
        size = 0;
        used = 0;
    }

    void add(long h, long l, int from, int by, int end, byte[] state, int stateBytes) {
        if (size == high.length) grow();
        if (used + stateBytes > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + stateBytes));
        high[size] = h;
        low[size] = l;
        parent[size] = from;
        lane[size] = by;
        ending[size] = end;
        offset[size] = used;
        length[size++] = stateBytes;
        System.arraycopy(state, 0, bytes, used, stateBytes);
        used += stateBytes;
    }

    private void grow() {
        int larger = 2 * size;
        high = Arrays.copyOf(high, larger);
        low = Arrays.copyOf(low, larger);
        parent = Arrays.copyOf(parent, larger);
        lane = Arrays.copyOf(lane, larger);
        ending = Arrays.copyOf(ending, larger);
        offset = Arrays.copyOf(offset, larger);
        length = Arrays.copyOf(length, larger);
    }
}
