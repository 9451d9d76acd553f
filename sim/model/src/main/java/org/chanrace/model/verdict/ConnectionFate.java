package org.chanrace.model.verdict;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What became of one connection.
 *
 * @param number in the order in which connections were opened, from 1
 * @param channel what the source opened it as: {@code main}, {@code preempt}; {@code probe} for a stranger's
 * @param takenFor what the destination took it for: a channel; {@code unidentified} while it is being examined; {@code extra}
 *     when it was dropped; {@code none} when it was never accepted
 * @param attempt 1 for the migration, 2 for the first recovery or the migration that was begun anew, …
 * @param openedNanos when the source began to connect, virtual ns
 * @param acceptedNanos when the destination accepted it
 * @param closedNanos when its first end was closed
 * @param closedBy {@code source}, {@code destination}, {@code relay}, {@code network}; empty while open
 */
public record ConnectionFate(
        int number,
        String channel,
        String takenFor,
        int attempt,
        long openedNanos,
        OptionalLong acceptedNanos,
        OptionalLong closedNanos,
        String closedBy) {
    public ConnectionFate {
        Objects.requireNonNull(channel);
        Objects.requireNonNull(takenFor);
        Objects.requireNonNull(acceptedNanos);
        Objects.requireNonNull(closedNanos);
        Objects.requireNonNull(closedBy);
    }
}
