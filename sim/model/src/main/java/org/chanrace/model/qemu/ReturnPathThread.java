package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.UrgentPages;
import org.chanrace.model.trace.Actor;

/**
 * The source's return-path thread: reads what the destination sends back on main and, from 8.0 on, sends the pages that were asked for
 * itself (specification of QEMU's behaviour, sections 6.1 and 7).
 *
 * <p>On an error it ends or is parked for a recovery, by trait; what that means for a migration thread that waits for it is decided here
 * as well.
 */
final class ReturnPathThread implements Stateful {
    private static final int POSTCOPY_RUNS_PING = 0x42;
    /** Its steps, where they take time. Argument: the page that was asked for. */
    private static final int LOOKED_UP = 1;
    private static final int LOCKED = 2;
    private static final int SENT = 3;
    private static final int NO_PAGE = -1;

    final QemuThread thread = new QemuThread(Actor.SOURCE_RETURN_PATH);
    private final Source s;

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
    /** The page that it is about, where that takes time; -1 for none. */
    private int asked = NO_PAGE;
    /** The part of it that comes next. */
    private int part;
    private final PageSender sender;

    ReturnPathThread(Source source) {
        this.s = source;
        this.sender = new PageSender(source, thread);
    }

    void reset() {
        thread.reset(false);
        asked = NO_PAGE;
        part = 0;
        sender.clear();
        pongs = 0;
        shutArrived = bitmapArrived = resumeAckArrived = packageLoaded = error = parked = gone = false;
    }

    /** Another migration makes a new thread; its counts go on where they are. */
    void beginAgain() {
        giveUp(0);
        packageLoaded = parked = gone = false;
    }

    /** Main is connected: its return path is read from now on. */
    void start(long now) {
        error = shutArrived = false;
        if (s.behaviour.returnPath() && !gone) {
            thread.exists = true;
            parked = false;
            read(now);
        } else s.lanes.open(s.map.toSource + s.main);
    }

    /** There is room, or an error, where the thread waited to write. */
    void roomIn(int c, long now) {
        if (!thread.waitsFor(Wait.ROOM) || thread.connection != c) return;
        if (s.sockets.isBroken(c)) preemptWriteFailed(now);
        else if (asked == NO_PAGE) read(now);
        else if (s.lanes.size(s.map.sourceReturnPath) == 0) next(SENT, now + s.returnPathWakeUp());
    }

    /** Whether the thread had nothing to do: then it has to wake up before it takes this up. */
    private boolean wakesFor(long event, long now) {
        int lane = s.map.toSource + Wire.connection(event);
        if (now > s.lanes.heldUntil(lane)) {
            long awake = now + s.returnPathWakeUp();
            s.lanes.holdUntil(lane, awake);
            if (awake > now) {
                s.lanes.putBack(lane, now, event);
                return true;
            }
        }
        return false;
    }

    private void next(int what, long at) {
        s.lanes.append(s.map.sourceReturnPath, at, Wire.event(what, 0, asked));
    }

    private void read(long now) {
        thread.waitFor(Wait.RETURN_PATH, s.main, now, s.recorder, s.names);
        s.lanes.open(s.map.toSource + s.main);
    }

    void record(long event, long now) {
        int c = Wire.connection(event);
        if (c != s.main || !thread.exists || s.sockets.isClosed(c)) {
            if (s.sockets.isClosed(c)) s.kernelRefuses(event, now);
            return;
        }
        if (s.costs.takeTime() && wakesFor(event, now)) return;
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
            case Wire.REQ_PAGES -> requested(Wire.firstPage(event), now);
            case Wire.SHUT -> {
                shutArrived = true;
                thread.end(now, s.recorder);
                if (s.migration.waitsFor(Wait.SHUT)) s.program.wake(now);
            }
            case Wire.BITMAP -> {
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

    private void requested(int page, long now) {
        s.ledger.passed(page, Stage.RETURN_PATH_WAIT, now);
        if (s.costs.takeTime()) {
            asked = page;
            s.lanes.close(s.map.toSource + s.main, LaneReasons.THREAD_WAITS);
            next(LOOKED_UP, now + s.costs.paging.lookupNanos());
        } else if (!sendsItself()) s.program.queue(page, now);
        else if (s.memory.dirty().remove(page)) send(page, now);
    }

    /** Whether this thread sends what was asked for, and does not leave it to the migration thread. */
    private boolean sendsItself() {
        boolean inPostcopy = s.status == Status.POSTCOPY_ACTIVE || s.status == Status.POSTCOPY_DEVICE;
        return (s.behaviour.urgentPages() == UrgentPages.RETURN_PATH || s.behaviour.urgentPages() == UrgentPages.RETURN_PATH_WITH_HINT) && inPostcopy;
    }

    private void hint(int page, long now) {
        if (s.behaviour.urgentPages() == UrgentPages.RETURN_PATH_WITH_HINT) s.program.hint(page + 1, now);
    }

    /** Sends a page at once. */
    private void send(int page, long now) {
        hint(page, now);
        boolean written = s.hasPreempt();
        if (s.costs.divides() && !s.memory.isZero(page))
            for (int i = 0; i < s.costs.parts && written; i++) written = s.write(thread, Wire.part(s.preempt, page, i, s.costs.parts), now);
        else written = s.writePage(thread, s.preempt, page, now);
        if (!written) {
            preemptWriteFailed(now);
            return;
        }
        s.program.alsoSent(s.pageBytes(page));
        if (s.sockets.isFull(s.preempt)) {
            thread.waitFor(Wait.ROOM, s.preempt, now, s.recorder, s.names);
            s.lanes.close(s.map.toSource + s.main, LaneReasons.THREAD_WAITS);
        } else s.lanes.holdUntil(s.map.toSource + s.main, now + s.costs.perPageNanos);
    }

    // Where sending takes time.

    void step(long event, long now) {
        switch (Wire.kind(event)) {
            case LOOKED_UP -> lookedUp(now);
            case LOCKED -> locked(now);
            case SENT -> sent(now);
            default -> throw new IllegalArgumentException("no such step: " + Wire.kind(event));
        }
    }

    private void lookedUp(long now) {
        s.ledger.passed(asked, Stage.LOOKUP, now);
        if (sendsItself()) next(LOCKED, s.program.lockIsFreeAt(now));
        else {
            s.program.queue(asked, now);
            goOnReading(now);
        }
    }

    private void locked(long now) {
        s.ledger.passed(asked, Stage.LOCK_WAIT, now);
        // Nothing is sent of a page that is no longer dirty, or that the migration thread is at.
        if (!s.program.yields(asked, now)) {
            goOnReading(now);
            return;
        }
        if (!s.hasPreempt()) {
            s.memory.dirty().add(asked);
            preemptWriteFailed(now);
            return;
        }
        s.program.lockTaken(now);
        part = 0;
        collect(now);
    }

    /** Begins with as much of the page as its file takes. */
    private void collect(long now) {
        if (s.costs.divides() && !s.memory.isZero(asked)) {
            int most = Math.max(1, sender.file(true).room(false) / Wire.SMALL_PAGES_IN_PART);
            sender.beginParts(true, asked, part, Math.min(s.costs.parts, part + most), now);
        } else sender.beginRun(true, asked, asked + 1, s.memory.isZero(asked), now);
        next(SENT, sender.work.end());
    }

    /** What it was at is done; or there is room again. */
    private void sent(long now) {
        if (thread.waitsFor(Wait.ROOM)) thread.goOn(now, s.recorder);
        Work work = sender.work;
        boolean collected = work.collects();
        if (work.is(Work.Kind.PARTS)) part = work.to;
        else if (work.is(Work.Kind.RUN)) part = s.costs.parts;
        boolean flushed = work.is(Work.Kind.FLUSH);
        if (!sender.finish(now)) {
            preemptWriteFailed(now);
            return;
        }
        boolean complete = part == s.costs.parts;
        if (collected) {
            if (complete || sender.file(true).isFull()) {
                sender.beginFlush(true, now);
                next(SENT, sender.work.end());
            } else collect(now);
        } else if (flushed && s.sockets.isFull(s.preempt)) {
            // It keeps the lock while it waits.
            thread.waitFor(Wait.ROOM, s.preempt, now, s.recorder, s.names);
            s.program.lockIsKept(now);
        } else if (!complete) collect(now);
        else {
            s.program.alsoSent(s.pageBytes(asked));
            s.program.lockReleased(now);
            hint(asked, now);
            goOnReading(now);
        }
    }

    /** The thread looks for the next message; one that is there by now finds it awake. */
    private void goOnReading(long now) {
        asked = NO_PAGE;
        part = 0;
        thread.waitFor(Wait.RETURN_PATH, s.main, now, s.recorder, s.names);
        s.lanes.holdUntil(s.map.toSource + s.main, now);
        s.lanes.open(s.map.toSource + s.main);
    }

    /** It comes no further with what it is at: the page is still to be sent, should it ever come to that. */
    private void giveUp(long now) {
        if (asked == NO_PAGE) return;
        sender.addHeldTo(s.memory.dirty());
        if (part > 0) s.memory.dirty().add(asked);
        sender.clear();
        asked = NO_PAGE;
        part = 0;
        s.lanes.drop(s.map.sourceReturnPath);
        s.program.lockReleased(now);
    }

    /** Adds the page that it is sending. */
    void addHeldTo(PageSet pages) {
        if (asked != NO_PAGE && part > 0) pages.add(asked);
        sender.addHeldTo(pages);
    }

    /**
     * The return-path thread could not write an urgent page. The return path itself has no error then, so a release that would park the
     * thread lets it end, and makes no new one for a recovery.
     */
    private void preemptWriteFailed(long now) {
        giveUp(now);
        s.preemptError = true;
        if (s.behaviour.returnPathParks()) {
            gone = true;
            s.sockets.close(s.main, now);
            error = true;
            thread.end(now, s.recorder);
        } else failed(now);
    }

    /** The return-path thread has met an error. */
    void failed(long now) {
        if (!thread.exists || parked) return;
        giveUp(now);
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
        giveUp(now);
        thread.end(now, s.recorder);
    }

    /** In a pause of a release whose return-path thread is kept for the recovery. */
    void park(long now) {
        if (!thread.exists) return;
        giveUp(now);
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
        if (!s.costs.takeTime()) return;
        state.put(asked);
        state.put(part);
        sender.save(state);
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
        if (!s.costs.takeTime()) return;
        asked = state.nextInt();
        part = state.nextInt();
        sender.load(state);
    }
}
