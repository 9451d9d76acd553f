package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.MigrationThread.Step;

/** Where the steps of a page fault take no time: each record goes to its socket at once, and then the thread is busy for as long as its pages take. */
final class RamStreamAtOnce extends RamStream {
    private static final long QEMU_FILE_BYTES = 32 << 10;
    /** A zero page is looked at, not copied. */
    private static final int ZERO_SHARE = 4;

    private final int pagesPerWrite;

    RamStreamAtOnce(Source source) {
        super(source);
        this.pagesPerWrite = (int) Math.max(1, QEMU_FILE_BYTES / source.memory.pageBytes());
        // A simulation may be brought to a state without ever having begun.
        forgetPages();
    }

    @Override
    void reseed(long seed) {}

    @Override
    long wakeUp() {
        return 0;
    }

    @Override
    void sendRun(int from, boolean zero, long limit, Step again, long now) {
        int end = s.memory.runEnd(from, zero ? Wire.MAX_RUN : pagesPerWrite);
        int n = end - from;
        s.memory.dirty().removeRange(from, end);
        scan = end;
        long record = Wire.run(zero ? Wire.ZERO_PAGES : Wire.PAGES, s.channels.main, from, n);
        s.program.slices.count(s.sockets.bytes(record));
        s.program.noteError(s.write(s.migration, record, now));
        s.program.then(again, n * (zero ? s.costs.perPageNanos / ZERO_SHARE : s.costs.perPageNanos), now);
    }

    @Override
    void sendParts(Step again, long now) {
        if (waitsForLock(again, now)) return;
        int c = onPreempt ? s.channels.preempt : s.channels.main;
        long record = Wire.part(c, page, part++, s.costs.parts);
        boolean written = s.write(s.migration, record, now);
        if (!onPreempt) s.program.slices.count(s.sockets.bytes(record));
        boolean last = part == s.costs.parts;
        if (last) page = NO_PAGE;
        wrote(onPreempt, written, c, again, last ? s.costs.perPageNanos : 0, now);
    }

    @Override
    void sendUrgent(int asked, boolean zero, boolean preempt, Step again, long now) {
        int c = preempt ? s.channels.preempt : s.channels.main;
        wrote(preempt, s.writePage(s.migration, c, asked, now), c, again, s.costs.perPageNanos, now);
    }

    /** Goes on after a write: when that fits into the buffer of the connection that was written to, and of main. */
    private void wrote(boolean toPreempt, boolean written, int c, Step again, long cost, long now) {
        if (!written) s.channels.failed(toPreempt);
        if (toPreempt && written && s.sockets.isFull(c)) s.program.thenWithRoom(again, c, cost, now);
        else s.program.then(again, cost, now);
    }

    /** The return-path thread has the lock for no time, but while it waits for room on preempt. */
    @Override
    boolean waitsForLock(Step again, long now) {
        boolean taken = s.returnPath.thread.waitsFor(Wait.ROOM);
        if (taken) s.program.waitAt(again, Wait.BITMAP_LOCK, -1, now);
        return taken;
    }

    @Override
    boolean goesOn(long now) {
        return true;
    }

    /** Between two pages, as it always is, it looks for itself. */
    @Override
    void requested(long now) {}

    /** As above. */
    @Override
    void hinted(long now) {}

    @Override
    boolean writeMain(long now) {
        return true;
    }

    @Override
    boolean flushes(Step again, long now) {
        return false;
    }

    @Override
    void beginIteration(long now) {}

    /** It looks before each record. */
    @Override
    boolean looksUp(long now) {
        return false;
    }

    @Override
    public void save(StateWriter state) {
        super.save(state);
        if (s.costs.divides()) savePages(state);
    }

    @Override
    public void load(StateReader state) {
        super.load(state);
        if (s.costs.divides()) loadPages(state);
    }
}
