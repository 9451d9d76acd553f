package org.chanrace.reports;

import java.util.List;
import org.chanrace.model.measure.LatencyHistogram;

/** The cumulative distributions of all columns in one plot: which share of the faults takes no longer, on a logarithmic axis. */
final class CumulativePlot {
    private static final int LEFT = 46;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 240;
    private static final int[] PERCENTILES = {50, 90, 99};
    private static final int[] PARTS = {2, 5};
    private static final int DECADES_LABELLED = 4;
    private static final long MICRO = 1000;

    private CumulativePlot() {}

    /** The plot of those columns that have faults, of which there is at least one. */
    static String element(String prefix, String title, List<LatencyColumn> columns) {
        SvgPlot plot = new SvgPlot(prefix, title, LEFT, WIDTH, HEIGHT);
        List<LatencyHistogram> some = columns.stream().map(LatencyColumn::latency).filter(latency -> latency.count() > 0).toList();
        long smallest = some.stream().mapToLong(latency -> latency.points().get(0).nanos()).min().orElseThrow();
        long largest = some.stream().mapToLong(LatencyHistogram::maxNanos).max().orElseThrow();
        SvgAxis.Decades axis = SvgAxis.Decades.holding(Math.max(MICRO, smallest), Math.max(2 * MICRO, largest), WIDTH);
        long decade = 1;
        for (int exponent = 0; exponent < axis.to(); exponent++) decade *= exponent < axis.from() ? 10 : 1;
        for (int exponent = axis.from(); exponent <= axis.to(); exponent++, decade *= 10) {
            plot.across(axis.at(decade), Amounts.duration(decade));
            if (exponent == axis.to()) break;
            plot.upward(axis.at(decade));
            for (int part : PARTS) plot.across(axis.at(part * decade), axis.to() - axis.from() > DECADES_LABELLED ? "" : Amounts.duration(part * decade));
        }
        for (int percent : new int[] {0, 25, 50, 75, 90, 100}) plot.up(percent * HEIGHT / 100, percent + " %");
        for (int i = 0; i < columns.size(); i++) {
            LatencyColumn column = columns.get(i);
            if (column.latency().count() == 0) continue;
            int style = i % SvgStyle.CHANNELS;
            // What is drawn over it is narrower: of curves that lie on each other each remains to be seen.
            int bed = Math.min(SvgStyle.BEDS, columns.size() - i) - 1;
            line(plot, axis, column, style, bed);
            String name = Characters.clip(Characters.oneLine(column.name()), 40, '…');
            SvgPlot.Spot sample = plot.legend(name);
            stroke(plot, "M" + sample.x() + "," + sample.y() + " h" + SvgPlot.SAMPLE, style, bed, column.name());
            plot.marks().line();
        }
        return plot.element();
    }

    private static void line(SvgPlot plot, SvgAxis.Decades axis, LatencyColumn column, int style, int bed) {
        LatencyHistogram latency = column.latency();
        StringBuilder path = new StringBuilder("M" + plot.x(axis.at(latency.points().get(0).nanos())) + "," + plot.y(0));
        long upTo = 0;
        int lastX = -1;
        int lastY = 0;
        for (LatencyHistogram.Point point : latency.points()) {
            upTo += point.count();
            int x = axis.at(point.nanos());
            int y = (int) Math.round((double) upTo / latency.count() * plot.height());
            if (x == lastX && y == lastY) continue;
            if (x != lastX) path.append(" H").append(plot.x(x));
            path.append(" V").append(plot.y(y));
            lastX = x;
            lastY = y;
        }
        stroke(plot, path.toString(), style, bed, column.name());
        for (int percentile : PERCENTILES) {
            long nanos = latency.percentileNanos(percentile);
            plot.marks().open("circle", "cx", plot.x(axis.at(nanos)), "cy", plot.y(percentile * plot.height() / 100), "r", 4 + bed, "class", "st-fill" + style)
                    .leaf("title", column.name() + ": " + percentile + " % take at most " + Amounts.duration(nanos)).close("circle");
        }
        plot.marks().line();
    }

    private static void stroke(SvgPlot plot, String path, int style, int bed, String title) {
        plot.marks().empty("path", "d", path, "class", "st-line" + style + " st-bed" + bed);
        plot.marks().open("path", "d", path, "class", "st-line" + style + " st-dash" + style).leaf("title", title).close("path");
    }
}
