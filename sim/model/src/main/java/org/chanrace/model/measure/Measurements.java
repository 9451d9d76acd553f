package org.chanrace.model.measure;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a run measured.
 *
 * @param latency how long each page fault of the destination's guest took for which the source was asked, from the access to the vCPU's running again
 * @param budget the same time by stage, for every stage, in their order; together exactly the sum of all latencies
 * @param blockedNanos how long each of the vCPUs that run the workload stood still on missing pages, also on those that came without being asked for, ns
 * @param throughput what the connections carried, over time
 * @param downtimeNanos from when the source stopped the guest until it ran on the destination, ns; empty when it never did
 * @param postcopyNanos from when the guest ran on the destination until all pages were there, ns; empty when they never were, or without postcopy
 * @param totalNanos from the migrate command until the source was through, ns; empty when it never was
 */
public record Measurements(
        LatencyHistogram latency, List<Spent> budget, List<Long> blockedNanos, Throughput throughput, OptionalLong downtimeNanos, OptionalLong postcopyNanos,
        OptionalLong totalNanos) {
    public Measurements {
        Objects.requireNonNull(latency);
        budget = List.copyOf(budget);
        blockedNanos = List.copyOf(blockedNanos);
        Objects.requireNonNull(throughput);
        Objects.requireNonNull(downtimeNanos);
        Objects.requireNonNull(postcopyNanos);
        Objects.requireNonNull(totalNanos);
    }

    /** The same without what takes room: the latencies {@linkplain LatencyHistogram#coarse coarse}, and no throughput. */
    public Measurements coarse() {
        return new Measurements(
                latency.coarse(), budget, blockedNanos, new Throughput(throughput.intervalNanos(), List.of(), List.of()), downtimeNanos, postcopyNanos, totalNanos);
    }

    /** What all faults together spent in a stage, ns. */
    public record Spent(Stage stage, long nanos) {
        public Spent {
            Objects.requireNonNull(stage);
        }
    }

    /**
     * Bytes that the link carried toward the destination, by interval from the migrate command on.
     *
     * @param intervalNanos length of an interval, ns
     * @param main bytes on main in each interval
     * @param preempt bytes on preempt in each interval; as many intervals
     */
    public record Throughput(long intervalNanos, List<Long> main, List<Long> preempt) {
        public Throughput {
            main = List.copyOf(main);
            preempt = List.copyOf(preempt);
            if (main.size() != preempt.size()) throw new IllegalArgumentException("as many intervals of main as of preempt");
        }
    }
}
