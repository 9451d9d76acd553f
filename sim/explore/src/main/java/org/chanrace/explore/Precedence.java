package org.chanrace.explore;

import java.util.Objects;
import org.chanrace.explore.Order.Move;

/** That one event of an order comes before another one. */
public record Precedence(Move before, Move after) {
    public Precedence {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
    }
}
