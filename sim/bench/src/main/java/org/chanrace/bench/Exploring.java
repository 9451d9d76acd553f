package org.chanrace.bench;

import java.util.concurrent.TimeUnit;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Explorer;
import org.chanrace.explore.Settings;
import org.chanrace.model.scenario.Scenario;
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
 * Every order of a pairing, again and again. The score is explorations a second; {@code states} and {@code transitions} are those visited a
 * second, and with {@code cpu} beside them, those of one core.
 */
@Fork(2)
@Warmup(iterations = 2, time = 10)
@Measurement(iterations = 5, time = 10)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Exploring {
    private static final long MAX_MEMORY_BYTES = 2L << 30;

    /** Of the latest exploration; JMH runs one benchmark at a time in a JVM. */
    private static volatile double bytesPerState;

    /** What was visited, as rates. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Handled {
        /** Since the iteration began. */
        public long states;

        /** Since the iteration began. */
        public long transitions;

        /** Begins at 0. */
        @Setup(Level.Iteration)
        public void reset() {
            states = 0;
            transitions = 0;
        }
    }

    /** A pairing of 10.0.0 with itself, within the explorer's own bounds. */
    @State(Scope.Thread)
    public static class Pairing {
        /** A postcopy that nothing disturbs has thousands of states; one with a break and a recovery has hundreds of thousands. */
        @Param({"postcopy", "recovery"})
        public String migration;

        /** The explorer's threads. */
        @Param({"1", "2"})
        public int jobs;

        private Scenario scenario;
        private Settings settings;

        /** Makes sure that what is measured is a whole exploration, of a model in which something happens. */
        @Setup(Level.Trial)
        public void build() {
            scenario = migration.equals("recovery") ? Scenarios.recovery("10.0.0") : Scenarios.postcopy("10.0.0");
            settings = new Settings(true, MAX_MEMORY_BYTES, jobs);
            Exploration exploration = Explorer.explore(scenario, settings);
            if (!exploration.complete() || !exploration.completes())
                throw new IllegalStateException("the exploration that is to be measured is not complete, or never completes: " + migration);
        }
    }

    static double bytesPerState() {
        return bytesPerState;
    }

    /** A full verdict. */
    @Benchmark
    public Exploration explore(Pairing pairing, Handled handled) {
        Exploration exploration = Explorer.explore(pairing.scenario, pairing.settings);
        handled.states += exploration.states();
        handled.transitions += exploration.transitions();
        bytesPerState = (double) exploration.bytes() / exploration.states();
        return exploration;
    }
}
