package org.chanrace.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.model.trace.Recorder;

/** Goes along a recorded schedule while a run is made, and notes the first pick that differs. */
final class Beside implements Kernel.Listener {
    private static final int NONE = -1;
    private static final long SECOND = 1_000_000_000;

    private final int[] schedule;
    private final Lanes lanes;
    private final LaneNames names;
    private final Recorder recorder;
    private int picks;

    private int departed = NONE;
    private long nanos;
    private int picked;
    private String state = "";
    /** The events of the trace that the differing pick brought: from the one, up to the other. */
    private int traceFrom;

    private int traceTo = NONE;

    /** @param recorder of the run that is made */
    Beside(int[] schedule, Lanes lanes, LaneNames names, Recorder recorder) {
        this.schedule = schedule.clone();
        this.lanes = lanes;
        this.names = names;
        this.recorder = recorder;
    }

    @Override
    public void handling(int lane, long event, long now) {
        int pick = picks++;
        if (departed == NONE) {
            if (pick < schedule.length && schedule[pick] == lane) return;
            departed = pick;
            nanos = now;
            picked = lane;
            state = pick < schedule.length ? state(lanes, schedule[pick]) : "";
            traceFrom = recorder.size();
        } else if (traceTo == NONE) {
            traceTo = recorder.size();
        }
    }

    /** Where they part, after the run; {@code end} is its virtual time. */
    Optional<Departure> departure(long end) {
        if (departed == NONE) {
            return picks == schedule.length ? Optional.empty()
                    : Optional.of(new Departure(picks + 1, end, names.of(schedule[picks]), state(lanes, schedule[picks]), "", List.of()));
        }
        String recorded = departed < schedule.length ? names.of(schedule[departed]) : "";
        int to = traceTo == NONE ? recorder.size() : traceTo;
        return Optional.of(new Departure(departed + 1, nanos, recorded, state, names.of(picked), recorder.between(traceFrom, to)));
    }

    /** Why nothing is picked from a lane, as a clause. */
    static String state(Lanes lanes, int lane) {
        if (lane < 0 || lane >= lanes.count()) return "does not exist";
        if (lanes.size(lane) == 0) return "has nothing to handle";
        if (lanes.reason(lane) != 0) return "is closed";
        return String.format(Locale.ROOT, "is due at %d.%09d s", lanes.dueAt(lane) / SECOND, lanes.dueAt(lane) % SECOND);
    }
}
