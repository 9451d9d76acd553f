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
 */
public record RunResult(
        long seed, Verdict verdict, List<ConnectionFate> connections, long events, long virtualNanos, String digest, Optional<Trace> trace,
        Optional<Measurements> measurements) {
    /** A run of which nothing was measured. */
    public RunResult(
            long seed, Verdict verdict, List<ConnectionFate> connections, long events, long virtualNanos, String digest, Optional<Trace> trace) {
        this(seed, verdict, connections, events, virtualNanos, digest, trace, Optional.empty());
    }

    /** The same run without its trace. */
    public RunResult withoutTrace() {
        return new RunResult(seed, verdict, connections, events, virtualNanos, digest, Optional.empty(), measurements);
    }

    public RunResult {
        Objects.requireNonNull(verdict);
        connections = List.copyOf(connections);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(trace);
        Objects.requireNonNull(measurements);
    }

    /** The same without what takes room: its trace, and the details of what was measured. */
    public RunResult coarse() {
        return withoutTrace().withoutDetails();
    }

    private RunResult withoutDetails() {
        return new RunResult(seed, verdict, connections, events, virtualNanos, digest, trace, measurements.map(Measurements::coarse));
    }
}
