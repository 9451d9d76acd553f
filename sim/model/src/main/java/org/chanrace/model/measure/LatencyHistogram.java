package org.chanrace.model.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of latencies: exact in number, mean and maximum, and within a thousandth in its quantiles.
 *
 * <p>Merging is exact and does not depend on the order. One that is added to takes up to some 150 KB; a {@linkplain #copy copy} takes some 40 bytes for each
 * value that occurred.
 */
public final class LatencyHistogram {
    /** QEMU 10.1's {@code postcopy-latency-dist}: bucket i holds latencies from 2^i to below 2^(i+1) us; the first also those below 1 us, the last all above. */
    public static final int BUCKETS = 24;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long LARGEST_NANOS = 3_600_000_000_000L;
    private static final double[] USUAL_PERCENTILES = {50, 90, 99, 100};

    /** What occurred, while it is added to; null in a copy, which has it in {@link #kept}. */
    private Histogram growing;
    private List<Point> kept;
    private final long[] buckets = new long[BUCKETS];
    private long count;
    private long sum;
    private long max;

    /** Of nothing yet. */
    public LatencyHistogram() {
        growing = new Histogram(SIGNIFICANT_DIGITS);
        kept = List.of();
    }

    private LatencyHistogram(LatencyHistogram of, List<Point> points) {
        kept = points;
        System.arraycopy(of.buckets, 0, buckets, 0, BUCKETS);
        count = of.count;
        sum = of.sum;
        max = of.max;
    }

    /** Adds a latency, ns, 0 to an hour. */
    public void add(long nanos) {
        growing().recordValue(Math.min(nanos, LARGEST_NANOS));
        buckets[bucketOf(nanos)]++;
        count++;
        sum += nanos;
        max = Math.max(max, nanos);
    }

    /** Adds all that the other has. */
    public void add(LatencyHistogram other) {
        if (other.growing != null) growing().add(other.growing);
        else for (Point point : other.kept) growing().recordValueWithCount(point.nanos(), point.count());
        for (int i = 0; i < BUCKETS; i++) buckets[i] += other.buckets[i];
        count += other.count;
        sum += other.sum;
        max = Math.max(max, other.max);
    }

    private Histogram growing() {
        if (growing == null) {
            growing = new Histogram(SIGNIFICANT_DIGITS);
            for (Point point : kept) growing.recordValueWithCount(point.nanos(), point.count());
            kept = List.of();
        }
        return growing;
    }

    /** A copy of its own. */
    public LatencyHistogram copy() {
        return new LatencyHistogram(this, points());
    }

    /** A copy without the values between the 50th, the 90th, the 99th percentile and the largest: all else is the same. */
    public LatencyHistogram coarse() {
        List<Point> points = new ArrayList<>();
        long before = 0;
        for (double percentile : USUAL_PERCENTILES) {
            long upTo = rank(percentile);
            if (upTo > before) points.add(new Point(recordedAt(upTo), upTo - before));
            before = upTo;
        }
        return new LatencyHistogram(this, List.copyOf(points));
    }

    /** Forgets everything. */
    public void clear() {
        if (count == 0) return;
        growing().reset();
        Arrays.fill(buckets, 0);
        count = sum = max = 0;
    }

    /** Which bucket of {@value #BUCKETS} a latency falls into. */
    public static int bucketOf(long nanos) {
        long micros = nanos / 1000;
        return micros < 1 ? 0 : Math.min(BUCKETS - 1, 63 - Long.numberOfLeadingZeros(micros));
    }

    /** How many. */
    public long count() {
        return count;
    }

    /** Sum of all, ns. */
    public long sumNanos() {
        return sum;
    }

    /** The mean, ns, rounded down; 0 of none. */
    public long meanNanos() {
        return count == 0 ? 0 : sum / count;
    }

    /** The largest, ns; 0 of none. */
    public long maxNanos() {
        return max;
    }

    /** The smallest value that this percentage of all does not exceed, ns, within a thousandth of it; 0 of none. */
    public long percentileNanos(double percentile) {
        return count == 0 ? 0 : Math.min(max, recordedAt(rank(percentile)));
    }

    private long rank(double percentile) {
        return Math.min(count, (long) Math.ceil(percentile * count / 100));
    }

    /** The value that so many do not exceed, as it was recorded. */
    private long recordedAt(long rank) {
        long upTo = 0;
        for (Point point : points()) {
            upTo += point.count();
            if (upTo >= rank) return point.nanos();
        }
        return max;
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
        return other instanceof LatencyHistogram h && sum == h.sum && max == h.max && Arrays.equals(buckets, h.buckets) && points().equals(h.points());
    }

    @Override
    public int hashCode() {
        return Objects.hash(sum, max, count);
    }

    /** A value with the number of latencies that are alike within a thousandth. */
    public record Point(long nanos, long count) {}

    /** The whole distribution, ascending. */
    public List<Point> points() {
        if (growing == null) return kept;
        List<Point> points = new ArrayList<>();
        for (HistogramIterationValue value : growing.recordedValues()) points.add(new Point(value.getValueIteratedTo(), value.getCountAtValueIteratedTo()));
        return List.copyOf(points);
    }
}
