package org.chanrace.explore.fuzz;

import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Steps;

/** Chooses an order, event by event: one of the ready lanes each time. */
interface Picker {
    /** No lane: the run is to end here. */
    int NOTHING = -1;

    /**
     * Another order is to be chosen.
     *
     * @param steps the processes
     * @param stream whatever is random about it
     * @param length how many choices an order of the same scenario has had at most, so far
     */
    void begin(Steps steps, RandomStream stream, int length);

    /**
     * The next lane, or {@link #NOTHING}.
     *
     * @param ready the lanes to choose from, ascending
     * @param count how many these are, at least 1
     */
    int pick(int[] ready, int count);
}
