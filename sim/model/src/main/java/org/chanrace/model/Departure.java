package org.chanrace.model;

import java.util.List;
import java.util.Objects;
import org.chanrace.model.trace.TraceEvent;

/**
 * Where a run and a recorded schedule part.
 *
 * @param pick the number of the first pick that differs or is not possible, from 1
 * @param nanos virtual time there, ns
 * @param recorded the lane that the schedule picks there, in words; empty when it ends before
 * @param state why that lane is not picked now, as a clause: {@code is due at …}; empty when the schedule ends before
 * @param now the lane that is picked now, in words; empty when the run ends before, or picks what the schedule says
 * @param does what the event that is handled now does, as in the trace; may be empty
 */
public record Departure(long pick, long nanos, String recorded, String state, String now, List<TraceEvent> does) {
    public Departure {
        Objects.requireNonNull(recorded);
        Objects.requireNonNull(state);
        Objects.requireNonNull(now);
        does = List.copyOf(does);
        if (pick < 1 || nanos < 0) throw new IllegalArgumentException("picks are counted from 1, time from 0");
    }
}
