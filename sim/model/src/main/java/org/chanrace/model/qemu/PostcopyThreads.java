package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.FlushAccepted;
import org.chanrace.model.qemu.Behaviour.PreemptEnd;
import org.chanrace.model.qemu.Behaviour.PreemptWait;
import org.chanrace.model.qemu.Destination.Reader;
import org.chanrace.model.trace.Actor;

/**
 * The destination's threads of the postcopy phase: listen, preempt and fault thread (specification of QEMU's behaviour, sections 4 to 7).
 *
 * <p>Requested pages are counted as QEMU counts them: a page is requested when a vCPU first faults on it, and no longer when it is
 * placed, by whichever channel it came.
 */
final class PostcopyThreads implements Stateful {
    final QemuThread listen = new QemuThread(Actor.DESTINATION_LISTEN);
    final QemuThread preemptThread = new QemuThread(Actor.DESTINATION_PREEMPT);
    final QemuThread fault = new QemuThread(Actor.DESTINATION_FAULT);
    private final Destination d;
    private final PageSet requested;
    private boolean devicesLoaded;
    private boolean quit;
    private boolean faultThreadPaused;
    private boolean resuming;
    private boolean preemptBroken;
    /** Where the parts of larger pages are put together, one for each channel. */
    private final TemporaryPage mainPage = new TemporaryPage();
    private final TemporaryPage preemptPage = new TemporaryPage();
    /** What the two threads that receive pages are at, where that takes time. */
    private final Placing fromMain = new Placing();
    private final Placing fromPreempt = new Placing();
    /** The fault thread has taken up the first of the faults in its lane, and writes the request. */
    private boolean requesting;

    PostcopyThreads(Destination destination) {
        this.d = destination;
        this.requested = new PageSet(destination.received.limit());
    }

    void reset() {
        listen.reset(false);
        preemptThread.reset(false);
        fault.reset(false);
        requested.clear();
        devicesLoaded = quit = faultThreadPaused = resuming = preemptBroken = requesting = false;
        mainPage.clear();
        preemptPage.clear();
        fromMain.clear();
        fromPreempt.clear();
    }

    /** The LISTEN command: the threads are made, and the listen thread takes main over. */
    void listen(long now) {
        fault.exists = true;
        listen.exists = true;
        if (d.behaviour.preempt()) {
            preemptThread.exists = true;
            boolean waitsForChannel = d.behaviour.preemptWait() == PreemptWait.PREEMPT_THREAD || d.behaviour.preemptWait() == PreemptWait.PREEMPT_THREAD_AND_PACKAGE;
            if (!waitsForChannel) readPreempt(now);
            else if (d.preemptArrived > 0) {
                d.preemptArrived--;
                readPreempt(now);
            } else preemptThread.waitFor(Wait.PREEMPT_CHANNEL, -1, now, d.recorder, d.names);
        }
        d.setStatus(Status.POSTCOPY_ACTIVE, listen, now);
        readMain(now);
    }

    void readMain(long now) {
        // The operator has paused it while the thread was at something else.
        if (d.sockets.isClosed(d.main)) {
            mainFailed(now);
            return;
        }
        listen.waitFor(Wait.DATA, d.main, now, d.recorder, d.names);
        d.setReader(d.main, Reader.LISTEN);
    }

    private void readPreempt(long now) {
        if (d.preempt < 0) return;
        preemptThread.waitFor(Wait.DATA, d.preempt, now, d.recorder, d.names);
        d.setReader(d.preempt, Reader.PREEMPT);
    }

    void devicesAreLoaded(long now) {
        devicesLoaded = true;
        if (listen.waitsFor(Wait.DEVICES)) mainHasEnded(now);
    }

    /** Whether a record on main is nothing to anybody else; as long as preempt may break, it is when the listen thread looks for that. */
    boolean commutes(long event) {
        if (preemptBroken || (preemptThread.exists && !quit && !d.isUndisturbed())) return false;
        return switch (Wire.kind(event)) {
            case Wire.PING, Wire.SECTION_EOS -> true;
            case Wire.MULTIFD_FLUSH -> d.behaviour.flushAccepted() == FlushAccepted.ALWAYS;
            default -> false;
        };
    }

    // The listen thread.

    void mainRecord(long event, long now) {
        // At each section byte the listen thread looks for errors of both channels.
        if (preemptBroken) {
            mainFailed(now);
            return;
        }
        switch (Wire.kind(event)) {
            case Wire.PING -> d.pong(listen, Wire.argument(event), now);
            case Wire.PAGES, Wire.ZERO_PAGES, Wire.PAGE_PART -> {
                if (!take(event, mainPage, fromMain, now)) mainFailed(now);
            }
            case Wire.SECTION_EOS -> {}
            case Wire.MULTIFD_FLUSH -> {
                if (d.behaviour.flushAccepted() == FlushAccepted.ALWAYS) return;
                d.say("Unknown combination of migration flags: 0x200 (postcopy mode)");
                mainFailed(now);
            }
            case Wire.STREAM_EOF -> {
                d.setReader(d.main, Reader.NOBODY);
                if (devicesLoaded) mainHasEnded(now);
                else listen.waitFor(Wait.DEVICES, -1, now, d.recorder, d.names);
            }
            case Wire.RECV_BITMAP -> {
                d.bitmaps.received().copyFrom(d.received);
                d.sockets.write(listen.actor, d.main, Wire.BITMAP, 0, now);
            }
            case Wire.POSTCOPY_RESUME -> resume(now);
            case Wire.FIN, Wire.RST -> mainFailed(now);
            default -> {
                d.say("unexpected data on main: " + Wire.text(event));
                mainFailed(now);
            }
        }
    }

    void mainFailed(long now) {
        boolean recovering = d.status == Status.POSTCOPY_RECOVER;
        if (recovering && d.behaviour.recoveryFailureSticks()) {
            d.crash("crashes: the link died in a recovery, and the state is not set back to paused", now);
            return;
        }
        if (!d.running) {
            d.setStatus(Status.FAILED, listen, now);
            d.exit("exits: loading failed before the guest ran", now);
            return;
        }
        pause(now);
    }

    /** {@code postcopy_pause_incoming}: main is given up, then preempt, then the state changes. */
    void pause(long now) {
        d.close(d.main, now);
        d.main = -1;
        if (d.preempt >= 0) {
            d.close(d.preempt, now);
            d.preempt = -1;
            if (preemptThread.exists && !preemptThread.waitsFor(Wait.PREEMPT_CHANNEL)) preemptThread.waitFor(Wait.FAST_LOAD, -1, now, d.recorder, d.names);
        }
        faultThreadPaused = true;
        resuming = preemptBroken = false;
        // What has come of a page is not marked as received: it will be asked for again.
        mainPage.clear();
        preemptPage.clear();
        settle(Long.MAX_VALUE, now);
        d.say("Detected IO failure for postcopy. Migration paused.");
        d.setStatus(Status.POSTCOPY_PAUSED, listen, now);
        listen.waitFor(Wait.RECOVERY, -1, now, d.recorder, d.names);
        fault.waitFor(Wait.RECOVERY, -1, now, d.recorder, d.names);
    }

    private void resume(long now) {
        d.setStatus(Status.POSTCOPY_ACTIVE, listen, now);
        d.sockets.write(listen.actor, d.main, Wire.RESUME_ACK, 0, now);
        for (int page = requested.next(0); page >= 0; page = requested.next(page + 1))
            d.sockets.write(listen.actor, Wire.run(Wire.REQ_PAGES, d.main, page, 1), now);
        faultThreadPaused = false;
        fault.goOn(now, d.recorder);
        if (!d.behaviour.preempt()) return;
        boolean waits = d.behaviour.preemptWait() != PreemptWait.BEFORE_LOAD;
        if (waits && d.preemptArrived == 0) {
            resuming = true;
            d.setReader(d.main, Reader.NOBODY);
            listen.waitFor(Wait.PREEMPT_AT_RESUME, -1, now, d.recorder, d.names);
            return;
        }
        if (waits) d.preemptArrived--;
        if (d.preempt < 0) {
            d.crash("aborts: assertion mis->postcopy_qemufile_dst failed in RESUME", now);
            return;
        }
        readPreempt(now);
    }

    /** A preempt channel was accepted: whoever waits for one looks again. */
    void preemptHasArrived(long now) {
        if (d.preemptArrived == 0) return;
        // One post, and perhaps two who wait: the preempt thread for its first channel came before the RESUME command.
        if (preemptThread.exists && preemptThread.waitsFor(Wait.PREEMPT_CHANNEL)) {
            d.preemptArrived--;
            // A thread that was told to quit while it waited reads nothing any more.
            if (quit) preemptThreadEnds(now);
            else readPreempt(now);
        } else if (resuming) {
            resuming = false;
            d.preemptArrived--;
            readPreempt(now);
            readMain(now);
        }
    }

    // The preempt thread.

    void preemptRecord(long event, long now) {
        switch (Wire.kind(event)) {
            case Wire.PAGES, Wire.ZERO_PAGES, Wire.PAGE_PART -> {
                if (take(event, preemptPage, fromPreempt, now)) return;
                d.setReader(d.preempt, Reader.NOBODY);
                preemptThread.waitFor(Wait.FAST_LOAD, -1, now, d.recorder, d.names);
            }
            case Wire.PREEMPT_EOS -> preemptThreadEnds(now);
            case Wire.FIN, Wire.RST -> {
                d.setReader(d.preempt, Reader.NOBODY);
                preemptBroken = !quit;
                if (quit) preemptThreadEnds(now);
                else preemptThread.waitFor(Wait.FAST_LOAD, -1, now, d.recorder, d.names);
            }
            default -> {
                d.say("unexpected data on preempt: " + Wire.text(event));
                d.setReader(d.preempt, Reader.NOBODY);
                preemptThread.waitFor(Wait.FAST_LOAD, -1, now, d.recorder, d.names);
            }
        }
    }

    private void preemptThreadEnds(long now) {
        if (d.preempt >= 0 && d.reader(d.preempt) == Reader.PREEMPT) d.setReader(d.preempt, Reader.NOBODY);
        preemptThread.end(now, d.recorder);
        if (cleaner().waitsFor(Wait.JOIN_PREEMPT)) finish(now);
    }

    // Faults.

    /** A vCPU, or a device, has touched a page that is not here. */
    void faulted(int page, long now) {
        if (d.costs.takeTime()) {
            long at = now + d.costs.paging.faultNanos();
            d.ledger.passed(page, Stage.FAULT, at);
            if (fault.exists) d.lanes.append(d.map.destinationFault, at, page);
            // Who comes while the page is being placed waits for that.
            if (fromMain.holds(page)) d.vcpus.placed(page, page + 1, fromMain.momentOf(page));
            else if (fromPreempt.holds(page)) d.vcpus.placed(page, page + 1, fromPreempt.momentOf(page));
            return;
        }
        if (!requested.add(page) || faultThreadPaused || d.main < 0 || !fault.exists) return;
        d.sockets.write(fault.actor, Wire.run(Wire.REQ_PAGES, d.main, page, 1), now);
    }

    /** The fault thread, where it takes time: takes up one fault after the other, and writes a request for each page that is not there by then. */
    void faultThread(int page, long now) {
        int lane = d.map.destinationFault;
        if (!fault.exists || d.sleeps(lane, page, d.faultWakeUp, now)) return;
        if (requesting) {
            requesting = false;
            d.ledger.passed(page, Stage.REQUEST, now);
            if (!faultThreadPaused && d.main >= 0) d.sockets.write(fault.actor, Wire.run(Wire.REQ_PAGES, d.main, page, 1), now);
            return;
        }
        d.ledger.passed(page, Stage.FAULT_THREAD_WAIT, now);
        long looked = now + d.costs.paging.requestNanos();
        if (d.received.contains(page)) {
            d.lanes.holdUntil(lane, looked);
            return;
        }
        // One that has been asked for already is asked for again.
        requested.add(page);
        requesting = true;
        d.lanes.putBack(lane, now, page);
        d.lanes.holdUntil(lane, looked + d.costs.paging.sendNanos());
    }

    // Receiving.

    /** A thread takes up a record with pages; false when it is a part of another page than the channel is at. */
    private boolean take(long record, TemporaryPage together, Placing placing, long now) {
        if (Wire.kind(record) == Wire.PAGE_PART && !together.take(record)) {
            d.say("Non-same host page detected");
            return false;
        }
        int from = Wire.firstPage(record);
        int to = from + Wire.pagesCompleted(record);
        d.ledger.passed(from, to, Stage.RECEIVE_BUFFER, now);
        int lane = d.map.toDestination + Wire.connection(record);
        if (d.costs.takeTime()) d.lanes.holdUntil(lane, begin(record, placing, now));
        else {
            d.ledger.passed(from, to, Stage.PLACE, now);
            place(from, to, now, now);
            d.lanes.holdUntil(lane, now + d.placingNanos(record));
        }
        return true;
    }

    /** Begins to place what a record brings; when the thread is done with it. */
    private long begin(long record, Placing placing, long now) {
        int from = Wire.firstPage(record);
        int to = from + Wire.pagesCompleted(record);
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
        if (d.devices.isWaiting() || cleaner().waitsFor(Wait.DRAIN)) lookAgain(placing);
        return placing.end();
    }

    /** Somebody waits for what is being placed who has to be told. */
    private void lookAgain(Placing placing) {
        if (!placing.isDone()) d.lanes.append(d.map.destinationListen, placing.end(), 0);
    }

    /** What is in place by now is received. */
    void settle(long now) {
        settle(now, now);
    }

    private void settle(long upTo, long now) {
        settle(fromMain, upTo, now);
        settle(fromPreempt, upTo, now);
    }

    private void settle(Placing placing, long upTo, long now) {
        int from = placing.from();
        int to = placing.placedBefore(upTo);
        if (from == to) return;
        long at = Math.min(now, placing.momentOf(to - 1));
        placing.goOn(to);
        place(from, to, at, now);
    }

    /** These pages are in place, the last of them since a moment that may have passed. */
    private void place(int from, int to, long at, long now) {
        d.received.addRange(from, to);
        if (d.received.size() == d.received.limit()) d.ledger.complete(at);
        if (requested.size() == 0) return;
        boolean any = false;
        for (int page = requested.next(from, to); page < to; page = requested.next(page + 1, to)) {
            requested.remove(page);
            any = true;
        }
        if (!any) return;
        if (!d.costs.takeTime()) d.vcpus.placed(from, to, now);
        d.devices.placed(from, to, now);
        if (requested.size() == 0 && cleaner().waitsFor(Wait.DRAIN)) drained(now);
    }

    /** Adds the pages that a thread has taken up and is placing. */
    void addTakenUpTo(PageSet pages) {
        fromMain.addTo(pages);
        fromPreempt.addTo(pages);
    }

    // The end.

    /** Who cleans up: since 10.2 the main loop. */
    private QemuThread cleaner() {
        return d.behaviour.preemptEnd() == PreemptEnd.DRAIN_IN_MAIN_LOOP ? d.mainLoop : listen;
    }

    private void waitInCleanUp(Wait what, long now) {
        if (cleaner() == d.mainLoop) d.blockMainLoop(what, -1, now);
        else listen.waitFor(what, -1, now, d.recorder, d.names);
    }

    private void mainHasEnded(long now) {
        if (cleaner() == listen) {
            cleanUp(now);
            return;
        }
        d.setStatus(Status.COMPLETED, listen, now);
        listen.end(now, d.recorder);
        d.cleanUpLater(now);
    }

    void cleanUp(long now) {
        if (!preemptThread.exists) {
            finish(now);
            return;
        }
        switch (d.behaviour.preemptEnd()) {
            case NONE -> finish(now);
            case JOIN_EOS -> waitInCleanUp(Wait.JOIN_PREEMPT, now);
            case SHUT -> {
                quit = true;
                shutPreempt(now);
            }
            case DRAIN, DRAIN_IN_MAIN_LOOP -> {
                quit = true;
                if (requested.size() > 0) {
                    waitInCleanUp(Wait.DRAIN, now);
                    lookAgain(fromMain);
                    lookAgain(fromPreempt);
                } else shutPreempt(now);
            }
        }
    }

    private void drained(long now) {
        if (cleaner() == d.mainLoop) d.unblockMainLoop(now);
        shutPreempt(now);
    }

    /** Shuts the preempt channel down, which ends a thread that reads it, and joins the thread. */
    private void shutPreempt(long now) {
        boolean reads = preemptThread.waitsFor(Wait.DATA) || !preemptThread.exists;
        if (d.preempt >= 0 && reads) {
            d.setReader(d.preempt, Reader.NOBODY);
            preemptThread.end(now, d.recorder);
            finish(now);
        } else waitInCleanUp(Wait.JOIN_PREEMPT, now);
    }

    private void finish(long now) {
        if (cleaner() == d.mainLoop && d.isMainLoopBlocked()) d.unblockMainLoop(now);
        settle(Long.MAX_VALUE, now);
        fault.end(now, d.recorder);
        d.ended = true;
        d.setStatus(Status.COMPLETED, cleaner(), now);
        if (d.returnPathOpen) d.sockets.write(cleaner().actor, d.main, Wire.SHUT, 0, now);
        d.close(d.main, now);
        d.close(d.preempt, now);
        listen.end(now, d.recorder);
        // userfaultfd is gone: a page that is still missing reads as zeros, without a word.
        d.vcpus.stop(now);
    }

    void die(long now) {
        fromMain.clear();
        fromPreempt.clear();
        listen.end(now, d.recorder);
        preemptThread.end(now, d.recorder);
        fault.end(now, d.recorder);
    }

    @Override
    public void save(StateWriter state) {
        listen.save(state);
        preemptThread.save(state);
        fault.save(state);
        requested.save(state);
        state.put(devicesLoaded);
        state.put(quit);
        state.put(faultThreadPaused);
        state.put(resuming);
        state.put(preemptBroken);
        if (d.costs.divides()) {
            mainPage.save(state);
            preemptPage.save(state);
        }
        if (!d.costs.takeTime()) return;
        fromMain.save(state);
        fromPreempt.save(state);
        state.put(requesting);
    }

    @Override
    public void load(StateReader state) {
        listen.load(state);
        preemptThread.load(state);
        fault.load(state);
        requested.load(state);
        devicesLoaded = state.nextTruth();
        quit = state.nextTruth();
        faultThreadPaused = state.nextTruth();
        resuming = state.nextTruth();
        preemptBroken = state.nextTruth();
        if (d.costs.divides()) {
            mainPage.load(state);
            preemptPage.load(state);
        }
        if (!d.costs.takeTime()) return;
        fromMain.load(state);
        fromPreempt.load(state);
        requesting = state.nextTruth();
    }
}
