package org.chanrace.kernel;

/** Gives back, in the same order, what a {@link StateWriter} was given. */
public final class StateReader {
    private final boolean essential;
    private byte[] bytes = new byte[0];
    private int at;

    /** Reads whole states. */
    public StateReader() {
        this(false);
    }

    /** @param essential as of the writer */
    public StateReader(boolean essential) {
        this.essential = essential;
    }

    /** Whether what can make no difference any more was left out. */
    public boolean isEssential() {
        return essential;
    }

    /** Reads from here on. */
    public StateReader of(byte[] buffer, int from) {
        bytes = buffer;
        at = from;
        return this;
    }

    /** The next number. */
    public long next() {
        long read = bytes[at++];
        if (read < 0) {
            read &= 0x7F;
            int shift = 7;
            long more;
            do {
                more = bytes[at++];
                read |= (more & 0x7F) << shift;
                shift += 7;
            } while (more < 0);
        }
        return (read >>> 1) ^ -(read & 1);
    }

    /** The next number, as it was written from an {@code int}. */
    public int nextInt() {
        return (int) next();
    }

    /** The next truth. */
    public boolean nextTruth() {
        return bytes[at++] != 0;
    }

    /** What was given to {@link StateWriter#putBits}. */
    public long nextBits() {
        return Long.rotateRight(next(), 16);
    }

    /** Where the next read begins. */
    public int position() {
        return at;
    }
}
