package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;
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
 * @param quantities within which limits what was measured lies
 */
public record Expectation(
        List<Outcome> outcomes,
        Optional<GuestLocation> guestRunsOn,
        Optional<Monitor> sourceMonitor,
        Optional<Monitor> destinationMonitor,
        Optional<String> sourceStatus,
        Optional<String> destinationStatus,
        List<Within> quantities) {
    /** What can be expected of a measurement. */
    public enum Quantity {
        FAULT_LATENCY_MEAN("fault-latency-mean"),
        FAULT_LATENCY_P50("fault-latency-p50"),
        FAULT_LATENCY_P90("fault-latency-p90"),
        FAULT_LATENCY_P99("fault-latency-p99"),
        FAULT_LATENCY_MAX("fault-latency-max"),
        FAULTS("faults"),
        DOWNTIME("downtime"),
        TOTAL_TIME("total-time");

        private final String text;

        Quantity(String text) {
            this.text = text;
        }

        /** The name in scenario files. */
        public String text() {
            return text;
        }

        /** Whether it is a duration, in ns; a number otherwise. */
        public boolean isDuration() {
            return this != FAULTS;
        }
    }

    /**
     * Limits of a quantity, both included.
     *
     * @param from ns, or a number
     * @param to ns, or a number
     */
    public record Within(Quantity quantity, long from, long to) {
        public Within {
            Objects.requireNonNull(quantity);
            if (from < 0 || to < from) throw new IllegalArgumentException("0 <= from <= to");
        }
    }

    /** Expects nothing of what was measured. */
    public Expectation(
            List<Outcome> outcomes, Optional<GuestLocation> guestRunsOn, Optional<Monitor> sourceMonitor, Optional<Monitor> destinationMonitor,
            Optional<String> sourceStatus, Optional<String> destinationStatus) {
        this(outcomes, guestRunsOn, sourceMonitor, destinationMonitor, sourceStatus, destinationStatus, List.of());
    }

    public Expectation {
        outcomes = List.copyOf(outcomes);
        quantities = List.copyOf(quantities);
        if (outcomes.isEmpty()) throw new IllegalArgumentException("at least one outcome is expected");
    }

    /** Expects one of these outcomes and nothing else. */
    public static Expectation of(Outcome... outcomes) {
        return new Expectation(List.of(outcomes), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
