package org.chanrace.reports;

import java.util.List;
import org.chanrace.model.measure.Measurements.Throughput;

/** What main and preempt carried over time. */
final class ThroughputPlot {
    private static final int LEFT = 76;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 150;
    private static final int STEPS_MAX = 380;
    private static final List<String> NAMES = List.of("main", "preempt");

    private ThroughputPlot() {}

    /**
     * The plot.
     *
     * @param throughput of all runs together; something was carried
     * @param runs how many they are
     * @param untilNanos the time at the right end, ns
     * @param largest the rate at the top, bytes/s
     */
    static String element(String prefix, String title, Throughput throughput, int runs, long untilNanos, double largest) {
        SvgPlot plot = new SvgPlot(prefix, title, LEFT, WIDTH, HEIGHT);
        double until = SvgAxis.nice(untilNanos);
        double top = SvgAxis.nice(largest);
        for (int i = 0; i <= 10; i++) plot.across(i * WIDTH / 10, i % 2 == 1 ? "" : Amounts.duration(Math.round(until * i / 10)));
        for (int i = 0; i <= 5; i++) plot.up(i * HEIGHT / 5, Amounts.megabytes(top * i / 5));
        for (int channel = 0; channel < NAMES.size(); channel++) {
            List<Long> bytes = channel == 0 ? throughput.main() : throughput.preempt();
            if (Throughputs.total(bytes) == 0) continue;
            String style = "st-line" + channel + " st-dash" + channel;
            String most = NAMES.get(channel) + ", " + Amounts.megabytes(rate(throughput, runs, largest(bytes))) + " at most";
            plot.marks().open("path", "d", path(plot, throughput, bytes, runs, until, top), "class", style).leaf("title", most).close("path").line();
            SvgPlot.Spot sample = plot.legend(most);
            plot.marks().empty("path", "d", "M" + sample.x() + "," + sample.y() + " h" + SvgPlot.SAMPLE, "class", style).line();
        }
        return plot.element();
    }

    /** Several intervals share a step where there are more than can be told apart. */
    private static String path(SvgPlot plot, Throughput throughput, List<Long> bytes, int runs, double until, double top) {
        int times = (bytes.size() + STEPS_MAX - 1) / STEPS_MAX;
        StringBuilder path = new StringBuilder("M" + plot.x(0) + "," + plot.y(0));
        for (int i = 0; i < bytes.size(); i += times) {
            int end = Math.min(bytes.size(), i + times);
            double rate = rate(throughput, runs, Throughputs.total(bytes.subList(i, end))) / (end - i);
            path.append(" V").append(plot.y((int) Math.round(rate / top * HEIGHT)));
            path.append(" H").append(plot.x((int) Math.round(end * (double) throughput.intervalNanos() / until * WIDTH)));
        }
        return path.append(" V").append(plot.y(0)).toString();
    }

    private static double rate(Throughput throughput, int runs, long bytesInInterval) {
        return bytesInInterval * 1e9 / throughput.intervalNanos() / runs;
    }

    private static long largest(List<Long> bytes) {
        return bytes.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** The largest rate of either connection, bytes/s. */
    static double largest(Throughput throughput, int runs) {
        return rate(throughput, runs, Math.max(largest(throughput.main()), largest(throughput.preempt())));
    }

    /** How long something was carried. */
    static long untilNanos(Throughput throughput) {
        return throughput.intervalNanos() * throughput.main().size();
    }
}
