package org.chanrace.model;

import java.util.List;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Process;
import org.chanrace.model.network.Net;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Destination;
import org.chanrace.model.qemu.Source;
import org.chanrace.model.qemu.Status;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;

/**
 * Whoever drives the migration: sees the status of both sides, and gives commands at the moments that the scenario names.
 *
 * <p>A command is input like any other: QEMU's main loop reads it once it has woken up, and only then does it count. The migrate command
 * alone takes no time, because time counts from it.
 */
final class Operator implements Process {
    private static final int SOURCE_SIDE = 1;
    private static final int FIRE = 1;
    private static final int END = 2;
    /** From the end of the migration to the end of the run: the last packets arrive. */
    private static final long FADE_OUT_NANOS = 10_000_000L;

    private final List<OperatorEvent> events;
    private final LaneMap map;
    private final Lanes lanes;
    private final Kernel kernel;
    private final Sampler sourceWakeUp;
    private final Sampler destinationWakeUp;
    private final int[] seen;
    private Recorder recorder;
    private Status source;
    private Status destination;
    private boolean ending;

    /** @param wakeUp of the main loops that commands are given to */
    Operator(List<OperatorEvent> events, Distribution wakeUp, LaneMap map, Lanes lanes, Kernel kernel) {
        this.events = events;
        this.sourceWakeUp = new Sampler(wakeUp, "source", "command");
        this.destinationWakeUp = new Sampler(wakeUp, "destination", "command");
        this.map = map;
        this.lanes = lanes;
        this.kernel = kernel;
        this.seen = new int[events.size()];
    }

    void reset(long seed, Recorder recorderOrNull) {
        recorder = recorderOrNull;
        sourceWakeUp.reseed(seed);
        destinationWakeUp.reseed(seed);
        java.util.Arrays.fill(seen, 0);
        source = Status.NONE;
        destination = Status.NONE;
        ending = false;
    }

    /** Gives the migrate command, and sets the timers that count from it. */
    void begin() {
        lanes.append(map.sourceCommands, 0, Wire.event(Source.MIGRATE, 0, 0));
        for (int i = 0; i < events.size(); i++)
            if (events.get(i).when() instanceof When.At at) lanes.append(map.operatorTimer + i, at.nanos(), Wire.event(FIRE, 0, i));
    }

    @Override
    public void handle(int lane, long event, long now) {
        if (lane == map.operatorStatus) status(event, now);
        else if (Wire.kind(event) == END) kernel.finish();
        else fire(events.get((int) Wire.argument(event)).action(), now);
    }

    private void status(long event, long now) {
        Status status = Status.values()[(int) Wire.argument(event)];
        boolean pausedBefore = source == Status.POSTCOPY_PAUSED && destination == Status.POSTCOPY_PAUSED;
        boolean ofSource = Wire.kind(event) == SOURCE_SIDE;
        if (ofSource) source = status;
        else destination = status;
        boolean pausedNow = source == Status.POSTCOPY_PAUSED && destination == Status.POSTCOPY_PAUSED;
        for (int i = 0; i < events.size(); i++) {
            if (!(events.get(i).when() instanceof When.After after)) continue;
            // A recovery can begin only when both sides wait for it.
            boolean reached = after.status().equals(Status.POSTCOPY_PAUSED.text()) ? pausedNow && !pausedBefore : ofSource && after.status().equals(status.text());
            if (reached && ++seen[i] == after.occurrence()) lanes.append(map.operatorTimer + i, now + after.byNanos(), Wire.event(FIRE, 0, i));
        }
        if (source == Status.COMPLETED && destination == Status.COMPLETED && !ending) {
            ending = true;
            lanes.append(map.operatorTimer + events.size(), now + FADE_OUT_NANOS, Wire.event(END, 0, 0));
        }
    }

    private void fire(Action action, long now) {
        kernel.progress();
        if (recorder != null) recorder.noted(now, Actor.OPERATOR, -1, text(action));
        if (action instanceof Action.StartPostcopy) toSource(Source.START_POSTCOPY, 0, now);
        else if (action instanceof Action.BreakNetwork) toNetwork(Net.BREAK, 0, now);
        else if (action instanceof Action.CutNetwork) toNetwork(Net.CUT, 0, now);
        else if (action instanceof Action.RestoreNetwork) toNetwork(Net.RESTORE, 0, now);
        else if (action instanceof Action.Cancel) toSource(Source.CANCEL, 0, now);
        else if (action instanceof Action.Probe probe) toNetwork(Net.PROBE, probe.holdNanos(), now);
        else if (action instanceof Action.Pause pause) {
            if (pause.onSource()) toSource(Source.PAUSE, 0, now);
            else toDestination(Destination.PAUSE, now);
        } else if (action instanceof Action.Recover) {
            toNetwork(Net.NEXT_ATTEMPT, 0, now);
            // The source is told when the destination has answered.
            toSource(Source.RESUME, 0, toDestination(Destination.RECOVER, now));
        } else if (action instanceof Action.SetParameters set) {
            if (set.maxBandwidth() >= 0) toSource(Source.SET_MAX_BANDWIDTH, set.maxBandwidth(), now);
            if (set.maxPostcopyBandwidth() >= 0) toSource(Source.SET_MAX_POSTCOPY_BANDWIDTH, set.maxPostcopyBandwidth(), now);
            if (set.downtimeLimitNanos() >= 0) toSource(Source.SET_DOWNTIME_LIMIT, set.downtimeLimitNanos(), now);
        }
    }

    private static String text(Action action) {
        if (action instanceof Action.StartPostcopy) return "migrate-start-postcopy";
        if (action instanceof Action.BreakNetwork) return "every connection is broken";
        if (action instanceof Action.CutNetwork) return "the network is cut";
        if (action instanceof Action.RestoreNetwork) return "the network is restored";
        if (action instanceof Action.Cancel) return "migrate_cancel";
        if (action instanceof Action.Probe) return "a stranger connects to the destination's port";
        if (action instanceof Action.Pause pause) return "migrate-pause on the " + (pause.onSource() ? "source" : "destination");
        if (action instanceof Action.Recover) return "migrate-recover, migrate resume";
        return "migrate-set-parameters";
    }

    private void toSource(int command, long argument, long now) {
        lanes.append(map.sourceCommands, now + sourceWakeUp.next(), Wire.event(command, 0, argument));
    }

    /** When the destination handles it, ns. */
    private long toDestination(int command, long now) {
        long handled = now + destinationWakeUp.next();
        lanes.append(map.destinationCommands, handled, Wire.event(command, 0, 0));
        return handled;
    }

    private void toNetwork(int command, long argument, long now) {
        lanes.append(map.networkCommands, now, Wire.event(command, 0, argument));
    }
}
