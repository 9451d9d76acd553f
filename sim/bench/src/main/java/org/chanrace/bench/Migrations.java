package org.chanrace.bench;

import java.util.concurrent.TimeUnit;
import org.chanrace.model.Simulation;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole migrations with postcopy-preempt, one after the other in the same arena, each with another seed. The score is
 * migrations a second; {@code events} is events handled a second.
 */
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Migrations {
    /** Events handled, as a rate. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Handled {
        /** Since the iteration began. */
        public long events;

        /** Begins at 0. */
        @Setup(Level.Iteration)
        public void reset() {
            events = 0;
        }
    }

    /** A pairing of a release with itself. */
    @State(Scope.Thread)
    public static class ChannelsOnly {
        /** The release on both sides. */
        @Param({"7.2.0", "10.1.0"})
        public String release;

        private Simulation simulation;
        private long seed;

        /** Makes the arena, and makes sure that what is measured is a migration. */
        @Setup(Level.Trial)
        public void build() {
            simulation = Simulation.of(Scenarios.channelsOnly(release));
            requireCompletion(simulation);
        }
    }

    /** A million pages. */
    @State(Scope.Thread)
    public static class Postcopy {
        /** The release on both sides. */
        @Param({"7.2.0", "10.1.0"})
        public String release;

        private Simulation simulation;
        private long seed;

        /** Makes the arena, and makes sure that what is measured is a migration. */
        @Setup(Level.Trial)
        public void build() {
            simulation = Simulation.of(Scenarios.postcopy(release));
            requireCompletion(simulation);
        }
    }

    private static void requireCompletion(Simulation simulation) {
        RunResult result = simulation.run(0, false);
        if (result.verdict().outcome() != Outcome.COMPLETED)
            throw new IllegalStateException("the migration that is to be measured does not complete: " + result.verdict().reason());
    }

    /** Channels come up, eight pages go over: the outcome alone, as a sweep asks for it. */
    @Benchmark
    public Outcome channelsOnly(ChannelsOnly migration, Handled handled) {
        Outcome outcome = migration.simulation.outcome(migration.seed++);
        handled.events += migration.simulation.events();
        return outcome;
    }

    /** The same with its verdict explained and its connections listed, as {@code chanrace run} asks for it. */
    @Benchmark
    public RunResult channelsOnlyExplained(ChannelsOnly migration, Handled handled) {
        RunResult result = migration.simulation.run(migration.seed++, false);
        handled.events += result.events();
        return result;
    }

    /** A postcopy with a million pages. */
    @Benchmark
    public Outcome postcopy(Postcopy migration, Handled handled) {
        Outcome outcome = migration.simulation.outcome(migration.seed++);
        handled.events += migration.simulation.events();
        return outcome;
    }
}
