package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** States that are still to be explored, as bytes, with the number that each was given when it was found. */
final class Snapshots {
    private static final int BLOCK_BYTES = 1 << 20;

    private final List<byte[]> blocks = new ArrayList<>();
    private int block = -1;
    private int used;
    private int[] states = new int[256];
    private long[] places = new long[256];
    private int size;

    void clear() {
        block = -1;
        used = 0;
        size = 0;
    }

    void add(int state, byte[] bytes, int from, int length) {
        if (block < 0 || used + length > blocks.get(block).length) nextBlock(length);
        System.arraycopy(bytes, from, blocks.get(block), used, length);
        if (size == states.length) {
            states = Arrays.copyOf(states, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        states[size] = state;
        places[size++] = (long) block << 32 | used;
        used += length;
    }

    private void nextBlock(int length) {
        block++;
        used = 0;
        if (block == blocks.size()) blocks.add(new byte[Math.max(BLOCK_BYTES, length)]);
        else if (blocks.get(block).length < length) blocks.set(block, new byte[length]);
    }

    int size() {
        return size;
    }

    int state(int i) {
        return states[i];
    }

    byte[] block(int i) {
        return blocks.get((int) (places[i] >>> 32));
    }

    int offset(int i) {
        return (int) places[i];
    }

    /** Bytes in use. */
    long bytes() {
        return block < 0 ? 0 : (long) block * BLOCK_BYTES + used + 12L * size;
    }
}
