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
 * later makes no difference unless the network may break in between. And it decides what is left out of a state that can make no difference any more.
 *
 * <p>It is a set of facts, a bit each, and each of them can be told from one process and the lanes that lead to it. Whoever looks at one process alone says what is
 * {@linkplain #assume true} of the others.
 */
public final class Ahead {
    private static final long STOPS = 1;
    private static final long STRANGERS = 1 << 1;
    private static final long HAPPENED = 1 << 2;
    private static final long FREE = 1 << 3;
    private static final long BEGINNINGS = 1 << 4;
    private static final long MIGRATIONS = 1 << 5;
    private static final long COMMANDS = 1 << 6;
    /** Of the first connection; those of the others follow. */
    private static final long UNREAD = 1 << 7;

    private final Lanes lanes;
    private final LaneMap map;
    /** Lanes that bring a command to begin again, which is refused unless the status is right. */
    private int[] beginningsAgain = {};

    private int breaks;
    private int cancels;
    private int pauses;
    private int migrations;
    /** Strangers whose moment may be now. */
    private int strangers;
    /** Disturbances, and commands to begin again, that have come. */
    private int happened;
    /** Breaks, cancels and pauses whose moment may be now: they wait for no status any more. */
    private int free;
    /** Whether what is true is {@link #assumed}, and not looked up; what was asked since. */
    private boolean assuming;

    private long assumed;
    private long asked;

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
        breaks = cancels = pauses = migrations = strangers = happened = free = 0;
    }

    void add(Action action, int times) {
        if (action instanceof Action.BreakNetwork || action instanceof Action.CutNetwork || action instanceof Action.RestoreNetwork) breaks += times;
        else if (action instanceof Action.Cancel) cancels += times;
        else if (action instanceof Action.Pause) pauses += times;
        else if (action instanceof Action.Migrate) migrations += times;
    }

    void free(Action action, int times) {
        boolean stops = action instanceof Action.BreakNetwork || action instanceof Action.CutNetwork || action instanceof Action.RestoreNetwork || action instanceof Action.Cancel
                || action instanceof Action.Pause;
        if (stops) free += times;
        if (action instanceof Action.Probe) strangers += times;
    }

    /** From now on these facts are true, and no others, however the processes and lanes look. */
    void assume(long facts) {
        assuming = true;
        assumed = facts;
        asked = 0;
    }

    /** From now on what is true is looked up. */
    void look() {
        assuming = false;
    }

    /** The facts that were asked for since they are {@linkplain #assume assumed}: whether others are true has made no difference. */
    long asked() {
        return asked;
    }

    /** The facts that are true because of this process and the lanes that lead to it; a fact is true when it is because of any process. */
    long facts(int process) {
        return facts(process, -1);
    }

    private long facts(int process, long wanted) {
        return switch (process) {
            case LaneMap.SOURCE -> bit(COMMANDS, lanes.size(map.sourceCommands) > 0) | bit(MIGRATIONS, isMigrationAskedFor());
            case LaneMap.DESTINATION -> {
                long facts = bit(COMMANDS, lanes.size(map.destinationCommands) > 0) | bit(MIGRATIONS, lanes.size(map.destinationHost) > 0);
                if (wanted >= UNREAD || wanted < 0) for (int c = 0; c < map.connections; c++) facts |= bit(UNREAD << c, lanes.size(map.toDestination + c) > 0);
                yield facts;
            }
            case LaneMap.OPERATOR -> bit(STOPS, breaks > 0 || cancels > 0 || pauses > 0) | bit(STRANGERS, strangers > 0) | bit(HAPPENED, happened > 0) | bit(FREE, free > 0)
                    | bit(BEGINNINGS, isAnyPending(beginningsAgain)) | bit(MIGRATIONS, migrations > 0);
            default -> 0;
        };
    }

    /** Whether another migration follows when these facts are true; when none does, none ever will. */
    static boolean migrations(long facts) {
        return (facts & MIGRATIONS) != 0;
    }

    private static long bit(long fact, boolean isTrue) {
        return isTrue ? fact : 0;
    }

    private boolean is(long fact) {
        asked |= fact;
        long facts = assuming ? assumed : facts(LaneMap.OPERATOR, fact) | facts(LaneMap.SOURCE, fact) | facts(LaneMap.DESTINATION, fact);
        return (facts & fact) != 0;
    }

    private boolean isAnyPending(int[] some) {
        for (int lane : some) if (lanes.size(lane) > 0) return true;
        return false;
    }

    private boolean isMigrationAskedFor() {
        for (int i = lanes.size(map.sourceCommands) - 1; i >= 0; i--) if (Wire.kind(lanes.pending(map.sourceCommands, i)) == Source.MIGRATE_AGAIN) return true;
        return false;
    }

    /**
     * What may break, cancel or pause waits for a status that only further progress of the migration brings: until then nothing comes between the
     * steps that lead there.
     */
    public boolean calm() {
        return !is(FREE) && noCommandWaits();
    }

    /** Nothing breaks any more, nobody cancels or pauses: what was sent arrives, and what runs goes on. */
    public boolean quiet() {
        return !is(STOPS) && noCommandWaits();
    }

    /** A command to begin again may be given now; whether it is refused depends on the source's status. */
    public boolean beginnings() {
        return is(BEGINNINGS);
    }

    /** Whether something has happened that disturbs the migration or lets it begin again. */
    public boolean disturbed() {
        return is(HAPPENED);
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
        return !is(HAPPENED) && !is(STRANGERS) && map.hops == 1 && calm();
    }

    /** A command that was given is not done before the main loop comes to it. */
    private boolean noCommandWaits() {
        return !is(COMMANDS);
    }

    /** A stranger may come before the channels are up. */
    public boolean strangers() {
        return is(STRANGERS);
    }

    /** Another migration may follow this one, or was asked for, and its destination is not there yet. */
    public boolean migrations() {
        return is(MIGRATIONS);
    }

    /** Something that has arrived at the destination by a connection is still to be read. */
    public boolean unread(int connection) {
        return is(UNREAD << connection);
    }
}
