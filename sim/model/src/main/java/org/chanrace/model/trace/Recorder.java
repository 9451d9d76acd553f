package org.chanrace.model.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanrace.model.network.Wire;

/**
 * Writes down what the processes do, in the field's words. Absent when no trace was asked for.
 *
 * <p>A record is paired with its arrival by counting: within a direction of a connection nothing overtakes.
 */
public final class Recorder {
    private static final int LIMIT = 200_000;
    private static final int MAX_STREAMS = 2 * Wire.MAX_CONNECTIONS;

    private final List<TraceEvent> events = new ArrayList<>();
    private final long[] sent = new long[MAX_STREAMS];
    private final long[] received = new long[MAX_STREAMS];
    private long omitted;

    /** Forgets everything. */
    public void reset() {
        events.clear();
        Arrays.fill(sent, 0);
        Arrays.fill(received, 0);
        omitted = 0;
    }

    /** A record was written to a connection, numbered from 0. */
    public void sent(long now, Actor actor, int connection, boolean forward, String what, long bytes) {
        int stream = stream(connection, forward);
        add(new TraceEvent.Sent(now, actor, connection + 1, message(stream, sent[stream]++), what, bytes));
    }

    /** The next record of a connection was read. */
    public void received(long now, Actor actor, int connection, boolean forward, String what, long bytes) {
        int stream = stream(connection, forward);
        add(new TraceEvent.Received(now, actor, connection + 1, message(stream, received[stream]++), what, bytes));
    }

    /** Something was done or noticed about a connection, numbered from 0; -1 for none. */
    public void noted(long now, Actor actor, int connection, String what) {
        add(new TraceEvent.Noted(now, actor, connection + 1, what));
    }

    /** A side's status changed. */
    public void status(long now, Actor actor, String status) {
        add(new TraceEvent.StatusChanged(now, actor, status));
    }

    /** A thread begins to wait. */
    public void waits(long now, Actor actor, String reason) {
        add(new TraceEvent.Waits(now, actor, reason));
    }

    /** A thread goes on. */
    public void resumes(long now, Actor actor) {
        add(new TraceEvent.Resumes(now, actor));
    }

    private static int stream(int connection, boolean forward) {
        return 2 * connection + (forward ? 0 : 1);
    }

    private static long message(int stream, long number) {
        return ((long) stream << 40) | number;
    }

    private void add(TraceEvent event) {
        if (events.size() < LIMIT) events.add(event);
        else omitted++;
    }

    /** How many events have been written down. */
    public int size() {
        return events.size();
    }

    /** What was written down from the event numbered {@code from} on, up to the one numbered {@code to}, counted from 0. */
    public List<TraceEvent> between(int from, int to) {
        return List.copyOf(events.subList(from, to));
    }

    /** What was written down. */
    public Trace trace() {
        return new Trace(events, omitted);
    }
}
