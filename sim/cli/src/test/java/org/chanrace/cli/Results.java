package org.chanrace.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Trace;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;

/** Results made up for tests of the command line, which must not depend on what the model thinks. */
final class Results {
    private Results() {}

    /** Completes, with a digest of its own for each scenario and seed. */
    static RunResult completed(Scenario scenario, long seed, boolean withTrace) {
        return result(scenario, seed, withTrace, Outcome.COMPLETED);
    }

    /** Completes after one fault, which the background answered, and which took so long. */
    static RunResult afterFault(Scenario scenario, long seed, long nanos) {
        RunResult r = completed(scenario, seed, false);
        LatencyHistogram latency = new LatencyHistogram();
        latency.add(nanos);
        Measurements measured = new Measurements(latency, List.of(new Measurements.Spent(Stage.ON_ITS_WAY, nanos)), List.of(nanos),
                new Measurements.Throughput(10_000_000, List.of(seed, 2L), List.of(0L, 1L)), OptionalLong.of(seed), OptionalLong.of(2 * nanos), OptionalLong.of(3 * nanos));
        return new RunResult(r.seed(), r.verdict(), r.connections(), r.events(), r.virtualNanos(), r.digest(), r.trace(), Optional.of(measured));
    }

    static RunResult result(Scenario scenario, long seed, boolean withTrace, Outcome outcome) {
        boolean completed = outcome == Outcome.COMPLETED;
        Verdict.ThreadWait source = new Verdict.ThreadWait("source migration thread", "waits for room in main's send buffer", "destination main loop", 5_000_000);
        Verdict.ThreadWait destination = new Verdict.ThreadWait("destination main loop", "waits for preempt to arrive", "source migration thread", 7_000_000);
        List<Verdict.ThreadWait> waits = completed ? List.of() : List.of(source, destination);
        Verdict verdict = new Verdict(
                outcome,
                completed ? "completed" : "active",
                completed ? "completed" : "active",
                completed ? GuestLocation.DESTINATION : GuestLocation.SOURCE,
                Monitor.ANSWERS,
                Monitor.ANSWERS,
                completed ? "every page has arrived" : "the source waits for the destination, which waits for the source",
                waits,
                waits,
                completed ? "" : "cancel the migration",
                0,
                List.of());
        List<TraceEvent> events = List.of(
                new TraceEvent.Sent(1_000, Actor.SOURCE_MIGRATION, 1, 1, "SYN", 40),
                new TraceEvent.Received(101_000, Actor.DESTINATION_MAIN_LOOP, 1, 1, "SYN", 40),
                new TraceEvent.StatusChanged(120_000, Actor.SOURCE_MIGRATION, "active"));
        ConnectionFate main = new ConnectionFate(1, "main", "main", 1, 1_000, OptionalLong.of(101_000), OptionalLong.empty(), "");
        String digest = String.format(Locale.ROOT, "%016x", 31L * scenario.name().hashCode() + seed);
        Optional<Trace> trace = withTrace ? Optional.of(new Trace(events, 0)) : Optional.empty();
        return new RunResult(seed, verdict, List.of(main), 42, 5_000_000_000L, digest, trace);
    }
}
