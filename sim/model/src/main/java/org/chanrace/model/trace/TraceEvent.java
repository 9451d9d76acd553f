package org.chanrace.model.trace;

import java.util.Objects;

/** One thing that happened, at a virtual time in ns. */
public sealed interface TraceEvent {
    /** When, virtual ns. */
    long nanos();

    /** In which column. */
    Actor actor();

    /**
     * Something was given to the network on a connection.
     *
     * @param connection the connection's number, from 1
     * @param message pairs it with its {@link Received}; unique in the trace
     * @param what for people: {@code PING(1)}, {@code SYN}, {@code pages 0x10c..0x120}
     * @param bytes on the wire
     */
    record Sent(long nanos, Actor actor, int connection, long message, String what, long bytes) implements TraceEvent {
        public Sent {
            Objects.requireNonNull(actor);
            Objects.requireNonNull(what);
        }
    }

    /** What was sent as {@code message} was handled by its receiver. */
    record Received(long nanos, Actor actor, int connection, long message, String what, long bytes) implements TraceEvent {
        public Received {
            Objects.requireNonNull(actor);
            Objects.requireNonNull(what);
        }
    }

    /**
     * Something was done or noticed.
     *
     * @param connection the connection it is about, from 1; 0 for none
     */
    record Noted(long nanos, Actor actor, int connection, String what) implements TraceEvent {
        public Noted {
            Objects.requireNonNull(actor);
            Objects.requireNonNull(what);
        }
    }

    /** The migration status of a side became {@code status}; {@link #actor} is the thread that set it. */
    record StatusChanged(long nanos, Actor actor, String status) implements TraceEvent {
        public StatusChanged {
            Objects.requireNonNull(actor);
            Objects.requireNonNull(status);
        }
    }

    /** A thread begins to wait. */
    record Waits(long nanos, Actor actor, String reason) implements TraceEvent {
        public Waits {
            Objects.requireNonNull(actor);
            Objects.requireNonNull(reason);
        }
    }

    /** A thread that waited goes on. */
    record Resumes(long nanos, Actor actor) implements TraceEvent {
        public Resumes {
            Objects.requireNonNull(actor);
        }
    }
}
