package org.chanrace.model.trace;

import java.util.List;

/**
 * What happened, in the order in which it happened.
 *
 * @param events ascending in time
 * @param omitted events beyond the recorder's limit, which are missing at the end; 0 when the trace is whole
 */
public record Trace(List<TraceEvent> events, long omitted) {
    public Trace {
        events = List.copyOf(events);
    }
}
