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
    /** The numbers of the parties of each state, one after the other. */
    int[] parties = new int[0];

    void clear(int newPiece) {
        piece = newPiece;
        transitions = 0;
        switching = false;
        size = 0;
    }

    void add(long h, long l, int from, int by, int end, Party[] state) {
        if (size == high.length) grow();
        if ((size + 1) * state.length > parties.length) parties = Arrays.copyOf(parties, high.length * state.length);
        high[size] = h;
        low[size] = l;
        parent[size] = from;
        lane[size] = by;
        ending[size] = end;
        for (int party = 0; party < state.length; party++) parties[size * state.length + party] = state[party].number;
        size++;
    }

    private void grow() {
        int larger = 2 * size;
        high = Arrays.copyOf(high, larger);
        low = Arrays.copyOf(low, larger);
        parent = Arrays.copyOf(parent, larger);
        lane = Arrays.copyOf(lane, larger);
        ending = Arrays.copyOf(ending, larger);
    }
}
