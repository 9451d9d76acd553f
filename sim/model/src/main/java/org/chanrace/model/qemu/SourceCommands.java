package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Wire;

/** What the operator's commands do at the source, and what of it the migration thread has yet to take notice of. */
final class SourceCommands implements Stateful {
    private final Source s;
    /** Pages that a guest that acts in steps writes in each migration. */
    private final int writes;
    boolean postcopyRequested;
    boolean cancelled;
    boolean pauseRequested;

    SourceCommands(Source source, int writes) {
        this.s = source;
        this.writes = writes;
    }

    void forget() {
        postcopyRequested = cancelled = pauseRequested = false;
    }

    void command(long event, long now) {
        s.kernel.progress();
        switch (Wire.kind(event)) {
            case Source.MIGRATE -> {
                s.setStatus(Status.SETUP, s.mainLoop, now);
                s.channels.connectMain(now);
                for (int i = 0; i < writes; i++) s.lanes.append(s.map.sourceGuest, now, 0);
            }
            case Source.MIGRATE_AGAIN -> migrateAgain(Wire.argument(event), now);
            case Source.START_POSTCOPY -> {
                if (!s.behaviour.postcopy()) {
                    s.refuse("migrate-start-postcopy is refused: postcopy-ram is not set", now);
                    return;
                }
                s.note(s.mainLoop, -1, "migrate-start-postcopy", now);
                postcopyRequested = true;
            }
            case Source.RESUME -> resume(now);
            case Source.CANCEL -> cancel(now);
            case Source.PAUSE -> {
                if (s.status == Status.POSTCOPY_ACTIVE || (s.status == Status.POSTCOPY_RECOVER && !s.behaviour.recoveryFailureSticks())) pause(now);
                else s.refuse("migrate-pause is refused in " + s.status.text(), now);
            }
            case Source.SET_MAX_BANDWIDTH -> {
                s.program.slices.setMaxBandwidth(Wire.argument(event));
                s.program.limitChanged(now);
            }
            case Source.SET_MAX_POSTCOPY_BANDWIDTH -> {
                s.program.slices.setMaxPostcopyBandwidth(Wire.argument(event));
                s.program.limitChanged(now);
            }
            case Source.SET_DOWNTIME_LIMIT -> {
                if (Settings.isRefused(Wire.argument(event))) s.refuse(Settings.DOWNTIME_LIMIT_REFUSED, now);
                else s.program.slices.setDowntimeLimit(Wire.argument(event));
            }
            default -> throw new IllegalArgumentException("no such command: " + Wire.kind(event));
        }
    }

    private void resume(long now) {
        if (s.status != Status.POSTCOPY_PAUSED) {
            s.refuse("migrate resume is refused in " + s.status.text(), now);
            return;
        }
        if (s.mainLoop.waitsFor(Wait.MAIN_CONNECTED)) {
            // The state says nothing of the connect under way: the command is accepted, and a second one begins (up to 9.0).
            s.note(s.mainLoop, -1, "migrate resume=true, once more", now);
            s.channels.connectMainOnceMore(now);
            return;
        }
        s.note(s.mainLoop, -1, "migrate resume=true", now);
        if (s.behaviour.recoverSetup()) s.setStatus(Status.POSTCOPY_RECOVER_SETUP, s.mainLoop, now);
        s.channels.forgetPreempt();
        s.channels.connectMain(now);
    }

    /**
     * As {@code migrate_init} does it: all state begins anew but for parameters and for what is made with the process, the semaphores for
     * PONGs and for preempt among it (specification of QEMU's behaviour, section 9). Whoever gives the command has seen to it that a
     * destination is there: the connect begins when it says so.
     */
    private void migrateAgain(long relay, long now) {
        if ((s.status != Status.FAILED && s.status != Status.CANCELLED) || !s.guestRuns) {
            s.refuse("migrate is refused in " + s.status.text() + (s.guestRuns ? "" : ", with the guest stopped"), now);
            return;
        }
        s.note(s.mainLoop, -1, "migrate, once more", now);
        forget();
        s.channels.forget();
        s.returnPath.beginAgain();
        s.program.beginAgain();
        s.memory.beginAgain(now);
        s.setStatus(Status.SETUP, s.mainLoop, now);
        s.mainLoop.waitFor(Wait.MAIN_CONNECTED, -1, now, s.recorder, s.names);
        s.lanes.append(s.map.destinationHost, now, Wire.event(Destination.START, s.channels.nextConnection(), relay));
    }

    private void cancel(long now) {
        if (s.status.isFinal() || s.status == Status.NONE) return;
        if (s.status.inPostcopy() && !s.behaviour.cancelInPostcopy()) {
            s.refuse("migrate_cancel is refused: postcopy has started", now);
            return;
        }
        cancelled = true;
        s.setStatus(Status.CANCELLING, s.mainLoop, now);
        // A connect under way is not broken off: it ends in cancelled when it has its result.
        if (s.mainLoop.waitsFor(Wait.MAIN_CONNECTED)) return;
        s.sockets.close(s.channels.main, now);
        if (!s.migration.exists) {
            s.setStatus(Status.CANCELLED, s.mainLoop, now);
            return;
        }
        if (hearsOfCancel()) s.program.wake(now);
        s.returnPath.end(now);
    }

    /** The socket is shut down: a writer that waited for room gets an error. Nothing wakes a thread that waits for a PONG. */
    private boolean hearsOfCancel() {
        return s.migration.waitsFor(Wait.ROOM) || s.migration.waitsFor(Wait.SHUT) || s.migration.waitsFor(Wait.NOTHING);
    }

    /** Whether migrate_cancel, given now, brings the migration to its end. */
    boolean cancelEndsIt() {
        if (s.isMainLoopBlocked() || s.status.isFinal() || (s.status.inPostcopy() && !s.behaviour.cancelInPostcopy())) return false;
        return !s.migration.exists || hearsOfCancel();
    }

    private void pause(long now) {
        s.note(s.mainLoop, -1, "migrate-pause", now);
        pauseRequested = true;
        s.channels.mainError = true;
        s.sockets.close(s.channels.main, now);
        s.returnPath.failed(now);
        s.program.wake(now);
    }

    @Override
    public void save(StateWriter state) {
        state.put(postcopyRequested);
        state.put(cancelled);
        state.put(pauseRequested);
    }

    @Override
    public void load(StateReader state) {
        postcopyRequested = state.nextTruth();
        cancelled = state.nextTruth();
        pauseRequested = state.nextTruth();
    }
}
