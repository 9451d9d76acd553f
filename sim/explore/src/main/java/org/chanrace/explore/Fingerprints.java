package org.chanrace.explore;

import java.util.Arrays;

/**
 * Numbers 128-bit fingerprints from 0 on, in the order in which they are come to. Two different things with the same fingerprint would be taken for one; how
 * improbable that is, {@link Visited} says.
 */
final class Fingerprints {
    private static final int FIRST = 256;

    private long[] high = new long[FIRST];
    private long[] low = new long[FIRST];
    /** Open addressing, at most half of it taken: the number plus 1, or 0. */
    private int[] table = new int[2 * FIRST];

    private int size;

    /** The number of a fingerprint; the {@link #size} there was, when it is new. */
    int number(long h, long l) {
        int slot = slot(h, l);
        if (table[slot] != 0) return table[slot] - 1;
        if (size == high.length) {
            grow();
            slot = slot(h, l);
        }
        high[size] = h;
        low[size] = l;
        table[slot] = ++size;
        return size - 1;
    }

    private int slot(long h, long l) {
        int mask = table.length - 1;
        int slot = (int) (l ^ l >>> 32) & mask;
        for (int at = table[slot]; at != 0 && (low[at - 1] != l || high[at - 1] != h); at = table[slot]) slot = (slot + 1) & mask;
        return slot;
    }

    private void grow() {
        high = Arrays.copyOf(high, 2 * size);
        low = Arrays.copyOf(low, 2 * size);
        table = new int[4 * size];
        for (int i = 0; i < size; i++) table[slot(high[i], low[i])] = i + 1;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** One half of the fingerprint with this number. */
    long high(int number) {
        return high[number];
    }

    /** The other half. */
    long low(int number) {
        return low[number];
    }
}
