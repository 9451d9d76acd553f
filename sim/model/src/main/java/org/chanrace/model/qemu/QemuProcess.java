package org.chanrace.model.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Process;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.Ahead;
import org.chanrace.model.LaneMap;
import org.chanrace.model.measure.FaultLedger;
import org.chanrace.model.network.PageBitmaps;
import org.chanrace.model.network.Wire;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;

/** A QEMU, source or destination: its status, its log, whether its guest runs, and what it is connected with. */
public abstract sealed class QemuProcess implements Process, Stateful permits Source, Destination {
    private static final Status[] STATUSES = Status.values();

    final Behaviour behaviour;
    final Sockets sockets;
    final LaneMap map;
    final Lanes lanes;
    final Kernel kernel;
    final PageBitmaps bitmaps;
    final Costs costs;
    final QemuThread.Names names;
    final Ahead ahead;
    /** Where the time of page faults is kept account of; nothing depends on it. */
    final FaultLedger ledger;
    final QemuThread mainLoop;
    private final String side;
    private final Optional<String> refusedSettings;
    private final List<String> messages = new ArrayList<>();
    private int refusals;

    Recorder recorder;
    boolean guestRuns;
    Status status = Status.NONE;

    /** @param refusedSettings what it says to settings that it does not accept */
    QemuProcess(String side, Actor mainLoop, Behaviour behaviour, Optional<String> refusedSettings, Sockets sockets, Surroundings surroundings) {
        this.side = side;
        this.refusedSettings = refusedSettings;
        this.mainLoop = new QemuThread(mainLoop);
        this.behaviour = behaviour;
        this.sockets = sockets;
        map = surroundings.map;
        lanes = surroundings.lanes;
        kernel = surroundings.kernel;
        bitmaps = surroundings.bitmaps;
        costs = surroundings.costs;
        names = surroundings.names;
        ahead = surroundings.ahead;
        ledger = surroundings.ledger;
    }

    /**
     * What both QEMUs of a migration are connected with.
     *
     * @param bitmaps the pages named in messages that are on their way
     * @param names how explanations call the connections
     * @param ahead what may still happen
     * @param ledger where the time of page faults is kept account of
     */
    record Surroundings(
            LaneMap map, Lanes lanes, Kernel kernel, PageBitmaps bitmaps, Costs costs, QemuThread.Names names, Ahead ahead, FaultLedger ledger) {}

    /** Back to the beginning: nothing said yet, but to settings that it does not accept. */
    void reset(Recorder recorderOrNull, Status first) {
        recorder = recorderOrNull;
        sockets.reset(recorderOrNull);
        messages.clear();
        refusals = 0;
        status = first;
        refusedSettings.ifPresent(message -> refuse(message, 0));
    }

    /** The status as the monitor shows it. */
    public final Status status() {
        return status;
    }

    void setStatus(Status next, QemuThread by, long now) {
        if (status == next) return;
        status = next;
        kernel.progress();
        if (recorder != null) recorder.status(now, by.actor, next.text());
        tellOperator(now);
    }

    /** The operator looks at this side's status. */
    void tellOperator(long now) {
        lanes.append(map.operatorStatus, now, Wire.event(this instanceof Source ? 1 : 2, 0, status.ordinal()));
    }

    static Status statusOf(int saved) {
        return STATUSES[saved];
    }

    /** Whether the guest's vCPUs run here. */
    public final boolean guestRuns() {
        return guestRuns;
    }

    /** Whether the process has ended, in whichever way. */
    public abstract boolean isGone();

    /** The threads, main loop first. */
    abstract List<QemuThread> threads();

    /** What was said in the log, each with the side that said it. */
    public final List<String> messages() {
        return messages;
    }

    void say(String message) {
        messages.add(side + ": " + message);
    }

    /** Whether it does not accept its settings, so that no migration begins. */
    final boolean refusesSettings() {
        return refusedSettings.isPresent();
    }

    /** How many commands it did not accept so far. */
    final int refusals() {
        return refusals;
    }

    /** A command is not accepted, and changes nothing. */
    void refuse(String message, long now) {
        refusals++;
        say(message);
        note(mainLoop, -1, message, now);
    }

    void note(QemuThread thread, int connection, String what, long now) {
        if (recorder != null) recorder.noted(now, thread.actor, connection, what);
    }
}
