package org.chanrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * How much of a core the benchmark was given: 1 on an idle machine, less where others compute as well. A rate divided by it, and
 * a time multiplied by it, is what one core does.
 */
public final class CpuShare implements InternalProfiler {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long cpuBefore;
    private long wallBefore;

    @Override
    public String getDescription() {
        return "CPU time of the process over elapsed time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        // A benchmark measures time: here the wall clock is the result.
        wallBefore = System.nanoTime();
        cpuBefore = SYSTEM.getProcessCpuTime();
    }

    @Override
    public List<Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double cpu = SYSTEM.getProcessCpuTime() - cpuBefore;
        // As above: elapsed time is what is measured.
        double wall = System.nanoTime() - wallBefore;
        return List.of(new ScalarResult("cpu", cpu / wall, "cores", AggregationPolicy.AVG));
    }
}
