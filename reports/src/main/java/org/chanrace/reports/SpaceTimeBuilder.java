package org.chanrace.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Trace;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;

/**
 * Arranges a trace for drawing: pairs what was sent with what was received, folds bulk, closes the waits, and adds what the trace
 * leaves to the result: accept order, closed connections, the cycle.
 */
final class SpaceTimeBuilder {
    /** Of a thread that waited more often than this and went on, only the first wait and the few that stand out are drawn. */
    private static final int WAITS_MAX = 8;
    private static final int WAITS_KEPT = 4;
    private static final int STANDS_OUT = 3;

    /** A mark with its place among marks of the same time: twice its index in the trace, or one more for what follows upon that. */
    private record Placed(long sequence, SpaceTime.Mark mark) {}

    private record Way(int connection, boolean toSource) {}

    private final RunResult result;
    private final Trace trace;
    private final Clock clock;
    private final List<Placed> placed = new ArrayList<>();
    private final List<SpaceTime.Wait> waits = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private SpaceTimeBuilder(RunResult result, Trace trace) {
        this.result = result;
        this.trace = trace;
        this.clock = Clock.of(result);
    }

    /** The diagram of a run; empty when it has no trace. */
    static Optional<SpaceTime> of(RunResult result) {
        return result.trace().map(trace -> new SpaceTimeBuilder(result, trace).build());
    }

    private SpaceTime build() {
        Set<Integer> acceptNotes = addAccepts();
        addMessages();
        addNotesAndStatuses(acceptNotes);
        addWaits();
        List<SpaceTime.CycleStep> cycle = cycle();
        placed.sort(Comparator.<Placed>comparingLong(p -> p.mark().nanos()).thenComparingLong(Placed::sequence));
        List<SpaceTime.Mark> marks = placed.stream().map(Placed::mark).toList();
        waits.sort(Comparator.comparingLong(SpaceTime.Wait::sinceNanos).thenComparing(SpaceTime.Wait::actor));
        if (trace.omitted() > 0) remarks.add("The recording ended early: " + trace.omitted() + " later events are missing.");
        long end = Math.max(result.virtualNanos(), marks.isEmpty() ? 0 : marks.get(marks.size() - 1).nanos());
        return new SpaceTime(columns(marks, cycle), marks, waits, cycle, result.connections(), end, remarks, clock);
    }

    private void place(long sequence, SpaceTime.Mark mark) {
        placed.add(new Placed(2 * sequence, mark));
    }

    /** Returns the indices of the notes that say the same as an accept mark. */
    private Set<Integer> addAccepts() {
        List<ConnectionFate> accepted = result.connections().stream().filter(c -> c.acceptedNanos().isPresent())
                .sorted(Comparator.<ConnectionFate>comparingLong(c -> c.acceptedNanos().getAsLong()).thenComparing(this::noteOfAccept)
                        .thenComparingInt(ConnectionFate::number)).toList();
        Map<Integer, Integer> orders = new LinkedHashMap<>();
        Set<Integer> notes = new TreeSet<>();
        for (ConnectionFate connection : accepted) {
            int note = noteOfAccept(connection);
            int order = orders.merge(connection.attempt(), 1, Integer::sum);
            Actor actor = note == Integer.MAX_VALUE ? Actor.DESTINATION_MAIN_LOOP : trace.events().get(note).actor();
            if (note != Integer.MAX_VALUE) notes.add(note);
            long sequence = note == Integer.MAX_VALUE ? 2L * arrivalBefore(connection) + 1 : 2L * note;
            placed.add(new Placed(sequence, new SpaceTime.Accept(connection.acceptedNanos().getAsLong(), actor, connection, order)));
        }
        return notes;
    }

    /** The index of the note with which the trace records an accept; the largest integer when it does not. */
    private int noteOfAccept(ConnectionFate connection) {
        for (int i = 0; i < trace.events().size(); i++) {
            if (trace.events().get(i) instanceof TraceEvent.Noted note && note.connection() == connection.number()
                    && note.nanos() == connection.acceptedNanos().orElse(-1) && tellsOfAccept(note.what())) return i;
        }
        return Integer.MAX_VALUE;
    }

    /** The index of the last thing that reached the destination on a connection when it was accepted; -1 for none. */
    private int arrivalBefore(ConnectionFate connection) {
        int last = -1;
        for (int i = 0; i < trace.events().size(); i++) {
            if (trace.events().get(i) instanceof TraceEvent.Received received && received.connection() == connection.number()
                    && received.nanos() == connection.acceptedNanos().orElse(-1)) last = i;
        }
        return last;
    }

    private static boolean tellsOfAccept(String what) {
        return what.contains("accept") || what.startsWith("taken for") || what.startsWith("dropped: one connection too many");
    }

    private void addMessages() {
        Map<Long, Integer> received = new LinkedHashMap<>();
        List<TraceEvent> events = trace.events();
        for (int i = 0; i < events.size(); i++)
            if (events.get(i) instanceof TraceEvent.Received event) received.putIfAbsent(event.message(), i);
        BulkFolding folding = new BulkFolding();
        Map<Way, Actor> readers = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof TraceEvent.Received event)
                readers.put(new Way(event.connection(), event.actor().party() == Actor.Party.SOURCE), event.actor());
            if (!(events.get(i) instanceof TraceEvent.Sent sent)) continue;
            int at = received.getOrDefault(sent.message(), -1);
            Actor to = at < 0 ? usualReader(sent, readers) : events.get(at).actor();
            OptionalLong when = at < 0 ? OptionalLong.empty() : OptionalLong.of(events.get(at).nanos());
            folding.add(new SpaceTime.Message(sent.connection(), sent.actor(), to, sent.what(), sent.bytes(), sent.nanos(), when), i, at);
        }
        for (BulkFolding.Folded folded : folding.fold()) {
            place(folded.sentIndex(), folded.bulk().<SpaceTime.Mark>map(b -> b).orElseGet(() -> new SpaceTime.Depart(folded.message())));
            if (folded.bulk().isEmpty() && folded.receivedIndex() >= 0) place(folded.receivedIndex(), new SpaceTime.Arrive(folded.message()));
        }
    }

    /** Who would have read a message that nobody read: the thread that read the one before it on this connection and way. */
    private static Actor usualReader(TraceEvent.Sent sent, Map<Way, Actor> readers) {
        boolean toSource = sent.actor().party() == Actor.Party.DESTINATION;
        return readers.getOrDefault(new Way(sent.connection(), toSource), toSource ? Actor.SOURCE_MAIN_LOOP : Actor.DESTINATION_MAIN_LOOP);
    }

    private void addNotesAndStatuses(Set<Integer> acceptNotes) {
        List<TraceEvent> events = trace.events();
        NoteFolding folding = new NoteFolding(events, acceptNotes, clock);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof TraceEvent.StatusChanged status)
                place(i, new SpaceTime.Status(status.nanos(), status.actor(), status.status()));
        }
        folding.fold().forEach((index, note) -> place(index, note));
        for (ConnectionFate connection : result.connections()) {
            if (connection.closedNanos().isEmpty() || isCloseNoted(connection)) continue;
            String by = connection.closedBy().isEmpty() ? "" : " by the " + connection.closedBy();
            Actor actor = connection.closedBy().equals("relay") || connection.closedBy().equals("network") ? Actor.NETWORK
                    : connection.closedBy().equals("destination") ? Actor.DESTINATION_MAIN_LOOP : Actor.SOURCE_MAIN_LOOP;
            place(Integer.MAX_VALUE, new SpaceTime.Note(connection.closedNanos().getAsLong(), actor, connection.number(),
                    "connection " + connection.number() + " (" + connection.channel() + ") closed" + by));
        }
    }

    private boolean isCloseNoted(ConnectionFate connection) {
        for (TraceEvent event : trace.events())
            if (event instanceof TraceEvent.Noted note && note.connection() == connection.number()
                    && note.nanos() == connection.closedNanos().getAsLong()
                    && (note.what().contains("close") || note.what().contains("shut") || note.what().contains("reset") || note.what().contains("broken")))
                return true;
        return false;
    }

    private void addWaits() {
        Map<Actor, List<int[]>> spans = new EnumMap<>(Actor.class);
        List<TraceEvent> events = trace.events();
        for (int i = 0; i < events.size(); i++) {
            TraceEvent event = events.get(i);
            if (!(event instanceof TraceEvent.Waits) && !(event instanceof TraceEvent.Resumes)) continue;
            List<int[]> ofActor = spans.computeIfAbsent(event.actor(), a -> new ArrayList<>());
            int[] open = ofActor.isEmpty() ? null : ofActor.get(ofActor.size() - 1);
            if (open != null && open[1] < 0) open[1] = i;
            if (event instanceof TraceEvent.Waits) ofActor.add(new int[] {i, -1});
        }
        spans.forEach(this::addWaitsOf);
        addWaitsOfVerdict();
    }

    private void addWaitsOf(Actor actor, List<int[]> spans) {
        List<int[]> drawn = spans.stream().filter(s -> s[1] < 0 || length(s) > 0).toList();
        List<int[]> over = drawn.stream().filter(s -> s[1] >= 0).toList();
        if (over.size() > WAITS_MAX) {
            List<int[]> longest = over.stream().sorted(Comparator.<int[]>comparingLong(s -> -length(s)).thenComparingInt(s -> s[0])).toList();
            long typical = length(longest.get(longest.size() / 2));
            List<int[]> kept = new ArrayList<>(longest.stream().limit(WAITS_KEPT).filter(s -> length(s) / STANDS_OUT > typical).toList());
            kept.add(over.get(0));
            drawn = drawn.stream().filter(s -> s[1] < 0 || kept.contains(s)).toList();
            List<int[]> hidden = over.stream().filter(s -> !kept.contains(s)).toList();
            remarks.add(capital(actor.text()) + ": " + hidden.size() + " more waits are not drawn" + clock.lasting(" (", hidden.stream().mapToLong(this::length).sum(), " in all)") + ".");
        }
        for (int[] span : drawn) {
            TraceEvent.Waits begin = (TraceEvent.Waits) trace.events().get(span[0]);
            OptionalLong until = span[1] < 0 ? OptionalLong.empty() : OptionalLong.of(trace.events().get(span[1]).nanos());
            SpaceTime.Wait wait = new SpaceTime.Wait(actor, begin.reason(), begin.nanos(), until, until.isEmpty() ? cyclePosition(actor) : 0);
            waits.add(wait);
            place(span[0], new SpaceTime.Block(wait));
            if (until.isPresent() && trace.events().get(span[1]) instanceof TraceEvent.Resumes) place(span[1], new SpaceTime.Unblock(wait));
        }
    }

    private long length(int[] span) {
        return trace.events().get(span[1]).nanos() - trace.events().get(span[0]).nanos();
    }

    /** The waits that only the verdict knows. */
    private void addWaitsOfVerdict() {
        List<Verdict.ThreadWait> known = new ArrayList<>(result.verdict().cycle());
        known.addAll(result.verdict().waits());
        for (Verdict.ThreadWait thread : known) {
            Optional<Actor> actor = actor(thread.thread());
            if (actor.isEmpty() || waits.stream().anyMatch(w -> w.actor() == actor.get() && w.untilNanos().isEmpty())) continue;
            SpaceTime.Wait wait = new SpaceTime.Wait(actor.get(), thread.reason(), thread.sinceNanos(), OptionalLong.empty(), cyclePosition(actor.get()));
            waits.add(wait);
            place(Integer.MAX_VALUE, new SpaceTime.Block(wait));
        }
    }

    private int cyclePosition(Actor actor) {
        List<Verdict.ThreadWait> cycle = result.verdict().cycle();
        for (int i = 0; i < cycle.size(); i++) if (cycle.get(i).thread().equals(actor.text())) return i + 1;
        return 0;
    }

    private List<SpaceTime.CycleStep> cycle() {
        List<Verdict.ThreadWait> cycle = result.verdict().cycle();
        List<SpaceTime.CycleStep> steps = new ArrayList<>();
        for (int i = 0; i < cycle.size(); i++) {
            Verdict.ThreadWait wait = cycle.get(i);
            String next = cycle.get((i + 1) % cycle.size()).thread();
            Optional<Actor> from = actor(wait.thread());
            Optional<Actor> to = actor(wait.awaited()).or(() -> actor(next));
            if (from.isPresent() && to.isPresent())
                steps.add(new SpaceTime.CycleStep(i + 1, from.get(), to.get(), wait.thread() + " " + wait.reason()));
        }
        return steps;
    }

    private static Optional<Actor> actor(String text) {
        for (Actor actor : Actor.values()) if (actor.text().equals(text)) return Optional.of(actor);
        return Optional.empty();
    }

    private static List<Actor> columns(List<SpaceTime.Mark> marks, List<SpaceTime.CycleStep> cycle) {
        EnumSet<Actor> columns = EnumSet.noneOf(Actor.class);
        for (SpaceTime.Mark mark : marks) {
            columns.add(mark.actor());
            if (mark instanceof SpaceTime.Depart depart) columns.add(depart.message().to());
            if (mark instanceof SpaceTime.Bulk bulk) columns.add(bulk.to());
        }
        for (SpaceTime.CycleStep step : cycle) {
            columns.add(step.from());
            columns.add(step.to());
        }
        return List.copyOf(columns);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
