package org.chanrace.kernel;

import java.util.Arrays;

/**
 * Takes down the state of processes and lanes, number by number, in few bytes.
 *
 * <p>What is written is canonical: equal states give equal bytes. So one pair of methods, {@code save} and {@code load}, gives exploration
 * its fingerprints and its snapshots. Numbers near 0, of either sign, take one byte (zigzag and base 128, as in Protocol Buffers);
 * the buffer is kept and grows as needed, so that nothing is allocated in steady state.
 */
public final class StateWriter {
    private final boolean essential;
    private byte[] bytes = new byte[512];
    private int size;

    /** Writes whole states. */
    public StateWriter() {
        this(false);
    }

    /**
     * @param essential whether to leave out what can make no difference any more to how the run goes on and ends, such as the pages of a process that is
     *     gone; what is left out stays as it happens to be in whoever loads the state
     */
    public StateWriter(boolean essential) {
        this.essential = essential;
    }

    /** Whether what can make no difference any more is to be left out. */
    public boolean isEssential() {
        return essential;
    }

    /** Forgets what was written. */
    public void clear() {
        size = 0;
    }

    /** Writes a number. */
    public void put(long number) {
        long left = (number << 1) ^ (number >> 63);
        if (size + 10 > bytes.length) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        while ((left & ~0x7FL) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** Writes a truth. */
    public void put(boolean truth) {
        if (size == bytes.length) bytes = Arrays.copyOf(bytes, 2 * size);
        bytes[size++] = (byte) (truth ? 2 : 0);
    }

    /** Writes an event or a set of up to 64 bits, whose top bits tend to be used as often as its low ones. */
    public void putBits(long bits) {
        put(Long.rotateLeft(bits, 16));
    }

    /** Number of bytes written. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** The buffer; its first {@link #size} bytes were written. Not a copy, and valid until the next call. */
    public byte[] buffer() {
        return bytes;
    }
}
