package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.Standstills;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.guest.Workload;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;

/** The guest's memory on the source: what was written, what the dirty log says, what is still to be sent. */
final class GuestMemory implements Stateful {
    private final Workload workload;
    private final Standstills standstills;
    private final int pages;
    private final long pageBytes;
    private final long warmUpNanos;
    private final PageSet dirty;
    private final PageSet log;
    private final PageSet written;
    private final boolean inSteps;
    private final boolean preFaulted;
    private final int workingSet;
    private int nextWrite;
    /** The guest has run so long since the migrate command, ns, and the logs say what it did until some moment that is not later. */
    private long ranUntil;
    /** Every page of the working set has been written: then only who reads the dirty log can tell what the guest does. */
    private boolean allWritten;

    GuestMemory(Guest guest, Workload workload, Standstills standstills) {
        this.workload = workload;
        this.standstills = standstills;
        this.pages = guest.pages();
        this.pageBytes = guest.pageSize();
        this.warmUpNanos = guest.warmUpNanos();
        this.inSteps = guest.steps().isPresent();
        this.preFaulted = guest.touching().preFaulted();
        this.workingSet = guest.workingSetPages();
        this.dirty = new PageSet(pages);
        this.log = new PageSet(pages);
        this.written = new PageSet(pages);
    }

    void reset(long seed) {
        workload.reset(seed, preFaulted ? 0 : -warmUpNanos);
        dirty.fill();
        log.clear();
        written.clear();
        // The last page is firmware: it has content from the beginning.
        written.add(pages - 1);
        if (preFaulted) written.addRange(0, workingSet);
        workload.runUntil(0, log, written);
        log.clear();
        nextWrite = 0;
        ranUntil = 0;
        lookWhetherAllIsWritten();
    }

    /** Another migration begins: everything is to be sent. */
    void beginAgain(long now) {
        runUntil(now);
        catchUp();
        log.clear();
        dirty.fill();
    }

    /** The guest runs until now; what it writes goes to the dirty log. */
    void runUntil(long now) {
        if (inSteps) return;
        ranUntil = now - standstills.stoodStill(Party.SOURCE);
        if (!allWritten) catchUp();
    }

    /** Works out what the guest has done until it was last seen. */
    private void catchUp() {
        if (inSteps) return;
        workload.runUntil(ranUntil, log, written);
        if (!allWritten) lookWhetherAllIsWritten();
    }

    private void lookWhetherAllIsWritten() {
        allWritten = written.size() >= workingSet && written.nextAbsent(0, workingSet) == workingSet;
    }

    /** A guest that acts in steps writes its next page. */
    void write() {
        if (workingSet == 0) return;
        log.add(nextWrite);
        written.add(nextWrite);
        nextWrite = (nextWrite + 1) % workingSet;
    }

    /** Reads the dirty log into the pages that are to be sent. */
    void syncDirtyLog() {
        catchUp();
        if (log.size() == 0) return;
        dirty.addAll(log);
        log.clear();
    }

    PageSet dirty() {
        return dirty;
    }

    PageSet log() {
        catchUp();
        return log;
    }

    boolean isZero(int page) {
        return !written.contains(page);
    }

    /** The end of the run of pages from {@code from} on that are dirty and alike zero or not; at most {@code limit}. */
    int runEnd(int from, int limit) {
        int end = dirty.nextAbsent(from, Math.min(pages, from + limit));
        return isZero(from) ? written.next(from, end) : written.nextAbsent(from, end);
    }

    /** Whether the guest acts when it is its turn, and not as time goes by. */
    boolean actsInSteps() {
        return inSteps;
    }

    int pages() {
        return pages;
    }

    long pageBytes() {
        return pageBytes;
    }

    long pendingBytes() {
        return dirty.size() * pageBytes;
    }

    @Override
    public void save(StateWriter state) {
        dirty.save(state);
        log.save(state);
        written.save(state);
        state.put(nextWrite);
        state.put(ranUntil);
    }

    @Override
    public void load(StateReader state) {
        dirty.load(state);
        log.load(state);
        written.load(state);
        nextWrite = state.nextInt();
        ranUntil = state.next();
        lookWhetherAllIsWritten();
    }
}
