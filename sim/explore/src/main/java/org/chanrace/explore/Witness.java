package org.chanrace.explore;

import java.util.Objects;
import org.chanrace.model.verdict.RunResult;

/**
 * An order that ends in a certain way; among those with the fewest choices when a whole exploration found it.
 *
 * @param ending how it ends
 * @param order the events
 * @param result the run in this order, with its trace: moments are numbers of events, in microseconds
 */
public record Witness(Ending ending, Order order, RunResult result) {
    public Witness {
        Objects.requireNonNull(ending);
        Objects.requireNonNull(order);
        Objects.requireNonNull(result);
    }
}
