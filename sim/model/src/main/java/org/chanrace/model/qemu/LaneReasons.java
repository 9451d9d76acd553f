package org.chanrace.model.qemu;

/** Why a process closes a lane; what exactly a thread waits for stands in its {@link QemuThread}. */
final class LaneReasons {
    /** Nobody reads this socket. */
    static final int NOT_READ = 1;
    /** The thread that this lane belongs to waits for something else. */
    static final int THREAD_WAITS = 2;
    /** The main loop is blocked. */
    static final int MAIN_LOOP_BLOCKED = 3;
    /** The guest stands still. */
    static final int GUEST_STANDS = 4;

    /** The main loop loads the package, and looks at nothing else. */
    static final int MAIN_LOOP_LOADS = 5;

    /** Another thread holds the big lock (BQL), which the main loop needs. */
    static final int BIG_LOCK_HELD = 6;

    private LaneReasons() {}
}
