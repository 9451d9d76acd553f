package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.FlushAccepted;
import org.chanrace.model.qemu.Behaviour.PreemptEnd;
import org.chanrace.model.qemu.Behaviour.PreemptWait;
import org.chanrace.model.qemu.Destination.Reader;
import org.chanrace.model.trace.Actor;

/**
 * The destination's threads that read the channels in postcopy, listen and preempt thread: from the LISTEN command through pauses to their end (specification of
 * QEMU's behaviour, sections 4 to 6). What they do about pages stands in {@link MissingPages}.
 */
final class PostcopyThreads implements Stateful {
    final QemuThread listen = new QemuThread(Actor.DESTINATION_LISTEN);
    final QemuThread preemptThread = new QemuThread(Actor.DESTINATION_PREEMPT);
    final MissingPages pages;
    private final Destination d;
    private boolean devicesLoaded;
    private boolean quit;
    private boolean resuming;
    private boolean preemptBroken;

    PostcopyThreads(Destination destination, MissingPages pages) {
        this.d = destination;
        this.pages = pages;
    }

    void reset() {
        listen.reset(false);
        preemptThread.reset(false);
        pages.reset();
        devicesLoaded = quit = resuming = preemptBroken = false;
    }

    /** The LISTEN command: the threads are made, and the listen thread takes main over. */
    void listen(long now) {
        pages.fault.exists = true;
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
                if (!pages.take(event, false, now)) mainFailed(now);
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
        resuming = preemptBroken = false;
        pages.pause(now);
        d.say("Detected IO failure for postcopy. Migration paused.");
        d.setStatus(Status.POSTCOPY_PAUSED, listen, now);
        listen.waitFor(Wait.RECOVERY, -1, now, d.recorder, d.names);
        pages.fault.waitFor(Wait.RECOVERY, -1, now, d.recorder, d.names);
    }

    private void resume(long now) {
        d.setStatus(Status.POSTCOPY_ACTIVE, listen, now);
        d.sockets.write(listen.actor, d.main, Wire.RESUME_ACK, 0, now);
        pages.resume(listen, now);
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
                if (pages.take(event, true, now)) return;
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

    // The end.

    /** Who cleans up: since 10.2 the main loop. */
    private QemuThread cleaner() {
        return d.behaviour.preemptEnd() == PreemptEnd.DRAIN_IN_MAIN_LOOP ? d.mainLoop : listen;
    }

    private void waitInCleanUp(Wait what, long now) {
        if (cleaner() == d.mainLoop) d.turns.block(what, -1, now);
        else listen.waitFor(what, -1, now, d.recorder, d.names);
    }

    /** Whether it is waited for that all pages that were asked for are in place. */
    boolean isDraining() {
        return cleaner().waitsFor(Wait.DRAIN);
    }

    /** All pages that were asked for are in place. */
    void nothingIsRequested(long now) {
        if (!isDraining()) return;
        if (cleaner() == d.mainLoop) d.turns.unblock(now);
        shutPreempt(now);
    }

    private void mainHasEnded(long now) {
        if (cleaner() == listen) {
            cleanUp(now);
            return;
        }
        d.setStatus(Status.COMPLETED, listen, now);
        listen.end(now, d.recorder);
        d.setReader(d.main, Reader.NOBODY);
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
                if (pages.hasRequests()) {
                    waitInCleanUp(Wait.DRAIN, now);
                    pages.lookAgain();
                } else shutPreempt(now);
            }
        }
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
        if (cleaner() == d.mainLoop && d.turns.isBlocked()) d.turns.unblock(now);
        pages.settleAll(now);
        pages.fault.end(now, d.recorder);
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
        pages.clear();
        listen.end(now, d.recorder);
        preemptThread.end(now, d.recorder);
        pages.fault.end(now, d.recorder);
    }

    @Override
    public void save(StateWriter state) {
        listen.save(state);
        preemptThread.save(state);
        state.put(devicesLoaded);
        state.put(quit);
        state.put(resuming);
        state.put(preemptBroken);
        pages.save(state);
    }

    @Override
    public void load(StateReader state) {
        listen.load(state);
        preemptThread.load(state);
        devicesLoaded = state.nextTruth();
        quit = state.nextTruth();
        resuming = state.nextTruth();
        preemptBroken = state.nextTruth();
        pages.load(state);
    }
}
