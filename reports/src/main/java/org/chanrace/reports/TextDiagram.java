package org.chanrace.reports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chanrace.model.trace.Actor;

/**
 * The space-time diagram of a run in characters: a lifeline for every thread that takes part, time downward, a row for whatever
 * happens.
 *
 * <p>An arrow in one row was received before anything else happened; otherwise its two halves stand in the rows of sending and
 * of receiving. A blocked thread's lifeline is dotted until it goes on, to the end if it never does.
 */
public final class TextDiagram {
    private static final int TIME_WIDTH = 12;
    private static final int COLUMN_MIN = 13;
    private static final int COLUMN_MAX = 26;
    private static final int NOTE_MAX = 46;

    /**
     * How to draw.
     *
     * @param ascii only characters of ASCII
     * @param width columns of the output, 80 to 400
     * @param rowsMax rows besides heading and cycle, at least 10; what is more is left out of the middle
     */
    public record Options(boolean ascii, int width, int rowsMax) {
        /** Box-drawing characters, 140 columns, 120 rows. */
        public static final Options DEFAULT = new Options(false, 140, 120);

        public Options {
            if (width < 80 || width > 400) throw new IllegalArgumentException("the width of a diagram is 80 to 400");
            if (rowsMax < 10) throw new IllegalArgumentException("a diagram has 10 rows at least");
        }
    }

    private final SpaceTime diagram;
    private final Options options;
    private final Glyphs glyphs;
    private final int[] x = new int[Actor.values().length];
    private final int width;
    private final int gutter;
    private final EnumSet<Actor> born = EnumSet.noneOf(Actor.class);
    private final EnumSet<Actor> blocked = EnumSet.noneOf(Actor.class);
    private final List<String> out = new ArrayList<>();

    private TextDiagram(SpaceTime diagram, Options options) {
        this.diagram = diagram;
        this.options = options;
        this.glyphs = options.ascii() ? Glyphs.ASCII : Glyphs.UNICODE;
        int count = diagram.columns().size();
        int column = Math.max(COLUMN_MIN, Math.min(COLUMN_MAX, (options.width() - TIME_WIDTH - 2) / Math.max(1, count)));
        int next = TIME_WIDTH + 2;
        int lastLeft = next;
        int firstRight = -1;
        for (Actor actor : diagram.columns()) {
            x[actor.ordinal()] = next;
            if (actor.party() == Actor.Party.DESTINATION && firstRight < 0) firstRight = next;
            if (actor.party() != Actor.Party.DESTINATION) lastLeft = next;
            next += column;
        }
        width = Math.max(options.width(), next);
        boolean network = diagram.columns().contains(Actor.NETWORK);
        gutter = network ? x[Actor.NETWORK.ordinal()] : firstRight < 0 ? lastLeft + column / 2 : (lastLeft + firstRight) / 2;
        for (Actor actor : diagram.columns())
            if (actor == Actor.SOURCE_MAIN_LOOP || actor == Actor.DESTINATION_MAIN_LOOP || actor == Actor.NETWORK || actor == Actor.OPERATOR) born.add(actor);
    }

    /** Draws a run; nothing when it has no trace. */
    public static void write(ReportedRun run, Options options, Appendable to) throws IOException {
        Optional<SpaceTime> diagram = run.spaceTime();
        if (diagram.isEmpty()) return;
        for (String line : new TextDiagram(diagram.get().capped(options.rowsMax()), options).lines()) to.append(line).append('\n');
    }

    private List<String> lines() {
        heading();
        List<SpaceTime.Mark> marks = diagram.marks();
        long last = marks.isEmpty() ? 0 : marks.get(0).nanos();
        for (int i = 0; i < marks.size(); i++) {
            SpaceTime.Mark mark = marks.get(i);
            if (mark.nanos() - last >= diagram.breakNanos()) gap(mark.nanos() - last);
            boolean through = mark instanceof SpaceTime.Depart depart && i + 1 < marks.size()
                    && marks.get(i + 1) instanceof SpaceTime.Arrive arrive && arrive.message() == depart.message();
            birth(mark, through);
            if (through) i++;
            draw(mark, through);
            last = through ? marks.get(i).nanos() : mark.nanos();
        }
        if (diagram.endNanos() - last >= diagram.breakNanos()) gap(diagram.endNanos() - last);
        end();
        for (String remark : diagram.remarks()) out.add(clean(remark));
        cycle();
        return out;
    }

    private void heading() {
        char[] parties = blank();
        char[] rule = blank();
        Actor.Party party = null;
        int rows = 1;
        for (Actor actor : diagram.columns()) rows = Math.max(rows, headingOf(actor).size());
        char[][] names = new char[rows][];
        for (int i = 0; i < rows; i++) names[i] = blank();
        put(names[rows - 1], 0, diagram.clock().heading(), TIME_WIDTH);
        for (Actor actor : diagram.columns()) {
            int at = x[actor.ordinal()];
            if (actor.party() != party) {
                party = actor.party();
                if (party == Actor.Party.SOURCE) put(parties, at, "SOURCE", width);
                if (party == Actor.Party.DESTINATION) put(parties, at, "DESTINATION", width);
                for (int i = at; i < width; i++) rule[i] = glyphs.rule();
                if (at > 0) rule[at - 1] = ' ';
            }
            List<String> name = headingOf(actor);
            for (int i = 0; i < name.size(); i++) put(names[rows - name.size() + i], at, name.get(i), width);
        }
        add(parties);
        for (char[] line : names) add(line);
        add(rule);
    }

    private List<String> headingOf(Actor actor) {
        return Characters.wrap(actor.thread(), COLUMN_MIN - 2);
    }

    /** A thread's lifeline begins with its first mark. */
    private void birth(SpaceTime.Mark mark, boolean through) {
        if (mark instanceof SpaceTime.Cut) return;
        born.add(mark.actor());
        if (mark instanceof SpaceTime.Depart depart && through) born.add(depart.message().to());
        if (mark instanceof SpaceTime.Bulk bulk && bulk.firstReceived().isPresent()) born.add(bulk.to());
    }

    private void draw(SpaceTime.Mark mark, boolean through) {
        if (mark instanceof SpaceTime.Depart depart) depart(depart.message(), through);
        else if (mark instanceof SpaceTime.Arrive arrive) arrive(arrive.message());
        else if (mark instanceof SpaceTime.Bulk bulk) bulk(bulk);
        else if (mark instanceof SpaceTime.Note note) note(mark, glyphs.dot(), note.what() + tag(note));
        else if (mark instanceof SpaceTime.Status status) note(mark, glyphs.status(), "status " + status.status());
        else if (mark instanceof SpaceTime.Accept accept)
            note(mark, glyphs.dot(), "#" + accept.order() + " " + accept.text() + (accept.isWrong() ? " " + glyphs.lost() : ""));
        else if (mark instanceof SpaceTime.Block block) {
            blocked.add(mark.actor());
            note(mark, glyphs.blocked(), block.span().reason() + waitEnd(block.span()));
        } else if (mark instanceof SpaceTime.Unblock unblock) {
            blocked.remove(mark.actor());
            note(mark, glyphs.dot(), "goes on" + diagram.clock().lasting(", after ", unblock.nanos() - unblock.span().sinceNanos(), ""));
        } else if (mark instanceof SpaceTime.Cut cut) {
            out.add(clean(pad("") + glyphs.gap() + " " + cut.rows() + " more rows " + glyphs.gap()));
        }
    }

    private String waitEnd(SpaceTime.Wait wait) {
        String position = wait.cyclePosition() > 0 ? " [" + wait.cyclePosition() + " of the cycle]" : "";
        return position + (wait.untilNanos().isEmpty() ? ", to the end" : "");
    }

    private String tag(SpaceTime.Note note) {
        return note.connection() == 0 || note.what().contains("connection") ? "" : tag(note.connection());
    }

    private String tag(int connection) {
        return " [" + connection + " " + diagram.channel(connection) + "]";
    }

    private void depart(SpaceTime.Message message, boolean through) {
        char[] row = row(message.sentNanos());
        int from = x[message.from().ordinal()];
        int to = x[message.to().ordinal()];
        String label = message.what() + tag(message.connection());
        if (through) {
            arrow(row, from, to, glyphs.dash(), List.of(label), true);
        } else {
            String lost = message.receivedNanos().isPresent() ? "" : " " + glyphs.lost() + " never read";
            char[] before = row.clone();
            int middle = halfway(from, to);
            arrow(row, from, middle, glyphs.dash(), List.of(label + lost), false);
            loosen(row, before, from, middle, lost.isEmpty() ? 0 : label.length() + lost.length() + 3);
        }
        add(row);
    }

    private void arrive(SpaceTime.Message message) {
        char[] row = row(message.receivedNanos().orElseThrow());
        char[] before = row.clone();
        int from = x[message.from().ordinal()];
        int to = x[message.to().ordinal()];
        String label = message.what() + tag(message.connection());
        String late = diagram.clock().lasting(", ", message.receivedNanos().orElseThrow() - message.sentNanos(), " later");
        int middle = halfway(from, to);
        arrow(row, middle, to, glyphs.dash(), List.of(label + late, label), true);
        loosen(row, before, to, middle, 0);
        add(row);
    }

    /** Half an arrow ends short of the middle, and a lost one behind its label: it reaches no lifeline there. */
    private static void loosen(char[] row, char[] before, int from, int middle, int label) {
        int way = middle > from ? 1 : -1;
        int end = Math.max(2, Math.abs(middle - from) - 2);
        int begin = label == 0 ? end : Math.min(label, end);
        for (int i = begin; i <= Math.abs(middle - from); i++) {
            int at = from + way * i;
            if (row[at] == '─' || row[at] == '-' || at == middle) row[at] = before[at];
        }
    }

    private void bulk(SpaceTime.Bulk bulk) {
        char[] row = row(bulk.firstSent());
        int from = x[bulk.from().ordinal()];
        boolean read = bulk.firstReceived().isPresent();
        int to = read ? x[bulk.to().ordinal()] : halfway(from, x[bulk.to().ordinal()]);
        OptionalLong last = bulk.lastReceived();
        String until = " until " + diagram.clock().number(Math.max(bulk.lastSent(), last.orElse(0)));
        String unread = bulk.unread() == 0 ? "" : ", " + glyphs.lost() + " " + (read ? bulk.unread() + " " : "") + "never read";
        String label = glyphs.more() + " " + bulk.what() + ", " + Amounts.bytes(bulk.bytes()) + unread;
        arrow(row, from, to, glyphs.thick(), List.of(label + until + tag(bulk.connection()), label + tag(bulk.connection()), label), read);
        add(row);
    }

    /** Where the two halves of an arrow meet: at the network, or halfway when that does not lie between. */
    private int halfway(int from, int to) {
        boolean between = Math.min(from, to) < gutter && gutter < Math.max(from, to);
        return between ? gutter : (from + to) / 2;
    }

    /** Writes the longest of the labels that fits between the ends, or else beyond the right end; or else a part of the shortest. */
    private void arrow(char[] row, int from, int to, char dash, List<String> labels, boolean head) {
        int low = Math.min(from, to);
        int high = Math.max(from, to);
        for (int i = low + 1; i < high; i++) row[i] = dash;
        boolean right = to > from;
        if (isLifeline(from)) row[from] = right ? glyphs.tee() : glyphs.teeLeft();
        if (head && right) row[to - 1] = glyphs.right();
        if (head && !right) row[to + 1] = glyphs.left();
        List<String> clean = labels.stream().map(this::clean).toList();
        int inside = high - low - 6;
        Optional<String> fits = clean.stream().filter(label -> label.length() <= inside).findFirst();
        Optional<String> beyond = clean.stream().filter(label -> label.length() <= width - high - 3).findFirst();
        if (fits.isPresent()) {
            put(row, right ? low + 2 : high - 3 - fits.get().length(), " " + fits.get() + " ", width);
        } else if (right && !head) {
            put(row, low + 2, " " + clean.get(0), width);
        } else if (!right && !head) {
            put(row, Math.max(TIME_WIDTH + 1, high - 3 - clean.get(0).length()), " " + clean.get(0) + " ", high);
        } else if (beyond.isPresent()) {
            put(row, high + 1, " " + beyond.get() + " ", width);
        } else if (low - clean.get(0).length() > TIME_WIDTH + 3) {
            put(row, low - 2 - clean.get(0).length(), " " + clean.get(0) + " ", width);
        } else {
            put(row, low + 3, " " + Characters.clip(clean.get(clean.size() - 1), inside - 1, glyphs.more()) + " ", width);
        }
    }

    private boolean isLifeline(int at) {
        for (Actor actor : diagram.columns()) if (x[actor.ordinal()] == at) return true;
        return false;
    }

    private void note(SpaceTime.Mark mark, char glyph, String text) {
        int at = x[mark.actor().ordinal()];
        int room = width - at - 2;
        String clean = clean(text);
        boolean left = room < Math.min(clean.length(), 24) && at - TIME_WIDTH - 3 > room;
        List<String> lines = Characters.wrap(clean, Math.min(NOTE_MAX, left ? at - TIME_WIDTH - 3 : room));
        for (int i = 0; i < lines.size(); i++) {
            char[] row = i == 0 ? row(mark.nanos()) : emptyRow();
            String line = lines.get(i);
            if (i == 0) row[at] = glyph;
            if (left) put(row, at - 2 - line.length(), " " + line + " ", width);
            else put(row, at + 1, " " + line + (at + 2 + line.length() < width ? " " : ""), width);
            add(row);
        }
    }

    private void gap(long nanos) {
        char[] row = emptyRow();
        put(row, 0, right(glyphs.gap() + " " + Amounts.duration(nanos)), TIME_WIDTH);
        add(row);
    }

    private void end() {
        char[] row = row(diagram.endNanos());
        for (Actor actor : diagram.columns()) if (born.contains(actor)) row[x[actor.ordinal()]] = blocked.contains(actor) ? glyphs.stop() : glyphs.end();
        add(row);
    }

    private void cycle() {
        if (diagram.cycle().isEmpty()) return;
        out.add("The cycle:");
        for (SpaceTime.CycleStep step : diagram.cycle()) {
            out.add(clean("  " + step.position() + ". " + step.text()));
            out.add(clean("     " + glyphs.dash() + glyphs.dash() + glyphs.right() + " " + step.to().text()));
        }
    }

    private char[] blank() {
        char[] row = new char[width];
        Arrays.fill(row, ' ');
        return row;
    }

    private char[] emptyRow() {
        char[] row = blank();
        for (Actor actor : diagram.columns())
            if (born.contains(actor)) row[x[actor.ordinal()]] = blocked.contains(actor) ? glyphs.blocked() : glyphs.line();
        return row;
    }

    private char[] row(long nanos) {
        char[] row = emptyRow();
        put(row, 0, right(diagram.clock().number(nanos)), TIME_WIDTH);
        return row;
    }

    private static String right(String text) {
        return " ".repeat(Math.max(0, TIME_WIDTH - text.length())) + text;
    }

    private static String pad(String text) {
        return text + " ".repeat(Math.max(0, TIME_WIDTH + 2 - text.length()));
    }

    private static void put(char[] row, int at, String text, int end) {
        for (int i = 0; i < text.length() && at + i < end; i++) if (at + i >= 0) row[at + i] = text.charAt(i);
    }

    private void add(char[] row) {
        out.add(new String(row).stripTrailing());
    }

    private String clean(String text) {
        String line = Characters.oneLine(text);
        return options.ascii() ? Glyphs.ascii(line) : line;
    }
}
