package org.chanrace.reports;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.chanrace.model.measure.LatencyHistogram;

/**
 * What was measured on real hosts and published, of what a scenario simulates.
 *
 * @param scenario the scenario's name
 * @param meanMicros mean latency of a fault, us; empty when it was not published
 * @param buckets the distribution, as far as it was published, ascending and apart
 */
public record PublishedLatency(String scenario, OptionalDouble meanMicros, List<Bucket> buckets) {
    /**
     * So many faults took from {@code from} to below {@code to}, both numbers of {@linkplain LatencyHistogram#BUCKETS buckets}: of 2^n us.
     *
     * @param to above {@code from}, at most the number of buckets, which means that there is no upper limit
     */
    public record Bucket(int from, int to, long faults) {
        public Bucket {
            if (from < 0 || to <= from || to > LatencyHistogram.BUCKETS || faults < 0) throw new IllegalArgumentException("0 <= from < to, 0 <= faults");
        }

        boolean isWithin(int first, int last) {
            return from >= first && to <= last;
        }
    }

    public PublishedLatency {
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(meanMicros);
        buckets = List.copyOf(buckets);
    }

    /** How many faults, in all. */
    long faults() {
        return buckets.stream().mapToLong(Bucket::faults).sum();
    }
}
