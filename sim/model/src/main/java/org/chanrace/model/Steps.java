package org.chanrace.model;

import org.chanrace.kernel.End;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.qemu.Assembly;
import org.chanrace.model.qemu.Pages;
import org.chanrace.model.qemu.Status;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;

/**
 * A run in an order that somebody chooses: any ready lane may be picked next, whatever the due times. The clock stands still.
 *
 * <p>It shares its arena with the {@link Simulation} that it belongs to: one of them is used at a time.
 */
public final class Steps implements Stateful {
    private final Simulation simulation;
    private final Kernel kernel;
    private final Lanes lanes;
    private final LaneMap map;
    private final Operator operator;
    private final Assembly qemu;
    private final EventWords words;

    Steps(Simulation simulation, Kernel kernel, Lanes lanes, LaneMap map, Operator operator, Assembly qemu) {
        this.simulation = simulation;
        this.kernel = kernel;
        this.lanes = lanes;
        this.map = map;
        this.operator = operator;
        this.qemu = qemu;
        this.words = new EventWords(map, operator, qemu);
    }

    /** Goes to the beginning of the run: the migrate command is given, nothing has been handled. */
    public void begin(long seed) {
        simulation.begin(seed, null);
    }

    /** The number of lanes. */
    public int lanes() {
        return lanes.count();
    }

    /** Whether the head of this lane may be handled next. The mark of the end of a run, which only time brings, never is. */
    public boolean isReady(int lane) {
        return lanes.ready(lane) && lane != map.operatorTimer + map.operatorEvents;
    }

    /** Whether it makes no difference if the head of this ready lane is handled at once: {@link org.chanrace.kernel.Process#commutes}. */
    public boolean commutes(int lane) {
        return kernel.commutes(lane);
    }

    /**
     * Whether the head of this lane is a disturbance, which may come or not: a run in which nothing else is left is over. What the
     * operator has to do for the migration to end, such as to recover it, is none.
     */
    public boolean isDisturbance(int lane) {
        return operator.isDisturbance(lane);
    }

    /** Handles the head of a ready lane. */
    public void handle(int lane) {
        kernel.step(lane);
    }

    /** What the head of a lane that is not empty is, as a clause. */
    public String words(int lane) {
        return words.of(lane, lanes.peek(lane));
    }

    /** Whether both sides are done: only what is on its way can still arrive. */
    public boolean isEnding() {
        return lanes.size(map.operatorTimer + map.operatorEvents) > 0;
    }

    /** How a run turns out in which nothing more is handled. */
    public Outcome outcome() {
        return qemu.outcome(isEnding() ? End.FINISHED : End.STALLED);
    }

    /** Where the guest runs. */
    public GuestLocation guestRunsOn() {
        return qemu.explainer().guestRunsOn();
    }

    /** Whether the source's monitor answers. */
    public Monitor sourceMonitor() {
        return qemu.explainer().sourceMonitor();
    }

    /** Whether the destination's monitor answers. */
    public Monitor destinationMonitor() {
        return qemu.explainer().destinationMonitor();
    }

    /** Whether a {@linkplain #isDisturbance disturbance} has happened. */
    public boolean isDisturbed() {
        return operator.isDisturbed();
    }

    /** Whether the guest runs on both sides at once, at this moment. */
    public boolean guestRunsTwice() {
        return qemu.source().guestRuns() && qemu.destination().guestRuns();
    }

    /** The process that handles what this lane brings, as a number. */
    public int process(int lane) {
        return lanes.process(lane);
    }

    /** How a run turns out in which nothing more is handled, and why. */
    public Verdict verdict() {
        return qemu.verdict(isEnding() ? End.FINISHED : End.STALLED);
    }

    /** Where the guest's pages are, at the moment when it is asked. */
    public Pages pages() {
        return new Pages(qemu, lanes, map);
    }

    /** The source's status. */
    public Status sourceStatus() {
        return qemu.source().status();
    }

    /** The destination's status. */
    public Status destinationStatus() {
        return qemu.destination().status();
    }

    /** Whether the destination's process is gone, and the guest did not have all that it needs there. */
    public boolean destinationIsLost() {
        return qemu.destination().isGone() && !qemu.destination().hasEnded();
    }

    /** Whether the destination no longer depends on the source. */
    public boolean destinationHasEnded() {
        return qemu.destination().hasEnded();
    }

    /** How many connections the source and strangers have opened, or are about to. */
    public int connectionsOpened() {
        int opened = 0;
        for (int c = 0; c < map.connections; c++) if (qemu.net().wasOpened(c)) opened++;
        return opened + lanes.size(map.sourceWorker);
    }

    /** How many commands were refused so far. */
    public int refusals() {
        return qemu.refusals();
    }

    /** What all threads are about, as one number, for telling kinds of states apart: {@link Assembly#situation}. */
    public long situation() {
        return qemu.situation();
    }

    /**
     * The lane that stands where this one would if the state had been saved and loaded: {@link #save} puts vCPUs that differ in nothing but their
     * numbers into a fixed order, so a lane that was picked in a saved state is another one in the run that led to it.
     */
    public int actual(int lane) {
        return qemu.destination().vcpuLane(lane);
    }

    /** Writes the state; vCPUs, which are alike, in a fixed order. */
    @Override
    public void save(StateWriter state) {
        qemu.destination().sortVcpus();
        simulation.save(state);
    }

    @Override
    public void load(StateReader state) {
        simulation.load(state);
    }
}
