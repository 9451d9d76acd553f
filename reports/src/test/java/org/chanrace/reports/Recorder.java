package org.chanrace.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Trace;
import org.chanrace.model.trace.TraceEvent;

/** Writes a trace by hand, times in microseconds. */
final class Recorder {
    private final List<TraceEvent> events = new ArrayList<>();
    private long messages;

    /** A message that is read. */
    Recorder message(long sentMicros, Actor from, long receivedMicros, Actor to, int connection, String what, long bytes) {
        lost(sentMicros, from, connection, what, bytes);
        events.add(new TraceEvent.Received(receivedMicros * 1000, to, connection, messages, what, bytes));
        return this;
    }

    /** A message that nobody reads. */
    Recorder lost(long sentMicros, Actor from, int connection, String what, long bytes) {
        events.add(new TraceEvent.Sent(sentMicros * 1000, from, connection, ++messages, what, bytes));
        return this;
    }

    Recorder note(long micros, Actor actor, int connection, String what) {
        events.add(new TraceEvent.Noted(micros * 1000, actor, connection, what));
        return this;
    }

    Recorder status(long micros, Actor actor, String status) {
        events.add(new TraceEvent.StatusChanged(micros * 1000, actor, status));
        return this;
    }

    Recorder waits(long micros, Actor actor, String reason) {
        events.add(new TraceEvent.Waits(micros * 1000, actor, reason));
        return this;
    }

    Recorder resumes(long micros, Actor actor) {
        events.add(new TraceEvent.Resumes(micros * 1000, actor));
        return this;
    }

    Trace trace() {
        return new Trace(events.stream().sorted(Comparator.comparingLong(TraceEvent::nanos)).toList(), 0);
    }
}
