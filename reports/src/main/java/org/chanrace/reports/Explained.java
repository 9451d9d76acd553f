package org.chanrace.reports;

import java.util.Objects;
import java.util.Optional;
import org.chanrace.explore.Disturbance;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Provocation;
import org.chanrace.explore.Witness;

/**
 * An ending with what was found out about its witness.
 *
 * @param found the ending
 * @param explanation why the witness ends so; empty when nobody asked
 * @param disturbance the smallest delays that make it happen by time; empty when none were found
 * @param disturbanceSought whether they were sought
 * @param provocation how an operator would bring these delays about; empty when there are none
 * @param capsule the file that its witness can be replayed from; empty when none was written
 */
public record Explained(Found found, Optional<Explanation> explanation, Optional<Disturbance> disturbance, boolean disturbanceSought,
        Optional<Provocation> provocation, Optional<String> capsule) {
    public Explained {
        Objects.requireNonNull(found);
        Objects.requireNonNull(explanation);
        Objects.requireNonNull(disturbance);
        Objects.requireNonNull(provocation);
        Objects.requireNonNull(capsule);
    }

    /** The same, and the file that replays it. */
    public Explained with(Optional<String> itsCapsule) {
        return new Explained(found, explanation, disturbance, disturbanceSought, provocation, itsCapsule);
    }

    /** An ending and nothing more. */
    public static Explained not(Found found) {
        return new Explained(found, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /** How it ends. */
    public Ending ending() {
        return found.ending();
    }

    /** A shortest order that ends so. */
    public Witness witness() {
        return found.witness();
    }
}
