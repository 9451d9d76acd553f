package org.chanrace.model.qemu;

import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.SwitchoverStates;
import org.chanrace.model.qemu.MigrationThread.Step;

/** The migration thread's steps while the guest runs on the source, and those of a migration that ends without postcopy. */
final class PrecopyPhase {
    private final Source s;
    private final MigrationThread t;
    private final Source.Parameters parameters;

    PrecopyPhase(Source source, MigrationThread thread, Source.Parameters parameters) {
        this.s = source;
        this.t = thread;
        this.parameters = parameters;
    }

    void header(long now) {
        t.writeMain(Wire.HEADER, 0, now);
        if (s.behaviour.returnPath()) {
            t.writeMain(Wire.OPEN_RETURN_PATH, 0, now);
            t.writeMain(Wire.PING, 1, now);
        }
        if (s.behaviour.postcopy()) t.writeMain(Wire.POSTCOPY_ADVISE, 0, now);
        t.then(Step.RAM_SETUP, parameters.startDelayNanos(), now);
    }

    void ramSetup(long now) {
        t.goOn(now);
        t.writeMain(Wire.RAM_SETUP, 0, now);
        if (s.behaviour.flushes()) t.writeMain(Wire.MULTIFD_FLUSH, 0, now);
        if (failed(now)) return;
        s.setStatus(Status.ACTIVE, s.migration, now);
        t.slices.begin(now);
        t.then(Step.LOOK, 0, now);
    }

    void send(long now) {
        t.goOn(now);
        if (failed(now)) return;
        if (t.ram.isWithinPage()) {
            // The limit acts within a page, too.
            if (t.slices.isOver(now)) t.slices.begin(now);
            if (isSliceUsedUp()) t.sleepUntil(t.slices.end(), Step.SEND, now);
            else t.ram.sendParts(Step.SEND, now);
            return;
        }
        boolean usedUp = isSliceUsedUp();
        if (usedUp || t.ram.looksUp(now)) {
            if (t.ram.flushes(Step.SEND, now)) return;
            t.writeMain(Wire.SECTION_EOS, 0, now);
            t.sleepUntil(usedUp ? t.slices.end() : now, Step.LOOK, now);
            return;
        }
        s.memory.runUntil(now);
        int from = t.ram.next();
        if (from < 0) {
            if (t.ram.flushes(Step.SEND, now)) return;
            t.ram.rewind();
            if (s.behaviour.flushes()) t.writeMain(Wire.MULTIFD_FLUSH, 0, now);
            s.memory.syncDirtyLog();
            // A whole pass is done: look whether to switch, rather than to begin the next pass at once.
            t.then(Step.LOOK, MigrationThread.SYSCALL_NANOS, now);
            return;
        }
        t.ram.sendFrom(from, t.slices.maxBandwidth(), Step.SEND, now);
    }

    private boolean isSliceUsedUp() {
        return t.slices.isUsedUp(t.slices.maxBandwidth());
    }

    /**
     * Looks what to do next, before the first page and behind each slice and each pass (migration_iteration_run): to complete, to switch, or to send, which it
     * begins in this same step, since what comes between a look and the next page is seen by the next look.
     */
    void look(long now) {
        t.goOn(now);
        if (failed(now)) return;
        s.memory.runUntil(now);
        if (s.behaviour.syncsEveryIteration()) s.memory.syncDirtyLog();
        if (t.slices.isOver(now)) t.slices.begin(now);
        boolean switchRequested = s.commands.postcopyRequested;
        // Up to 10.0 the end of the migration is looked for first, whatever was asked for (7aaa1fc072).
        if ((s.behaviour.completesBelowThreshold() || !switchRequested) && littleIsLeft()) complete(now);
        else if (switchRequested) t.beginSwitch(now);
        else {
            t.ram.beginIteration(now);
            send(now);
        }
    }

    /** Whether what is dirty can be sent within the downtime limit: an estimate first, and then the dirty log. */
    private boolean littleIsLeft() {
        if (s.memory.pendingBytes() > 0 && !t.slices.isLittle(s.memory.pendingBytes())) return false;
        s.memory.syncDirtyLog();
        return s.memory.pendingBytes() == 0 || t.slices.isLittle(s.memory.pendingBytes());
    }

    private boolean failed(long now) {
        if (s.channels.mainError) t.fail("error while sending: the connection is broken", now);
        return s.channels.mainError;
    }

    // Completion without postcopy.

    private void complete(long now) {
        if (s.behaviour.switchoverStates() != SwitchoverStates.ACTIVE_FIRST) s.setStatus(Status.DEVICE, s.migration, now);
        t.stopGuest(now);
        t.ram.rewind();
        t.then(Step.COMPLETE_SEND, 0, now);
    }

    void completeSend(long now) {
        t.goOn(now);
        if (failed(now)) return;
        if (t.ram.isWithinPage()) {
            t.ram.sendParts(Step.COMPLETE_SEND, now);
            return;
        }
        int from = t.ram.next();
        if (from >= 0) t.ram.sendFrom(from, 0, Step.COMPLETE_SEND, now);
        else if (!t.ram.flushes(Step.COMPLETE_SEND, now)) t.then(Step.COMPLETE_DEVICES, parameters.deviceStateNanos(), now);
    }

    void completeDevices(long now) {
        t.goOn(now);
        if (s.behaviour.flushes()) t.writeMain(Wire.MULTIFD_FLUSH, 0, now);
        t.writeMain(Wire.DEVICE_STATE, 0, now);
        if (failed(now)) return;
        t.then(Step.AWAIT_SHUT, 0, now);
    }
}
