package org.chanrace.reports;

import java.util.List;
import org.chanrace.model.measure.LatencyHistogram;

/** A distribution in the buckets of {@code postcopy-latency-dist}, which are equally wide on a logarithmic axis: the share of the faults in each. */
final class HistogramPlot {
    private static final int LEFT = 46;
    private static final int BAR = 46;
    private static final int HEIGHT = 170;

    private HistogramPlot() {}

    /**
     * The plot.
     *
     * @param latency has at least one fault
     * @param buckets which buckets are shown, ascending, without gaps
     * @param largest the share at the top, 0 to 1
     * @param style which of the colours of {@link SvgStyle}
     */
    static String element(String prefix, String title, LatencyHistogram latency, List<Integer> buckets, double largest, int style) {
        SvgPlot plot = new SvgPlot(prefix, title, LEFT, BAR * buckets.size(), HEIGHT);
        double top = SvgAxis.nice(largest);
        for (int i = 0; i <= 5; i++) plot.up(i * HEIGHT / 5, Amounts.fixed(100 * top * i / 5, top < 0.1 ? 1 : 0) + " %");
        for (int i = 0; i < buckets.size(); i++) {
            int bucket = buckets.get(i);
            plot.across(i * BAR, edge(bucket));
            long n = latency.buckets().get(bucket);
            if (n == 0) continue;
            double share = (double) n / latency.count();
            int high = Math.max(1, (int) Math.round(share / top * HEIGHT));
            plot.marks().open("rect", "x", plot.x(i * BAR + 3), "y", plot.y(high), "width", BAR - 6, "height", high, "class", "st-fill" + style)
                    .leaf("title", LatencyWords.bucket(bucket) + ": " + ExplorationWords.grouped(n) + (n == 1 ? " fault, " : " faults, ") + Amounts.percent(share)).close("rect");
            plot.marks().leaf("text", Amounts.percent(share), "x", plot.x(i * BAR + BAR / 2), "y", plot.y(high + 5), "text-anchor", "middle", "class", "st-halo").line();
        }
        int last = buckets.get(buckets.size() - 1);
        if (last < LatencyHistogram.BUCKETS - 1) plot.across(buckets.size() * BAR, edge(last + 1));
        return plot.element();
    }

    /** Where a bucket begins, as QEMU names it. */
    private static String edge(int bucket) {
        if (bucket == 0) return "0";
        return (1 << bucket % 10) + (bucket < 10 ? " us" : bucket < 20 ? " ms" : " s");
    }
}
