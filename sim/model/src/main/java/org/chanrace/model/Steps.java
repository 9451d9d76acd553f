package org.chanrace.model;

import org.chanrace.kernel.End;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.LatePackets;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Assembly;
import org.chanrace.model.qemu.Pages;
import org.chanrace.model.qemu.Status;
import org.chanrace.model.scenario.Expectation;
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

    /** The first lane from this one on that {@linkplain #isReady is ready}; -1 when there is none. */
    public int nextReady(int from) {
        int lane = lanes.nextReady(from);
        return lane == map.operatorTimer + map.operatorEvents ? lanes.nextReady(lane + 1) : lane;
    }

    /** Whether it makes no difference if the head of this ready lane is handled at once: {@link org.chanrace.kernel.Process#commutes}. */
    public boolean commutes(int lane) {
        return kernel.commutes(lane);
    }

    /**
     * Whether what this lane brings is a consequence that takes no time of its own, as a system call and a command do, and an operator's seeing: whoever
     * lets something else come first tells of orders that cannot be told from others.
     */
    public boolean takesEffectAtOnce(int lane) {
        boolean call = lane == map.sourceCalls || lane == map.destinationCalls;
        boolean command = lane == map.sourceCommands || lane == map.destinationCommands || lane == map.networkCommands;
        return (call || command || lane == map.operatorStatus) && commutes(lane);
    }

    /**
     * Whether the head of this lane is a disturbance, which may come or not: a run in which nothing else is left is over. A stranger need not leave
     * either. What the operator has to do for the migration to end, such as to recover it, is none.
     */
    public boolean isDisturbance(int lane) {
        return operator.isDisturbance(lane) || qemu.net().isStrangersLeaving(lane, lanes.size(lane) == 0 ? 0 : lanes.peek(lane));
    }

    /**
     * Whether what this lane brings comes from outside of the QEMU that it reaches, through the network or from the operator, and is not a step that a
     * thread or the guest takes of its own accord.
     */
    public boolean isFromOutside(int lane) {
        boolean fromOperator = lane >= map.operatorTimer && lane < map.operatorTimer + map.operatorEvents;
        boolean record = lane >= map.toSource && lane < map.toDestination + map.connections;
        return fromOperator || record || lane >= map.handshake && lane < map.handshake + map.connections;
    }

    /** Whether an event of this lane is about room in the buffers of a connection: there is none where buffers hold all that is written. */
    public boolean isAboutBuffers(int lane, long event) {
        if (tellsOfRoom(lane)) return true;
        if (lane == map.sourceSockets || lane == map.destinationSockets) return Wire.kind(event) == Wire.ROOM;
        return (lane == map.sourceCalls || lane == map.destinationCalls) && Wire.kind(event) == Wire.READ;
    }

    /** Whether this lane brings to a sender's kernel what its peer has read or acknowledged: where nothing takes time it knows by itself. */
    public boolean tellsOfRoom(int lane) {
        return lane >= map.pipeTimer && lane < map.pipeTimer + 2 * map.hops * map.connections;
    }

    /** Whether this lane brings the system calls of the source, or of the destination. */
    public boolean bringsCallsOf(boolean source, int lane) {
        return lane == (source ? map.sourceCalls : map.destinationCalls);
    }

    /** Whether this lane brings to the source, or to the destination, what becomes of its system calls. */
    public boolean bringsResultsTo(boolean source, int lane) {
        return lane == (source ? map.sourceSockets : map.destinationSockets);
    }

    /** The i-th pending event of a lane, 0 being its head. */
    public long event(int lane, int i) {
        return lanes.pending(lane, i);
    }

    /** Handles the head of a ready lane. */
    public void handle(int lane) {
        kernel.step(lane);
    }

    /**
     * As {@link #handle}, at a time that is not before that of the step ahead of it. What the step causes is due on its account, so that the times of the steps,
     * chosen far enough apart, tell the cause of every pending event and how long it takes.
     */
    public void handleAt(int lane, long nanos) {
        kernel.stepAt(lane, nanos);
    }

    /** How many events are pending in a lane. */
    public int size(int lane) {
        return lanes.size(lane);
    }

    /** When the i-th pending event of a lane is due, 0 being its head, on its own account or on that of one ahead of it; ns. */
    public long due(int lane, int i) {
        return lanes.pendingDue(lane, i);
    }

    /** Until when the receiver of a lane is busy, ns. */
    public long heldUntil(int lane) {
        return lanes.heldUntil(lane);
    }

    /** Whether nothing can be picked from a lane, whatever is pending in it. */
    public boolean isClosed(int lane) {
        return lanes.reason(lane) != 0;
    }

    /** The number of the process that a lane leads to. */
    public int process(int lane) {
        return lanes.process(lane);
    }

    /** Whether what comes by this lane may come at any moment, and not when something else has brought it about. */
    public boolean isFree(int lane) {
        return map.isFree(lane);
    }

    /**
     * Whether the head of this lane may come any time later, because it is the migration thread's turn to send pages: a guest of a few pages stands for
     * one of many.
     */
    public boolean mayTakeLonger(int lane) {
        return lane == map.sourceMigration && qemu.source().sendsPages();
    }

    /**
     * The lane by which an ACK is coming that nobody waits for any more once what comes by this lane is there, since data carries it; -1 for none.
     */
    public int handshakeCompletedBy(int lane) {
        return qemu.net().handshakeCompletedBy(lane);
    }

    /** Whether the source has begun to switch to postcopy, in this attempt at migrating. */
    public boolean switching() {
        return qemu.source().switching();
    }

    /** Which of the scenario's events comes by this lane, from 0; -1 for none. */
    public int scenarioEvent(int lane) {
        return lane >= map.operatorTimer && lane < map.operatorTimer + map.operatorEvents ? lane - map.operatorTimer : -1;
    }

    /** Whether this lane brings the operator's commands to a process. */
    public boolean bringsCommands(int lane) {
        return lane == map.sourceCommands || lane == map.destinationCommands || lane == map.networkCommands;
    }

    /** Tells somebody of every packet that is sent, from the next beginning on. */
    public void listenToPackets(LatePackets.Listener listener) {
        LatePackets packets = new LatePackets(map.connections, map.hops);
        packets.listen(listener);
        qemu.net().disturb(packets);
    }

    /** What the packet is that is the i-th pending event of a lane: {@code ACK}, {@code PONG(1)}. */
    public String packetText(int lane, int i) {
        return qemu.net().packetText(lane, lanes.pending(lane, i));
    }

    /** The channel that a connection was opened as. */
    public String channel(int connection) {
        return qemu.net().channel(connection).text();
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

    /** Whether a run in which nothing more is handled is as expected. */
    public boolean is(Expectation expected) {
        return expected.outcomes().contains(outcome())
                && expected.guestRunsOn().orElse(guestRunsOn()) == guestRunsOn()
                && expected.sourceMonitor().orElse(sourceMonitor()) == sourceMonitor()
                && expected.destinationMonitor().orElse(destinationMonitor()) == destinationMonitor()
                && expected.sourceStatus().orElse(qemu.source().status().text()).equals(qemu.source().status().text())
                && expected.destinationStatus().orElse(qemu.destination().status().text()).equals(qemu.destination().status().text())
                && (expected.waits().isEmpty() || verdict().waits(expected.waits().get()));
    }

    /** Whether a {@linkplain #isDisturbance disturbance} has happened. */
    public boolean isDisturbed() {
        return operator.isDisturbed();
    }

    /** Whether the guest runs on both sides at once, at this moment. */
    public boolean guestRunsTwice() {
        return qemu.source().guestRuns() && qemu.destination().guestRuns();
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

    /** Whether a side does not accept its settings: then no migration begins. */
    public boolean refusesSettings() {
        return qemu.refusesSettings();
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

    /**
     * The parts that the state consists of: part 0 is what every event may change, the lanes above all; each other one is a process, changed only by
     * events that it handles.
     */
    public int parts() {
        return Simulation.PARTS;
    }

    /**
     * The parts, a bit each, that are not written as they were when the head of this lane has been handled: part 0 and the process that it leads to; and all,
     * when that decides whether another migration {@linkplain Ahead#migrations follows}, because a process that nothing more can happen to leaves out the most
     * of its state.
     */
    public int partsOf(int lane) {
        boolean migrates = lane == map.sourceCommands || lane == map.destinationHost || (lane >= map.operatorTimer && lane < map.operatorTimer + map.operatorEvents);
        return migrates ? (1 << Simulation.PARTS) - 1 : 1 | 2 << lanes.process(lane);
    }

    /** Writes one part of the state. */
    public void savePart(int part, StateWriter state) {
        simulation.savePart(part, state);
    }

    /** Takes over what {@link #savePart} has written. */
    public void loadPart(int part, StateReader state) {
        simulation.loadPart(part, state);
    }

    /** Puts vCPUs, which are alike, into a fixed order; the parts of the state, a bit each, that this may have changed. */
    public int canonicalise() {
        if (map.vcpus == 1) return 0;
        qemu.destination().sortVcpus();
        return 1 | 2 << LaneMap.DESTINATION;
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
