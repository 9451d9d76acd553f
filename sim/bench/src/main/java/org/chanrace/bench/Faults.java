package org.chanrace.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.chanrace.model.Simulation;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/**
 * Migrations of guests with millions of pages that fault at random: the CPU time that each takes from its first event to its last, and the heap that is
 * alive behind it. The first run of each is one of a JVM that has not seen its like.
 *
 * <p>Arguments: the guest's memory, GiB (20), how many runs of each ({@value #RUNS}), and {@code free} when no step of a page fault is to take time.
 */
public final class Faults {
    private static final int RUNS = 3;

    private Faults() {}

    /** @param args memory, GiB; runs; {@code free} */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        int gibibytes = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : RUNS;
        boolean costly = args.length < 3 || !args[2].equals("free");
        System.out.println(Main.machine());
        System.out.println();
        System.out.println("| " + gibibytes + " GiB" + (costly ? "" : ", free") + " | CPU, s | million events | faults | mean, us | virtual, s | heap alive, MB |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        measure("10.1.0, no preempt", Scenarios.faults("10.1.0", false, gibibytes, costly), runs);
        for (String release : new String[] {"7.2.0", "8.0.0", "10.1.0"}) measure(release, Scenarios.faults(release, true, gibibytes, costly), runs);
    }

    private static void measure(String name, Scenario scenario, int runs) {
        Simulation simulation = Simulation.of(scenario);
        for (int run = 1; run <= runs; run++) {
            long before = cpuNanos();
            RunResult result = simulation.run(run, false);
            long took = cpuNanos() - before;
            LatencyHistogram latency = result.measurements().map(Measurements::latency).orElseThrow();
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            System.out.printf(
                    "| %s, %s | %.2f | %.1f | %,d | %.0f | %.1f | %d |%n", name, result.verdict().outcome().text(), took / 1e9, result.events() / 1e6, latency.count(),
                    latency.meanNanos() / 1e3, result.virtualNanos() / 1e9, heap / 1_000_000);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
