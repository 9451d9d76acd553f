package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.network.Wire;

/** Where the steps of a page fault take no time: the page is on its way as soon as it was asked for, and the lock of the dirty bitmap is kept only to wait for room. */
final class PageRequestsAtOnce extends PageRequests {
    PageRequestsAtOnce(Source source) {
        super(source);
    }

    @Override
    void reseed(long seed) {}

    @Override
    void serve(int page, long now) {
        if (!sendsItself()) s.program.queue(page, now);
        else if (s.memory.dirty().remove(page)) send(page, now);
    }

    private void send(int page, long now) {
        hint(page, now);
        if (!write(page, now)) {
            s.returnPath.preemptWriteFailed(now);
            return;
        }
        sent(page);
        int lane = s.map.toSource + s.channels.main;
        if (s.sockets.isFull(s.channels.preempt)) {
            waitForRoom(now);
            s.lanes.close(lane, LaneReasons.THREAD_WAITS);
        } else s.lanes.holdUntil(lane, now + s.costs.perPageNanos);
    }

    private boolean write(int page, long now) {
        QemuThread thread = s.returnPath.thread;
        if (!s.costs.divides() || s.memory.isZero(page)) return s.writePage(thread, s.channels.preempt, page, now);
        boolean written = s.channels.hasPreempt();
        for (int i = 0; i < s.costs.parts && written; i++) written = s.write(thread, Wire.part(s.channels.preempt, page, i, s.costs.parts), now);
        return written;
    }

    @Override
    void step(long event, long now) {
        throw new IllegalArgumentException("no such step: " + Wire.kind(event));
    }

    @Override
    boolean wakesFor(long event, long now) {
        return false;
    }

    @Override
    void roomIn(long now) {
        s.returnPath.read(now);
        releaseLock(now);
    }

    private void releaseLock(long now) {
        if (s.migration.waitsFor(Wait.BITMAP_LOCK)) s.program.wake(now);
    }

    @Override
    void clear() {}

    @Override
    void giveUp(long now) {
        releaseLock(now);
    }

    @Override
    void addHeldTo(PageSet pages) {}

    @Override
    public void save(StateWriter state) {}

    @Override
    public void load(StateReader state) {}
}
