package org.chanrace.explore.fuzz;

import java.util.Optional;
import org.chanrace.explore.Effort;
import org.chanrace.explore.Explanations;
import org.chanrace.explore.OrderingCore;
import org.chanrace.explore.Witness;
import org.chanrace.model.scenario.Scenario;

/** Ordering cores of orders that were found by chance. */
final class Cores {
    /** Where there are disturbances it may not be enough, and the core is not reduced to the end. */
    private static final Effort EFFORT = new Effort(10_000, 60_000);

    private Cores() {}

    /**
     * What decides how an order ends. Empty when the search for it does not come to an answer: under its restrictions more commutes than in the exploration,
     * and now and then it then tells apart orders of which all that it compares is the same. A finding is one without a core, too.
     */
    static Optional<OrderingCore> of(Scenario small, Witness witness) {
        try {
            return Optional.of(Explanations.of(small, witness, EFFORT).core());
        } catch (IllegalStateException | IllegalArgumentException noAnswer) {
            return Optional.empty();
        }
    }
}
