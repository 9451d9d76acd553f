package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.network.Wire;
import org.chanrace.model.trace.Actor;

/**
 * The source's return-path thread: reads what the destination sends back on main (specification of QEMU's behaviour, section 6.1), and says so to who waits for
 * it. What it does about a page that was asked for stands in {@link PageRequests}.
 *
 * <p>On an error it ends or is parked for a recovery, by trait; what that means for a migration thread that waits for it is decided here
 * as well.
 */
final class ReturnPathThread implements Stateful {
    private static final int POSTCOPY_RUNS_PING = 0x42;

    final QemuThread thread;
    private final Source s;
    private final PageRequests requests;

    /** Posted once for each PONG, and never reset by an attempt (specification, section 9). */
    int pongs;
    boolean shutArrived;
    boolean bitmapArrived;
    boolean resumeAckArrived;
    /** The destination has said that it has loaded the package. */
    boolean packageLoaded;
    boolean error;
    private boolean parked;
    /** The thread ended, and this release makes no new one for a recovery. */
    private boolean gone;

    ReturnPathThread(Source source, QemuThread thread, PageRequests requests) {
        this.s = source;
        this.thread = thread;
        this.requests = requests;
    }

    void reset(long seed) {
        requests.reseed(seed);
        thread.reset(false);
        requests.clear();
        pongs = 0;
        shutArrived = bitmapArrived = resumeAckArrived = packageLoaded = error = parked = gone = false;
    }

    /** Another migration makes a new thread; its counts go on where they are. */
    void beginAgain() {
        requests.giveUp(0);
        packageLoaded = parked = gone = false;
    }

    /** Main is connected: its return path is read from now on. */
    void start(long now) {
        error = shutArrived = false;
        if (s.behaviour.returnPath() && !gone) {
            thread.exists = true;
            parked = false;
            read(now);
        } else s.lanes.open(s.map.toSource + s.channels.main);
    }

    /** There is room, or an error, where the thread waited to write. */
    void roomIn(int c, long now) {
        if (!thread.waitsFor(Wait.ROOM) || thread.connection != c) return;
        if (s.sockets.isBroken(c)) preemptWriteFailed(now);
        else requests.roomIn(now);
    }

    /** The thread looks for the next message. */
    void read(long now) {
        thread.waitFor(Wait.RETURN_PATH, s.channels.main, now, s.recorder, s.names);
        s.lanes.open(s.map.toSource + s.channels.main);
    }

    void record(long event, long now) {
        int c = Wire.connection(event);
        if (c != s.channels.main || !thread.exists || s.sockets.isClosed(c)) {
            if (s.sockets.isClosed(c)) s.kernelRefuses(event, now);
            return;
        }
        if (requests.wakesFor(event, now)) return;
        s.sockets.read(Actor.SOURCE_RETURN_PATH, event, now);
        s.kernel.progress();
        switch (Wire.kind(event)) {
            case Wire.PONG -> {
                pongs++;
                if (Wire.argument(event) == POSTCOPY_RUNS_PING) packageLoaded = true;
                // The state is the migration thread's to change, when it comes round to it.
                if (packageLoaded && s.migration.waitsFor(Wait.PACKAGE_LOADED)) s.program.wake(now);
                if (s.migration.waitsFor(Wait.PONG)) s.program.wake(now);
            }
            case Wire.REQ_PAGES -> requests.requested(Wire.firstPage(event), now);
            case Wire.SHUT -> {
                shutArrived = true;
                thread.end(now, s.recorder);
                if (s.migration.waitsFor(Wait.SHUT)) s.program.wake(now);
            }
            case Wire.BITMAP -> {
                // The destination has noted it.
                s.lanes.lookBeyond();
                s.memory.dirty().complementOf(s.bitmaps.received());
                bitmapArrived = true;
                if (s.migration.waitsFor(Wait.BITMAP)) s.program.wake(now);
            }
            case Wire.RESUME_ACK -> {
                resumeAckArrived = true;
                if (s.status == Status.POSTCOPY_RECOVER) s.setStatus(Status.POSTCOPY_ACTIVE, thread, now);
                if (s.migration.waitsFor(Wait.RESUME_ACK)) s.program.wake(now);
            }
            case Wire.FIN -> failed(now);
            case Wire.RST -> {
                s.sockets.broke(c);
                failed(now);
            }
            default -> throw new IllegalStateException("not a message of the return path: " + Wire.text(event));
        }
    }

    /** Nobody will look whether there was a PONG: the switch is behind, and there will be no other. */
    private boolean pongsAreIdle() {
        return (s.program.isPastPongGate() || !s.behaviour.pongGate()) && !s.ahead.migrations();
    }

    /** Whether a message is nothing to anybody, whatever may break. */
    boolean isIdle(long event) {
        return Wire.kind(event) == Wire.PONG && Wire.argument(event) != POSTCOPY_RUNS_PING && pongsAreIdle() && thread.exists;
    }

    boolean commutes(long event) {
        return switch (Wire.kind(event)) {
            case Wire.PONG, Wire.SHUT, Wire.RESUME_ACK -> true;
            default -> false;
        };
    }

    /** The next step of what the thread does about a page that was asked for. */
    void step(long event, long now) {
        requests.step(event, now);
    }

    /** Adds the page that it is sending. */
    void addHeldTo(PageSet pages) {
        requests.addHeldTo(pages);
    }

    /**
     * The return-path thread could not write an urgent page. The return path itself has no error then, so a release that would park the
     * thread lets it end, and makes no new one for a recovery.
     */
    void preemptWriteFailed(long now) {
        requests.giveUp(now);
        s.channels.preemptError = true;
        if (s.behaviour.returnPathParks()) {
            gone = true;
            s.sockets.close(s.channels.main, now);
            error = true;
            thread.end(now, s.recorder);
        } else failed(now);
    }

    /** The return-path thread has met an error. */
    void failed(long now) {
        if (!thread.exists || parked) return;
        requests.giveUp(now);
        error = true;
        if (s.behaviour.returnPathParks() && s.status.inPostcopy()) {
            // It keeps existing, and is given the next connection's return path when the recovery wakes it.
            parked = true;
            thread.waitFor(Wait.RECOVERY, -1, now, s.recorder, s.names);
        } else thread.end(now, s.recorder);
        if (s.migration.waitsFor(Wait.SHUT)) s.lastWordIsLost(now);
        else if (s.status == Status.POSTCOPY_RECOVER && !s.behaviour.recoveryFailureSticks()) s.program.wake(now);
    }

    void end(long now) {
        requests.giveUp(now);
        thread.end(now, s.recorder);
    }

    /** In a pause of a release whose return-path thread is kept for the recovery. */
    void park(long now) {
        if (!thread.exists) return;
        requests.giveUp(now);
        parked = true;
        thread.waitFor(Wait.RECOVERY, -1, now, s.recorder, s.names);
    }

    @Override
    public void save(StateWriter state) {
        thread.save(state);
        state.put(state.isEssential() && pongsAreIdle() ? 0 : pongs);
        state.put(shutArrived);
        state.put(bitmapArrived);
        state.put(resumeAckArrived);
        state.put(error);
        state.put(parked);
        state.put(gone);
        state.put(packageLoaded);
        requests.save(state);
    }

    @Override
    public void load(StateReader state) {
        thread.load(state);
        pongs = state.nextInt();
        shutArrived = state.nextTruth();
        bitmapArrived = state.nextTruth();
        resumeAckArrived = state.nextTruth();
        error = state.nextTruth();
        parked = state.nextTruth();
        gone = state.nextTruth();
        packageLoaded = state.nextTruth();
        requests.load(state);
    }
}
