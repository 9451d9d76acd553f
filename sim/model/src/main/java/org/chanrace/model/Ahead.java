package org.chanrace.model;

import org.chanrace.kernel.Lanes;
import org.chanrace.model.scenario.OperatorEvent.Action;

/**
 * What may still come from outside: the operator's commands and the network's failures that have not happened yet.
 *
 * <p>No process acts on it. It decides which events {@linkplain org.chanrace.kernel.Process#commutes commute}: whether a record is read now or
 * later makes no difference unless the network may break in between.
 */
public final class Ahead {
    private final Lanes lanes;
    private final LaneMap map;
    private int breaks;
    private int cancels;
    private int pauses;
    private int requests;
    private int migrations;
    /** Breaks, cancels and pauses whose moment may be now: they wait for no status any more. */
    private int free;

    Ahead(Lanes lanes, LaneMap map) {
        this.lanes = lanes;
        this.map = map;
    }

    void clear() {
        breaks = cancels = pauses = requests = migrations = free = 0;
    }

    void add(Action action, int times) {
        if (action instanceof Action.BreakNetwork || action instanceof Action.CutNetwork || action instanceof Action.RestoreNetwork) breaks += times;
        else if (action instanceof Action.Cancel) cancels += times;
        else if (action instanceof Action.Pause) pauses += times;
        else if (action instanceof Action.Migrate) migrations += times;
        else if (action instanceof Action.StartPostcopy || action instanceof Action.SetParameters) requests += times;
    }

    void free(Action action, int times) {
        boolean stops = action instanceof Action.BreakNetwork || action instanceof Action.CutNetwork || action instanceof Action.RestoreNetwork || action instanceof Action.Cancel
                || action instanceof Action.Pause;
        if (stops) free += times;
    }

    /**
     * What may break, cancel or pause waits for a status that only further progress of the migration brings: until then nothing comes between the
     * steps that lead there.
     */
    public boolean calm() {
        return free == 0 && noCommandWaits();
    }

    /** Nothing breaks any more, nobody cancels or pauses: what was sent arrives, and what runs goes on. */
    public boolean quiet() {
        return breaks == 0 && cancels == 0 && pauses == 0 && noCommandWaits();
    }

    /** A command that was given is not done before the main loop comes to it. */
    private boolean noCommandWaits() {
        return lanes.size(map.destinationCommands) == 0 && lanes.size(map.sourceCommands) == 0;
    }

    /** The network may still break. */
    public boolean breaks() {
        return breaks > 0;
    }

    /** The migration may still be cancelled. */
    public boolean cancels() {
        return cancels > 0;
    }

    /** The switch to postcopy, or other parameters, may still be asked for. */
    public boolean requests() {
        return requests > 0;
    }

    /** Another migration may follow this one. */
    public boolean migrations() {
        return migrations > 0;
    }
}
