package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/**
 * The source's migration thread, as a program of small steps (specification of QEMU's behaviour, sections 3 and 6.1): which step comes next, and what it waits
 * for before that. What the steps do stands in {@link PrecopyPhase}, {@link Switchover}, {@link PostcopyPhase} and {@link RecoveryPhase}.
 *
 * <p>Each step does one thing, and either goes on after the time that it took, or waits: for room in a send buffer, for a semaphore,
 * for the end of a slice of bandwidth. A step that waits is done again when it is woken, so a waiting step begins by looking
 * whether it still has to.
 */
final class MigrationThread implements Stateful {
    /** A system call, or a look at the dirty log, ns. */
    static final long SYSCALL_NANOS = 2_000;

    /** The steps, each with what it does as the end of a sentence. */
    enum Step {
        HEADER("begins the stream"),
        RAM_SETUP("announces the RAM"),
        ITERATE("begins a pass over the dirty pages"),
        SEND("sends dirty pages"),
        SLICE_END("looks whether to switch"),
        SWITCH_PONG("looks for a PONG before the switch"),
        SWITCH_PREEMPT("looks for its preempt channel before the switch"),
        SWITCH_STOP("stops the guest for the switch"),
        SWITCH_PACKAGE("sends the package"),
        SWITCH_DONE("enters postcopy"),
        POSTCOPY_SEND("looks what to send in postcopy"),
        FINISH_SEND("sends the rest"),
        END_STREAM("ends the stream"),
        AWAIT_SHUT("looks for SHUT"),
        COMPLETE_SEND("sends the rest with the guest stopped"),
        COMPLETE_DEVICES("sends the devices' state"),
        PAUSED("stays paused"),
        RECOVER_FIRST("begins the recovery"),
        RECOVER_BITMAP("looks for the bitmap"),
        RECOVER_PREEMPT("looks for the preempt channel of the recovery"),
        RECOVER_RESUME("sends RESUME"),
        RECOVERED("looks for RESUME_ACK"),
        OVER("is over");

        final String clause;

        Step(String clause) {
            this.clause = clause;
        }
    }

    private static final Step[] STEPS = Step.values();

    final Slices slices;
    final RamStream ram;
    private final Source s;
    private final PrecopyPhase precopy;
    private final Switchover switchover;
    private final PostcopyPhase postcopy;
    private final RecoveryPhase recovery;
    private Step step;
    private boolean switching;
    private boolean sleeping;
    /** What it has yet to do when there is room, ns; only where buffers hold what is on its way. */
    private long owed;

    MigrationThread(Source source, Source.Parameters parameters, RamStream ram) {
        this.s = source;
        this.slices = new Slices(parameters);
        this.ram = ram;
        this.precopy = new PrecopyPhase(source, this, parameters);
        this.switchover = new Switchover(source, this, parameters);
        this.postcopy = new PostcopyPhase(source, this);
        this.recovery = new RecoveryPhase(source, this);
    }

    void reset(long seed) {
        ram.reseed(seed);
        step = Step.OVER;
        slices.reset();
        forget();
    }

    private void forget() {
        slices.forget();
        ram.forget();
        switching = sleeping = false;
        owed = 0;
        postcopy.forget();
    }

    String nextStep() {
        return step.clause;
    }

    /** The thread of another migration, with the parameters as they are by now. */
    void beginAgain() {
        forget();
        s.lanes.drop(s.map.sourceMigration);
    }

    /** Puts the thread behind its end. */
    void over(boolean afterSwitching) {
        step = Step.OVER;
        switching = afterSwitching;
    }

    /** The switch has begun and no longer waits for a PONG. */
    boolean isPastPongGate() {
        return switching && step != Step.SWITCH_PONG;
    }

    boolean switching() {
        return switching;
    }

    void start(long now) {
        step = Step.HEADER;
        next(now + s.wakeUp.next());
    }

    void recover(long now) {
        goOn(now);
        s.returnPath.bitmapArrived = s.returnPath.resumeAckArrived = false;
        step = Step.RECOVER_FIRST;
        next(now + s.wakeUp.next());
    }

    /** A page was asked for and is to be sent by this thread. */
    void queue(int asked, long now) {
        ram.requests.add(asked);
        if (step != Step.POSTCOPY_SEND && step != Step.FINISH_SEND) return;
        // The urgent semaphore interrupts the sleep between slices.
        if (sleeping) wake(now + ram.wakeUp());
        else ram.requested(now);
    }

    // Going on and waiting.

    /** Lets the thread look again at what it waits for. */
    void wake(long now) {
        sleeping = false;
        s.lanes.drop(s.map.sourceMigration);
        next(now);
    }

    /** A limit of bandwidth was changed: a thread that sleeps because of it looks again. */
    void limitChanged(long now) {
        if (sleeping) wake(now);
    }

    /** There is room, or an error, where the thread waited to write. */
    void roomIn(long now) {
        boolean asleep = s.lanes.reason(s.map.sourceMigration) != 0;
        if (asleep) wake(owed + (s.migration.hasJustBegunToWait(now) ? now : now + ram.wakeUp()));
    }

    /** It has its turn at that moment. */
    void next(long at) {
        s.lanes.open(s.map.sourceMigration);
        s.lanes.append(s.map.sourceMigration, at, 0);
    }

    void waitFor(Wait what, int connection, long now) {
        s.migration.waitFor(what, connection, now, s.recorder, s.names);
        s.lanes.append(s.map.sourceMigration, now, 0);
        s.lanes.close(s.map.sourceMigration, LaneReasons.THREAD_WAITS);
    }

    void goOn(long now) {
        s.migration.goOn(now, s.recorder);
    }

    /** Goes to a step, now or when what was written to main fits into its buffer. */
    void then(Step following, long cost, long now) {
        if (s.channels.main >= 0 && s.sockets.isFull(s.channels.main)) thenWithRoom(following, s.channels.main, cost, now);
        else takeUp(following, now + cost);
    }

    /** Goes to a step when what was written to this connection fits into its buffer. */
    void thenWithRoom(Step following, int connection, long cost, long now) {
        waitAt(following, Wait.ROOM, connection, now);
        owed = s.sockets.holdFlight() ? cost : 0;
    }

    /** Goes to a step at that moment: until then it is at something. */
    void takeUp(Step following, long at) {
        step = following;
        next(at);
    }

    /** Goes to a step when it no longer has to wait. */
    void waitAt(Step following, Wait what, int connection, long now) {
        step = following;
        waitFor(what, connection, now);
    }

    /** Goes to a step at that moment, or earlier if it is woken, but not before what was written to main fits into its buffer. */
    void sleepUntil(long at, Step following, long now) {
        step = following;
        if (s.sockets.isFull(s.channels.main)) {
            waitFor(Wait.ROOM, s.channels.main, now);
            return;
        }
        sleeping = true;
        next(Math.max(at, now));
    }

    /** It waits for an operator to recover the migration. */
    void stayPaused(long now) {
        step = Step.PAUSED;
        s.migration.waitFor(Wait.RECOVERY, -1, now, s.recorder, s.names);
    }

    boolean writeMain(int kind, long argument, long now) {
        return noteError(ram.writeMain(now) & s.sockets.write(s.migration.actor, s.channels.main, kind, argument, now));
    }

    boolean noteError(boolean written) {
        if (!written) s.channels.mainError = true;
        return written;
    }

    void pause(long now) {
        recovery.pause(now);
    }

    // Steps.

    void step(long now) {
        if (s.migration.waitsFor(Wait.ROOM) && s.sockets.isFull(s.migration.connection)) {
            waitFor(Wait.ROOM, s.migration.connection, now);
            return;
        }
        if (s.commands.cancelled && step != Step.OVER) {
            cancelled(now);
            return;
        }
        sleeping = false;
        owed = 0;
        if (ram.goesOn(now)) act(now);
        s.setBigLockHeld(holdsBigLock() && !s.crashed);
    }

    /** From when the guest is stopped until all that belongs to the switch is written, the thread does not let the main loop in between. */
    private boolean holdsBigLock() {
        return step == Step.SWITCH_PACKAGE || step == Step.SWITCH_DONE || step == Step.COMPLETE_SEND || step == Step.COMPLETE_DEVICES;
    }

    private void act(long now) {
        switch (step) {
            case HEADER -> precopy.header(now);
            case RAM_SETUP -> precopy.ramSetup(now);
            case ITERATE -> precopy.iterate(now);
            case SEND -> precopy.send(now);
            case SLICE_END -> precopy.sliceEnd(now);
            case SWITCH_PONG -> switchover.awaitPong(now);
            case SWITCH_PREEMPT -> switchover.awaitPreempt(now);
            case SWITCH_STOP -> switchover.stop(now);
            case SWITCH_PACKAGE -> switchover.sendPackage(now);
            case SWITCH_DONE -> switchover.done(now);
            case POSTCOPY_SEND -> postcopy.postcopySend(now);
            case FINISH_SEND -> postcopy.finishSend(now);
            case END_STREAM -> postcopy.endStream(now);
            case AWAIT_SHUT -> postcopy.awaitShut(now);
            case COMPLETE_SEND -> precopy.completeSend(now);
            case COMPLETE_DEVICES -> precopy.completeDevices(now);
            case RECOVER_FIRST -> recovery.first(now);
            case RECOVER_BITMAP -> recovery.awaitBitmap(now);
            case RECOVER_PREEMPT -> recovery.awaitPreempt(now);
            case RECOVER_RESUME -> recovery.resume(now);
            case RECOVERED -> recovery.recovered(now);
            case PAUSED, OVER -> {}
        }
    }

    /**
     * Whether the next step neither looks at what others may still change nor changes what they look at; nothing is broken or cancelled. What it finds of a
     * connection others may change at any time, once something has disturbed the migration: a destination that takes it for another one, or is gone, closes it.
     */
    boolean commutes() {
        if (s.commands.cancelled || hasError()) return false;
        // A second connection for a recovery, where there is none, lets the process crash.
        boolean mayCrash = s.channels.connectsMain();
        // A post that is left over says nothing of this attempt's channel, and then it matters whether that is connected.
        boolean postIsRight = s.channels.preemptPosts == 0 || s.channels.preemptOpen;
        return switch (step) {
            case HEADER, ITERATE, SWITCH_PONG -> true;
            case AWAIT_SHUT, RECOVER_RESUME -> !mayCrash;
            case SWITCH_PREEMPT, RECOVER_FIRST -> !mayCrash && postIsRight;
            // Where it looks whether the recovery broke, it matters whether the return-path thread has heard of that.
            case RECOVER_BITMAP, RECOVERED -> s.behaviour.recoveryFailureSticks();
            case RECOVER_PREEMPT -> s.behaviour.recoveryFailureSticks() && !mayCrash && postIsRight;
            case RAM_SETUP, END_STREAM, COMPLETE_SEND, COMPLETE_DEVICES -> s.ahead.undisturbed();
            // Whether the package is sent before or after this side learns that the connection is broken decides between a failure and a pause.
            case SWITCH_PACKAGE, SWITCH_DONE -> s.ahead.undisturbed() && s.lanes.size(s.map.sourceSockets) == 0;
            default -> false;
        };
    }

    private boolean hasError() {
        return s.channels.hasError() || s.returnPath.error;
    }

    /** Whether the next step sends pages, of which a guest has more or fewer. */
    boolean sendsPages() {
        return step == Step.SEND || step == Step.POSTCOPY_SEND || step == Step.FINISH_SEND || step == Step.COMPLETE_SEND;
    }

    void beginSwitch(long now) {
        switching = true;
        s.note(s.migration, -1, "switches to postcopy", now);
        then(Step.SWITCH_PONG, 0, now);
    }

    void stopGuest(long now) {
        s.setGuestRuns(false);
        s.memory.runUntil(now);
        s.memory.syncDirtyLog();
        s.note(s.migration, -1, "stops the guest", now);
        s.ledger.stopped(now);
    }

    // The end.

    private void cancelled(long now) {
        goOn(now);
        if (s.guestRuns) {
            s.sockets.closeAll(now);
            s.returnPath.end(now);
            s.setStatus(Status.CANCELLED, s.migration, now);
            over(now);
        } else s.endsAfterStop(Status.CANCELLED, now);
    }

    /** It fails, and the guest goes on here. */
    void fail(String why, long now) {
        goOn(now);
        s.say(why);
        s.setStatus(Status.FAILED, s.migration, now);
        s.setGuestRuns(true);
        s.sockets.closeAll(now);
        s.returnPath.end(now);
        over(now);
    }

    void over(long now) {
        step = Step.OVER;
        ram.giveUp();
        s.setBigLockHeld(false);
        s.migration.end(now, s.recorder);
    }

    @Override
    public void save(StateWriter state) {
        state.put(step.ordinal());
        state.put(switching);
        state.put(sleeping);
        if (s.sockets.holdFlight()) state.put(owed);
        slices.save(state);
        postcopy.save(state);
        ram.save(state);
    }

    @Override
    public void load(StateReader state) {
        step = STEPS[state.nextInt()];
        switching = state.nextTruth();
        sleeping = state.nextTruth();
        owed = s.sockets.holdFlight() ? state.next() : 0;
        slices.load(state);
        postcopy.load(state);
        ram.load(state);
    }
}
