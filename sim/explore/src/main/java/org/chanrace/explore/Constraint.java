package org.chanrace.explore;

import java.util.Objects;
import java.util.Optional;
import org.chanrace.explore.Order.Move;

/**
 * One event of a witness before another one that could have come first: {@code after} does not happen unless {@code before} has happened.
 *
 * <p>In another order the same event is the one that its lane tells in the same words for the same, n-th, time; its number in the lane may be another there.
 *
 * @param before the event that was chosen
 * @param after the event that could have been chosen instead
 * @param decides what it is needed for: with the constraints of an {@link OrderingCore} up to this level, and not with fewer, this much of the ending is decided
 * @param otherwise an order that keeps all other constraints up to this level, has {@code after} without {@code before} having happened, ends otherwise, and is
 *     like the witness as long as it can be: the proof that this constraint is necessary. Empty when none was found within the limits
 */
public record Constraint(Move before, Move after, Decides decides, Optional<Witness> otherwise) {
    public Constraint {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        Objects.requireNonNull(decides);
        Objects.requireNonNull(otherwise);
    }

    /** Whether this constraint was shown to be necessary. */
    public boolean isNecessary() {
        return otherwise.isPresent();
    }
}
