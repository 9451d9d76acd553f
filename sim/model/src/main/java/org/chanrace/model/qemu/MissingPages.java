package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Wire;
import org.chanrace.model.trace.Actor;

/**
 * The pages that the destination does not have: the fault thread, which asks for those that are touched, and how what comes is put into place (specification of
 * QEMU's behaviour, sections 6 and 7). How long any of it takes is left to the two that extend it.
 *
 * <p>Requested pages are counted as QEMU counts them: a page is requested when a vCPU first faults on it, and no longer when it is
 * placed, by whichever channel it came.
 */
abstract sealed class MissingPages implements Stateful permits MissingPagesAtOnce, MissingPagesInSteps {
    final QemuThread fault = new QemuThread(Actor.DESTINATION_FAULT);
    final Destination d;
    final PageSet requested;
    private boolean paused;
    /** Where the parts of larger pages are put together, one for each channel. */
    private final TemporaryPage mainPage = new TemporaryPage();
    private final TemporaryPage preemptPage = new TemporaryPage();

    MissingPages(Destination destination) {
        this.d = destination;
        this.requested = new PageSet(destination.received.limit());
    }

    final void reset() {
        fault.reset(false);
        requested.clear();
        paused = false;
        mainPage.clear();
        preemptPage.clear();
        clear();
    }

    final boolean hasRequests() {
        return requested.size() > 0;
    }

    /** The connections are gone: nothing is asked for until the recovery. */
    final void pause(long now) {
        paused = true;
        // What has come of a page is not marked as received: it will be asked for again.
        mainPage.clear();
        preemptPage.clear();
        settleAll(now);
        d.ledger.interrupted();
    }

    /** A thread asks again for all pages that are wanted. */
    final void resume(QemuThread by, long now) {
        for (int page = requested.next(0); page >= 0; page = requested.next(page + 1)) {
            d.ledger.passed(page, Stage.REQUEST, now);
            ask(by, page, now);
        }
        paused = false;
        fault.goOn(now, d.recorder);
    }

    /** Whether the fault thread is there and has somebody to ask. */
    final boolean canAsk() {
        return !paused && d.main >= 0 && fault.exists;
    }

    final void ask(QemuThread by, int page, long now) {
        d.sockets.write(by.actor, Wire.run(Wire.REQ_PAGES, d.main, page, 1), now);
    }

    /**
     * A thread takes up a record with pages.
     *
     * @return false when it is a part of another page than the channel is at
     */
    final boolean take(long record, boolean onPreempt, long now) {
        if (Wire.kind(record) == Wire.PAGE_PART && !(onPreempt ? preemptPage : mainPage).take(record)) {
            d.say("Non-same host page detected");
            return false;
        }
        int from = Wire.firstPage(record);
        int to = from + Wire.pagesCompleted(record);
        d.ledger.passed(from, to, Stage.RECEIVE_BUFFER, now);
        d.lanes.holdUntil(d.map.toDestination + Wire.connection(record), place(record, from, to, onPreempt, now));
        return true;
    }

    /** These pages are in place, the last of them since a moment that may have passed. */
    final void placed(int from, int to, long at, long now) {
        d.received.addRange(from, to);
        if (d.received.size() == d.received.limit()) d.ledger.complete(at);
        if (requested.size() == 0) return;
        boolean any = false;
        for (int page = requested.next(from, to); page < to; page = requested.next(page + 1, to)) {
            requested.remove(page);
            any = true;
        }
        if (!any) return;
        wake(from, to, now);
        d.devices.placed(from, to, now);
        if (requested.size() == 0) d.postcopy.nothingIsRequested(now);
    }

    /** Goes to the start of the streams of this seed. */
    abstract void reseed(long seed);

    /** Forgets what is being placed. */
    abstract void clear();

    /** A vCPU, or a device, has touched a page that is not here. */
    abstract void faulted(int page, long now);

    /** The fault thread's next step, where it takes time. */
    abstract void step(int page, long now);

    /** Whether the thread that reads a connection had nothing to do when this came: then it has to wake up before it takes it up. */
    abstract boolean wakesFor(long record, boolean onPreempt, long now);

    /** Puts the pages that a record completes into place; when the thread that received it is done with it. */
    abstract long place(long record, int from, int to, boolean onPreempt, long now);

    /** Tells vCPUs of pages that are in place. */
    abstract void wake(int from, int to, long now);

    /** What is in place by now is received. */
    abstract void settle(long now);

    /** All that was taken up is put into place. */
    abstract void settleAll(long now);

    /** Somebody waits for what is being placed who has to be told. */
    abstract void lookAgain();

    /** Adds the pages that a thread has taken up and is placing. */
    abstract void addTakenUpTo(PageSet pages);

    /** How long a record with pages keeps busy who loads it before the guest runs here: memory that nobody uses is written to as it is. */
    abstract long loadingNanos(long record);

    @Override
    public void save(StateWriter state) {
        fault.save(state);
        requested.save(state);
        state.put(paused);
        if (!d.costs.divides()) return;
        mainPage.save(state);
        preemptPage.save(state);
    }

    @Override
    public void load(StateReader state) {
        fault.load(state);
        requested.load(state);
        paused = state.nextTruth();
        if (!d.costs.divides()) return;
        mainPage.load(state);
        preemptPage.load(state);
    }
}
