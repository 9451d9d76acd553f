package org.chanrace.bench;

import org.apache.commons.math3.util.FastMath;
import org.chanrace.kernel.RandomStream;

/**
 * Exponential increments of virtual time, drawn beforehand so that no random generator is measured.
 *
 * <p>The array is long, so that no branch predictor learns it by heart, and read in order, so that it costs one prefetched load.
 */
final class Increments {
    /** How many there are; a power of two. */
    static final int COUNT = 1 << 16;

    private static final double MEAN_NANOS = 100_000;

    private Increments() {}

    /** The same increments for everybody, ns, at least 1. */
    static long[] nanos() {
        // FastMath's logarithm has the same bits on every JDK, so that all of them hold the same.
        RandomStream stream = RandomStream.of("bench", "increments").reseed(1);
        long[] nanos = new long[COUNT];
        for (int i = 0; i < COUNT; i++) nanos[i] = 1 + (long) (-MEAN_NANOS * FastMath.log(1 - stream.nextDouble()));
        return nanos;
    }
}
