package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.model.verdict.ConnectionFate;

/**
 * How SVG diagrams look. Channels differ in colour, in dash pattern and in arrow head, so that neither a colour-blind reader nor
 * a grey print loses them.
 */
final class SvgStyle {
    /** Number of different channel styles; a channel more shares one. */
    static final int CHANNELS = 6;

    /** Number of colours to fill with; the first are those of the channels. */
    static final int FILLS = 12;

    /** Number of widths of the pale bed that a line of a plot lies in. */
    static final int BEDS = 4;

    private static final String[] DASHES = {"none", "7 3", "2 3", "9 3 2 3", "4 2", "1 4"};
    private static final String[] HEADS = {
        "M0,0 L10,5 L0,10 z", "M1,1 L9,5 L1,9", "M0,5 L5,0 L10,5 L5,10 z", "M0,0 L10,5 L0,10 L4,5 z", "M0,1 H9 V9 H0 z", "M1,5 a4,4 0 1,0 8,0 a4,4 0 1,0 -8,0 z"
    };

    private record Palette(String ink, String muted, String line, String paper, String source, String destination, String network, String bad, String onBad,
            String... fills) {}

    private static final Palette LIGHT = new Palette("#1b1f24", "#57606a", "#8c96a0", "#ffffff", "#e3eefb", "#ece6f8", "#eceff1", "#b3001b", "#ffffff",
            "#0060a8", "#a85400", "#00735a", "#9c2a6c", "#5e5a00", "#5f6368", "#6b3fc4", "#3aa0dc", "#6f9d1f", "#c48f00", "#e0685a", "#0c9c9c");
    private static final Palette DARK = new Palette("#e6e9ec", "#a3adb7", "#6b7680", "#14181c", "#1b2f45", "#2f2547", "#262b30", "#ff7583", "#14181c",
            "#6cb8ff", "#ffb35c", "#4fd6ae", "#f29ac8", "#d8d46a", "#b9bec4", "#b79cff", "#2f8fd0", "#a6d356", "#d9a520", "#ff9a8a", "#3fd0d0");

    private SvgStyle() {}

    /** Which style a channel has: main and preempt always theirs, multifd channels and strangers the rest. */
    static int channel(String channel) {
        if (channel.equals("main")) return 0;
        if (channel.equals("preempt")) return 1;
        if (channel.startsWith("multifd-") && channel.length() < 12 && channel.substring(8).chars().allMatch(c -> c >= '0' && c <= '9') && channel.length() > 8)
            return 2 + Integer.parseInt(channel.substring(8)) % 3;
        return 5;
    }

    /** The channels of a run in the order of their first connections. */
    static List<String> channels(List<ConnectionFate> connections) {
        List<String> channels = new ArrayList<>();
        for (ConnectionFate connection : connections) if (!channels.contains(connection.channel())) channels.add(connection.channel());
        return channels;
    }

    /** Arrow heads and hatchings, with names that begin with the prefix. */
    static void definitions(Markup svg, String prefix) {
        svg.open("defs");
        for (int i = 0; i < CHANNELS; i++) {
            svg.open("marker", "id", prefix + "head" + i, "viewBox", "0 0 10 10", "refX", 9, "refY", 5, "markerWidth", 9, "markerHeight", 9, "markerUnits",
                    "userSpaceOnUse", "orient", "auto-start-reverse");
            svg.empty("path", "d", HEADS[i], "class", i == 1 ? "st-line" + i : "st-fill" + i).close("marker");
        }
        svg.open("marker", "id", prefix + "headc", "viewBox", "0 0 10 10", "refX", 9, "refY", 5, "markerWidth", 10, "markerHeight", 10, "markerUnits",
                "userSpaceOnUse", "orient", "auto");
        svg.empty("path", "d", HEADS[0], "class", "st-bad").close("marker");
        hatching(svg, prefix + "hatch", "st-hatch");
        hatching(svg, prefix + "hatchc", "st-hatchc");
        svg.close("defs").line();
    }

    private static void hatching(Markup svg, String id, String style) {
        svg.open("pattern", "id", id, "width", 6, "height", 6, "patternUnits", "userSpaceOnUse", "patternTransform", "rotate(45)");
        svg.empty("rect", "width", 6, "height", 6, "class", "st-paper").empty("rect", "width", 3, "height", 6, "class", style).close("pattern");
    }

    /** The style sheet of any number of diagrams; dark where the reader prefers it, light on paper. */
    static String sheet() {
        return rules(LIGHT) + "@media screen and (prefers-color-scheme: dark) {\n" + colours(DARK) + "}\n";
    }

    private static String rules(Palette light) {
        StringBuilder css = new StringBuilder();
        css.append(".st text { font: 11px system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }\n");
        css.append(".st .st-title { font-size: 15px; font-weight: 600; }\n.st .st-party { font-weight: 700; letter-spacing: .06em; }\n");
        css.append(".st .st-thread { font-weight: 600; }\n.st .st-time { font-variant-numeric: tabular-nums; }\n");
        css.append(".st .st-badge { font-weight: 700; }\n.st .st-flag { font-weight: 600; }\n");
        css.append(".st .st-halo, .st .st-label { paint-order: stroke; stroke-width: 3px; stroke-linejoin: round; }\n.st .st-label { stroke-width: 6px; }\n");
        for (int i = 0; i < CHANNELS; i++)
            css.append(".st .st-line").append(i).append(" { fill: none; stroke-width: 1.5px; }\n.st .st-dash").append(i).append(" { stroke-dasharray: ")
                    .append(DASHES[i]).append("; }\n.st .st-band").append(i).append(" { fill-opacity: .12; stroke-width: 1px; }\n");
        for (int i = 0; i < BEDS; i++) css.append(".st .st-bed").append(i).append(" { stroke-opacity: .35; stroke-width: ").append(3 + 2 * i).append("px; }\n");
        css.append(".st .st-lifeline { stroke-width: 1px; }\n.st .st-unborn { stroke-width: 1px; stroke-dasharray: 1 5; }\n");
        css.append(".st .st-rule { stroke-width: 1px; stroke-dasharray: 2 4; }\n.st .st-cycle { fill: none; stroke-width: 2px; }\n");
        css.append(".st .st-bar, .st .st-barc { stroke-width: 1px; }\n");
        return css.append(colours(light)).toString();
    }

    private static String colours(Palette p) {
        StringBuilder css = new StringBuilder();
        css.append(".st .st-paper { fill: ").append(p.paper).append("; }\n");
        css.append(".st text { fill: ").append(p.ink).append("; }\n.st .st-muted, .st .st-time { fill: ").append(p.muted).append("; }\n");
        css.append(".st .st-bad { fill: ").append(p.bad).append("; }\n.st .st-onbad { fill: ").append(p.onBad).append("; }\n");
        css.append(".st .st-halo, .st .st-label { stroke: ").append(p.paper).append("; }\n.st .st-dot { fill: ").append(p.ink).append("; }\n");
        css.append(".st .st-lifeline, .st .st-unborn, .st .st-rule { stroke: ").append(p.line).append("; }\n");
        css.append(".st .st-source { fill: ").append(p.source).append("; }\n.st .st-destination { fill: ").append(p.destination)
                .append("; }\n.st .st-network { fill: ").append(p.network).append("; }\n");
        css.append(".st .st-flagbox { fill: ").append(p.paper).append("; stroke: ").append(p.ink).append("; }\n");
        css.append(".st .st-order { fill: ").append(p.ink).append("; }\n.st .st-onorder { fill: ").append(p.paper).append("; }\n");
        css.append(".st .st-hatch { fill: ").append(p.line).append("; }\n.st .st-hatchc { fill: ").append(p.bad).append("; }\n");
        css.append(".st .st-bar { stroke: ").append(p.line).append("; }\n.st .st-barc { stroke: ").append(p.bad).append("; }\n");
        css.append(".st .st-cycle { stroke: ").append(p.bad).append("; }\n.st .st-cross { fill: none; stroke-width: 2px; stroke: ").append(p.bad).append("; }\n");
        for (int i = 0; i < CHANNELS; i++) {
            String colour = p.fills[i];
            css.append(".st .st-line").append(i).append(" { stroke: ").append(colour).append("; }\n.st .st-band").append(i).append(" { fill: ").append(colour)
                    .append("; stroke: ").append(colour).append("; }\n");
        }
        for (int i = 0; i < FILLS; i++) css.append(".st .st-fill").append(i).append(" { fill: ").append(p.fills[i]).append("; }\n");
        return css.toString();
    }
}
