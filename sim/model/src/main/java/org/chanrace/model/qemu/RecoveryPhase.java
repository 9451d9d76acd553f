package org.chanrace.model.qemu;

import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.PreemptReopening;
import org.chanrace.model.qemu.MigrationThread.Step;

/** The migration thread's pause when the network breaks in postcopy, and its steps when a recovery has brought new connections. */
final class RecoveryPhase {
    private final Source s;
    private final MigrationThread t;

    RecoveryPhase(Source source, MigrationThread thread) {
        this.s = source;
        this.t = thread;
    }

    void pause(long now) {
        t.goOn(now);
        t.ram.giveUp();
        s.sockets.close(s.channels.main, now);
        s.sockets.close(s.channels.preempt, now);
        if (s.behaviour.returnPathParks()) s.returnPath.park(now);
        else s.returnPath.end(now);
        s.say("Detected IO failure for postcopy. Migration paused.");
        s.commands.pauseRequested = false;
        s.setStatus(Status.POSTCOPY_PAUSED, s.migration, now);
        t.ram.requests.clear();
        t.stayPaused(now);
    }

    private void failed(long now) {
        s.say("the recovery failed");
        pause(now);
    }

    /** Whether the link died in this recovery, and this release notices: up to 8.1 the semaphore waits have no way out (f8c543e808). */
    private boolean broke() {
        return !s.behaviour.recoveryFailureSticks() && (s.channels.mainError || s.returnPath.error || s.commands.pauseRequested);
    }

    void first(long now) {
        if (s.behaviour.preempt() && s.behaviour.preemptReopening() == PreemptReopening.WITH_MAIN_AND_WAIT_FIRST && !takesPreempt(now)) return;
        t.goOn(now);
        t.writeMain(Wire.RECV_BITMAP, 0, now);
        t.then(Step.RECOVER_BITMAP, 0, now);
    }

    /** Takes the semaphore that says that preempt is connected, or waits for it; false when it waits or has failed. */
    private boolean takesPreempt(long now) {
        if (s.channels.preemptPosts == 0) {
            t.waitFor(Wait.PREEMPT_CONNECTED, s.channels.preempt, now);
            return false;
        }
        s.channels.preemptPosts--;
        // An old post may have come from a channel that is gone.
        if (!s.channels.preemptOpen) failed(now);
        return s.channels.preemptOpen;
    }

    void awaitBitmap(long now) {
        if (broke()) {
            failed(now);
            return;
        }
        if (!s.returnPath.bitmapArrived) {
            t.waitFor(Wait.BITMAP, -1, now);
            return;
        }
        t.goOn(now);
        t.then(Step.RECOVER_PREEMPT, 0, now);
    }

    void awaitPreempt(long now) {
        if (broke()) {
            failed(now);
            return;
        }
        PreemptReopening reopening = s.behaviour.preemptReopening();
        if (s.behaviour.preempt() && (reopening == PreemptReopening.AFTER_BITMAPS || reopening == PreemptReopening.WITH_MAIN)) {
            if (reopening == PreemptReopening.AFTER_BITMAPS) s.channels.dialPreempt(now);
            if (!takesPreempt(now)) return;
        }
        t.goOn(now);
        t.then(Step.RECOVER_RESUME, 0, now);
    }

    void resume(long now) {
        t.goOn(now);
        t.writeMain(Wire.POSTCOPY_RESUME, 0, now);
        t.then(Step.RECOVERED, 0, now);
    }

    void recovered(long now) {
        if (broke()) {
            failed(now);
            return;
        }
        if (!s.returnPath.resumeAckArrived) {
            t.waitFor(Wait.RESUME_ACK, -1, now);
            return;
        }
        t.goOn(now);
        t.ram.rewind();
        t.slices.restart(now);
        t.then(Step.POSTCOPY_SEND, 0, now);
    }
}
