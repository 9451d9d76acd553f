package org.chanrace.explore;

import java.util.Arrays;

/** States that are still to be explored, as the numbers of their parties, with the number that each was given when it was found. */
final class Snapshots {
    private static final int BLOCK = 1 << 14;

    private final int parties;
    /** Of each state its number, and those of its parties. */
    private int[][] blocks = new int[16][];

    private int size;

    Snapshots(int parties) {
        this.parties = parties;
    }

    void clear() {
        size = 0;
    }

    /** Adds the state whose parties' numbers begin here. */
    void add(int state, int[] numbers, int from) {
        int block = size / BLOCK;
        if (block == blocks.length) blocks = Arrays.copyOf(blocks, 2 * block);
        if (blocks[block] == null) blocks[block] = new int[BLOCK * (parties + 1)];
        int at = at(size++);
        blocks[block][at] = state;
        System.arraycopy(numbers, from, blocks[block], at + 1, parties);
    }

    private int at(int i) {
        return i % BLOCK * (parties + 1);
    }

    int size() {
        return size;
    }

    int state(int i) {
        return blocks[i / BLOCK][at(i)];
    }

    /** The number of one of a state's parties. */
    int party(int i, int party) {
        return blocks[i / BLOCK][at(i) + 1 + party];
    }

    /** Bytes in use. */
    long bytes() {
        return 4L * (parties + 1) * size;
    }
}
