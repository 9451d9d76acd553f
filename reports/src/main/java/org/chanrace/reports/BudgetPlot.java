package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.measure.Stage;

/**
 * Where the mean goes, as bars of stages end to end: of several columns once on one scale and once each as a whole. Stages differ in colour and in
 * pattern.
 */
final class BudgetPlot {
    private static final int LEFT = 150;
    private static final int WIDTH = 760;
    private static final int BAR = 26;
    private static final int STEP = 40;
    private static final int LABEL_MIN = 44;

    /** A bar: a name, and what each stage has, in the order of the stages. */
    record Bar(String name, List<Double> nanos) {
        double total() {
            return nanos.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    private final SvgPlot plot;

    private BudgetPlot(SvgPlot plot) {
        this.plot = plot;
    }

    /** The plot of these bars, of which each takes some time. */
    static String element(String prefix, String title, List<Bar> bars) {
        int scales = bars.size() > 1 ? 2 : 1;
        return new BudgetPlot(new SvgPlot(prefix, title, LEFT, WIDTH, STEP * scales * bars.size())).draw(bars, scales);
    }

    private String draw(List<Bar> bars, int scales) {
        double longest = bars.stream().mapToDouble(Bar::total).max().orElseThrow();
        int row = 0;
        for (Bar bar : bars) bar(bar, row++, longest, Amounts.mean(bar.total()));
        if (scales > 1) for (Bar bar : bars) bar(bar, row++, bar.total(), "in shares");
        List<Stage> stages = new ArrayList<>();
        for (Stage stage : Stage.values()) if (bars.stream().anyMatch(bar -> bar.nanos().get(stage.ordinal()) > 0)) stages.add(stage);
        for (Stage stage : stages) {
            pattern(stage);
            SvgPlot.Spot sample = plot.legend(stage.text());
            plot.marks().open("rect", "x", sample.x(), "y", sample.y() - 7, "width", SvgPlot.SAMPLE, "height", 13, fillName(stage), fill(stage))
                    .leaf("title", stage.meaning()).close("rect").line();
        }
        return plot.element();
    }

    private void bar(Bar bar, int row, double whole, String remark) {
        int top = plot.height() - row * STEP - (STEP - BAR) / 2;
        String name = Characters.clip(Characters.oneLine(bar.name()), 22, '…');
        plot.marks().leaf("text", name, "x", plot.x(-8), "y", plot.y(top) + 11, "text-anchor", "end", "class", "st-thread");
        plot.marks().leaf("text", remark, "x", plot.x(-8), "y", plot.y(top) + 25, "text-anchor", "end", "class", "st-muted").line();
        double before = 0;
        for (Stage stage : Stage.values()) {
            double nanos = bar.nanos().get(stage.ordinal());
            if (nanos == 0) continue;
            int from = (int) Math.round(before / whole * WIDTH);
            before += nanos;
            int to = (int) Math.round(before / whole * WIDTH);
            if (to == from) continue;
            String share = Amounts.percent(nanos / bar.total());
            plot.marks().open("rect", "x", plot.x(from), "y", plot.y(top), "width", to - from, "height", BAR, fillName(stage), fill(stage))
                    .leaf("title", stage.text() + ": " + Amounts.mean(nanos) + " (" + share + "); " + stage.meaning()).close("rect");
            if (to - from >= LABEL_MIN) label(share, plot.x((from + to) / 2), plot.y(top) + BAR / 2);
        }
        plot.marks().line();
    }

    /** On paper: no pattern is quiet enough to be written on. */
    private void label(String text, int x, int y) {
        int wide = SvgLayout.textWidth(text) + 4;
        plot.marks().empty("rect", "x", x - wide / 2, "y", y - 8, "width", wide, "height", 16, "rx", 3, "class", "st-paper");
        plot.marks().leaf("text", text, "x", x, "y", y + 4, "text-anchor", "middle");
    }

    private static int colour(Stage stage) {
        return stage.ordinal() % SvgStyle.FILLS;
    }

    /** Solid or striped: each colour in turn. */
    private static int texture(Stage stage) {
        return stage.ordinal() / SvgStyle.FILLS;
    }

    private static String fillName(Stage stage) {
        return texture(stage) == 0 ? "class" : "fill";
    }

    private String fill(Stage stage) {
        return texture(stage) == 0 ? "st-fill" + colour(stage) : "url(#" + plot.id(stage.key().replace('_', '-')) + ")";
    }

    private void pattern(Stage stage) {
        if (texture(stage) == 0) return;
        String colour = "st-fill" + colour(stage);
        plot.definitions().open("pattern", "id", plot.id(stage.key().replace('_', '-')), "width", 6, "height", 6, "patternUnits", "userSpaceOnUse", "patternTransform", "rotate(45)");
        plot.definitions().empty("rect", "width", 6, "height", 6, "class", "st-paper");
        plot.definitions().empty("rect", "width", 3, "height", 6, "class", colour);
        plot.definitions().close("pattern").line();
    }
}
