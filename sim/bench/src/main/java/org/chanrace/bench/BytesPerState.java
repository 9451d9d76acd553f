package org.chanrace.bench;

import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** What the explorer keeps of a state at the end of an exploration: a figure that is not a rate, which counters of JMH cannot be. */
public final class BytesPerState implements InternalProfiler {
    @Override
    public String getDescription() {
        return "bytes that the explorer keeps of a state";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

    @Override
    public List<Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        if (!benchmark.getBenchmark().startsWith(Exploring.class.getName() + ".")) return List.of();
        return List.of(new ScalarResult("bytesPerState", Exploring.bytesPerState(), "bytes", AggregationPolicy.AVG));
    }
}
