package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
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
 * @param waits words of what some thread waits for at the end, as {@link org.chanrace.model.verdict.Verdict#waits(String)} looks for them
 * @param quantities within which limits what was measured lies
 */
public record Expectation(
        List<Outcome> outcomes,
        Optional<GuestLocation> guestRunsOn,
        Optional<Monitor> sourceMonitor,
        Optional<Monitor> destinationMonitor,
        Optional<String> sourceStatus,
        Optional<String> destinationStatus,
        Optional<String> waits,
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

        /** What was measured, ns or a number; empty where there was nothing to measure: no page fault, a guest that never ran on the destination. */
        public OptionalLong of(Measurements measured) {
            LatencyHistogram latency = measured.latency();
            return switch (this) {
                case FAULTS -> OptionalLong.of(latency.count());
                case DOWNTIME -> measured.downtimeNanos();
                case TOTAL_TIME -> measured.totalNanos();
                case FAULT_LATENCY_MEAN -> ofAny(latency, latency.meanNanos());
                case FAULT_LATENCY_P50 -> ofAny(latency, latency.percentileNanos(50));
                case FAULT_LATENCY_P90 -> ofAny(latency, latency.percentileNanos(90));
                case FAULT_LATENCY_P99 -> ofAny(latency, latency.percentileNanos(99));
                case FAULT_LATENCY_MAX -> ofAny(latency, latency.maxNanos());
            };
        }

        private static OptionalLong ofAny(LatencyHistogram latency, long nanos) {
            return latency.count() == 0 ? OptionalLong.empty() : OptionalLong.of(nanos);
        }
    }

    /**
     * Limits of a quantity, both included.
     *
     * @param from ns, or a number
     * @param to ns, or a number; {@link #NO_LIMIT} for none
     */
    public record Within(Quantity quantity, long from, long to) {
        /** As the upper limit: there is none. */
        public static final long NO_LIMIT = Long.MAX_VALUE;

        public Within {
            Objects.requireNonNull(quantity);
            if (from < 0 || to < from) throw new IllegalArgumentException("0 <= from <= to");
        }

        /** Whether a value lies within the limits. */
        public boolean contains(long value) {
            return value >= from && value <= to;
        }
    }

    /** Expects nothing of what is waited for, and nothing of what was measured. */
    public Expectation(
            List<Outcome> outcomes, Optional<GuestLocation> guestRunsOn, Optional<Monitor> sourceMonitor, Optional<Monitor> destinationMonitor,
            Optional<String> sourceStatus, Optional<String> destinationStatus) {
        this(outcomes, guestRunsOn, sourceMonitor, destinationMonitor, sourceStatus, destinationStatus, Optional.empty(), List.of());
    }

    public Expectation {
        outcomes = List.copyOf(outcomes);
        quantities = List.copyOf(quantities);
        if (quantities.stream().map(Within::quantity).distinct().count() < quantities.size()) throw new IllegalArgumentException("a quantity is limited twice");
        if (waits.filter(String::isBlank).isPresent()) throw new IllegalArgumentException("words, or none");
        if (outcomes.isEmpty()) throw new IllegalArgumentException("at least one outcome is expected");
    }

    /**
     * Whether it names nothing but what should not happen: no outcome that may be a good one, which a migration that fails and one that waits for a recovery may be
     * as well, or a monitor that hangs.
     */
    public boolean isBad() {
        if (hangs(sourceMonitor) || hangs(destinationMonitor)) return true;
        return outcomes.stream().noneMatch(o -> o == Outcome.COMPLETED || o == Outcome.FAILED || o == Outcome.POSTCOPY_PAUSED);
    }

    private static boolean hangs(Optional<Monitor> monitor) {
        return monitor.equals(Optional.of(Monitor.HUNG));
    }

    /** The same of how runs end, and nothing of what was measured. */
    public Expectation withoutQuantities() {
        return new Expectation(outcomes, guestRunsOn, sourceMonitor, destinationMonitor, sourceStatus, destinationStatus, waits, List.of());
    }

    /** Expects one of these outcomes and nothing else. */
    public static Expectation of(Outcome... outcomes) {
        return new Expectation(List.of(outcomes), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
