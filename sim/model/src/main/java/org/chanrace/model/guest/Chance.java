package org.chanrace.model.guest;

import org.chanrace.kernel.RandomStream;

/** Many pages, each of which is added with the same probability, whatever becomes of the others: 64 at a time. */
final class Chance {
    private Chance() {}

    /** Adds pages from {@code from} to below {@code to} to both sets. */
    static void add(int from, int to, double probability, RandomStream stream, PageSet log, PageSet written) {
        if (probability >= 1) {
            log.addRange(from, to);
            written.addRange(from, to);
            return;
        }
        for (int at = from; at < to; ) {
            int end = Math.min(to, (at | Long.SIZE - 1) + 1);
            long bits = bits(probability, stream) & PageSet.mask(at, end);
            log.addBits(at >>> 6, bits);
            written.addBits(at >>> 6, bits);
            at = end;
        }
    }

    /**
     * 64 bits, each of them set with this probability.
     *
     * <p>For each a random number is compared with the probability, digit by digit from the highest on; the digits of all 64 numbers are drawn at once.
     * Few are left that agree after eight.
     */
    static long bits(double probability, RandomStream stream) {
        if (probability >= 1) return -1L;
        long set = 0;
        long agree = -1L;
        for (double rest = probability; agree != 0 && rest > 0; ) {
            rest *= 2;
            long ones = stream.nextBits();
            if (rest >= 1) {
                rest -= 1;
                set |= agree & ~ones;
                agree &= ones;
            } else agree &= ~ones;
        }
        return set;
    }
}
