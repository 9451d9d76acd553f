package org.chanrace.model;

import java.util.List;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Process;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Net;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Destination;
import org.chanrace.model.qemu.Source;
import org.chanrace.model.qemu.Status;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;

/**
 * Whoever drives the migration: sees the status of both sides, and gives commands at the moments that the scenario names.
 *
 * <p>A command is input like any other: QEMU's main loop reads it once it has woken up, and only then does it count. The migrate command
 * alone takes no time, because time counts from it.
 */
final class Operator implements Process, Stateful {
    private static final Status[] STATUSES = Status.values();
    private static final int SOURCE_SIDE = 1;
    private static final int FIRE = 1;
    private static final int END = 2;
    /** From the end of the migration to the end of the run: the last packets arrive. */
    private static final long FADE_OUT_NANOS = 10_000_000L;

    private final List<OperatorEvent> events;
    private final LaneMap map;
    private final Lanes lanes;
    private final Kernel kernel;
    private final Ahead ahead;
    private final Standstills standstills;
    private final Sampler sourceWakeUp;
    private final Sampler destinationWakeUp;
    /** How often the status that an event waits for was reached, as far as the event still counts. */
    private final int[] seen;
    private final boolean[] done;
    /** For an event that makes an attempt, which of these events it is, from 0. */
    private final int[] attempt;
    private Recorder recorder;
    private Status source;
    private Status destination;
    private boolean ending;

    /** @param wakeUp of the main loops that commands are given to */
    Operator(List<OperatorEvent> events, Distribution wakeUp, LaneMap map, Lanes lanes, Kernel kernel, Ahead ahead, Standstills standstills) {
        this.events = events;
        this.sourceWakeUp = new Sampler(wakeUp, "source", "command");
        this.destinationWakeUp = new Sampler(wakeUp, "destination", "command");
        this.map = map;
        this.lanes = lanes;
        this.kernel = kernel;
        this.ahead = ahead;
        this.standstills = standstills;
        this.done = new boolean[events.size()];
        this.seen = new int[events.size()];
        this.attempt = new int[events.size()];
        int attempts = 0;
        for (int i = 0; i < attempt.length; i++) {
            if (events.get(i).action().opensThrough().isEmpty()) continue;
            attempt[i] = attempts++;
            ahead.beginsAgain(map.operatorTimer + i);
        }
    }

    void reset(long seed, Recorder recorderOrNull) {
        recorder = recorderOrNull;
        sourceWakeUp.reseed(seed);
        destinationWakeUp.reseed(seed);
        java.util.Arrays.fill(seen, 0);
        java.util.Arrays.fill(done, false);
        lookAhead();
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
        else {
            int i = (int) Wire.argument(event);
            settle(i);
            fire(i, now);
        }
    }

    /** This event is done, and those of which only one is done will not be. */
    private void settle(int event) {
        for (int i = 0; i < done.length; i++) {
            boolean same = i == event || (events.get(event).oneOf().isPresent() && events.get(event).oneOf().equals(events.get(i).oneOf()));
            if (!same || done[i]) continue;
            done[i] = true;
            if (happens(i)) ahead.happens();
            ahead.add(events.get(i).action(), -1);
            if (isFree(i)) ahead.free(events.get(i).action(), -1);
            if (i != event) lanes.drop(map.operatorTimer + i);
        }
    }

    private boolean happens(int i) {
        return isDisturbance(events.get(i).action()) || events.get(i).action().opensThrough().isPresent();
    }

    /** Whether an event may come now or soon: it waits for no status, for one that was reached, or for one that is reached before the channels are up. */
    private boolean isFree(int i) {
        return !(events.get(i).when() instanceof When.After after) || seen[i] >= after.occurrence() || !after.status().startsWith("postcopy");
    }

    private void lookAhead() {
        ahead.clear();
        for (int i = 0; i < done.length; i++) {
            if (done[i]) {
                if (happens(i)) ahead.happens();
                continue;
            }
            ahead.add(events.get(i).action(), 1);
            if (isFree(i)) ahead.free(events.get(i).action(), 1);
        }
    }

    /** Statuses are seen at once: what they make possible may still come at any later moment. */
    @Override
    public boolean commutes(int lane, long event) {
        return lane == map.operatorStatus;
    }

    boolean isDisturbance(int lane) {
        if (lane < map.operatorTimer || lane >= map.operatorTimer + events.size()) return false;
        return isDisturbance(events.get(lane - map.operatorTimer).action());
    }

    boolean isDisturbed() {
        for (int i = 0; i < done.length; i++) if (done[i] && isDisturbance(events.get(i).action())) return true;
        return false;
    }

    private static boolean isDisturbance(Action action) {
        return action instanceof Action.BreakNetwork || action instanceof Action.CutNetwork || action instanceof Action.Cancel || action instanceof Action.Pause || action instanceof Action.Probe
                || action instanceof Action.LoseSyn;
    }

    private void status(long event, long now) {
        Status status = Status.values()[(int) Wire.argument(event)];
        boolean pausedBefore = source == Status.POSTCOPY_PAUSED && destination == Status.POSTCOPY_PAUSED;
        boolean ofSource = Wire.kind(event) == SOURCE_SIDE;
        if (ofSource) source = status;
        else destination = status;
        boolean pausedNow = source == Status.POSTCOPY_PAUSED && destination == Status.POSTCOPY_PAUSED;
        for (int i = 0; i < events.size(); i++) {
            if (done[i] || !(events.get(i).when() instanceof When.After after)) continue;
            // A recovery can begin only when both sides wait for it; who resumes does not look.
            boolean ofBoth = after.status().equals(Status.POSTCOPY_PAUSED.text()) && !(events.get(i).action() instanceof Action.Resume);
            boolean reached = ofBoth ? pausedNow && !pausedBefore : ofSource && after.status().equals(status.text());
            if (reached && seen[i] < after.occurrence() && ++seen[i] == after.occurrence()) {
                lanes.append(map.operatorTimer + i, now + after.byNanos(), Wire.event(FIRE, 0, i));
                if (after.status().startsWith("postcopy")) ahead.free(events.get(i).action(), 1);
            }
        }
        if (source == Status.COMPLETED && destination == Status.COMPLETED && !ending) {
            ending = true;
            lanes.append(map.operatorTimer + events.size(), now + FADE_OUT_NANOS, Wire.event(END, 0, 0));
        }
    }

    private void fire(int number, long now) {
        Action action = events.get(number).action();
        kernel.progress();
        if (recorder != null) recorder.noted(now, Actor.OPERATOR, -1, text(action));
        if (action instanceof Action.StartPostcopy) toSource(Source.START_POSTCOPY, 0, now);
        else if (action instanceof Action.BreakNetwork broken) toNetwork(Net.BREAK, Net.breakOf(broken.loses(), broken.channel()), now);
        else if (action instanceof Action.LoseSyn) toNetwork(Net.LOSE_SYN, 0, now);
        else if (action instanceof Action.StandStill still) still.of().forEach(party -> standStill(party, still.nanos(), now));
        else if (action instanceof Action.CutNetwork) toNetwork(Net.CUT, 0, now);
        else if (action instanceof Action.RestoreNetwork) toNetwork(Net.RESTORE, 0, now);
        else if (action instanceof Action.Cancel) toSource(Source.CANCEL, 0, now);
        else if (action instanceof Action.Probe probe) toNetwork(Net.PROBE, probe.holdNanos(), now);
        else if (action instanceof Action.Pause pause) {
            if (pause.onSource()) toSource(Source.PAUSE, 0, now);
            else toDestination(Destination.PAUSE, now);
        } else if (action instanceof Action.Migrate) toSource(Source.MIGRATE_AGAIN, attempt[number], now);
        else if (action instanceof Action.Recover || action instanceof Action.Resume) {
            toNetwork(Net.NEXT_ATTEMPT, attempt[number], now);
            // The source is told when the destination has answered.
            toSource(Source.RESUME, 0, toDestination(Destination.RECOVER, now));
        } else if (action instanceof Action.SetParameters set) {
            // QEMU looks at all of the values before it takes any.
            boolean isRefused = Source.refusesDowntimeLimit(set.downtimeLimitNanos());
            if (set.maxBandwidth() >= 0 && !isRefused) toSource(Source.SET_MAX_BANDWIDTH, set.maxBandwidth(), now);
            if (set.maxPostcopyBandwidth() >= 0 && !isRefused) toSource(Source.SET_MAX_POSTCOPY_BANDWIDTH, set.maxPostcopyBandwidth(), now);
            if (set.downtimeLimitNanos() >= 0) toSource(Source.SET_DOWNTIME_LIMIT, set.downtimeLimitNanos(), now);
        }
    }

    private void standStill(Party party, long nanos, long now) {
        long longer = standstills.begin(party, now, nanos);
        // That nothing moves meanwhile does not mean that nothing will.
        kernel.expectNothingUntil(now + nanos);
        if (party != Party.DESTINATION) return;
        for (int lane = map.destinationVcpu; lane < map.destinationVcpu + map.vcpus; lane++) if (lanes.size(lane) > 0) lanes.putOff(lane, longer);
    }

    private static String text(Action action) {
        if (action instanceof Action.StartPostcopy) return "migrate-start-postcopy";
        if (action instanceof Action.BreakNetwork broken) return broken.channel().map(channel -> channel + " is broken").orElse("every connection is broken") + lost(broken.loses());
        if (action instanceof Action.LoseSyn) return "a handshake packet is lost";
        if (action instanceof Action.CutNetwork) return "the network is cut";
        if (action instanceof Action.RestoreNetwork) return "the network is restored";
        if (action instanceof Action.Cancel) return "migrate_cancel";
        if (action instanceof Action.Probe) return "a stranger connects to the destination's port";
        if (action instanceof Action.Pause pause) return "migrate-pause on the " + (pause.onSource() ? "source" : "destination");
        if (action instanceof Action.Recover || action instanceof Action.Resume) return "migrate-recover, migrate resume";
        if (action instanceof Action.Migrate) return "migrate, once more";
        if (action instanceof Action.StandStill still) return still.who() + (still.of().size() == 1 ? " stands still" : " stand still");
        return "migrate-set-parameters";
    }

    String words(int event) {
        return text(events.get(event).action());
    }

    private static String lost(Action.BreakNetwork.Loses loses) {
        return switch (loses) {
            case NOTHING -> "";
            case TO_SOURCE -> ", and what is on its way to the source is lost";
            case TO_DESTINATION -> ", and what is on its way to the destination is lost";
            case BOTH -> ", and what is on its way is lost";
        };
    }

    private void toSource(int command, long argument, long now) {
        lanes.append(map.sourceCommands, now + sourceWakeUp.next(), Wire.event(command, 0, argument));
    }

    /** When the destination handles it, ns. */
    private long toDestination(int command, long now) {
        long handled = standstills.runs(Party.DESTINATION, now + destinationWakeUp.next());
        lanes.append(map.destinationCommands, handled, Wire.event(command, 0, 0));
        return handled;
    }

    private void toNetwork(int command, long argument, long now) {
        lanes.append(map.networkCommands, now, Wire.event(command, 0, argument));
    }

    @Override
    public void save(StateWriter state) {
        sourceWakeUp.save(state);
        destinationWakeUp.save(state);
        for (int i = 0; i < seen.length; i++) state.put(seen[i] << 1 | (done[i] ? 1 : 0));
        state.put(source.ordinal());
        state.put(destination.ordinal());
        state.put(ending);
    }

    @Override
    public void load(StateReader state) {
        sourceWakeUp.load(state);
        destinationWakeUp.load(state);
        for (int i = 0; i < seen.length; i++) {
            int both = state.nextInt();
            seen[i] = both >> 1;
            done[i] = (both & 1) != 0;
        }
        source = STATUSES[state.nextInt()];
        destination = STATUSES[state.nextInt()];
        ending = state.nextTruth();
        lookAhead();
    }
}
