package org.chanrace.model.verdict;

import java.util.List;
import java.util.Objects;

/**
 * An outcome with its explanation.
 *
 * @param outcome how it ended
 * @param sourceStatus as {@code query-migrate} on the source shows it, or would if the monitor answered
 * @param destinationStatus the same of the destination
 * @param guestRunsOn where the guest runs
 * @param sourceMonitor whether the source's monitor answers
 * @param destinationMonitor whether the destination's monitor answers
 * @param reason one plain sentence: the wait-for cycle or the failed check
 * @param waits what each waiting thread waits for
 * @param cycle the shortest wait-for cycle, in order; empty when there is none
 * @param advice what an operator can do; may be empty for {@link Outcome#COMPLETED}
 * @param lostPages pages of the guest that are nowhere to be trusted
 * @param messages what QEMU would have said in its log, in order
 */
public record Verdict(
        Outcome outcome,
        String sourceStatus,
        String destinationStatus,
        GuestLocation guestRunsOn,
        Monitor sourceMonitor,
        Monitor destinationMonitor,
        String reason,
        List<ThreadWait> waits,
        List<ThreadWait> cycle,
        String advice,
        long lostPages,
        List<String> messages) {
    public Verdict {
        Objects.requireNonNull(outcome);
        waits = List.copyOf(waits);
        cycle = List.copyOf(cycle);
        messages = List.copyOf(messages);
    }

    /** Whether some thread waits as these words say: they stand in the sentence that is made of it and of what it waits for. */
    public boolean waits(String words) {
        return waits.stream().anyMatch(wait -> (wait.thread() + " " + wait.reason()).contains(words));
    }

    /**
     * A thread that waits.
     *
     * @param thread who: {@code source migration thread}
     * @param reason what for, as a clause: {@code waits for room in main's send buffer}
     * @param awaited whom it waits for: {@code destination main loop}; may be empty
     * @param sinceNanos since when, virtual ns
     */
    public record ThreadWait(String thread, String reason, String awaited, long sinceNanos) {}
}
