package org.chanrace.explore;

import java.util.Objects;
import org.chanrace.explore.Order.Move;

/**
 * The nearest order that completes: of those without a disturbance that the witness does not have, one that has the longest beginning in common with the
 * witness; of these one that goes on with the second event of a pair that decides whether the witness ends badly, if any does; and of these one with the fewest
 * choices.
 *
 * @param common choices that both begin with
 * @param witnessGoesOn with what the witness parts from it
 * @param detourGoesOn what this order has instead
 * @param witness this order
 */
public record Detour(int common, Move witnessGoesOn, Move detourGoesOn, Witness witness) {
    public Detour {
        Objects.requireNonNull(witnessGoesOn);
        Objects.requireNonNull(detourGoesOn);
        Objects.requireNonNull(witness);
    }
}
