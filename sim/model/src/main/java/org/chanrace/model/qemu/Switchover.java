package org.chanrace.model.qemu;

import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.PreemptOpening;
import org.chanrace.model.qemu.Behaviour.SwitchoverStates;
import org.chanrace.model.qemu.MigrationThread.Step;

/** The migration thread's steps from precopy to postcopy: what it waits for first, and then the guest's stop and the package. */
final class Switchover {
    private static final int PING_42 = 1;

    private final Source s;
    private final MigrationThread t;
    private final Source.Parameters parameters;

    Switchover(Source source, MigrationThread thread, Source.Parameters parameters) {
        this.s = source;
        this.t = thread;
        this.parameters = parameters;
    }

    /** It waits for a PONG if there is none, and does not look first and then again: so its steps are as many when that is there already. */
    void begin(long now) {
        if (lacksPong() && !s.sockets.isFull(s.channels.main)) t.waitAt(Step.SWITCH_PONG, Wait.PONG, -1, now);
        else t.then(Step.SWITCH_PONG, 0, now);
    }

    private boolean awaitsPong() {
        return s.behaviour.preempt() && s.behaviour.pongGate();
    }

    private boolean lacksPong() {
        return awaitsPong() && s.returnPath.pongs == 0;
    }

    void awaitPong(long now) {
        if (lacksPong()) {
            t.waitFor(Wait.PONG, -1, now);
            return;
        }
        if (awaitsPong()) s.returnPath.pongs--;
        t.goOn(now);
        t.then(Step.SWITCH_PREEMPT, 0, now);
    }

    void awaitPreempt(long now) {
        if (s.behaviour.preempt() && s.behaviour.preemptOpening() != PreemptOpening.NEVER) {
            if (s.behaviour.preemptOpening() == PreemptOpening.AT_SWITCHOVER) s.channels.dialPreempt(now);
            if (s.channels.preemptPosts == 0) {
                t.waitFor(Wait.PREEMPT_CONNECTED, s.channels.preempt, now);
                return;
            }
            s.channels.preemptPosts--;
            if (!s.channels.preemptOpen) {
                t.fail("the preempt channel could not be established", now);
                return;
            }
        }
        t.goOn(now);
        t.then(Step.SWITCH_STOP, 0, now);
    }

    void stop(long now) {
        t.goOn(now);
        if (s.behaviour.switchoverStates() == SwitchoverStates.ACTIVE_FIRST) s.setStatus(Status.POSTCOPY_ACTIVE, s.migration, now);
        t.stopGuest(now);
        if (s.behaviour.switchoverStates() != SwitchoverStates.ACTIVE_FIRST) s.setStatus(Status.DEVICE, s.migration, now);
        s.bitmaps.discarded().copyFrom(s.memory.dirty());
        // ram_postcopy_send_discard_bitmap: the scan begins anew (269ace2951).
        t.ram.rewind();
        t.writeMain(Wire.RAM_DISCARD, 0, now);
        t.then(Step.SWITCH_PACKAGE, parameters.deviceStateNanos(), now);
    }

    void sendPackage(long now) {
        t.goOn(now);
        t.writeMain(Wire.PACKAGED, s.behaviour.switchoverStates() == SwitchoverStates.POSTCOPY_DEVICE ? PING_42 : 0, now);
        t.then(Step.SWITCH_DONE, MigrationThread.SYSCALL_NANOS, now);
    }

    void done(long now) {
        t.goOn(now);
        t.writeMain(Wire.PING, 4, now);
        if (s.channels.mainError) {
            failed(now);
            return;
        }
        if (s.status == Status.DEVICE)
            s.setStatus(s.behaviour.switchoverStates() == SwitchoverStates.POSTCOPY_DEVICE ? Status.POSTCOPY_DEVICE : Status.POSTCOPY_ACTIVE, s.migration, now);
        // The slice goes on, with the threshold that precopy has measured.
        t.then(Step.POSTCOPY_SEND, 0, now);
    }

    private void failed(long now) {
        if (s.status == Status.POSTCOPY_ACTIVE || s.behaviour.packageErrorHandled()) {
            s.say("error while sending the package");
            s.endsAfterStop(Status.FAILED, now);
            return;
        }
        // FAILED is attempted from POSTCOPY_ACTIVE, but the state is DEVICE: nothing changes, and the loop ends.
        s.say("migration_iteration_finish: unknown ending state device");
        s.sockets.closeAll(now);
        s.returnPath.end(now);
        t.over(now);
    }
}
