package org.chanrace.model.measure;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of latencies: exact in number, mean and maximum, and within a thousandth in its quantiles.
 *
 * <p>Merging is exact and does not depend on the order.
 */
public final class LatencyHistogram {
    /** QEMU 10.1's {@code postcopy-latency-dist}: bucket i holds latencies from 2^i to below 2^(i+1) us; the first also those below 1 us, the last all above. */
    public static final int BUCKETS = 24;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long LARGEST_NANOS = 3_600_000_000_000L;

    private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    private final long[] buckets = new long[BUCKETS];
    private long sum;
    private long max;

    /** Adds a latency, ns, 0 to an hour. */
    public void add(long nanos) {
        histogram.recordValue(Math.min(nanos, LARGEST_NANOS));
        buckets[bucketOf(nanos)]++;
        sum += nanos;
        max = Math.max(max, nanos);
    }

    /** Adds all that the other has. */
    public void add(LatencyHistogram other) {
        histogram.add(other.histogram);
        for (int i = 0; i < BUCKETS; i++) buckets[i] += other.buckets[i];
        sum += other.sum;
        max = Math.max(max, other.max);
    }

    /** A copy of its own. */
    public LatencyHistogram copy() {
        LatencyHistogram copy = new LatencyHistogram();
        copy.add(this);
        return copy;
    }

    /** Forgets everything. */
    public void clear() {
        if (count() == 0) return;
        histogram.reset();
        java.util.Arrays.fill(buckets, 0);
        sum = max = 0;
    }

    /** Which bucket of {@value #BUCKETS} a latency falls into. */
    public static int bucketOf(long nanos) {
        long micros = nanos / 1000;
        return micros < 1 ? 0 : Math.min(BUCKETS - 1, 63 - Long.numberOfLeadingZeros(micros));
    }

    /** How many. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** Sum of all, ns. */
    public long sumNanos() {
        return sum;
    }

    /** The mean, ns, rounded down; 0 of none. */
    public long meanNanos() {
        return count() == 0 ? 0 : sum / count();
    }

    /** The largest, ns; 0 of none. */
    public long maxNanos() {
        return max;
    }

    /** The smallest value that this percentage of all does not exceed, ns, within a thousandth of it; 0 of none. */
    public long percentileNanos(double percentile) {
        return count() == 0 ? 0 : Math.min(max, histogram.getValueAtPercentile(percentile));
    }

    /** How many are in each of the {@value #BUCKETS} buckets. */
    public List<Long> buckets() {
        List<Long> all = new ArrayList<>(BUCKETS);
        for (long n : buckets) all.add(n);
        return List.copyOf(all);
    }

    /** Whether the same latencies were added, as far as can be told. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyHistogram h && sum == h.sum && max == h.max && buckets().equals(h.buckets()) && points().equals(h.points());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sum);
    }

    /** A value with the number of latencies that are alike within a thousandth. */
    public record Point(long nanos, long count) {}

    /** The whole distribution, ascending. */
    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (HistogramIterationValue value : histogram.recordedValues()) points.add(new Point(value.getValueIteratedTo(), value.getCountAtValueIteratedTo()));
        return List.copyOf(points);
    }
}
