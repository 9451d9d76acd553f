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

    /**
     * Whether it makes no difference, but in time, if this event, which can be handled now, is handled at once or later: whatever else happens
     * before, both orders lead to the same state, and nothing that could happen in between sees it undone. An explorer need not try both.
     *
     * <p>A process that says so of an event promises it for every state that can come; to say no is always right.
     *
     * @param lane the lane of which it is the head
     */
    default boolean commutes(int lane, long event) {
        return false;
    }
}
