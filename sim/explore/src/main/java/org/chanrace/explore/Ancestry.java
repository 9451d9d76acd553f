package org.chanrace.explore;

import java.util.Arrays;
import java.util.BitSet;

/** How each state was first reached: from which state, by picking which lane. Six bytes a state. */
final class Ancestry {
    private static final int BLOCK = 1 << 16;

    private int[][] parents = new int[16][];
    private short[][] lanes = new short[16][];
    private int size;

    /** The number of the state that is added. */
    int add(int parent, int lane) {
        int block = size / BLOCK;
        if (block == parents.length) {
            parents = Arrays.copyOf(parents, 2 * block);
            lanes = Arrays.copyOf(lanes, 2 * block);
        }
        if (parents[block] == null) {
            parents[block] = new int[BLOCK];
            lanes[block] = new short[BLOCK];
        }
        parents[block][size % BLOCK] = parent;
        lanes[block][size % BLOCK] = (short) lane;
        return size++;
    }

    int size() {
        return size;
    }

    /** The lanes that were picked on the way to a state, first pick first. */
    int[] path(int state) {
        int length = 0;
        for (int at = state; at > 0; at = parents[at / BLOCK][at % BLOCK]) length++;
        int[] path = new int[length];
        for (int at = state; at > 0; at = parents[at / BLOCK][at % BLOCK]) path[--length] = lanes[at / BLOCK][at % BLOCK];
        return path;
    }

    /** The lanes that were picked on the way to any state. */
    BitSet picked() {
        BitSet picked = new BitSet();
        for (int at = 1; at < size; at++) picked.set(lanes[at / BLOCK][at % BLOCK]);
        return picked;
    }

    long bytes() {
        return 6L * size;
    }
}
