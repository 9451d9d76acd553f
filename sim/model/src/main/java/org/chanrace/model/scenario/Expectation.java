package org.chanrace.model.scenario;

import java.util.List;
import java.util.Optional;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;

/**
 * What a scenario expects of its runs.
 *
 * @param outcomes every run ends in one of these; more than one where the order decides. At least one
 * @param guestRunsOn where the guest runs at the end
 * @param sourceMonitor whether the source's monitor answers at the end
 * @param destinationMonitor whether the destination's monitor answers at the end
 * @param sourceStatus the source's status at the end
 * @param destinationStatus the destination's status at the end
 */
public record Expectation(
        List<Outcome> outcomes,
        Optional<GuestLocation> guestRunsOn,
        Optional<Monitor> sourceMonitor,
        Optional<Monitor> destinationMonitor,
        Optional<String> sourceStatus,
        Optional<String> destinationStatus) {
    public Expectation {
        outcomes = List.copyOf(outcomes);
        if (outcomes.isEmpty()) throw new IllegalArgumentException("at least one outcome is expected");
    }

    /** Expects one of these outcomes and nothing else. */
    public static Expectation of(Outcome... outcomes) {
        return new Expectation(List.of(outcomes), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
