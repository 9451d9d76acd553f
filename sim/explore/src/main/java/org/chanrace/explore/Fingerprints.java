package org.chanrace.explore;

import java.util.Arrays;

/**
 * Numbers 128-bit fingerprints from 0 on, in the order in which they are come to. Two different things with the same fingerprint would be taken for one; how
 * improbable that is, {@link Visited} says.
 */
final class Fingerprints {
    private static final int FIRST = 256;

    /** Pairs of halves, by number. */
    private long[] halves = new long[2 * FIRST];
    /** Open addressing, at most half of it taken: the number plus 1, or 0. */
    private int[] table = new int[2 * FIRST];

    private int size;

    /** The number of a fingerprint; the {@link #size} there was, when it is new. */
    int number(long h, long l) {
        int slot = slot(h, l);
        if (table[slot] != 0) return table[slot] - 1;
        if (2 * size == halves.length) {
            grow();
            slot = slot(h, l);
        }
        halves[2 * size] = h;
        halves[2 * size + 1] = l;
        table[slot] = ++size;
        return size - 1;
    }

    private int slot(long h, long l) {
        int mask = table.length - 1;
        int slot = (int) (l ^ l >>> 32) & mask;
        for (int at = table[slot]; at != 0 && (halves[2 * at - 1] != l || halves[2 * at - 2] != h); at = table[slot]) slot = (slot + 1) & mask;
        return slot;
    }

    private void grow() {
        halves = Arrays.copyOf(halves, 4 * size);
        table = new int[4 * size];
        for (int i = 0; i < size; i++) table[slot(high(i), low(i))] = i + 1;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** One half of the fingerprint with this number. */
    long high(int number) {
        return halves[2 * number];
    }

    /** The other half. */
    long low(int number) {
        return halves[2 * number + 1];
    }
}
