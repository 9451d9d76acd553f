package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.measure.Measurements.Throughput;

/** Sums of what connections carried over time. */
final class Throughputs {
    private Throughputs() {}

    /** Two runs added up, in the longer of their intervals. Each interval is some power of two times the other, or there is nothing in one of them. */
    static Throughput sum(Throughput a, Throughput b) {
        if (a.main().isEmpty()) return b;
        if (b.main().isEmpty()) return a;
        long interval = Math.max(a.intervalNanos(), b.intervalNanos());
        return new Throughput(interval, sum(in(interval, a.intervalNanos(), a.main()), in(interval, b.intervalNanos(), b.main())),
                sum(in(interval, a.intervalNanos(), a.preempt()), in(interval, b.intervalNanos(), b.preempt())));
    }

    private static List<Long> in(long interval, long of, List<Long> bytes) {
        if (interval % of != 0) throw new IllegalArgumentException("an interval of " + interval + " ns is no multiple of one of " + of + " ns");
        int times = (int) (interval / of);
        List<Long> longer = new ArrayList<>();
        for (int i = 0; i < bytes.size(); i += times) longer.add(total(bytes.subList(i, Math.min(bytes.size(), i + times))));
        return longer;
    }

    private static List<Long> sum(List<Long> a, List<Long> b) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) sum.add((i < a.size() ? a.get(i) : 0) + (i < b.size() ? b.get(i) : 0));
        return sum;
    }

    /** All bytes. */
    static long total(List<Long> bytes) {
        return bytes.stream().mapToLong(Long::longValue).sum();
    }
}
