package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.MigrationThread.Step;

/** The migration thread's steps while the guest runs on the destination: what was asked for first, then the background; and the end of the stream. */
final class PostcopyPhase implements Stateful {
    private final Source s;
    private final MigrationThread t;
    /** Its first look at what is left is done. */
    private boolean looked;

    PostcopyPhase(Source source, MigrationThread thread) {
        this.s = source;
        this.t = thread;
    }

    void forget() {
        looked = false;
    }

    void postcopySend(long now) {
        t.goOn(now);
        if (s.channels.hasError()) {
            // Until the destination has said that it runs, the guest can still go on here (7b842fe354).
            if (s.status == Status.POSTCOPY_DEVICE) t.fail("error before the destination runs: the guest goes on here", now);
            else t.pause(now);
            return;
        }
        // An error of the write before counts as one before the destination ran, even when the destination has said by now that it does.
        if (s.status == Status.POSTCOPY_DEVICE && s.returnPath.packageLoaded) s.setStatus(Status.POSTCOPY_ACTIVE, s.migration, now);
        if (littleIsLeft(now)) {
            t.then(Step.FINISH_SEND, 0, now);
            return;
        }
        if (sendsPart(Step.POSTCOPY_SEND, now)) return;
        if (t.ram.requests.isEmpty() && sendsNothing(now)) return;
        sendNext(Step.POSTCOPY_SEND, t.slices.maxPostcopyBandwidth(), now);
    }

    /** Goes on with a page that is under way, or with one that was broken off when nothing else is asked for, and then takes that step; false when there is none. */
    private boolean sendsPart(Step again, long now) {
        if (t.ram.requests.isEmpty()) t.ram.resumeBroken();
        if (!t.ram.isWithinPage() || t.ram.breaksOff()) return false;
        // The limit acts within a page, too, even of the rest; but not while somebody waits for one.
        if (t.slices.isOver(now)) t.slices.begin(now);
        if (!t.ram.isAwaited() && isSliceUsedUp()) t.sleepUntil(t.slices.end(), again, now);
        else t.ram.sendParts(again, now);
        return true;
    }

    /** Sends the page that comes next, and then takes that step (ram_find_and_save_block): what was asked for, then the background, from where a hint says. */
    private void sendNext(Step again, long limit, long now) {
        if (t.ram.waitsForLock(again, now)) return;
        // A hint is taken with the lock, and before each page, even one that was asked for: until then no other takes its place.
        t.ram.followHint();
        if (!t.ram.requests.isEmpty()) {
            t.ram.sendUrgent(again, now);
            return;
        }
        int from = t.ram.next();
        if (from < 0) {
            t.ram.rewind();
            if (s.behaviour.flushes()) t.writeMain(Wire.MULTIFD_FLUSH, 0, now);
            from = t.ram.next();
        }
        t.ram.sendFrom(from, limit, again, now);
    }

    /** Looks, in the first step and once a slice, whether the rest can be sent within the downtime limit. */
    private boolean littleIsLeft(long now) {
        boolean looks = t.slices.isOver(now) || !looked;
        if (t.slices.isOver(now)) t.slices.begin(now);
        if (s.behaviour.completesBelowThreshold() && looks && t.slices.isLittle(s.memory.pendingBytes())) return true;
        looked = true;
        return false;
    }

    /** Whether nothing is to be sent in the background now: all is sent, or the slice is used up. Then it writes what it has collected, ends the stream, or sleeps. */
    private boolean sendsNothing(long now) {
        boolean allSent = s.memory.dirty().size() == 0;
        if (!allSent && !isSliceUsedUp()) return false;
        if (t.ram.flushes(Step.POSTCOPY_SEND, now)) return true;
        if (!allSent) t.sleepUntil(t.slices.end(), Step.POSTCOPY_SEND, now);
        else if (s.status == Status.POSTCOPY_DEVICE) t.waitFor(Wait.PACKAGE_LOADED, -1, now);
        else t.then(Step.END_STREAM, 0, now);
        return true;
    }

    private boolean isSliceUsedUp() {
        return t.slices.isUsedUp(t.slices.maxPostcopyBandwidth());
    }

    /** The rest, in the same order (ram_save_complete), but without slices between two pages; what fails from here on is no pause any more. */
    void finishSend(long now) {
        t.goOn(now);
        if (s.channels.mainError) {
            t.ram.giveUp();
            t.then(Step.END_STREAM, 0, now);
            return;
        }
        if (sendsPart(Step.FINISH_SEND, now)) return;
        if (!t.ram.requests.isEmpty() || s.memory.dirty().size() > 0) sendNext(Step.FINISH_SEND, 0, now);
        else if (!t.ram.flushes(Step.FINISH_SEND, now)) t.then(Step.END_STREAM, 0, now);
    }

    void endStream(long now) {
        t.goOn(now);
        if (s.behaviour.flushes()) t.writeMain(Wire.MULTIFD_FLUSH, 0, now);
        t.writeMain(Wire.STREAM_EOF, 0, now);
        if (s.behaviour.preempt() && s.behaviour.endsPreemptWithEos() && s.channels.hasPreempt()
                && !s.sockets.write(s.migration.actor, s.channels.preempt, Wire.PREEMPT_EOS, 0, now)) s.channels.preemptError = true;
        t.then(Step.AWAIT_SHUT, 0, now);
    }

    void awaitShut(long now) {
        if (s.behaviour.returnPath() && !s.returnPath.shutArrived) {
            // The completion knows no pause: an error is a last word that was lost.
            if (s.channels.mainError) s.returnPath.error = true;
            t.waitFor(Wait.SHUT, -1, now);
            if (s.returnPath.error) s.lastWordIsLost(now);
            return;
        }
        t.goOn(now);
        s.ledger.over(now);
        s.setStatus(Status.COMPLETED, s.migration, now);
        s.returnPath.end(now);
        s.sockets.closeAll(now);
        t.over(now);
    }

    @Override
    public void save(StateWriter state) {
        state.put(looked);
    }

    @Override
    public void load(StateReader state) {
        looked = state.nextTruth();
    }
}
