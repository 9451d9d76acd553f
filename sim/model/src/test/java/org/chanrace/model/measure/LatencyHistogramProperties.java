package org.chanrace.model.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** A histogram against the list of what it was given. */
class LatencyHistogramProperties {
    private static LatencyHistogram of(List<Long> latencies) {
        LatencyHistogram histogram = new LatencyHistogram();
        latencies.forEach(histogram::add);
        return histogram;
    }

    @Property(tries = 200)
    void itSaysWhatTheListSays(@ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 60_000_000_000L) Long> latencies) {
        LatencyHistogram histogram = of(latencies);
        List<Long> sorted = latencies.stream().sorted().toList();
        long sum = latencies.stream().mapToLong(Long::longValue).sum();
        assertThat(histogram.count()).isEqualTo(latencies.size());
        assertThat(histogram.sumNanos()).isEqualTo(sum);
        assertThat(histogram.meanNanos()).isEqualTo(sum / latencies.size());
        assertThat(histogram.maxNanos()).isEqualTo(Collections.max(latencies));
        for (int percentile : new int[] {1, 50, 90, 99, 100}) {
            long exact = sorted.get((percentile * sorted.size() + 99) / 100 - 1);
            assertThat(histogram.percentileNanos(percentile)).as("p%d", percentile).isGreaterThanOrEqualTo(exact).isCloseTo(exact, within(exact / 1000 + 1));
        }
        for (int bucket = 0; bucket < LatencyHistogram.BUCKETS; bucket++) {
            long from = bucket == 0 ? 0 : 1000L << bucket;
            long to = bucket == LatencyHistogram.BUCKETS - 1 ? Long.MAX_VALUE : 1000L << (bucket + 1);
            assertThat(histogram.buckets().get(bucket)).isEqualTo(latencies.stream().filter(l -> l >= from && l < to).count());
        }
        assertThat(histogram.points().stream().mapToLong(LatencyHistogram.Point::count).sum()).isEqualTo(latencies.size());
        assertThat(histogram.points()).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
    }

    @Property(tries = 200)
    void mergingIsAddingAllInAnyOrder(
            @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 60_000_000_000L) Long> some,
            @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 60_000_000_000L) Long> others) {
        LatencyHistogram all = of(some);
        others.forEach(all::add);
        LatencyHistogram merged = of(some).copy();
        merged.add(of(others).copy());
        LatencyHistogram otherWay = of(others);
        otherWay.add(of(some));
        same(merged, all);
        same(otherWay, all);
        assertThat(merged.points()).isEqualTo(all.points());
        assertThat(otherWay.points()).isEqualTo(all.points());
    }

    @Property(tries = 200)
    void aCoarseCopySaysTheSameInFewPoints(@ForAll @Size(max = 300) List<@LongRange(min = 0, max = 60_000_000_000L) Long> latencies) {
        LatencyHistogram histogram = of(latencies);
        LatencyHistogram coarse = histogram.coarse();
        same(coarse, histogram);
        assertThat(coarse.points()).hasSizeLessThanOrEqualTo(4);
        assertThat(coarse.points().stream().mapToLong(LatencyHistogram.Point::count).sum()).isEqualTo(latencies.size());
        same(coarse.copy(), histogram);
    }

    @Property(tries = 50)
    void aCopyIsOfItsOwnAndClearingForgets(@ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 60_000_000_000L) Long> latencies) {
        LatencyHistogram histogram = of(latencies);
        LatencyHistogram copy = histogram.copy();
        histogram.clear();
        same(histogram, new LatencyHistogram());
        assertThat(histogram.points()).isEmpty();
        same(copy, of(latencies));
        copy.clear();
        same(copy, new LatencyHistogram());
        copy.add(of(latencies));
        same(copy, of(latencies));
    }

    private static void same(LatencyHistogram got, LatencyHistogram expected) {
        assertThat(got.count()).isEqualTo(expected.count());
        assertThat(got.sumNanos()).isEqualTo(expected.sumNanos());
        assertThat(got.maxNanos()).isEqualTo(expected.maxNanos());
        assertThat(got.buckets()).isEqualTo(expected.buckets());
        for (double percentile : new double[] {50, 90, 99, 100}) assertThat(got.percentileNanos(percentile)).isEqualTo(expected.percentileNanos(percentile));
    }
}
