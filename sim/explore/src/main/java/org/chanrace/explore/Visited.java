package org.chanrace.explore;

import java.util.Arrays;

/**
 * The set of states that were seen, as 128-bit fingerprints in one array of primitives.
 *
 * <p>Open addressing with linear probing, at most seven slots of ten taken: 16 bytes a slot, so 23 to 46 bytes a state. Two different states
 * with the same fingerprint would be taken for one; with n states the probability that this has happened anywhere is about n²/2¹²⁹, for a
 * thousand million states 10⁻²¹.
 */
public final class Visited {
    private static final int FIRST_SLOTS = 1 << 12;

    /** Pairs of halves; (0, 0) is an empty slot. */
    private long[] table = new long[2 * FIRST_SLOTS];

    private int size;

    /** Adds a fingerprint; whether it was new. */
    public boolean add(long high, long low) {
        if (size >= (int) ((table.length >> 1) * 0.7)) grow();
        long stored = (high | low) == 0 ? 1 : low;
        int slot = slot(table, high, stored);
        if (table[slot + 1] == stored && table[slot] == high) return false;
        table[slot] = high;
        table[slot + 1] = stored;
        size++;
        return true;
    }

    /**
     * Whether a fingerprint is in the set, by any thread, while another one may be adding: what is being added, or was while the table grew,
     * may be missed, and what was never added is never reported.
     */
    boolean contains(long high, long low) {
        long stored = (high | low) == 0 ? 1 : low;
        final long[] seen = table;
        int slot = slot(seen, high, stored);
        return seen[slot + 1] == stored && seen[slot] == high;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Bytes that the set occupies. */
    long bytes() {
        return 8L * table.length;
    }

    /** Where this fingerprint is, or the empty slot where it belongs. */
    private static int slot(long[] table, long high, long low) {
        int mask = table.length - 1;
        int slot = ((int) (low >>> 20) << 1) & mask;
        while ((table[slot] != high || table[slot + 1] != low) && (table[slot] | table[slot + 1]) != 0) slot = (slot + 2) & mask;
        return slot;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if ((old[i] | old[i + 1]) == 0) continue;
            int slot = slot(table, old[i], old[i + 1]);
            table[slot] = old[i];
            table[slot + 1] = old[i + 1];
        }
    }

    /** Forgets everything; keeps the room. */
    void clear() {
        Arrays.fill(table, 0);
        size = 0;
    }
}
