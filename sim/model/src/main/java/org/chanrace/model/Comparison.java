package org.chanrace.model;

import java.util.Objects;
import java.util.Optional;
import org.chanrace.model.verdict.RunResult;

/**
 * A run that was made beside a recorded schedule.
 *
 * @param result how it ended; empty when it could not go on
 * @param departure where it and the schedule part; empty when they go together to the end
 */
public record Comparison(Optional<RunResult> result, Optional<Departure> departure) {
    public Comparison {
        Objects.requireNonNull(result);
        Objects.requireNonNull(departure);
        if (result.isEmpty() && departure.isEmpty()) throw new IllegalArgumentException("a run that could not go on has parted from its schedule");
    }
}
