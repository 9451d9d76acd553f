package org.chanrace.model.verdict;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.trace.Trace;

/**
 * One run of one scenario.
 *
 * @param seed the seed of its random streams
 * @param verdict how it ended, and why
 * @param connections the connections, by number
 * @param events events handled
 * @param virtualNanos virtual time at the end, ns
 * @param digest of everything that was done, 16 hex digits
 * @param trace what happened, event by event, when it was asked for
 * @param measurements what was measured, of a run by time; empty for an order without times
 * @param tickNanos of an order without times how far its clock goes on with each event, ns, so that moments tell the number of the event; 0 for a run by time
 */
public record RunResult(
        long seed, Verdict verdict, List<ConnectionFate> connections, long events, long virtualNanos, String digest, Optional<Trace> trace,
        Optional<Measurements> measurements, long tickNanos) {
    /** A run by time. */
    public RunResult(
            long seed, Verdict verdict, List<ConnectionFate> connections, long events, long virtualNanos, String digest, Optional<Trace> trace,
            Optional<Measurements> measurements) {
        this(seed, verdict, connections, events, virtualNanos, digest, trace, measurements, 0);
    }

    /** A run of which nothing was measured. */
    public RunResult(
            long seed, Verdict verdict, List<ConnectionFate> connections, long events, long virtualNanos, String digest, Optional<Trace> trace) {
        this(seed, verdict, connections, events, virtualNanos, digest, trace, Optional.empty());
    }

    /** The same run without its trace. */
    public RunResult withoutTrace() {
        return new RunResult(seed, verdict, connections, events, virtualNanos, digest, Optional.empty(), measurements, tickNanos);
    }

    public RunResult {
        Objects.requireNonNull(verdict);
        connections = List.copyOf(connections);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(trace);
        Objects.requireNonNull(measurements);
        if (tickNanos < 0) throw new IllegalArgumentException("a clock does not go back");
    }

    /** The same as that of an order without times, whose clock goes on by so much with each event, ns. */
    public RunResult ticking(long nanos) {
        return new RunResult(seed, verdict, connections, events, virtualNanos, digest, trace, measurements, nanos);
    }

    /** The same without what takes room: its trace, and the details of what was measured. */
    public RunResult coarse() {
        return withoutTrace().withoutDetails();
    }

    private RunResult withoutDetails() {
        return new RunResult(seed, verdict, connections, events, virtualNanos, digest, trace, measurements.map(Measurements::coarse), tickNanos);
    }
}
