package org.chanrace.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chanrace.model.trace.Trace;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.RunResult;

/** Compares runs. */
final class Runs {
    private Runs() {}

    /** Two runs are the same in everything; of traces, which are long, a failure shows the first difference. */
    static void same(RunResult actual, RunResult expected) {
        if (actual.trace().isPresent() && expected.trace().isPresent()) {
            List<TraceEvent> a = actual.trace().get().events();
            List<TraceEvent> e = expected.trace().get().events();
            for (int i = 0; i < Math.min(a.size(), e.size()); i++) if (!a.get(i).equals(e.get(i))) assertThat(a.get(i)).as("event %d of the trace", i).isEqualTo(e.get(i));
            assertThat(a).hasSameSizeAs(e);
            assertThat(actual.trace().get().omitted()).isEqualTo(expected.trace().get().omitted());
        }
        assertThat(withoutEvents(actual)).isEqualTo(withoutEvents(expected));
    }

    private static RunResult withoutEvents(RunResult r) {
        return new RunResult(r.seed(), r.verdict(), r.connections(), r.events(), r.virtualNanos(), r.digest(), r.trace().map(t -> new Trace(List.of(), t.omitted())),
                r.measurements());
    }
}
