package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.verdict.ConnectionFate;

/**
 * A run arranged for drawing: what both space-time diagrams show, before they choose characters or pixels.
 *
 * @param columns the lifelines, from left to right
 * @param marks what happens, ascending in time; one {@link Cut} at most
 * @param waits the blocked intervals, ascending in their beginning
 * @param cycle the shortest wait-for cycle, in order; each from one column to another
 * @param connections the connections, by number
 * @param endNanos the end of the run, virtual ns
 * @param remarks what is not drawn, a sentence each
 * @param clock how its moments are written
 */
record SpaceTime(
        List<Actor> columns,
        List<Mark> marks,
        List<Wait> waits,
        List<CycleStep> cycle,
        List<ConnectionFate> connections,
        long endNanos,
        List<String> remarks,
        Clock clock) {

    SpaceTime {
        columns = List.copyOf(columns);
        marks = List.copyOf(marks);
        waits = List.copyOf(waits);
        cycle = List.copyOf(cycle);
        connections = List.copyOf(connections);
        remarks = List.copyOf(remarks);
    }

    /** Something that takes a row. */
    sealed interface Mark {
        /** When, virtual ns. */
        long nanos();

        /** On which lifeline. */
        Actor actor();
    }

    /**
     * A message on its way.
     *
     * @param to its receiver; when it was never read, the thread that should have read it
     * @param receivedNanos empty when it was never read
     */
    record Message(int connection, Actor from, Actor to, String what, long bytes, long sentNanos, OptionalLong receivedNanos) {}

    /** A message leaves. */
    record Depart(Message message) implements Mark {
        @Override
        public long nanos() {
            return message.sentNanos();
        }

        @Override
        public Actor actor() {
            return message.from();
        }
    }

    /** A message is handled by its receiver. */
    record Arrive(Message message) implements Mark {
        @Override
        public long nanos() {
            return message.receivedNanos().orElseThrow();
        }

        @Override
        public Actor actor() {
            return message.to();
        }
    }

    /**
     * Many messages of one connection and direction, folded into one.
     *
     * @param what their number and kinds: {@code 812 × pages, 12 × EOS}
     * @param bytes of all
     * @param firstSent when the first of them left, and so on; the two for arrival are empty when none arrived
     * @param unread how many never arrived
     */
    record Bulk(
            int connection, Actor from, Actor to, String what, long bytes, long firstSent, long lastSent, OptionalLong firstReceived,
            OptionalLong lastReceived, int unread)
            implements Mark {
        @Override
        public long nanos() {
            return firstSent;
        }

        @Override
        public Actor actor() {
            return from;
        }
    }

    /**
     * Something done or noticed.
     *
     * @param connection 0 for none
     */
    record Note(long nanos, Actor actor, int connection, String what) implements Mark {}

    /**
     * The destination accepts a connection.
     *
     * @param order how many it has accepted in this attempt, this one included
     */
    record Accept(long nanos, Actor actor, ConnectionFate connection, int order) implements Mark {
        /** Whether the destination takes it for what it is not, or drops it. */
        boolean isWrong() {
            return !connection.takenFor().equals(connection.channel()) && !connection.takenFor().equals("unidentified");
        }

        /** {@code accepts connection 1 as main}, {@code accepts connection 2 (preempt) as main}. */
        String text() {
            String accepts = "accepts connection " + connection.number();
            if (connection.takenFor().equals(connection.channel())) return accepts + " as " + connection.channel();
            return accepts + " (" + connection.channel() + ")" + switch (connection.takenFor()) {
                case "extra" -> " and drops it as one too many";
                case "unidentified" -> " and examines it";
                default -> " as " + connection.takenFor();
            };
        }
    }

    /** A side's migration status becomes another. */
    record Status(long nanos, Actor actor, String status) implements Mark {}

    /** A thread begins to wait. */
    record Block(Wait span) implements Mark {
        @Override
        public long nanos() {
            return span.sinceNanos();
        }

        @Override
        public Actor actor() {
            return span.actor();
        }
    }

    /** A thread that waited goes on. */
    record Unblock(Wait span) implements Mark {
        @Override
        public long nanos() {
            return span.untilNanos().orElseThrow();
        }

        @Override
        public Actor actor() {
            return span.actor();
        }
    }

    /** Rows left out, from this time on until the next mark. */
    record Cut(long nanos, Actor actor, int rows) implements Mark {}

    /**
     * A blocked interval.
     *
     * @param reason as a clause: {@code waits for room in main's send buffer}
     * @param untilNanos empty when the thread never goes on
     * @param cyclePosition its place in the wait-for cycle, from 1; 0 when it is not part of it
     */
    record Wait(Actor actor, String reason, long sinceNanos, OptionalLong untilNanos, int cyclePosition) {}

    /** One thread of the cycle waits for another. */
    record CycleStep(int position, Actor from, Actor to, String text) {}

    /** The connection of this number; empty when the result knows none. */
    Optional<ConnectionFate> connection(int number) {
        return connections.stream().filter(c -> c.number() == number).findFirst();
    }

    /** The channel that a connection is; {@code connection N} when the result does not know it. */
    String channel(int number) {
        return connection(number).map(ConnectionFate::channel).orElse("connection " + number);
    }

    /** The same with at most so many marks; the ones left out are from the middle, because both ends tell more. */
    SpaceTime capped(int marksMax) {
        if (marks.size() <= marksMax) return this;
        int head = (marksMax - 1) * 3 / 5;
        int tail = marksMax - 1 - head;
        int hidden = marks.size() - head - tail;
        List<Mark> kept = new ArrayList<>(marks.subList(0, head));
        Mark first = marks.get(head);
        kept.add(new Cut(first.nanos(), first.actor(), hidden));
        kept.addAll(marks.subList(marks.size() - tail, marks.size()));
        return new SpaceTime(columns, kept, waits, cycle, connections, endNanos, remarks, clock);
    }

    /** From which silence on the time between two marks is worth showing as a break, ns. */
    long breakNanos() {
        long start = marks.isEmpty() ? 0 : marks.get(0).nanos();
        return clock.breakNanos(endNanos - start);
    }
}
