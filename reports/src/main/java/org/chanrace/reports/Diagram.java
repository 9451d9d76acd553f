package org.chanrace.reports;

import java.util.Optional;
import org.chanrace.model.verdict.RunResult;

/** A space-time diagram that is arranged and not yet drawn. It takes a few kilobytes, where the trace that it was made from may take megabytes. */
public final class Diagram {
    private final SpaceTime spaceTime;

    private Diagram(SpaceTime spaceTime) {
        this.spaceTime = spaceTime;
    }

    /** The diagram of a run, of as many rows as a page shows; empty when the run has no trace. */
    static Optional<Diagram> of(RunResult result) {
        return SpaceTimeBuilder.of(result).map(all -> new Diagram(all.capped(SvgDiagram.MARKS_MAX)));
    }

    SpaceTime spaceTime() {
        return spaceTime;
    }
}
