package org.chanrace.explore;

import java.util.Arrays;

/**
 * A {@link Zone} in few bytes, of which a search keeps many: bound by bound, row by row, in groups of seven bits, the lowest first. Most bounds are small, or
 * none. It can be compared without being unpacked.
 */
final class PackedZone {
    private static final int GROUP = 7;
    private static final int MORE = 1 << GROUP;
    /** An object, and an array. */
    private static final int BYTES_BESIDE = 48;

    private final int size;
    private final byte[] bounds;

    private PackedZone(int size, byte[] bounds) {
        this.size = size;
        this.bounds = bounds;
    }

    static PackedZone of(Zone zone) {
        byte[] bounds = new byte[10 * zone.size() * zone.size()];
        int end = 0;
        for (int i = 0; i < zone.size(); i++)
            for (int j = 0; j < zone.size(); j++) {
                long code = code(zone.most(i, j));
                for (; code >= MORE; code >>>= GROUP) bounds[end++] = (byte) (code | MORE);
                bounds[end++] = (byte) code;
            }
        return new PackedZone(zone.size(), Arrays.copyOf(bounds, end));
    }

    /** Small for what is near 0, of either sign; 0 for no bound. */
    private static long code(long bound) {
        return bound >= Zone.NONE ? 0 : (bound << 1 ^ bound >> 63) + 1;
    }

    private static long bound(long code) {
        return code == 0 ? Zone.NONE : (code - 1) >>> 1 ^ -((code - 1) & 1);
    }

    long bytes() {
        return BYTES_BESIDE + bounds.length;
    }

    Zone unpack() {
        Reading reading = new Reading();
        long[][] most = new long[size][size];
        for (long[] row : most) for (int j = 0; j < size; j++) row[j] = reading.next();
        return new Zone(size, most);
    }

    /** Whether every solution of another zone of as many variables is one of this. */
    boolean includes(Zone other) {
        return includes(other, size);
    }

    /** Whether every solution of another zone is one of this as far as the first so many variables go. */
    boolean includes(Zone other, int variables) {
        Reading reading = new Reading();
        for (int i = 0; i < variables; i++)
            for (int j = 0; j < size; j++) {
                long bound = reading.next();
                if (j < variables && other.most(i, j) > bound) return false;
            }
        return true;
    }

    /** Whether every solution of this is one of another zone of as many variables. */
    boolean isIn(Zone other) {
        Reading reading = new Reading();
        for (int i = 0; i < size; i++) for (int j = 0; j < size; j++) if (reading.next() > other.most(i, j)) return false;
        return true;
    }

    /** Goes through the bounds. */
    private final class Reading {
        private int at;

        long next() {
            long code = 0;
            for (int shift = 0; ; shift += GROUP) {
                byte group = bounds[at++];
                code |= (long) (group & MORE - 1) << shift;
                if (group >= 0) return bound(code);
            }
        }
    }
}
