package org.chanrace.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.chanrace.model.Simulation;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.verdict.RunResult;

/**
 * Migrations of guests with millions of pages that fault at random: the CPU time that each takes from its first event to its last, in a JVM that has just
 * started and in one that has made the same run before, and the heap that is then alive.
 *
 * <p>Arguments: the guest's memory, GiB (20), and how many runs of each ({@value #RUNS}).
 */
public final class Faults {
    private static final int RUNS = 3;

    private Faults() {}

    /** @param args memory, GiB; runs */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        int gibibytes = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : RUNS;
        System.out.println(Main.machine());
        System.out.println();
        System.out.println("| " + gibibytes + " GiB | run | CPU, s | events | faults | mean, us | virtual, s | heap alive, MB |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        measure("10.1.0, no preempt", "10.1.0", false, gibibytes, runs);
        measure("7.2.0", "7.2.0", true, gibibytes, runs);
        measure("8.0.0", "8.0.0", true, gibibytes, runs);
        measure("10.1.0", "10.1.0", true, gibibytes, runs);
    }

    private static void measure(String name, String release, boolean preempt, int gibibytes, int runs) {
        Simulation simulation = Simulation.of(Scenarios.faults(release, preempt, gibibytes));
        for (int run = 1; run <= runs; run++) {
            long before = cpuNanos();
            RunResult result = simulation.run(run, false);
            long took = cpuNanos() - before;
            LatencyHistogram latency = result.measurements().map(Measurements::latency).orElseThrow();
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            System.out.printf("| %s: %s | %d | %.2f | %,d | %,d | %.0f | %.2f | %d |%n", name, result.verdict().outcome().text(), run, took / 1e9, result.events(), latency.count(),
                    latency.meanNanos() / 1e3, result.virtualNanos() / 1e9, heap / 1_000_000);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
