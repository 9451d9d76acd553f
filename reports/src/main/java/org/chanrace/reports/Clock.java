package org.chanrace.reports;

import org.chanrace.model.verdict.RunResult;

/**
 * How the moments of a run are written: as virtual times or, of an order that takes no time, as numbers of its events, without anything that would pass for a
 * duration.
 *
 * @param tickNanos as of a {@link RunResult}
 */
record Clock(long tickNanos) {
    static Clock of(RunResult result) {
        return new Clock(result.tickNanos());
    }

    /** Whether moments are numbers of events. */
    boolean counts() {
        return tickNanos > 0;
    }

    /** Above a column of moments: {@code time, s}, {@code event}. */
    String heading() {
        return counts() ? "event" : "time, s";
    }

    /** In a column of moments: {@code 0.800123}, {@code 18}. */
    String number(long nanos) {
        return counts() ? Long.toString(nanos / tickNanos) : Amounts.clock(nanos);
    }

    /** Within a sentence, behind "at" or "since": {@code 0.800123 s}, {@code event 18}. */
    String moment(long nanos) {
        return counts() ? event(nanos) : Amounts.clock(nanos) + " s";
    }

    /** The same to the nanosecond: {@code 800123456 ns}, {@code event 18}. */
    String exactly(long nanos) {
        return counts() ? event(nanos) : nanos + " ns";
    }

    private String event(long nanos) {
        return "event " + number(nanos);
    }

    /** A duration between what stands before and behind it, such as {@code , 42 us later}; nothing where none passes. */
    String lasting(String before, long nanos, String behind) {
        return counts() ? "" : before + Amounts.duration(nanos) + behind;
    }

    /** From which silence on the time between two marks of a diagram of so long a run is worth showing as a break, ns. */
    long breakNanos(long runNanos) {
        return counts() ? Long.MAX_VALUE : Math.max(50_000_000, runNanos / 20);
    }
}
