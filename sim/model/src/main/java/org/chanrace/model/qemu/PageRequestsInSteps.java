package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.network.Wire;

/** Where the steps of a page fault take time: the thread wakes up, looks the page up, takes the lock of the dirty bitmap, collects the page and writes it. */
final class PageRequestsInSteps extends PageRequests {
    /** Its steps. */
    private static final int LOOKED_UP = 1;
    private static final int LOCKED = 2;
    private static final int STEP_ENDS = 3;
    private static final int NO_PAGE = -1;

    private final QemuThread thread;
    private final RamStreamInSteps ram;
    private final Sampler wakeUp;
    private final PageSender sender;
    /** The page that it is about; -1 for none. */
    private int asked = NO_PAGE;
    /** The part of it that comes next. */
    private int part;

    PageRequestsInSteps(Source source, QemuThread thread, RamStreamInSteps ram) {
        super(source);
        this.thread = thread;
        this.ram = ram;
        this.wakeUp = new Sampler(source.costs.paging.wakeUp(), "source", "return-path thread's wake-up");
        this.sender = new PageSender(source, thread);
    }

    @Override
    void reseed(long seed) {
        wakeUp.reseed(seed);
    }

    @Override
    boolean wakesFor(long event, long now) {
        int lane = s.map.toSource + Wire.connection(event);
        if (now <= s.lanes.heldUntil(lane)) return false;
        long awake = now + wakeUp.next();
        s.lanes.holdUntil(lane, awake);
        if (awake > now) s.lanes.putBack(lane, now, event);
        return awake > now;
    }

    @Override
    void serve(int page, long now) {
        asked = page;
        s.lanes.close(s.map.toSource + s.channels.main, LaneReasons.THREAD_WAITS);
        next(LOOKED_UP, now + s.costs.paging.lookupNanos());
    }

    private void next(int what, long at) {
        s.lanes.append(s.map.sourceReturnPath, at, Wire.event(what, 0, asked));
    }

    @Override
    void step(long event, long now) {
        switch (Wire.kind(event)) {
            case LOOKED_UP -> lookedUp(now);
            case LOCKED -> locked(now);
            case STEP_ENDS -> stepEnds(now);
            default -> throw new IllegalArgumentException("no such step: " + Wire.kind(event));
        }
    }

    private void lookedUp(long now) {
        s.ledger.passed(asked, Stage.LOOKUP, now);
        if (sendsItself()) next(LOCKED, ram.lockIsFreeAt(now));
        else {
            s.program.queue(asked, now);
            goOnReading(now);
        }
    }

    private void locked(long now) {
        s.ledger.passed(asked, Stage.LOCK_WAIT, now);
        // Nothing is sent of a page that is no longer dirty, or that the migration thread is at.
        if (!ram.yields(asked, now)) {
            goOnReading(now);
            return;
        }
        if (!s.channels.hasPreempt()) {
            s.memory.dirty().add(asked);
            s.returnPath.preemptWriteFailed(now);
            return;
        }
        ram.lockTaken(now);
        part = 0;
        collect(now);
    }

    /** Begins with as much of the page as its file takes. */
    private void collect(long now) {
        if (s.costs.divides() && !s.memory.isZero(asked)) {
            int most = Math.max(1, sender.file(true).room(false) / Wire.SMALL_PAGES_IN_PART);
            sender.beginParts(true, asked, part, Math.min(s.costs.parts, part + most), now);
        } else sender.beginRun(true, asked, asked + 1, s.memory.isZero(asked), now);
        next(STEP_ENDS, sender.work.end());
    }

    /** What it was at is done; or there is room again. */
    private void stepEnds(long now) {
        if (thread.waitsFor(Wait.ROOM)) thread.goOn(now, s.recorder);
        Work work = sender.work;
        boolean collected = work.collects();
        if (work.is(Work.Kind.PARTS)) part = work.to;
        else if (work.is(Work.Kind.RUN)) part = s.costs.parts;
        boolean flushed = work.is(Work.Kind.FLUSH);
        if (!sender.finish(now)) {
            s.returnPath.preemptWriteFailed(now);
            return;
        }
        boolean complete = part == s.costs.parts;
        if (collected) {
            if (complete || sender.file(true).isFull()) {
                sender.beginFlush(true, now);
                next(STEP_ENDS, sender.work.end());
            } else collect(now);
        } else if (flushed && s.sockets.isFull(s.channels.preempt)) {
            // It keeps the lock while it waits.
            waitForRoom(now);
            ram.lockIsKept(now);
        } else if (!complete) collect(now);
        else {
            sent(asked);
            ram.lockReleased(now);
            hint(asked, now);
            goOnReading(now);
        }
    }

    /** The thread looks for the next message; one that is there by now finds it awake. */
    private void goOnReading(long now) {
        clear();
        s.lanes.holdUntil(s.map.toSource + s.channels.main, now);
        s.returnPath.read(now);
    }

    @Override
    void roomIn(long now) {
        if (asked == NO_PAGE) s.returnPath.read(now);
        else if (s.lanes.size(s.map.sourceReturnPath) == 0) next(STEP_ENDS, thread.hasJustBegunToWait(now) ? now : now + wakeUp.next());
    }

    @Override
    void clear() {
        asked = NO_PAGE;
        part = 0;
        sender.clear();
    }

    @Override
    void giveUp(long now) {
        if (asked == NO_PAGE) return;
        addHeldTo(s.memory.dirty());
        clear();
        s.lanes.drop(s.map.sourceReturnPath);
        ram.lockReleased(now);
    }

    @Override
    void addHeldTo(PageSet pages) {
        // Who waits for room has given all of it to the socket.
        boolean given = part == s.costs.parts && sender.isIdle() && sender.file(true).isEmpty();
        if (asked != NO_PAGE && part > 0 && !given) pages.add(asked);
        sender.addHeldTo(pages);
    }

    @Override
    public void save(StateWriter state) {
        wakeUp.save(state);
        state.put(asked);
        state.put(part);
        sender.save(state);
    }

    @Override
    public void load(StateReader state) {
        wakeUp.load(state);
        asked = state.nextInt();
        part = state.nextInt();
        sender.load(state);
    }
}
