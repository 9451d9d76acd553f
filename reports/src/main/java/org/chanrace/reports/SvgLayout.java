package org.chanrace.reports;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.chanrace.model.trace.Actor;

/**
 * Where everything in an SVG diagram stands, in user units (a pixel at natural size).
 *
 * <p>Labels cannot overlap, because none shares a row with another that it would touch: marks of the same time share a row as
 * long as the spans of their labels are disjoint, and a row is as high as its highest label. Notes stand on the outer side of
 * their lifeline (left on the source, right elsewhere) in the space up to the next lifeline; messages on the inner side. The
 * width of a text is estimated from above, since the reader's font is unknown.
 */
final class SvgLayout {
    static final int LINE = 13;
    static final int TIME_RIGHT = 74;
    private static final int GUTTER = 86;
    private static final int COLUMN = 154;
    private static final int OUTER = 176;
    private static final int ROW_GAP = 7;

    /**
     * A mark in its place.
     *
     * @param y of its row
     * @param lines its label
     * @param room the widest that a line of it may be, px
     */
    record Spot(SpaceTime.Mark mark, int y, List<String> lines, int room) {}

    /** A silence: the duration and where it stands. */
    record Gap(int y, long nanos) {}

    private record Span(int from, int to) {
        boolean touches(Span other) {
            return from < other.to && other.from < to;
        }
    }

    private final SpaceTime diagram;
    private final int[] x = new int[Actor.values().length];
    private final List<Spot> spots = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<long[]> clock = new ArrayList<>();
    private final Map<SpaceTime.Mark, Integer> rowOf = new IdentityHashMap<>();
    private final Map<SpaceTime.Message, Integer> arrivalRow = new IdentityHashMap<>();
    private final int width;
    private final int end;

    /** Lays a diagram out below {@code top}. */
    SvgLayout(SpaceTime diagram, int top) {
        this.diagram = diagram;
        int at = GUTTER + OUTER - COLUMN;
        Actor last = null;
        for (Actor actor : diagram.columns()) {
            boolean gulf = last != null && last.party() != actor.party() && actor.party() == Actor.Party.DESTINATION && last.party() != Actor.Party.NETWORK;
            at += last != null && last.party() == Actor.Party.OPERATOR ? COLUMN : gulf ? COLUMN + 56 : COLUMN;
            x[actor.ordinal()] = at;
            last = actor;
        }
        width = Math.max(at + OUTER + 14, 760);
        end = rows(top);
    }

    private int rows(int top) {
        int bottom = top;
        long previous = diagram.marks().isEmpty() ? 0 : diagram.marks().get(0).nanos();
        int i = 0;
        while (i < diagram.marks().size()) {
            long nanos = diagram.marks().get(i).nanos();
            if (nanos - previous >= diagram.breakNanos()) bottom = gap(bottom, nanos - previous);
            previous = nanos;
            List<SpaceTime.Mark> row = new ArrayList<>();
            List<Span> taken = new ArrayList<>();
            while (i < diagram.marks().size() && diagram.marks().get(i).nanos() == nanos) {
                SpaceTime.Mark mark = diagram.marks().get(i);
                Span span = span(mark);
                if (taken.stream().anyMatch(span::touches)) break;
                taken.add(span);
                row.add(mark);
                i++;
            }
            bottom = row(row, bottom, nanos);
        }
        if (diagram.endNanos() - previous >= diagram.breakNanos()) bottom = gap(bottom, diagram.endNanos() - previous);
        int y = bottom + 18;
        clock.add(new long[] {diagram.endNanos(), y});
        return y;
    }

    private int row(List<SpaceTime.Mark> row, int bottom, long nanos) {
        int above = 0;
        int below = 0;
        for (SpaceTime.Mark mark : row) {
            boolean message = isMessage(mark);
            int lines = lines(mark).size();
            above = Math.max(above, message ? 5 + LINE * lines : 8);
            below = Math.max(below, message ? 5 : mark instanceof SpaceTime.Arrive ? 4 : 8 + LINE * (lines - 1));
            if (mark instanceof SpaceTime.Depart depart && depart.message().receivedNanos().isEmpty()) below = Math.max(below, 14);
            if (mark instanceof SpaceTime.Bulk) below = Math.max(below, 16);
        }
        int y = bottom + ROW_GAP + above;
        for (SpaceTime.Mark mark : row) {
            spots.add(new Spot(mark, y, lines(mark), room(mark)));
            rowOf.put(mark, y);
            if (mark instanceof SpaceTime.Arrive arrive) arrivalRow.put(arrive.message(), y);
        }
        clock.add(new long[] {nanos, y});
        return y + below;
    }

    private int gap(int bottom, long nanos) {
        gaps.add(new Gap(bottom + 15, nanos));
        return bottom + 24;
    }

    static boolean isMessage(SpaceTime.Mark mark) {
        return mark instanceof SpaceTime.Depart || mark instanceof SpaceTime.Bulk;
    }

    /** -1 when the label of a note stands left of the lifeline, 1 when right. */
    static int outer(Actor actor) {
        return actor.party() == Actor.Party.SOURCE || actor.party() == Actor.Party.OPERATOR ? -1 : 1;
    }

    /** Which way a message goes: 1 to the right. */
    int direction(Actor from, Actor to) {
        return x[to.ordinal()] >= x[from.ordinal()] ? 1 : -1;
    }

    private Span span(SpaceTime.Mark mark) {
        int at = x(mark.actor());
        if (mark instanceof SpaceTime.Cut) return new Span(0, width);
        if (mark instanceof SpaceTime.Arrive arrive) {
            int side = direction(arrive.message().to(), arrive.message().from());
            return side > 0 ? new Span(at + 1, at + 30) : new Span(at - 30, at - 1);
        }
        int label = Math.min(room(mark), lines(mark).stream().mapToInt(SvgLayout::textWidth).max().orElse(0)) + 24;
        if (isMessage(mark)) {
            Actor to = mark instanceof SpaceTime.Depart depart ? depart.message().to() : ((SpaceTime.Bulk) mark).to();
            boolean whole = !(mark instanceof SpaceTime.Depart depart) || depart.message().receivedNanos().isEmpty()
                    || depart.message().receivedNanos().getAsLong() == depart.message().sentNanos();
            int reach = whole ? Math.max(label, Math.abs(x(to) - at) + 30) : label;
            return direction(mark.actor(), to) > 0 ? new Span(at, at + reach) : new Span(at - reach, at);
        }
        return outer(mark.actor()) < 0 ? new Span(at - label, at + 6) : new Span(at - 6, at + label);
    }

    /** The width that a line of a mark's label may have. */
    private int room(SpaceTime.Mark mark) {
        int at = x(mark.actor());
        if (isMessage(mark)) {
            Actor to = mark instanceof SpaceTime.Depart depart ? depart.message().to() : ((SpaceTime.Bulk) mark).to();
            return Math.max(80, Math.abs(x(to) - at) - 24);
        }
        int next = outer(mark.actor()) < 0 ? GUTTER - 6 : width - 4;
        for (Actor actor : diagram.columns())
            if (outer(mark.actor()) < 0 ? x(actor) < at : x(actor) > at) next = outer(mark.actor()) < 0 ? Math.max(next, x(actor)) : Math.min(next, x(actor));
        return Math.abs(next - at) - 26;
    }

    private List<String> lines(SpaceTime.Mark mark) {
        String text = Characters.oneLine(text(mark)).strip();
        int characters = Math.max(8, room(mark) * 10 / 64);
        if (mark instanceof SpaceTime.Arrive || mark instanceof SpaceTime.Cut) return List.of();
        if (isMessage(mark)) return List.of(Characters.clip(text, characters, '…'));
        List<String> lines = Characters.wrap(text, characters);
        if (lines.size() <= 5) return lines;
        List<String> some = new ArrayList<>(lines.subList(0, 4));
        some.add(Characters.clip(lines.get(4) + " ……", characters, '…'));
        return some;
    }

    private String text(SpaceTime.Mark mark) {
        if (mark instanceof SpaceTime.Depart depart) return depart.message().what() + again(depart.message().connection());
        if (mark instanceof SpaceTime.Bulk bulk) return bulk.what() + ", " + Amounts.bytes(bulk.bytes()) + again(bulk.connection());
        if (mark instanceof SpaceTime.Note note) return note.what();
        if (mark instanceof SpaceTime.Status status) return status.status();
        if (mark instanceof SpaceTime.Accept accept) return accept.text();
        if (mark instanceof SpaceTime.Block block) return block.span().reason() + (block.span().untilNanos().isEmpty() ? ", to the end" : "");
        if (mark instanceof SpaceTime.Unblock unblock) return "goes on" + diagram.clock().lasting(" after ", unblock.nanos() - unblock.span().sinceNanos(), "").replaceFirst(" (?=[a-z]+$)", "\u00a0");
        return "";
    }

    /** Names the connection where its channel has several. */
    private String again(int connection) {
        String channel = diagram.channel(connection);
        long same = diagram.connections().stream().filter(c -> c.channel().equals(channel)).count();
        return same > 1 ? " (" + connection + ")" : "";
    }

    /** How wide a text is at most, px. */
    static int textWidth(String text) {
        return (text.length() * 64 + 9) / 10;
    }

    int x(Actor actor) {
        return x[actor.ordinal()];
    }

    int width() {
        return width;
    }

    /** The y of the row at which the run ends. */
    int end() {
        return end;
    }

    List<Spot> spots() {
        return spots;
    }

    List<Gap> gaps() {
        return gaps;
    }

    /** The rows as pairs of virtual time and y; the last one is the end. */
    List<long[]> clock() {
        return clock;
    }

    /** The row of a message's arrival, when that is drawn. */
    int arrival(SpaceTime.Message message) {
        Integer row = arrivalRow.get(message);
        return row == null ? y(message.receivedNanos().orElse(diagram.endNanos())) : row;
    }

    /** Where a moment is: on its row, or between the rows around it. */
    int y(long nanos) {
        long[] before = clock.get(0);
        for (long[] row : clock) {
            if (row[0] == nanos) return (int) row[1];
            if (row[0] > nanos) {
                if (row[0] == before[0]) return (int) before[1];
                double part = (double) (nanos - before[0]) / (row[0] - before[0]);
                return (int) (before[1] + Math.max(0, part) * (row[1] - before[1]));
            }
            before = row;
        }
        return end;
    }

    /** The row of this very mark. */
    int y(SpaceTime.Mark mark) {
        return rowOf.get(mark);
    }

    /** The row where a wait begins or ends, if that is drawn; else where its moment is. */
    int waitEdge(SpaceTime.Wait wait, boolean beginning) {
        for (Spot spot : spots) {
            if (beginning && spot.mark() instanceof SpaceTime.Block block && block.span() == wait) return spot.y();
            if (!beginning && spot.mark() instanceof SpaceTime.Unblock unblock && unblock.span() == wait) return spot.y();
        }
        return beginning ? y(wait.sinceNanos()) : wait.untilNanos().isPresent() ? y(wait.untilNanos().getAsLong()) : end;
    }
}
