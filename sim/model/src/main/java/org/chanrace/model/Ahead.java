package org.chanrace.model;

import java.util.Arrays;
import org.chanrace.kernel.Lanes;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Source;
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
    /** Lanes that bring a command to begin again, which is refused unless the status is right. */
    private int[] beginningsAgain = {};

    private int breaks;
    private int cancels;
    private int pauses;
    private int requests;
    private int migrations;
    /** Strangers whose moment may be now. */
    private int strangers;
    /** Disturbances, and commands to begin again, that have come. */
    private int happened;
    /** Breaks, cancels and pauses whose moment may be now: they wait for no status any more. */
    private int free;

    Ahead(Lanes lanes, LaneMap map) {
        this.lanes = lanes;
        this.map = map;
    }

    /** This lane brings a command to migrate once more, or to recover. */
    void beginsAgain(int lane) {
        beginningsAgain = Arrays.copyOf(beginningsAgain, beginningsAgain.length + 1);
        beginningsAgain[beginningsAgain.length - 1] = lane;
    }

    void clear() {
        breaks = cancels = pauses = requests = migrations = strangers = happened = free = 0;
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
        if (action instanceof Action.Probe) strangers += times;
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

    /** A command to begin again may be given now; whether it is refused depends on the source's status. */
    public boolean beginnings() {
        for (int lane : beginningsAgain) if (lanes.size(lane) > 0) return true;
        return false;
    }

    /** Something has happened that disturbs the migration or lets it begin again. */
    void happens() {
        happened++;
    }

    /**
     * Nothing has disturbed the migration, and nothing can before it has come further, a box in between neither: what the two sides do to each other, they do in the
     * course of their first attempt.
     */
    public boolean undisturbed() {
        return happened == 0 && strangers == 0 && map.hops == 1 && calm();
    }

    /** A command that was given is not done before the main loop comes to it. */
    private boolean noCommandWaits() {
        return lanes.size(map.destinationCommands) == 0 && lanes.size(map.sourceCommands) == 0;
    }

    /** The network may still break. */
    public boolean breaks() {
        return breaks > 0;
    }

    /** A stranger may come before the channels are up. */
    public boolean strangers() {
        return strangers > 0;
    }

    /** The migration may still be cancelled. */
    public boolean cancels() {
        return cancels > 0;
    }

    /** The switch to postcopy, or other parameters, may still be asked for. */
    public boolean requests() {
        return requests > 0;
    }

    /** Another migration may follow this one, or was asked for, and its destination is not there yet. */
    public boolean migrations() {
        if (migrations > 0 || lanes.size(map.destinationHost) > 0) return true;
        for (int i = lanes.size(map.sourceCommands) - 1; i >= 0; i--) if (Wire.kind(lanes.pending(map.sourceCommands, i)) == Source.MIGRATE_AGAIN) return true;
        return false;
    }
}
