package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.network.Wire;

/**
 * How a thread of the source sends pages when that takes time: it collects them in the file of a channel, one small page after the other, and writes the file
 * to its socket, by the system call that copies it. The thread says what it does next; this says when that is done, and does it.
 */
final class PageSender implements Stateful {
    final Work work = new Work();
    private final Source s;
    private final QemuThread thread;
    private final OutgoingFile onMain;
    private final OutgoingFile onPreempt;
    private boolean toPreempt;

    PageSender(Source source, QemuThread thread) {
        this.s = source;
        this.thread = thread;
        this.onMain = new OutgoingFile(source);
        this.onPreempt = new OutgoingFile(source);
    }

    /** Forgets what it is at, and what was not written. */
    void clear() {
        work.clear();
        onMain.clear();
        onPreempt.clear();
        toPreempt = false;
    }

    boolean isIdle() {
        return work.is(Work.Kind.NONE);
    }

    /** Whether the work is about preempt. */
    boolean isOnPreempt() {
        return toPreempt;
    }

    OutgoingFile file(boolean ofPreempt) {
        return ofPreempt ? onPreempt : onMain;
    }

    /** The connection that the work is about; -1 when there is none. */
    int connection() {
        return toPreempt ? s.channels.preempt : s.channels.main;
    }

    void beginRun(boolean preempt, int from, int to, boolean zero, long now) {
        toPreempt = preempt;
        work.run(from, to, zero, now, s.costs.collect(zero), s.costs.smallPages);
    }

    void beginParts(boolean preempt, int page, int from, int to, long now) {
        toPreempt = preempt;
        work.parts(page, from, to, now, s.costs.collect(false), Wire.SMALL_PAGES_IN_PART);
    }

    void beginFlush(boolean preempt, long now) {
        toPreempt = preempt;
        work.flush(now, s.costs.flush(file(preempt).bytes()));
    }

    /** What it was at is done; whether the socket, if it was written to, took it without an error. */
    boolean finish(long now) {
        boolean written = true;
        OutgoingFile file = file(toPreempt);
        int c = connection();
        switch (work.kind) {
            case RUN -> {
                int longest = work.zero ? Wire.MAX_RUN : Wire.SMALL_PAGES_IN_PART / Math.min(Wire.SMALL_PAGES_IN_PART, s.costs.smallPages);
                for (int page = work.from; page < work.to; page += longest)
                    file.add(Wire.run(work.zero ? Wire.ZERO_PAGES : Wire.PAGES, c, page, Math.min(longest, work.to - page)));
            }
            case PARTS -> {
                for (int part = work.from; part < work.to; part++) file.add(Wire.part(c, work.page, part, s.costs.parts));
            }
            case FLUSH -> written = file.write(thread, now);
            case NONE -> {}
        }
        work.clear();
        return written;
    }

    /** Writes at once what has been collected for main: something else follows it. */
    boolean writeMain(long now) {
        return onMain.isEmpty() || onMain.write(thread, now);
    }

    /** Adds the pages that are taken for sent, and of which not all has been given to a socket. */
    void addHeldTo(PageSet pages) {
        if (work.is(Work.Kind.RUN)) pages.addRange(work.from, work.to);
        else if (work.is(Work.Kind.PARTS)) pages.add(work.page);
        onMain.forEach(record -> addTo(pages, record));
        onPreempt.forEach(record -> addTo(pages, record));
    }

    private static void addTo(PageSet pages, long record) {
        int first = Wire.firstPage(record);
        pages.addRange(first, first + (Wire.kind(record) == Wire.PAGE_PART ? 1 : Wire.pages(record)));
    }

    @Override
    public void save(StateWriter state) {
        work.save(state);
        onMain.save(state);
        onPreempt.save(state);
        state.put(toPreempt);
    }

    @Override
    public void load(StateReader state) {
        work.load(state);
        onMain.load(state);
        onPreempt.load(state);
        toPreempt = state.nextTruth();
    }
}
