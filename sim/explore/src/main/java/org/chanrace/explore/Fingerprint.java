package org.chanrace.explore;

/** Tells things of several parts apart, in 128 bits, by the fingerprints of their parts; it is one's own, and written over for the next thing. */
final class Fingerprint {
    private long high;
    private long low;

    /** Begins again with these halves: 0 for nothing. */
    void begin(long firstHigh, long firstLow) {
        high = firstHigh;
        low = firstLow;
    }

    /** Adds a part. It goes through both halves, so that parts that change places do not give the same. */
    void add(long partHigh, long partLow) {
        high = (Long.rotateLeft(high, 25) ^ partHigh) * 0x9E3779B97F4A7C15L + low;
        low = (Long.rotateLeft(low, 37) ^ partLow) * 0xC2B2AE3D27D4EB4FL + (high >>> 29);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }
}
