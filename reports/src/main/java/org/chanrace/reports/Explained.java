package org.chanrace.reports;

import java.util.Objects;
import java.util.Optional;
import org.chanrace.explore.Disturbance;
import org.chanrace.explore.Disturbances.Sought;
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
 * @param sought the smallest delays that make it happen by time, or why none were found; empty when they were not sought
 * @param provocation how an operator would bring these delays about; empty when there are none
 * @param capsule the file that its witness can be replayed from; empty when none was written
 */
public record Explained(Found found, Optional<Explanation> explanation, Optional<Sought> sought, Optional<Provocation> provocation, Optional<String> capsule) {
    public Explained {
        Objects.requireNonNull(found);
        Objects.requireNonNull(explanation);
        Objects.requireNonNull(sought);
        Objects.requireNonNull(provocation);
        Objects.requireNonNull(capsule);
    }

    /** The same, and the file that replays it. */
    public Explained with(Optional<String> itsCapsule) {
        return new Explained(found, explanation, sought, provocation, itsCapsule);
    }

    /** An ending and nothing more. */
    public static Explained not(Found found) {
        return new Explained(found, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The smallest delays that make it happen by time, if they were sought and found. */
    public Optional<Disturbance> disturbance() {
        return sought.flatMap(Sought::disturbance);
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
