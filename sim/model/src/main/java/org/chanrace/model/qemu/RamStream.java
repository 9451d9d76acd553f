package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.qemu.Behaviour.UrgentPages;
import org.chanrace.model.qemu.MigrationThread.Step;

/**
 * What the migration thread sends of the guest's RAM: where its scan is, what was asked for, and which page is under way (specification of QEMU's behaviour,
 * sections 6.1 and 7). How a page gets from memory into a socket is left to the two that extend it.
 */
abstract sealed class RamStream implements Stateful permits RamStreamAtOnce, RamStreamInSteps {
    static final int NO_PAGE = -1;
    /** After so long the sending of pages is left to see what else is to be done (MAX_WAIT of ram_save_iterate). */
    private static final long MAX_WAIT_NANOS = 50_000_000L;

    /** The pages that were asked for and are left to this thread. */
    final RequestQueue requests = new RequestQueue();
    final Source s;
    /** Where the background goes on. */
    int scan;
    /** The page of which a part is under way; -1 for none. In {@link #part} the part that comes next. */
    int page;
    int part;
    /** The page, or the page under way, was asked for. */
    boolean isUrgent;
    boolean onPreempt;
    /** The page that was broken off for one that was asked for, with the part that comes next; -1 for none. */
    private int brokenPage;
    private int brokenPart;
    /** Where the background is to go on, as the return-path thread has it; -1 when it has not said so since the last time. */
    private int hint;
    /** When it began to send pages without looking up. */
    private long iterationStart;

    RamStream(Source source) {
        this.s = source;
    }

    /** As at the beginning of a migration. */
    final void forget() {
        scan = 0;
        requests.clear();
        forgetPages();
    }

    /** What is under way is forgotten. */
    void forgetPages() {
        page = brokenPage = hint = NO_PAGE;
        part = brokenPart = 0;
        iterationStart = 0;
        isUrgent = onPreempt = false;
    }

    /** The scan begins anew. */
    final void rewind() {
        scan = 0;
    }

    /** The page that the background comes to next; -1 when it comes to none before the scan begins anew. */
    final int next() {
        return s.memory.dirty().next(scan);
    }

    /** Whether a part of a page is under way. */
    final boolean isWithinPage() {
        return page != NO_PAGE;
    }

    /** Whether somebody waits for the page under way, or for another one. */
    final boolean isAwaited() {
        return isUrgent || !requests.isEmpty();
    }

    /** Sends the run of pages that begins here, or the first part of the page, and then takes that step. */
    final void sendFrom(int from, long limit, Step again, long now) {
        boolean zero = s.memory.isZero(from);
        if (s.costs.divides() && !zero) {
            s.memory.dirty().remove(from);
            scan = from + 1;
            beginPage(from, 0, false, false);
            sendParts(again, now);
        } else sendRun(from, zero, limit, again, now);
    }

    final void beginPage(int which, int from, boolean urgently, boolean preempt) {
        page = which;
        part = from;
        isUrgent = urgently;
        onPreempt = preempt;
    }

    /** Breaks off the page that is under way in the background, if another one was asked for and this source does so. */
    final boolean breaksOff() {
        if (isUrgent || requests.isEmpty() || !s.behaviour.breaksHuge()) return false;
        brokenPage = page;
        brokenPart = part;
        page = NO_PAGE;
        return true;
    }

    /** Goes on with a page that was broken off, if there is one and no other is under way. */
    final void resumeBroken() {
        if (page == NO_PAGE && brokenPage != NO_PAGE) resumeBroken(false);
    }

    /** It goes on with it on main, where its first parts went, and behind it with the background. */
    private void resumeBroken(boolean urgently) {
        beginPage(brokenPage, brokenPart, urgently, false);
        scan = brokenPage + 1;
        brokenPage = NO_PAGE;
    }

    /** Sends the page that was asked for first, and then takes that step. */
    final void sendUrgent(Step again, long now) {
        int asked = requests.take();
        if (asked == brokenPage) {
            s.ledger.passed(asked, Stage.SENDER_WAIT, now);
            resumeBroken(true);
            sendParts(again, now);
            return;
        }
        if (!s.memory.dirty().remove(asked)) {
            // Already sent: the request is dropped without a word.
            s.program.then(again, 0, now);
            return;
        }
        s.ledger.passed(asked, Stage.SENDER_WAIT, now);
        boolean preempt = s.behaviour.urgentPages() == UrgentPages.MIGRATION_ON_PREEMPT;
        // The background goes on behind it, on whichever channel it is sent (last_page of ram_find_and_save_block), unless a page was broken off for it.
        scan = asked + 1;
        boolean zero = s.memory.isZero(asked);
        if (!s.costs.divides() || zero) sendUrgent(asked, zero, preempt, again, now);
        else if (!lacksPreempt(asked, preempt, again, now)) {
            beginPage(asked, 0, true, preempt);
            sendParts(again, now);
        }
    }

    /** Whether a page is to go on preempt, and that is not there: then this is an error, and the page is still to be sent. */
    final boolean lacksPreempt(int asked, boolean preempt, Step again, long now) {
        if (!preempt || s.channels.hasPreempt()) return false;
        s.channels.preemptError = true;
        s.memory.dirty().add(asked);
        s.program.then(again, 0, now);
        return true;
    }

    /** The background is to go on at this page, unless it was told to go elsewhere and has not yet done so. */
    final void hint(int next, long now) {
        if (hint != NO_PAGE) return;
        hint = next;
        hinted(now);
    }

    /** Goes where it was told to. */
    final void followHint() {
        if (hint == NO_PAGE) return;
        scan = hint;
        hint = NO_PAGE;
    }

    /** What it has not given to a socket is still to be sent, should it ever come to that. */
    final void giveUp() {
        addHeldTo(s.memory.dirty());
        forgetPages();
    }

    /** Adds the pages that it has taken out of the dirty ones, and of which not all is sent. */
    void addHeldTo(PageSet pages) {
        if (page != NO_PAGE) pages.add(page);
        if (brokenPage != NO_PAGE) pages.add(brokenPage);
    }

    /** Goes to the start of the streams of this seed. */
    abstract void reseed(long seed);

    /** How long the thread takes to run after it was woken, ns. */
    abstract long wakeUp();

    /** Sends the run of pages that begins here, as many as go in one write and, where it matters, under a limit in bytes/s (0 for none), and then takes that step. */
    abstract void sendRun(int from, boolean zero, long limit, Step again, long now);

    /** Sends the next part of the page that is under way, or as many as are sent in one go, and then takes that step. */
    abstract void sendParts(Step again, long now);

    /** Sends a page that was asked for, and that goes as a whole, and then takes that step. */
    abstract void sendUrgent(int asked, boolean zero, boolean preempt, Step again, long now);

    /** Whether it has to wait for the lock of the dirty bitmap: then it takes that step when it has it. */
    abstract boolean waitsForLock(Step again, long now);

    /** Whether it was between two pages, or is by now: then the thread goes on with its program. */
    abstract boolean goesOn(long now);

    /** A page was asked for while it sends in postcopy. */
    abstract void requested(long now);

    /** It is to go elsewhere with the background. */
    abstract void hinted(long now);

    /** Writes at once what has been collected for main, if anything: something else follows it there. Whether that went without an error. */
    abstract boolean writeMain(long now);

    /** Writes what has been collected for main, and then takes that step; false when there is nothing. */
    abstract boolean flushes(Step again, long now);

    /** It begins to send pages. */
    final void beginIteration(long now) {
        iterationStart = now;
    }

    /**
     * Whether it has sent pages for so long that the thread is to look what else there is to do. Of a guest in steps nobody says how long its pages take: a look
     * in the midst of its few pages differs from the next one, at their end, in how many of them are still to be sent, and from the one before the first in
     * nothing else.
     */
    final boolean looksUp(long now) {
        return !s.memory.actsInSteps() && now - iterationStart > MAX_WAIT_NANOS;
    }

    @Override
    public void save(StateWriter state) {
        state.put(scan);
        state.put(hint);
        if (!s.memory.actsInSteps()) state.put(iterationStart);
        requests.save(state);
    }

    final void savePages(StateWriter state) {
        state.put(page);
        state.put(part);
        state.put(isUrgent);
        state.put(onPreempt);
        state.put(brokenPage);
        state.put(brokenPart);
    }

    @Override
    public void load(StateReader state) {
        scan = state.nextInt();
        hint = state.nextInt();
        if (!s.memory.actsInSteps()) iterationStart = state.next();
        requests.load(state);
    }

    final void loadPages(StateReader state) {
        page = state.nextInt();
        part = state.nextInt();
        isUrgent = state.nextTruth();
        onPreempt = state.nextTruth();
        brokenPage = state.nextInt();
        brokenPart = state.nextInt();
    }
}
