package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.UrgentPages;
import org.chanrace.model.qemu.MigrationThread.Step;

/**
 * Where the steps of a page fault take time: pages are collected in a file, which is written to its socket, and meanwhile others ask for pages, give hints, and
 * take the lock of the dirty bitmap, which this thread has for the first part of its work on each small page.
 */
final class RamStreamInSteps extends RamStream {
    private final Sampler wakeUp;
    /** What it is at. */
    private final PageSender sender;
    /** The return-path thread has the lock of the dirty bitmap. */
    private boolean lockIsTaken;
    /** Since when it stands still for that lock in the midst of its work; -1 when it does not. */
    private long standsSince;

    RamStreamInSteps(Source source) {
        super(source);
        this.wakeUp = new Sampler(source.costs.paging.wakeUp(), "source", "migration thread's wake-up");
        this.sender = new PageSender(source, source.migration);
        // A simulation may be brought to a state without ever having begun.
        forgetPages();
    }

    @Override
    void forgetPages() {
        super.forgetPages();
        lockIsTaken = false;
        standsSince = -1;
        sender.clear();
    }

    @Override
    void reseed(long seed) {
        wakeUp.reseed(seed);
    }

    @Override
    long wakeUp() {
        return wakeUp.next();
    }

    /** Begins with the run of pages from here, as many as main's file and the bandwidth leave room for. */
    @Override
    void sendRun(int from, boolean zero, long limit, Step again, long now) {
        long most = Math.max(1, sender.file(false).room(zero) / s.costs.smallPages);
        // The page that uses the slice up is sent, and none behind it.
        if (limit > 0) most = Math.min(most, s.program.slices.left(limit) / s.sockets.bytes(Wire.run(zero ? Wire.ZERO_PAGES : Wire.PAGES, 0, 0, 1)) + 1);
        int end = s.memory.runEnd(from, (int) most);
        s.memory.dirty().removeRange(from, end);
        scan = end;
        isUrgent = onPreempt = false;
        sender.beginRun(false, from, end, zero, now);
        s.program.takeUp(again, sender.work.end());
    }

    @Override
    void sendParts(Step again, long now) {
        if (waitsForLock(again, now)) return;
        int room = Math.max(1, sender.file(onPreempt).room(false) / Wire.SMALL_PAGES_IN_PART);
        sender.beginParts(onPreempt, page, part, Math.min(s.costs.parts, part + room), now);
        s.program.takeUp(again, sender.work.end());
    }

    @Override
    void sendUrgent(int asked, boolean zero, boolean preempt, Step again, long now) {
        if (lacksPreempt(asked, preempt, again, now)) return;
        isUrgent = true;
        onPreempt = preempt;
        sender.beginRun(preempt, asked, asked + 1, zero, now);
        s.program.takeUp(again, sender.work.end());
    }

    @Override
    boolean waitsForLock(Step again, long now) {
        if (lockIsTaken) s.program.waitAt(again, Wait.BITMAP_LOCK, -1, now);
        return lockIsTaken;
    }

    @Override
    boolean flushes(Step again, long now) {
        if (sender.file(false).isEmpty()) return false;
        sender.beginFlush(false, now);
        s.program.takeUp(again, sender.work.end());
        return true;
    }

    @Override
    boolean writeMain(long now) {
        return sender.writeMain(now);
    }

    @Override
    boolean goesOn(long now) {
        return sender.isIdle() || isThrough(now);
    }

    /** Ends what the thread was at; whether it goes on with its program at once. */
    private boolean isThrough(long now) {
        s.program.goOn(now);
        Work work = sender.work;
        if (now < work.end() || standsSince >= 0) {
            // Somebody has broken its connection: it finds that out with what it has collected lost.
            giveUp();
            return true;
        }
        boolean flushed = work.is(Work.Kind.FLUSH);
        boolean ofPreempt = sender.isOnPreempt();
        boolean endsPage = work.is(Work.Kind.RUN) || (work.is(Work.Kind.PARTS) && work.to == s.costs.parts);
        if (work.is(Work.Kind.PARTS)) {
            part = work.to;
            if (endsPage) page = NO_PAGE;
        }
        OutgoingFile file = sender.file(ofPreempt);
        long before = file.bytes();
        boolean written = sender.finish(now);
        if (flushed) {
            if (!written) s.channels.failed(ofPreempt);
            int c = sender.connection();
            if (!s.sockets.isFull(c)) return true;
            s.program.waitFor(Wait.ROOM, c, now);
            return false;
        }
        if (!ofPreempt) s.program.slices.count(file.bytes() - before);
        // Where it has a channel of its own, what was asked for is written when all of it is there; otherwise it waits for the pages behind it.
        boolean atOnce = isUrgent && endsPage && s.behaviour.urgentPages() == UrgentPages.MIGRATION_ON_PREEMPT;
        if (endsPage) isUrgent = false;
        if (!file.isFull() && !atOnce) return true;
        sender.beginFlush(ofPreempt, now);
        s.program.next(sender.work.end());
        return false;
    }

    /** Whether something was asked for is looked at before each page, and before each part of one that may be broken off. */
    @Override
    void requested(long now) {
        if (!isUrgent && (sender.work.is(Work.Kind.RUN) || (sender.work.is(Work.Kind.PARTS) && s.behaviour.breaksHuge()))) cut(sender.work.next(now));
    }

    /** It goes there before its next page. */
    @Override
    void hinted(long now) {
        if (sender.work.is(Work.Kind.RUN)) cut(sender.work.next(now));
    }

    /** Ends its work before this page, or this part of one: what comes behind it is to be sent later. */
    private void cut(int before) {
        Work work = sender.work;
        if (before >= work.to) return;
        if (work.is(Work.Kind.RUN)) {
            s.memory.dirty().addRange(before, work.to);
            scan = before;
        }
        work.to = before;
        if (standsSince >= 0) return;
        s.lanes.drop(s.map.sourceMigration);
        s.program.next(work.end());
    }

    // The lock of the dirty bitmap, which the return-path thread takes to send a page.

    /** When the lock comes free for who wants it now. */
    long lockIsFreeAt(long now) {
        Work work = sender.work;
        if (!work.collects()) return now;
        long at = work.inSmallPage(now);
        return at == 0 ? now : Math.max(now, now - at + s.costs.locked(work.zero));
    }

    /** Takes a page for who has the lock, if it is still to be sent: not when this thread is at it, or was broken off in the midst of it. */
    boolean yields(int asked, long now) {
        Work work = sender.work;
        if (work.is(Work.Kind.RUN) && asked >= work.from && asked < work.to) {
            if (asked < work.next(now)) return false;
            cut(asked);
        }
        return s.memory.dirty().remove(asked);
    }

    /** The lock is taken: this thread stands still before its next small page. */
    void lockTaken(long now) {
        lockIsTaken = true;
        Work work = sender.work;
        if (!work.collects()) return;
        long stands = work.smallPageEnds(now);
        if (stands >= work.end()) return;
        standsSince = stands;
        s.lanes.drop(s.map.sourceMigration);
    }

    /** Who has the lock has to wait: so has this thread, if it stands still. */
    void lockIsKept(long now) {
        if (standsSince >= 0) s.migration.waitFor(Wait.BITMAP_LOCK, -1, now, s.recorder, s.names);
    }

    /** The lock is free again. */
    void lockReleased(long now) {
        if (!lockIsTaken) return;
        lockIsTaken = false;
        if (standsSince >= 0) {
            s.program.goOn(now);
            sender.work.start += Math.max(0, now - standsSince);
            standsSince = -1;
            s.program.next(sender.work.end());
        } else if (s.migration.waitsFor(Wait.BITMAP_LOCK)) s.program.wake(now);
    }

    @Override
    void addHeldTo(PageSet pages) {
        super.addHeldTo(pages);
        sender.addHeldTo(pages);
    }

    @Override
    public void save(StateWriter state) {
        super.save(state);
        wakeUp.save(state);
        savePages(state);
        state.put(lockIsTaken);
        state.put(standsSince);
        sender.save(state);
    }

    @Override
    public void load(StateReader state) {
        super.load(state);
        wakeUp.load(state);
        loadPages(state);
        lockIsTaken = state.nextTruth();
        standsSince = state.next();
        sender.load(state);
    }
}
