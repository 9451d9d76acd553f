package org.chanrace.model;

import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Strategy;
import org.chanrace.model.network.Net;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;

/** By time, where what comes to a party that {@linkplain Standstills stands still} is due when it goes on. */
final class ByTimeOfParties implements Strategy {
    private final Standstills standstills;
    private final Lanes lanes;
    private final Net net;

    ByTimeOfParties(Standstills standstills, Lanes lanes, Net net) {
        this.standstills = standstills;
        this.lanes = lanes;
        this.net = net;
    }

    @Override
    public int pick(Lanes all) {
        int lane;
        do lane = all.earliest();
        while (lane >= 0 && holds(lane));
        return lane;
    }

    /** What a strategy picks that goes by something else than time, at the time at which its party runs. */
    Strategy timing(Strategy other) {
        return all -> {
            int lane = other.pick(all);
            if (lane >= 0) holds(lane);
            // Whether the run ends here because of a limit is a matter of time.
            else pick(all);
            return lane;
        };
    }

    /** Whether the head of a ready lane has to wait until its party goes on; then it does. That the clock is there already, as it can be in a replay, is no reason not to. */
    boolean holds(int lane) {
        long at = lanes.dueAt(lane);
        long runs = runs(lane, at);
        if (runs == at) return false;
        long due = lanes.pendingDue(lane, 0);
        // A thread that is not held sleeps: who would hold it would wake it up.
        if (lanes.heldUntil(lane) > due) lanes.holdUntil(lane, runs);
        else lanes.putOff(lane, runs - due);
        return true;
    }

    private long runs(int lane, long at) {
        return switch (lanes.process(lane)) {
            case LaneMap.SOURCE -> standstills.runs(Party.SOURCE, at);
            case LaneMap.DESTINATION -> standstills.runs(Party.DESTINATION, at);
            case LaneMap.NETWORK -> net.runs(lane, lanes.peek(lane), at);
            default -> at;
        };
    }
}
