package org.chanrace.kernel;

/** A party with state of its own that changes only by handling events. */
public interface Process {
    /**
     * Handles one event. May change this process's own state, append to lanes, and open or close the lanes that lead to this
     * process.
     *
     * @param lane the lane the event came by
     * @param event the event, as it was appended: its kind in the top byte, its arguments below
     * @param now virtual time, ns
     */
    void handle(int lane, long event, long now);
}
