package org.chanrace.explore;

import java.util.Objects;
import java.util.Optional;
import org.chanrace.model.verdict.RunResult;

/**
 * An order that ends in a certain way; among those with the fewest choices when a whole exploration found it.
 *
 * @param ending how it ends
 * @param order the events
 * @param result the run in this order, with its trace: its moments count events, unless it was run by time
 * @param timing when the events can come, if only orders count that the durations of a scenario allow; empty when all do
 */
public record Witness(Ending ending, Order order, RunResult result, Optional<Timing> timing) {
    public Witness {
        Objects.requireNonNull(ending);
        Objects.requireNonNull(order);
        Objects.requireNonNull(result);
        Objects.requireNonNull(timing);
    }

    /** One of all orders. */
    public Witness(Ending ending, Order order, RunResult result) {
        this(ending, order, result, Optional.empty());
    }
}
