package org.chanrace.kernel;

/** How a run came to its end. */
public enum End {
    /** A process said that there is nothing left to do. */
    FINISHED,
    /** No lane is open, or nothing is pending in those that are: everybody waits. */
    STALLED,
    /** Events are still being handled, but for {@link Limits#quietNanos} none of them was progress. */
    QUIET,
    /** {@link Limits#maxEvents} was reached. */
    EVENT_LIMIT,
    /** {@link Limits#maxVirtualNanos} was reached. */
    TIME_LIMIT
}
