package org.chanrace.generate;

import org.chanrace.kernel.RandomStream;

/** Where a generator gets its choices from; at random, or from a sequence that says them all. */
@FunctionalInterface
public interface Choices {
    /**
     * The next choice.
     *
     * @param n how many possibilities there are, at least 1
     * @param what what is chosen, for people
     * @return from 0, the simplest, to n - 1
     */
    int below(int n, String what);

    /** Random choices; the same for the same seed. */
    static Choices random(long seed) {
        return random(RandomStream.of("scenario", "choices").reseed(seed));
    }

    /** Random choices from a stream. */
    static Choices random(RandomStream stream) {
        return (n, what) -> stream.nextInt(n);
    }

    /**
     * The choices of a sequence, then 0 for ever. An entry that is too large counts as the largest possible, so that a lower entry is
     * never a higher choice.
     */
    static Choices replay(int... sequence) {
        int[] entries = sequence.clone();
        for (int entry : entries) if (entry < 0) throw new IllegalArgumentException("choices are 0 or above, not " + entry);
        return new Choices() {
            private int next;

            @Override
            public int below(int n, String what) {
                return next < entries.length ? Math.min(entries[next++], n - 1) : 0;
            }
        };
    }
}
