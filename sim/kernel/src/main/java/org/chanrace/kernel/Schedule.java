package org.chanrace.kernel;

import java.util.Arrays;

/** Records the order in which lanes are picked, so that {@link Scripted} can replay it. */
public final class Schedule implements Kernel.Listener {
    private int[] lanes = new int[256];
    private int size;

    @Override
    public void handling(int lane, long event, long now) {
        if (size == lanes.length) lanes = Arrays.copyOf(lanes, 2 * size);
        lanes[size++] = lane;
    }

    /** The lanes picked so far, first pick first. */
    public int[] toArray() {
        return Arrays.copyOf(lanes, size);
    }
}
