package org.chanrace.reports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.verdict.RunResult;

/**
 * A run as a Mermaid sequence diagram, to be pasted into a bug report.
 *
 * <p>Mermaid draws one thing below the other: a message stands where it is read, or where it was sent if nobody reads it. Waits that end are left out; those
 * that do not stand at the foot.
 *
 * <p>Guarantees: whatever the texts are, they are shown as they are and end nothing but themselves; everything but letters, digits and plain punctuation is
 * written as a character code.
 */
public final class MermaidDiagram {
    /** Rows at most; what is more is left out of the middle. */
    static final int MARKS_MAX = 120;

    private static final String PLAIN = " .,()[]/_-+=×→'!?";

    private final SpaceTime diagram;
    private final StringBuilder out = new StringBuilder("sequenceDiagram\n");

    private MermaidDiagram(SpaceTime diagram) {
        this.diagram = diagram;
    }

    /**
     * Draws a run; empty when it has no trace.
     *
     * @param remarks what stands as a note above it, a line each; none for no note
     */
    public static Optional<String> of(RunResult result, List<String> remarks) {
        return SpaceTimeBuilder.of(result).map(d -> new MermaidDiagram(d.capped(MARKS_MAX)).draw(result, remarks));
    }

    private String draw(RunResult result, List<String> remarks) {
        participants();
        if (!remarks.isEmpty()) noteOverAll(remarks);
        for (SpaceTime.Mark mark : diagram.marks()) row(mark);
        for (SpaceTime.Wait wait : diagram.waits())
            if (wait.untilNanos().isEmpty()) note(wait.actor(), cyclePosition(wait) + wait.reason() + ", to the end");
        List<String> foot = new ArrayList<>(diagram.remarks());
        foot.add(result.verdict().outcome().text() + ": " + result.verdict().reason());
        noteOverAll(foot);
        return out.toString();
    }

    private static String cyclePosition(SpaceTime.Wait wait) {
        return wait.cyclePosition() > 0 ? "(" + wait.cyclePosition() + " of the cycle) " : "";
    }

    private void participants() {
        Map<Actor.Party, List<Actor>> parties = new EnumMap<>(Actor.Party.class);
        for (Actor actor : columns()) parties.computeIfAbsent(actor.party(), p -> new ArrayList<>()).add(actor);
        parties.forEach((party, actors) -> {
            boolean boxed = party == Actor.Party.SOURCE || party == Actor.Party.DESTINATION;
            if (boxed) line("box transparent " + (party == Actor.Party.SOURCE ? "Source" : "Destination"));
            for (Actor actor : actors) line("participant " + actor.name() + " as " + text(actor.thread()));
            if (boxed) line("end");
        });
    }

    /** A diagram has a column at least. */
    private List<Actor> columns() {
        return diagram.columns().isEmpty() ? List.of(Actor.NETWORK) : diagram.columns();
    }

    private void row(SpaceTime.Mark mark) {
        if (mark instanceof SpaceTime.Depart depart) depart(depart.message());
        else if (mark instanceof SpaceTime.Arrive arrive) arrive(arrive.message());
        else if (mark instanceof SpaceTime.Bulk bulk) bulk(bulk);
        else if (mark instanceof SpaceTime.Note note) note(note.actor(), note.what() + (note.connection() == 0 || note.what().contains("connection") ? "" : tag(note.connection())));
        else if (mark instanceof SpaceTime.Status status) note(status.actor(), "status " + status.status());
        else if (mark instanceof SpaceTime.Accept accept) note(accept.actor(), "#" + accept.order() + " " + accept.text() + (accept.isWrong() ? " ✗" : ""));
        else if (mark instanceof SpaceTime.Cut cut) noteOverAll(List.of("… " + cut.rows() + " more rows …"));
    }

    private void depart(SpaceTime.Message message) {
        if (message.receivedNanos().isEmpty()) arrow(message.from(), "-x", message.to(), message.what() + tag(message.connection()) + ", never read");
    }

    private void arrive(SpaceTime.Message message) {
        arrow(message.from(), "->>", message.to(), message.what() + tag(message.connection()) + later(message.sentNanos(), message.receivedNanos()));
    }

    /** How long it was on its way, if anything happened meanwhile. */
    private String later(long sent, OptionalLong received) {
        long at = received.orElseThrow();
        boolean between = diagram.marks().stream().anyMatch(m -> !(m instanceof SpaceTime.Block || m instanceof SpaceTime.Unblock) && m.nanos() > sent && m.nanos() < at);
        return between ? diagram.clock().lasting(", ", at - sent, " later") : "";
    }

    private void bulk(SpaceTime.Bulk bulk) {
        boolean read = bulk.firstReceived().isPresent();
        String unread = bulk.unread() == 0 ? "" : ", " + (read ? bulk.unread() + " " : "") + "never read";
        arrow(bulk.from(), read ? "->>" : "-x", bulk.to(), bulk.what() + ", " + Amounts.bytes(bulk.bytes()) + tag(bulk.connection()) + unread);
    }

    private String tag(int connection) {
        return " [" + connection + " " + diagram.channel(connection) + "]";
    }

    private void arrow(Actor from, String kind, Actor to, String text) {
        line(from.name() + kind + to.name() + ": " + text(text));
    }

    private void note(Actor actor, String text) {
        line("Note over " + actor.name() + ": " + text(text));
    }

    private void noteOverAll(List<String> texts) {
        List<Actor> columns = columns();
        String over = columns.get(0).name() + (columns.size() == 1 ? "" : "," + columns.get(columns.size() - 1).name());
        line("Note over " + over + ": " + String.join("<br/>", texts.stream().map(MermaidDiagram::text).toList()));
    }

    private void line(String text) {
        out.append("    ").append(text).append('\n');
    }

    /** Text that is shown as it is: semicolons, number signs, braces and the like would mean something to Mermaid, and a text has to say something. */
    static String text(String text) {
        String legal = Characters.oneLine(text).strip();
        if (legal.isEmpty()) return "-";
        StringBuilder escaped = new StringBuilder();
        legal.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) escaped.appendCodePoint(c);
            else escaped.append('#').append(c).append(';');
        });
        return escaped.toString();
    }
}
