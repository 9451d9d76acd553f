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
     * @param length how many choices the default order has, as a measure of how many there may be
     */
    void begin(Steps steps, RandomStream stream, int length);

    /**
     * The next lane, or {@link #NOTHING}.
     *
     * @param ready the lanes to choose from, ascending
     * @param count how many these are, at least 1
     * @param events for each lane, how many of its events have been handled
     */
    int pick(int[] ready, int count, int[] events);
}
