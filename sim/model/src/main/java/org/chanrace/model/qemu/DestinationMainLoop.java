package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.qemu.Destination.Reader;

/**
 * The destination's main loop as something that does one thing at a time: what it looks at between two turns (new connections, commands, callbacks, what the
 * coroutine reads) waits while it is blocked, loads, or is busy.
 */
final class DestinationMainLoop implements Stateful {
    private final Destination d;
    private final QemuThread thread;
    private boolean blocked;
    /** It loads the package: the coroutine does not yield, so nothing else has its turn. */
    private boolean loading;

    DestinationMainLoop(Destination destination, QemuThread thread) {
        this.d = destination;
        this.thread = thread;
    }

    void reset() {
        thread.reset(true);
        thread.wait = Wait.CONNECTIONS;
        blocked = loading = false;
    }

    /** As after the end of the process, whatever was before. */
    void forget() {
        blocked = false;
    }

    boolean isBlocked() {
        return blocked;
    }

    /** It accepts nothing, runs no callbacks, and its monitor does not answer. */
    void block(Wait why, int connection, long now) {
        blocked = true;
        thread.waitFor(why, connection, now, d.recorder, d.names);
        d.lanes.close(d.map.destinationMainLoop, LaneReasons.MAIN_LOOP_BLOCKED);
        closeLanes(LaneReasons.MAIN_LOOP_BLOCKED);
    }

    void unblock(long now) {
        blocked = false;
        thread.goOn(now, d.recorder);
        d.lanes.open(d.map.destinationMainLoop);
        if (loading) closeLanes(LaneReasons.MAIN_LOOP_LOADS);
        else openLanes();
    }

    /** Nothing else has its turn until it {@linkplain #hasLoaded has loaded}. */
    void loads() {
        loading = true;
        closeLanes(LaneReasons.MAIN_LOOP_LOADS);
    }

    void hasLoaded() {
        loading = false;
        openLanes();
    }

    /** It does something until then. */
    void keepBusyUntil(long until) {
        d.lanes.holdUntil(d.map.destinationAccept, until);
        d.lanes.holdUntil(d.map.destinationMainLoop, until);
        d.lanes.holdUntil(d.map.destinationCommands, until);
        for (int c = 0; c < d.map.connections; c++) if (d.reader(c) == Reader.COROUTINE) d.lanes.holdUntil(d.map.toDestination + c, until);
    }

    /** That of a new process: nothing is left of what the one before it was to look at. */
    void startAnew() {
        for (int lane : new int[] {d.map.destinationAccept, d.map.destinationMainLoop, d.map.destinationCommands}) {
            d.lanes.drop(lane);
            d.lanes.holdUntil(lane, 0);
            d.lanes.open(lane);
        }
    }

    private void closeLanes(int why) {
        d.lanes.close(d.map.destinationAccept, why);
        d.lanes.close(d.map.destinationCommands, why);
        for (int c = 0; c < d.map.connections; c++) if (looksAt(c)) d.lanes.close(d.map.toDestination + c, why);
    }

    private void openLanes() {
        d.lanes.open(d.map.destinationAccept);
        d.lanes.open(d.map.destinationCommands);
        for (int c = 0; c < d.map.connections; c++) if (looksAt(c)) d.lanes.open(d.map.toDestination + c);
    }

    private boolean looksAt(int c) {
        return d.reader(c) == Reader.COROUTINE || d.reader(c) == Reader.PARKED;
    }

    @Override
    public void save(StateWriter state) {
        thread.save(state);
        state.put(blocked);
        state.put(loading);
    }

    @Override
    public void load(StateReader state) {
        thread.load(state);
        blocked = state.nextTruth();
        loading = state.nextTruth();
    }
}
