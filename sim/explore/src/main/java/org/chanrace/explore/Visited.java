package org.chanrace.explore;

import java.util.Arrays;

/**
 * The set of states that were seen, as 128-bit fingerprints in one array of primitives.
 *
 * <p>Open addressing with linear probing: of the slots, 16 bytes each, at most three quarters are taken, and when they are, there come to be two fifths
 * more. So a state takes 21 to 30 bytes. Two different states with the same fingerprint would be taken for one; with n states the probability that
 * this has happened anywhere is about n²/2¹²⁹, for a thousand million states 10⁻²¹.
 */
public final class Visited {
    private static final int FIRST_SLOTS = 1 << 6;
    private static final double TAKEN = 0.75;
    private static final double GROWTH = 1.4;

    /** Pairs of halves; (0, 0) is an empty slot. */
    private long[] table = new long[2 * FIRST_SLOTS];

    private int size;
    private int room = (int) (TAKEN * FIRST_SLOTS);

    /** Adds a fingerprint; whether it was new. */
    public boolean add(long high, long low) {
        if (size == room) grow();
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

    /** Adds all fingerprints of another set. */
    void addAll(Visited others) {
        // They come in the order of their slots: with room for only some of them, all of those would want to be in one place.
        while (room < size + others.size) grow();
        for (int i = 0; i < others.table.length; i += 2) if ((others.table[i] | others.table[i + 1]) != 0) add(others.table[i], others.table[i + 1]);
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
        // The upper half of the product of a number below 2^32 with the number of slots.
        long spread = low * 0x9E3779B97F4A7C15L >>> 32;
        int slot = (int) (spread * (table.length >> 1) >>> 32) << 1;
        while ((table[slot] != high || table[slot + 1] != low) && (table[slot] | table[slot + 1]) != 0) {
            slot += 2;
            if (slot == table.length) slot = 0;
        }
        return slot;
    }

    private void grow() {
        long[] old = table;
        int slots = (int) (GROWTH * (old.length >> 1));
        long[] larger = new long[2 * slots];
        for (int i = 0; i < old.length; i += 2) {
            if ((old[i] | old[i + 1]) == 0) continue;
            int slot = slot(larger, old[i], old[i + 1]);
            larger[slot] = old[i];
            larger[slot + 1] = old[i + 1];
        }
        room = (int) (TAKEN * slots);
        table = larger;
    }

    /** Forgets everything; keeps the room. */
    void clear() {
        Arrays.fill(table, 0);
        size = 0;
    }
}
