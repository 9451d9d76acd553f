package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.network.Wire;

/**
 * Where the steps of a page fault take time: threads wake up, the fault thread takes up one fault after the other, and receiving threads place one page after
 * the other.
 */
final class MissingPagesInSteps extends MissingPages {
    private final Sampler listenWakeUp;
    private final Sampler preemptWakeUp;
    private final Sampler faultWakeUp;
    /** What the two threads that receive pages are at. */
    private final Placing fromMain = new Placing();
    private final Placing fromPreempt = new Placing();
    /** The fault thread has taken up the first of the faults in its lane, and writes the request. */
    private boolean requesting;

    MissingPagesInSteps(Destination destination) {
        super(destination);
        this.listenWakeUp = new Sampler(destination.costs.paging.wakeUp(), "destination", "listen thread's wake-up");
        this.preemptWakeUp = new Sampler(destination.costs.paging.wakeUp(), "destination", "preempt thread's wake-up");
        this.faultWakeUp = new Sampler(destination.costs.paging.wakeUp(), "destination", "fault thread's wake-up");
    }

    @Override
    void reseed(long seed) {
        listenWakeUp.reseed(seed);
        preemptWakeUp.reseed(seed);
        faultWakeUp.reseed(seed);
    }

    @Override
    void clear() {
        fromMain.clear();
        fromPreempt.clear();
        requesting = false;
    }

    // Asking.

    @Override
    void faulted(int page, long now) {
        long at = now + d.costs.paging.faultNanos();
        d.ledger.passed(page, Stage.FAULT, at);
        if (fault.exists) d.lanes.append(d.map.destinationFault, at, page);
        // Who comes while the page is being placed waits for that.
        if (fromMain.holds(page)) d.vcpus.placed(page, page + 1, fromMain.momentOf(page));
        else if (fromPreempt.holds(page)) d.vcpus.placed(page, page + 1, fromPreempt.momentOf(page));
    }

    /** Takes up one fault after the other, and writes a request for each page that is not there by then. */
    @Override
    void step(int page, long now) {
        int lane = d.map.destinationFault;
        if (!fault.exists || sleeps(lane, page, faultWakeUp, now)) return;
        if (requesting) {
            requesting = false;
            d.ledger.passed(page, Stage.REQUEST, now);
            if (canAsk()) ask(fault, page, now);
            return;
        }
        // Who places a page takes the faults on it out of userfaultfd's queue.
        if (d.received.contains(page)) return;
        d.ledger.passed(page, Stage.FAULT_THREAD_WAIT, now);
        // One that has been asked for already is asked for again.
        requested.add(page);
        d.ledger.asked(page);
        requesting = true;
        d.lanes.putBack(lane, now, page);
        d.lanes.holdUntil(lane, now + d.costs.paging.requestNanos() + d.costs.paging.sendNanos());
    }

    // Receiving.

    @Override
    boolean wakesFor(long record, boolean onPreempt, long now) {
        return sleeps(d.map.toDestination + Wire.connection(record), record, onPreempt ? preemptWakeUp : listenWakeUp, now);
    }

    /**
     * Whether who serves a lane was asleep when this came, having had nothing to do since the lane was last held: it takes it up when it has woken.
     * Otherwise it is awake now.
     */
    private boolean sleeps(int lane, long event, Sampler wakeUp, long now) {
        if (now <= d.lanes.heldUntil(lane)) return false;
        long awake = now + wakeUp.next();
        d.lanes.holdUntil(lane, awake);
        if (awake > now) d.lanes.putBack(lane, now, event);
        return awake > now;
    }

    @Override
    long place(long record, int from, int to, boolean onPreempt, long now) {
        Placing placing = onPreempt ? fromPreempt : fromMain;
        boolean zero = Wire.kind(record) == Wire.ZERO_PAGES;
        long at = now + d.costs.read(d.sockets.bytes(record));
        if (Wire.kind(record) == Wire.PAGE_PART) {
            at += Wire.SMALL_PAGES_IN_PART * d.costs.unpack(false);
            if (to == from) return at;
            placing.begin(from, to, at + d.costs.place(false), 0);
        } else {
            long each = d.costs.smallPages * d.costs.unpack(zero) + d.costs.place(zero);
            placing.begin(from, to, at + each, each);
        }
        for (int page = d.vcpus.nextAwaited(from, to); page < to; page = d.vcpus.nextAwaited(page + 1, to)) {
            d.ledger.passed(page, Stage.PLACE, placing.momentOf(page));
            d.vcpus.placed(page, page + 1, placing.momentOf(page));
        }
        if (d.devices.isWaiting() || d.postcopy.isDraining()) lookAgain(placing);
        return placing.end();
    }

    /** They were told when placing began. */
    @Override
    void wake(int from, int to, long now) {}

    @Override
    void lookAgain() {
        lookAgain(fromMain);
        lookAgain(fromPreempt);
    }

    private void lookAgain(Placing placing) {
        if (!placing.isDone()) d.lanes.append(d.map.destinationListen, placing.end(), 0);
    }

    @Override
    void settle(long now) {
        settle(fromMain, now, now);
        settle(fromPreempt, now, now);
    }

    @Override
    void settleAll(long now) {
        settle(fromMain, Long.MAX_VALUE, now);
        settle(fromPreempt, Long.MAX_VALUE, now);
    }

    private void settle(Placing placing, long upTo, long now) {
        int from = placing.from();
        int to = placing.placedBefore(upTo);
        if (from == to) return;
        long at = Math.min(now, placing.momentOf(to - 1));
        placing.goOn(to);
        placed(from, to, at, now);
    }

    @Override
    void addTakenUpTo(PageSet pages) {
        fromMain.addTo(pages);
        fromPreempt.addTo(pages);
    }

    @Override
    long loadingNanos(long record) {
        boolean zero = Wire.kind(record) == Wire.ZERO_PAGES;
        long small = Wire.kind(record) == Wire.PAGE_PART ? Wire.SMALL_PAGES_IN_PART : (long) Wire.pages(record) * d.costs.smallPages;
        return d.costs.read(d.sockets.bytes(record)) + small * d.costs.load(zero);
    }

    @Override
    public void save(StateWriter state) {
        super.save(state);
        listenWakeUp.save(state);
        preemptWakeUp.save(state);
        faultWakeUp.save(state);
        fromMain.save(state);
        fromPreempt.save(state);
        state.put(requesting);
    }

    @Override
    public void load(StateReader state) {
        super.load(state);
        listenWakeUp.load(state);
        preemptWakeUp.load(state);
        faultWakeUp.load(state);
        fromMain.load(state);
        fromPreempt.load(state);
        requesting = state.nextTruth();
    }
}
