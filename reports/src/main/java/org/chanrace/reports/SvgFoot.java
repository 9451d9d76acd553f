package org.chanrace.reports;

import java.util.List;
import java.util.stream.Collectors;
import org.chanrace.model.verdict.ConnectionFate;

/** The lower part of an SVG diagram: the wait-for cycle as arrows between the lifelines, remarks, and the legend. */
final class SvgFoot {
    private static final int STEP = 38;

    private final SpaceTime diagram;
    private final SvgLayout layout;
    private final String prefix;
    private final Markup lines;
    private final Markup labels;

    SvgFoot(SpaceTime diagram, SvgLayout layout, String prefix, Markup lines, Markup labels) {
        this.diagram = diagram;
        this.layout = layout;
        this.prefix = prefix;
        this.lines = lines;
        this.labels = labels;
    }

    /** A place in the cycle: a white number on red. */
    static void number(Markup to, int x, int y, int number) {
        to.empty("rect", "x", x - 7, "y", y - 8, "width", 15, "height", 15, "rx", 3, "class", "st-bad");
        to.leaf("text", Integer.toString(number), "x", x, "y", y + 4, "text-anchor", "middle", "class", "st-badge st-onbad");
    }

    /** Draws everything below the end of the run; returns the height of the whole diagram. */
    int draw() {
        int bottom = cycle(layout.end() + 14);
        for (String remark : diagram.remarks()) {
            bottom += 16;
            labels.leaf("text", Characters.clip(Characters.oneLine(remark), layout.width() * 10 / 66, '…'), "x", 12, "y", bottom, "class", "st-muted");
        }
        return legend(bottom + 26) + 14;
    }

    private int cycle(int top) {
        if (diagram.cycle().isEmpty()) return top;
        int y = top + 22;
        labels.leaf("text", diagram.cycle().size() == 1 ? "It waits for itself:" : "The cycle: each waits for the next.", "x", 12, "y", y, "class", "st-title st-bad").line();
        int bottom = y + STEP * diagram.cycle().size() + 6;
        for (SpaceTime.CycleStep step : diagram.cycle()) {
            int x = layout.x(step.from());
            lines.empty("line", "x1", x, "y1", layout.end() + 2, "x2", x, "y2", bottom, "class", "st-unborn");
        }
        for (SpaceTime.CycleStep step : diagram.cycle()) {
            y += STEP;
            step(step, y);
        }
        return bottom;
    }

    private void step(SpaceTime.CycleStep step, int y) {
        int from = layout.x(step.from());
        int to = layout.x(step.to());
        String text = Characters.clip(Characters.oneLine(step.text()), (layout.width() - 40) * 10 / 64, '…');
        int width = SvgLayout.textWidth(text);
        int left = Math.max(12, Math.min(Math.min(from, to) + 16, layout.width() - 12 - width));
        labels.leaf("text", text, "x", left, "y", y - 12, "class", "st-halo st-bad");
        number(labels, from, y, step.position());
        String path = from == to ? "M" + (from + 9) + "," + (y - 3) + " h26 v10 h-24" : "M" + (from + (to > from ? 9 : -9)) + "," + y + " L" + (to + (to > from ? -3 : 3)) + "," + y;
        lines.empty("path", "d", path, "class", "st-cycle", "marker-end", "url(#" + prefix + "headc)").line();
    }

    /** Only what occurs is explained. */
    private int legend(int y) {
        int x = 12;
        int row = y;
        for (String channel : SvgStyle.channels(diagram.connections())) {
            int style = SvgStyle.channel(channel);
            List<ConnectionFate> of = diagram.connections().stream().filter(c -> c.channel().equals(channel)).toList();
            String text = Characters.clip(Characters.oneLine(channel), 24, '…') + (of.size() == 1 ? " (connection " : " (connections ")
                    + of.stream().map(c -> Integer.toString(c.number())).collect(Collectors.joining(", ")) + ")";
            row = wrapped(x, row, text);
            x = row > y ? 12 : x;
            y = row;
            lines.empty("path", "d", "M" + x + "," + y + " h34", "class", "st-line" + style + " st-dash" + style, "marker-end", "url(#" + prefix + "head" + style + ")");
            x = entry(x, y, text);
        }
        for (Entry entry : Entry.values()) {
            if (!occurs(entry)) continue;
            row = wrapped(x, row, entry.text);
            x = row > y ? 12 : x;
            y = row;
            sample(entry, x, y);
            x = entry(x, y, entry.text);
        }
        return y + 8;
    }

    private int wrapped(int x, int y, String text) {
        return x > 12 && x + 44 + SvgLayout.textWidth(text) > layout.width() - 12 ? y + 22 : y;
    }

    private int entry(int x, int y, String text) {
        labels.leaf("text", text, "x", x + 42, "y", y + 4);
        return x + 42 + SvgLayout.textWidth(text) + 20;
    }

    private enum Entry {
        ORDER("order of accepting"),
        WRONG("taken for another channel"),
        STATUS("migration status"),
        BLOCKED("blocked"),
        CYCLE("blocked, in the cycle"),
        BULK("many messages"),
        LOST("never read");

        private final String text;

        Entry(String text) {
            this.text = text;
        }
    }

    private boolean occurs(Entry entry) {
        return switch (entry) {
            case ORDER -> diagram.marks().stream().anyMatch(m -> m instanceof SpaceTime.Accept a && !a.isWrong());
            case WRONG -> diagram.marks().stream().anyMatch(m -> m instanceof SpaceTime.Accept a && a.isWrong());
            case STATUS -> diagram.marks().stream().anyMatch(m -> m instanceof SpaceTime.Status);
            case BLOCKED -> diagram.waits().stream().anyMatch(w -> w.cyclePosition() == 0);
            case CYCLE -> diagram.waits().stream().anyMatch(w -> w.cyclePosition() > 0);
            case BULK -> diagram.marks().stream().anyMatch(m -> m instanceof SpaceTime.Bulk);
            case LOST -> diagram.marks().stream().anyMatch(m -> (m instanceof SpaceTime.Depart d && d.message().receivedNanos().isEmpty())
                    || (m instanceof SpaceTime.Bulk b && b.unread() > 0));
        };
    }

    private void sample(Entry entry, int x, int y) {
        switch (entry) {
            case ORDER -> badge(x + 24, y, "st-order", "st-onorder");
            case WRONG -> badge(x + 24, y, "st-bad", "st-onbad");
            case STATUS -> lines.empty("rect", "x", x + 6, "y", y - 8, "width", 30, "height", 16, "rx", 3, "class", "st-flagbox");
            case BLOCKED -> lines.empty("rect", "x", x + 20, "y", y - 9, "width", 10, "height", 18, "rx", 2, "class", "st-bar", "fill", "url(#" + prefix + "hatch)");
            case CYCLE -> lines.empty("rect", "x", x + 20, "y", y - 9, "width", 10, "height", 18, "rx", 2, "class", "st-barc", "fill", "url(#" + prefix + "hatchc)");
            case BULK -> lines.empty("path", "d", "M" + (x + 4) + "," + (y - 8) + " l30,6 v10 l-30,-6 z", "class", "st-band0");
            case LOST -> lines.empty("path", "d", "M" + (x + 22) + "," + (y - 4) + " l8,8 m0,-8 l-8,8", "class", "st-cross");
        }
    }

    private void badge(int x, int y, String disc, String digit) {
        lines.empty("circle", "cx", x, "cy", y, "r", 8, "class", disc);
        labels.leaf("text", "1", "x", x, "y", y + 4, "text-anchor", "middle", "class", "st-badge " + digit);
    }
}
