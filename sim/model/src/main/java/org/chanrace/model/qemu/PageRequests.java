package org.chanrace.model.qemu;

import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.qemu.Behaviour.UrgentPages;

/**
 * What the return-path thread does about a page that was asked for: leaves it to the migration thread or, from 8.0 on, sends it itself (specification of QEMU's
 * behaviour, section 7).
 */
abstract sealed class PageRequests implements Stateful permits PageRequestsAtOnce, PageRequestsInSteps {
    final Source s;

    PageRequests(Source source) {
        this.s = source;
    }

    /** The request has been read. */
    final void requested(int page, long now) {
        s.ledger.passed(page, Stage.RETURN_PATH_WAIT, now);
        serve(page, now);
    }

    /** Whether this thread sends what was asked for, and does not leave it to the migration thread. */
    final boolean sendsItself() {
        boolean inPostcopy = s.status == Status.POSTCOPY_ACTIVE || s.status == Status.POSTCOPY_DEVICE;
        return (s.behaviour.urgentPages() == UrgentPages.RETURN_PATH || s.behaviour.urgentPages() == UrgentPages.RETURN_PATH_WITH_HINT) && inPostcopy;
    }

    final void hint(int page, long now) {
        if (s.behaviour.urgentPages() == UrgentPages.RETURN_PATH_WITH_HINT) s.program.ram.hint(page + 1, now);
    }

    /** This thread has sent a page. */
    final void sent(int page) {
        if (s.behaviour.urgentPagesCount()) s.program.slices.count(s.pageBytes(page));
    }

    final void waitForRoom(long now) {
        s.returnPath.thread.waitFor(Wait.ROOM, s.channels.preempt, now, s.recorder, s.names);
    }

    /** Goes to the start of the streams of this seed. */
    abstract void reseed(long seed);

    abstract void serve(int page, long now);

    /** The next step of serving, where it has any. */
    abstract void step(long event, long now);

    /** Whether the thread had nothing to do when this came: then it has to wake up before it takes it up. */
    abstract boolean wakesFor(long event, long now);

    /** There is room on preempt again. */
    abstract void roomIn(long now);

    /** Forgets what it is at. */
    abstract void clear();

    /** It comes no further with what it is at: the page is still to be sent, should it ever come to that. */
    abstract void giveUp(long now);

    /** Adds the page that it is sending. */
    abstract void addHeldTo(PageSet pages);
}
