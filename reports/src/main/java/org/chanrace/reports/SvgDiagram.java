package org.chanrace.reports;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chanrace.model.trace.Actor;

/**
 * The space-time diagram of a run as SVG, fit for a bug report: lifelines for the threads, time downward, arrows from where a
 * message was sent to where it was read, blocked threads hatched, the wait-for cycle in red.
 *
 * <p>Guarantees: well-formed XML whatever the texts are; ids begin with the prefix given, so several diagrams fit into one page;
 * integer coordinates only, so the same run gives the same bytes everywhere.
 */
public final class SvgDiagram {
    /** Rows of a diagram at most; what is more is left out of the middle. */
    static final int MARKS_MAX = 160;

    private static final int HEAD = 92;

    private final ReportedRun run;
    private final SpaceTime diagram;
    private final String prefix;
    private final SvgLayout layout;
    private final Markup bands = new Markup();
    private final Markup lines = new Markup();
    private final Markup marks = new Markup();
    private final Markup labels = new Markup();

    private SvgDiagram(ReportedRun run, SpaceTime diagram, String prefix) {
        this.run = run;
        this.diagram = diagram;
        this.prefix = prefix;
        this.layout = new SvgLayout(diagram, HEAD);
    }

    /** A document of its own; empty when the run was not recorded. */
    public static Optional<String> document(ReportedRun run) {
        return run.spaceTime().map(d -> "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + new SvgDiagram(run, d.capped(MARKS_MAX), "d-").draw(true) + "\n");
    }

    /**
     * An element to stand in a page that includes {@link #styleSheet()}; empty when the run was not recorded.
     *
     * @param prefix what the ids within begin with: letters, digits and {@code -}, unique in the page
     */
    public static Optional<String> element(ReportedRun run, String prefix) {
        return run.spaceTime().map(d -> new SvgDiagram(run, d.capped(MARKS_MAX), prefix).draw(false));
    }

    /** The style sheet for elements. */
    public static String styleSheet() {
        return SvgStyle.sheet();
    }

    private String draw(boolean alone) {
        lifelines();
        for (SpaceTime.Wait wait : diagram.waits()) bar(wait);
        for (SvgLayout.Gap gap : layout.gaps()) gap(gap.y(), Amounts.duration(gap.nanos()));
        String last = "";
        for (SvgLayout.Spot spot : layout.spots()) {
            String now = diagram.clock().number(spot.mark().nanos());
            if (!now.equals(last)) time(spot.y(), now);
            last = now;
            mark(spot);
        }
        end();
        int bottom = new SvgFoot(diagram, layout, prefix, lines, labels).draw();
        Markup svg = new Markup();
        svg.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "st", "viewBox", "0 0 " + layout.width() + " " + bottom, "width", layout.width(), "height",
                bottom, "role", "img", "aria-labelledby", prefix + "t").line();
        svg.leaf("title", heading() + ": " + run.result().verdict().reason(), "id", prefix + "t").line();
        if (alone) svg.open("style").raw(SvgStyle.sheet()).close("style").line();
        SvgStyle.definitions(svg, prefix);
        if (alone) svg.empty("rect", "width", layout.width(), "height", bottom, "class", "st-paper").line();
        head(svg);
        svg.raw(bands.toString()).raw(lines.toString()).raw(marks.toString()).raw(labels.toString());
        return svg.close("svg").toString();
    }

    private String heading() {
        return Characters.oneLine(run.scenario().name() + "  ·  " + ScenarioWords.pairing(run.scenario()) + "  ·  " + run.scenario().machine() + "  ·  "
                + run.result().verdict().outcome().text());
    }

    private void head(Markup svg) {
        svg.leaf("text", Characters.clip(heading(), layout.width() / 9, '…'), "x", 12, "y", 22, "class", "st-title").line();
        svg.leaf("text", diagram.clock().heading(), "x", SvgLayout.TIME_RIGHT, "y", 78, "text-anchor", "end", "class", "st-time");
        Map<Actor.Party, int[]> bands = new EnumMap<>(Actor.Party.class);
        for (Actor actor : diagram.columns()) {
            int at = layout.x(actor);
            int[] band = bands.computeIfAbsent(actor.party(), p -> new int[] {at, at});
            band[1] = at;
        }
        bands.forEach((party, band) -> {
            String style = switch (party) {
                case SOURCE -> "st-source";
                case DESTINATION -> "st-destination";
                case NETWORK, OPERATOR -> "st-network";
            };
            int half = 72;
            svg.empty("rect", "x", band[0] - half, "y", 36, "width", band[1] - band[0] + 2 * half, "height", 48, "rx", 5, "class", style);
            String name = switch (party) {
                case SOURCE -> "SOURCE " + run.scenario().source().release().name();
                case DESTINATION -> "DESTINATION " + run.scenario().destination().release().name();
                case NETWORK, OPERATOR -> "";
            };
            svg.leaf("text", Characters.clip(Characters.oneLine(name), (band[1] - band[0] + 2 * half) / 8, '…'), "x", (band[0] + band[1]) / 2, "y", 54,
                    "text-anchor", "middle", "class", "st-party");
        });
        for (Actor actor : diagram.columns())
            svg.leaf("text", actor.thread(), "x", layout.x(actor), "y", 75, "text-anchor", "middle", "class", "st-thread");
        svg.line();
    }

    private void lifelines() {
        for (Actor actor : diagram.columns()) {
            boolean always = actor.thread().equals("main loop") || actor.party() == Actor.Party.NETWORK || actor.party() == Actor.Party.OPERATOR;
            int born = HEAD - 4;
            if (!always) {
                born = layout.end();
                for (SvgLayout.Spot spot : layout.spots()) {
                    if (spot.mark().actor() == actor && !(spot.mark() instanceof SpaceTime.Cut)) {
                        born = spot.y();
                        break;
                    }
                    if (spot.mark() instanceof SpaceTime.Bulk bulk && bulk.to() == actor) {
                        born = spot.y();
                        break;
                    }
                }
                line("st-unborn", layout.x(actor), HEAD - 4, layout.x(actor), born);
            }
            line("st-lifeline", layout.x(actor), born, layout.x(actor), layout.end());
        }
        lines.line();
    }

    private void line(String style, int x1, int y1, int x2, int y2) {
        lines.empty("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "class", style);
    }

    private void bar(SpaceTime.Wait wait) {
        boolean red = wait.cyclePosition() > 0;
        int from = layout.waitEdge(wait, true);
        int to = Math.max(from + 6, layout.waitEdge(wait, false));
        String until = wait.untilNanos().isEmpty() ? " to the end" : " until " + diagram.clock().moment(wait.untilNanos().getAsLong());
        lines.open("g").leaf("title", wait.actor().text() + " " + wait.reason() + ", from " + diagram.clock().moment(wait.sinceNanos()) + until);
        lines.empty("rect", "x", layout.x(wait.actor()) - 5, "y", from, "width", 10, "height", to - from, "rx", 2, "class", red ? "st-barc" : "st-bar", "fill",
                "url(#" + prefix + (red ? "hatchc" : "hatch") + ")").close("g").line();
    }

    private void gap(int y, String text) {
        line("st-rule", SvgLayout.TIME_RIGHT + 8, y, layout.width() - 10, y);
        labels.leaf("text", "⋮ " + text, "x", SvgLayout.TIME_RIGHT, "y", y + 4, "text-anchor", "end", "class", "st-time");
    }

    private void time(int y, String clock) {
        labels.leaf("text", clock, "x", SvgLayout.TIME_RIGHT, "y", y + 4, "text-anchor", "end", "class", "st-time");
    }

    private void mark(SvgLayout.Spot spot) {
        SpaceTime.Mark mark = spot.mark();
        int x = layout.x(mark.actor());
        if (mark instanceof SpaceTime.Depart depart) message(spot, depart.message());
        else if (mark instanceof SpaceTime.Bulk bulk) bulk(spot, bulk);
        else if (mark instanceof SpaceTime.Note) {
            marks.empty("circle", "cx", x, "cy", spot.y(), "r", 3, "class", "st-dot");
            note(spot, 10, "");
        } else if (mark instanceof SpaceTime.Status) flag(spot);
        else if (mark instanceof SpaceTime.Accept accept) accept(spot, accept);
        else if (mark instanceof SpaceTime.Block block) block(spot, block.span());
        else if (mark instanceof SpaceTime.Unblock) {
            marks.empty("circle", "cx", x, "cy", spot.y(), "r", 3, "class", "st-dot");
            note(spot, 10, "st-muted");
        } else if (mark instanceof SpaceTime.Cut cut) gap(spot.y(), cut.rows() + " more rows");
        marks.line();
    }

    private void note(SvgLayout.Spot spot, int away, String style) {
        int side = SvgLayout.outer(spot.mark().actor());
        int x = layout.x(spot.mark().actor()) + side * away;
        labels.open("text", "y", spot.y() + 4, "text-anchor", side < 0 ? "end" : "start", "class", ("st-halo " + style).strip());
        for (int i = 0; i < spot.lines().size(); i++) labels.leaf("tspan", spot.lines().get(i), "x", x, "dy", i == 0 ? 0 : SvgLayout.LINE);
        labels.leaf("title", tip(spot.mark())).close("text").line();
    }

    private String tip(SpaceTime.Mark mark) {
        String what = "";
        if (mark instanceof SpaceTime.Note note) what = note.what() + (note.connection() == 0 ? "" : "\nconnection " + note.connection() + " (" + diagram.channel(note.connection()) + ")");
        if (mark instanceof SpaceTime.Accept accept) what = TextReport.fate(accept.connection(), diagram.clock());
        if (mark instanceof SpaceTime.Block block) what = block.span().reason();
        return (what + "\n" + mark.actor().text() + " at " + diagram.clock().exactly(mark.nanos())).strip();
    }

    private void flag(SvgLayout.Spot spot) {
        int side = SvgLayout.outer(spot.mark().actor());
        int x = layout.x(spot.mark().actor());
        int width = spot.lines().stream().mapToInt(SvgLayout::textWidth).max().orElse(0) * 11 / 10 + 10;
        int height = SvgLayout.LINE * spot.lines().size() + 4;
        int left = side < 0 ? x - 8 - width : x + 8;
        int near = x + side * 8;
        labels.empty("path", "d", "M" + x + "," + spot.y() + " L" + near + "," + (spot.y() - 5) + " L" + near + "," + (spot.y() + 5) + " z", "class", "st-dot");
        labels.open("g").leaf("title", "status " + ((SpaceTime.Status) spot.mark()).status() + "\n" + tip(spot.mark()));
        labels.empty("rect", "x", left, "y", spot.y() - 9, "width", width, "height", height, "rx", 3, "class", "st-flagbox");
        labels.open("text", "y", spot.y() + 4, "text-anchor", "middle", "class", "st-flag");
        for (int i = 0; i < spot.lines().size(); i++) labels.leaf("tspan", spot.lines().get(i), "x", left + width / 2, "dy", i == 0 ? 0 : SvgLayout.LINE);
        labels.close("text").close("g").line();
    }

    private void accept(SvgLayout.Spot spot, SpaceTime.Accept accept) {
        int x = layout.x(accept.actor());
        String wrong = accept.isWrong() ? "st-bad" : "";
        labels.open("g").leaf("title", ScenarioWords.ordinal(accept.order()) + " accepted: " + TextReport.fate(accept.connection(), diagram.clock()));
        labels.empty("circle", "cx", x, "cy", spot.y(), "r", 9, "class", accept.isWrong() ? "st-bad" : "st-order");
        labels.leaf("text", Integer.toString(accept.order()), "x", x, "y", spot.y() + 4, "text-anchor", "middle", "class",
                "st-badge " + (accept.isWrong() ? "st-onbad" : "st-onorder")).close("g");
        note(spot, 14, wrong);
    }

    private void block(SvgLayout.Spot spot, SpaceTime.Wait wait) {
        boolean red = wait.cyclePosition() > 0;
        note(spot, red ? 26 : 10, red ? "st-bad" : "st-muted");
        if (red) SvgFoot.number(labels, layout.x(wait.actor()) + SvgLayout.outer(wait.actor()) * 14, spot.y(), wait.cyclePosition());
    }

    private void message(SvgLayout.Spot spot, SpaceTime.Message message) {
        int style = SvgStyle.channel(diagram.channel(message.connection()));
        int way = layout.direction(message.from(), message.to());
        int from = layout.x(message.from()) + way * 4;
        boolean read = message.receivedNanos().isPresent();
        int to = read ? layout.x(message.to()) - way * 6 : (layout.x(message.from()) + layout.x(message.to())) / 2;
        int end = read ? layout.arrival(message) : spot.y() + 8;
        String fate = read ? "read by " + message.to().text() + " at " + diagram.clock().exactly(message.receivedNanos().getAsLong()) : "never read";
        marks.open("g").leaf("title", message.what() + "\nconnection " + message.connection() + " (" + diagram.channel(message.connection()) + "), "
                + Amounts.bytes(message.bytes()) + "\nsent by " + message.from().text() + " at " + diagram.clock().exactly(message.sentNanos()) + "\n" + fate);
        marks.empty("circle", "cx", layout.x(message.from()), "cy", spot.y(), "r", 2, "class", "st-fill" + style);
        String shape = "M" + from + "," + spot.y() + " L" + to + "," + end;
        if (read) marks.empty("path", "d", shape, "class", "st-line" + style + " st-dash" + style, "marker-end", "url(#" + prefix + "head" + style + ")");
        else marks.empty("path", "d", shape, "class", "st-line" + style + " st-dash" + style);
        marks.close("g");
        if (!read) lost(to, end, way, "never read");
        label(spot, way, style);
    }

    private void lost(int x, int y, int way, String text) {
        marks.empty("path", "d", "M" + (x - 4) + "," + (y - 4) + " L" + (x + 4) + "," + (y + 4) + " M" + (x - 4) + "," + (y + 4) + " L" + (x + 4) + "," + (y - 4),
                "class", "st-cross");
        labels.leaf("text", text, "x", x + way * 9, "y", y + 4, "text-anchor", way > 0 ? "start" : "end", "class", "st-halo st-bad");
    }

    /** Above its arrow, and on a ground of its own: arrows that left earlier pass behind it. */
    private void label(SvgLayout.Spot spot, int way, int style) {
        labels.leaf("text", spot.lines().get(0), "x", layout.x(spot.mark().actor()) + way * 10, "y", spot.y() - 7, "text-anchor", way > 0 ? "start" : "end", "class",
                "st-label st-fill" + style);
    }

    /** A band from the interval of sending to the interval of reading. */
    private void bulk(SvgLayout.Spot spot, SpaceTime.Bulk bulk) {
        int style = SvgStyle.channel(diagram.channel(bulk.connection()));
        int way = layout.direction(bulk.from(), bulk.to());
        int from = layout.x(bulk.from());
        boolean read = bulk.firstReceived().isPresent();
        int to = read ? layout.x(bulk.to()) : (from + layout.x(bulk.to())) / 2;
        int sent = Math.max(spot.y() + 6, layout.y(bulk.lastSent()));
        int first = read ? Math.max(spot.y(), layout.y(bulk.firstReceived().getAsLong())) : spot.y() + 8;
        int last = Math.max(first + 6, read ? layout.y(bulk.lastReceived().getAsLong()) : sent + 8);
        String unread = bulk.unread() == 0 ? "" : "\n" + bulk.unread() + " never read";
        bands.open("g").leaf("title", bulk.what() + ", " + Amounts.bytes(bulk.bytes()) + "\nconnection " + bulk.connection() + " (" + diagram.channel(bulk.connection())
                + ")\nsent from " + diagram.clock().exactly(bulk.firstSent()) + " to " + diagram.clock().exactly(bulk.lastSent()) + unread);
        bands.empty("path", "d", "M" + from + "," + spot.y() + " L" + to + "," + first + " L" + to + "," + last + " L" + from + "," + sent + " z", "class",
                "st-band" + style + " st-dash" + style).close("g").line();
        if (read) marks.empty("path", "d", "M" + from + "," + (spot.y() + sent) / 2 + " L" + (to - way * 6) + "," + (first + last) / 2, "class",
                "st-line" + style + " st-dash" + style, "marker-end", "url(#" + prefix + "head" + style + ")");
        if (bulk.unread() > 0) lost(to - (read ? way * 12 : 0), (first + last) / 2, read ? -way : way, (read ? bulk.unread() + " " : "") + "never read");
        label(spot, way, style);
    }

    private void end() {
        time(layout.end(), diagram.clock().number(diagram.endNanos()));
        List<Actor> columns = diagram.columns();
        for (Actor actor : columns) line("st-lifeline", layout.x(actor) - 8, layout.end(), layout.x(actor) + 8, layout.end());
        String end = "end: " + run.result().verdict().outcome().text();
        int x = columns.isEmpty() ? SvgLayout.TIME_RIGHT + 12 : layout.x(columns.get(columns.size() - 1)) + 14;
        labels.leaf("text", end, "x", x, "y", layout.end() + 4, "class", "st-halo st-flag").line();
    }
}
