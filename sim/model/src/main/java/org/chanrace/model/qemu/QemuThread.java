package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;

/** A thread of QEMU, as far as an explanation needs it: whether it exists, and what it waits for. */
final class QemuThread implements Stateful {
    private static final Wait[] WAITS = Wait.values();

    final Actor actor;
    boolean exists;
    Wait wait = Wait.NOTHING;
    /** The connection that the wait is about; -1 for none. */
    int connection;
    /** Since when, virtual ns. */
    long since;

    QemuThread(Actor actor) {
        this.actor = actor;
    }

    void reset(boolean existing) {
        exists = existing;
        wait = Wait.NOTHING;
        connection = -1;
        since = 0;
    }

    boolean waitsFor(Wait what) {
        return wait == what;
    }

    void waitFor(Wait what, int about, long now, Recorder recorderOrNull, Names names) {
        if (wait == what && connection == about) return;
        wait = what;
        connection = about;
        since = now;
        if (recorderOrNull != null) recorderOrNull.waits(now, actor, what.text(names.connection(about)));
    }

    /** Whether it began to wait at this very moment: who is told at once that there is room has not waited for it, and need not wake up. */
    boolean hasJustBegunToWait(long now) {
        return wait != Wait.NOTHING && since == now;
    }

    void goOn(long now, Recorder recorderOrNull) {
        if (wait == Wait.NOTHING) return;
        wait = Wait.NOTHING;
        connection = -1;
        if (recorderOrNull != null) recorderOrNull.resumes(now, actor);
    }

    void end(long now, Recorder recorderOrNull) {
        if (!exists) return;
        goOn(now, recorderOrNull);
        exists = false;
        if (recorderOrNull != null) recorderOrNull.noted(now, actor, -1, "ends");
    }

    /** How connections are called in explanations. */
    interface Names {
        /** @param connection from 0; -1 gives the empty string */
        String connection(int connection);
    }

    @Override
    public void save(StateWriter state) {
        state.put(exists);
        state.put(wait.ordinal());
        state.put(connection);
        state.put(since);
    }

    @Override
    public void load(StateReader state) {
        exists = state.nextTruth();
        wait = WAITS[state.nextInt()];
        connection = state.nextInt();
        since = state.next();
    }
}
