package org.chanrace.explore;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a witness ends as it does.
 *
 * @param witness what is explained
 * @param core the pairs of events whose order decides it
 * @param detour the nearest order that completes; empty when none does, and when the witness itself completes
 * @param detourSought whether the search for it was brought to an end: if not, and there is none, there may be one
 */
public record Explanation(Witness witness, OrderingCore core, Optional<Detour> detour, boolean detourSought) {
    public Explanation {
        Objects.requireNonNull(witness);
        Objects.requireNonNull(core);
        Objects.requireNonNull(detour);
    }
}
