package org.chanrace.model.qemu;

import java.util.List;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.FailedAfterStop;
import org.chanrace.model.qemu.Behaviour.ShutLost;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;

/**
 * The source QEMU: main loop, connect workers, migration thread, return-path thread.
 *
 * <p>This class holds what the threads share, hands each event to who is to handle it, and knows the ends that a migration can come to here. What the operator
 * wants stands in {@link SourceCommands}, how connections come up in {@link OutgoingChannels}, the threads' programs in {@link MigrationThread} and
 * {@link ReturnPathThread}.
 */
public final class Source extends QemuProcess {
    /** Commands of the operator. */
    public static final int MIGRATE = 1;
    public static final int START_POSTCOPY = 2;
    public static final int RESUME = 3;
    public static final int CANCEL = 4;
    public static final int PAUSE = 5;
    /** Argument: bytes/s. */
    public static final int SET_MAX_BANDWIDTH = 6;
    public static final int SET_MAX_POSTCOPY_BANDWIDTH = 7;
    /** Argument: ns. */
    public static final int SET_DOWNTIME_LIMIT = 8;
    /** Argument: as of {@link org.chanrace.model.network.Net#LISTEN_AGAIN}. */
    public static final int MIGRATE_AGAIN = 9;

    final GuestMemory memory;
    final Sampler wakeUp;
    final QemuThread migration = new QemuThread(Actor.SOURCE_MIGRATION);
    final ReturnPathThread returnPath;
    final MigrationThread program;
    final OutgoingChannels channels;
    final SourceCommands commands;
    private final int connections;

    boolean crashed;

    Source(
            Behaviour behaviour, Parameters parameters, Sockets sockets, Surroundings surroundings, GuestMemory memory, int writes, Sampler wakeUp) {
        super("source", Actor.SOURCE_MAIN_LOOP, behaviour, Settings.refusal(behaviour, parameters), sockets, surroundings);
        this.memory = memory;
        this.wakeUp = wakeUp;
        this.connections = map.connections;
        this.channels = new OutgoingChannels(this);
        this.commands = new SourceCommands(this, writes);
        // The one place that decides whether the steps of a page fault take time here.
        QemuThread reader = new QemuThread(Actor.SOURCE_RETURN_PATH);
        if (costs.takeTime()) {
            RamStreamInSteps ram = new RamStreamInSteps(this);
            this.program = new MigrationThread(this, parameters, ram);
            this.returnPath = new ReturnPathThread(this, reader, new PageRequestsInSteps(this, reader, ram));
        } else {
            this.program = new MigrationThread(this, parameters, new RamStreamAtOnce(this));
            this.returnPath = new ReturnPathThread(this, reader, new PageRequestsAtOnce(this));
        }
    }

    /**
     * What the source is told beside its traits.
     *
     * @param maxBandwidth bytes/s, 0 for none; the others likewise
     */
    public record Parameters(
            long maxBandwidth, long maxPostcopyBandwidth, long downtimeLimitNanos, long deviceStateNanos, long startDelayNanos) {}

    /** Whether the command that sets it, and whatever else with it, is refused. */
    public static boolean refusesDowntimeLimit(long nanos) {
        return Settings.isRefused(nanos);
    }

    /** Back to the beginning. */
    public void reset(long seed, Recorder recorderOrNull) {
        reset(recorderOrNull, Status.NONE);
        wakeUp.reseed(seed);
        memory.reset(seed);
        bitmaps.clear();
        program.reset(seed);
        // Nobody reads a connection before the return-path thread is there: what arrives waits.
        for (int c = 0; c < connections; c++) lanes.close(map.toSource + c, LaneReasons.NOT_READ);
        mainLoop.reset(true);
        migration.reset(false);
        returnPath.reset(seed);
        setGuestRuns(true);
        crashed = false;
        commands.forget();
        channels.reset();
    }

    @Override
    public void handle(int lane, long event, long now) {
        if (crashed) {
            if (lane >= map.toSource && lane < map.toDestination) kernelRefuses(event, now);
            return;
        }
        if (lane == map.sourceMigration) program.step(now);
        else if (lane >= map.toSource && lane < map.toDestination) returnPath.record(event, now);
        else if (lane == map.sourceReturnPath) returnPath.step(event, now);
        else if (lane == map.sourceSockets) socketEvent(event, now);
        else if (lane == map.sourceMainLoop) heardOf(event, now);
        else if (lane == map.sourceWorker) channels.dial(event, now);
        else if (lane == map.sourceCommands) commands.command(event, now);
        else if (lane == map.sourceGuest) memory.write();
        else throw new IllegalArgumentException("not a lane of the source: " + lane);
    }

    /**
     * Nothing that breaks, cancels or pauses may come any more: then the results of connecting may be taken at once, a post on a
     * semaphore too (who waits for it goes on either way), and so may the steps of the migration thread that nobody else looks into. What is
     * left to choose is when what comes through the network arrives.
     */
    @Override
    public boolean commutes(int lane, long event) {
        if (lane == map.sourceCommands) return true;
        // A writer who hears late of room is like one who is slow.
        if (lane == map.sourceSockets && Wire.kind(event) == Wire.ROOM) return true;
        boolean end = Wire.kind(event) == Wire.FIN || Wire.kind(event) == Wire.RST;
        // Nobody reads preempt here, nor a main that another one has taken the place of.
        if (end && lane >= map.toSource && lane < map.toDestination && lane != map.toSource + channels.main) return true;
        if (crashed || isOver()) return lane != map.sourceSockets || Wire.kind(event) != Wire.BROKEN;
        // Only what breaks or cancels makes room for another migration, which would find the posts of this one.
        if (ahead.migrations() && !ahead.quiet()) return false;
        if (channels.main >= 0 && lane == map.toSource + channels.main && !sockets.isClosed(channels.main) && returnPath.isIdle(event)) return true;
        // Until main is connected, and then in the migration thread's own program, each step leads to the next status.
        boolean leadsOn = lane == map.sourceMigration || !migration.exists;
        if (!(leadsOn ? ahead.calm() : ahead.quiet())) return false;
        if (lane == map.sourceSockets) return Wire.kind(event) != Wire.BROKEN;
        // That the main loop hears of a connection late is covered by the answer to its SYN being late.
        if (lane == map.sourceMainLoop) return true;
        // What is not dialled yet when the migration ends is dialled all the same.
        if (lane == map.sourceWorker) return ahead.undisturbed() || channels.dialsOnlyMain(event);
        if (lane == map.sourceMigration) return program.commutes();
        return lane == map.toSource + Math.max(0, channels.main) && returnPath.commutes(event);
    }

    /** The vCPUs run or stand still; a guest that acts in steps acts only when they run. */
    void setGuestRuns(boolean runs) {
        guestRuns = runs;
        if (runs) lanes.open(map.sourceGuest);
        else lanes.close(map.sourceGuest, LaneReasons.GUEST_STANDS);
    }

    /** Whether the migration thread keeps the main loop from running: then no command is read and no result of connecting is heard of. */
    void setBigLockHeld(boolean held) {
        if (held == isMainLoopBlocked()) return;
        for (int lane : new int[] {map.sourceCommands, map.sourceMainLoop}) {
            if (held) lanes.close(lane, LaneReasons.BIG_LOCK_HELD);
            else lanes.open(lane);
        }
    }

    /** Whether the monitor does not answer. */
    boolean isMainLoopBlocked() {
        return lanes.reason(map.sourceCommands) == LaneReasons.BIG_LOCK_HELD;
    }

    /** Whether it is a success that the main loop hears of, as the result of connecting. */
    public static boolean isConnected(long mainLoopEvent) {
        return OutgoingChannels.isConnected(mainLoopEvent);
    }

    private void socketEvent(long event, long now) {
        int c = Wire.connection(event);
        switch (Wire.kind(event)) {
            case Wire.CONNECTED -> channels.connected(c, true, now);
            case Wire.CONNECT_FAILED -> channels.connected(c, false, now);
            case Wire.ROOM -> {
                sockets.room(c, Wire.argument(event));
                if (!sockets.isFull(c)) roomIn(c, now);
            }
            case Wire.BROKEN -> {
                sockets.broke(c);
                roomIn(c, now);
            }
            case Wire.LISTENING -> channels.connectMain(now);
            default -> throw new IllegalArgumentException("no such socket event: " + Wire.kind(event));
        }
    }

    /** Somebody who waited to write to this connection goes on, with room or with an error. */
    private void roomIn(int c, long now) {
        if (migration.waitsFor(Wait.ROOM) && migration.connection == c) program.roomIn(now);
        returnPath.roomIn(c, now);
    }

    private void heardOf(long event, long now) {
        kernel.progress();
        if (!isOver()) channels.heardOf(event, now);
    }

    void kernelRefuses(long event, long now) {
        if (Wire.kind(event) != Wire.FIN && Wire.kind(event) != Wire.RST) lanes.append(map.sourceCalls, now, Wire.event(Wire.REFUSE, Wire.connection(event), 0));
    }

    boolean writePage(QemuThread thread, int c, int page, long now) {
        return c >= 0 && write(thread, Wire.run(memory.isZero(page) ? Wire.ZERO_PAGES : Wire.PAGES, c, page, 1), now);
    }

    /** Writes a record with pages to its socket; whether that took it without an error. */
    boolean write(QemuThread thread, long record, long now) {
        int complete = Wire.pagesCompleted(record);
        if (complete > 0) ledger.passed(Wire.firstPage(record), Wire.firstPage(record) + complete, Stage.SAVE, now);
        return sockets.write(thread.actor, record, now);
    }

    /** What a page comes to on the wire, bytes. */
    long pageBytes(int page) {
        if (costs.divides() && !memory.isZero(page)) return costs.parts * sockets.bytes(Wire.part(0, page, 0, costs.parts));
        return sockets.bytes(Wire.run(memory.isZero(page) ? Wire.ZERO_PAGES : Wire.PAGES, 0, page, 1));
    }

    void lastWordIsLost(long now) {
        ShutLost what = behaviour.shutLost();
        if (what == ShutLost.HANGS && status.inPostcopy()) return;
        if (what == ShutLost.ABORTS && status.inPostcopy()) {
            crash("aborts in runstate_set: the destination's last word was lost", now);
            return;
        }
        say("the return path broke before SHUT: the migration counts as failed");
        setStatus(Status.FAILED, migration, now);
        program.over(now);
        // Without shared disks nothing keeps the source from running the guest again.
        setGuestRuns(true);
        note(migration, -1, "runs the guest again", now);
        sockets.closeAll(now);
    }

    /** It fails, or is cancelled, with the guest stopped; postcopy's pause does not cover it. */
    void endsAfterStop(Status with, long now) {
        switch (afterStop()) {
            case ABORTS -> {
                crash("aborts in runstate_set: it fails after it has stopped the guest", now);
                return;
            }
            case RUNS_GUEST -> {
                setGuestRuns(true);
                note(migration, -1, "runs the guest again", now);
            }
            case STAYS_STOPPED -> {}
        }
        setStatus(with, migration, now);
        sockets.closeAll(now);
        returnPath.end(now);
        program.over(now);
    }

    /** What becomes of the guest that it has stopped, if it fails now: a completion of precopy has noted that the guest ran, in every release. */
    FailedAfterStop afterStop() {
        return switching() ? behaviour.failedAfterStop() : FailedAfterStop.RUNS_GUEST;
    }

    void crash(String how, long now) {
        say(how);
        note(mainLoop, -1, "crashes", now);
        crashed = true;
        setBigLockHeld(false);
        setGuestRuns(false);
        sockets.closeAll(now);
        for (int c = 0; c < connections; c++) lanes.open(map.toSource + c);
        migration.end(now, recorder);
        returnPath.end(now);
        mainLoop.end(now, recorder);
        kernel.progress();
    }

    @Override
    public boolean isGone() {
        return crashed;
    }

    /** Whether the switch to postcopy has begun. */
    public boolean switching() {
        return program.switching();
    }

    /** Adds the pages that a thread is about to send: they are no longer dirty, and nobody has all of them yet. */
    public void addHeldTo(PageSet pages) {
        program.ram.addHeldTo(pages);
        returnPath.addHeldTo(pages);
    }

    /** Pages that only the source has. */
    public PageSet dirty() {
        return memory.dirty();
    }

    /** What the migration thread does next, as the end of a sentence. */
    public String nextStep() {
        // Where its thread was is not kept of a process that is over.
        return isOver() ? MigrationThread.Step.OVER.clause : program.nextStep();
    }

    /** Whether the migration thread's next step sends pages. */
    public boolean sendsPages() {
        return program.sendsPages();
    }

    @Override
    List<QemuThread> threads() {
        return List.of(mainLoop, migration, returnPath.thread);
    }

    /** Nothing that comes can change more than what the kernel answers. */
    private boolean isOver() {
        return crashed || (status.isFinal() && !migration.exists && !returnPath.thread.exists && !channels.connectsMain() && !ahead.migrations());
    }

    private boolean saveWhatIsLeft(StateWriter state) {
        boolean over = isOver();
        state.put(over);
        if (!over) return false;
        sockets.save(state);
        // What it said may still be on its way.
        bitmaps.discarded().save(state);
        state.put(status.ordinal());
        state.put(guestRuns);
        state.put(crashed);
        state.put(program.switching());
        channels.saveRoles(state);
        return true;
    }

    private boolean loadWhatIsLeft(StateReader state) {
        if (!state.nextTruth()) return false;
        sockets.load(state);
        bitmaps.discarded().load(state);
        status = statusOf(state.nextInt());
        guestRuns = state.nextTruth();
        crashed = state.nextTruth();
        program.over(state.nextTruth());
        channels.loadRoles(state);
        // What it was at before it was brought here is none of this state.
        migration.reset(false);
        returnPath.thread.reset(false);
        return true;
    }

    @Override
    public void save(StateWriter state) {
        if (state.isEssential() && saveWhatIsLeft(state)) return;
        sockets.save(state);
        memory.save(state);
        bitmaps.discarded().save(state);
        wakeUp.save(state);
        mainLoop.save(state);
        migration.save(state);
        returnPath.save(state);
        program.save(state);
        state.put(status.ordinal());
        state.put(guestRuns);
        state.put(crashed);
        commands.save(state);
        channels.save(state);
    }

    @Override
    public void load(StateReader state) {
        if (state.isEssential() && loadWhatIsLeft(state)) return;
        sockets.load(state);
        memory.load(state);
        bitmaps.discarded().load(state);
        wakeUp.load(state);
        mainLoop.load(state);
        migration.load(state);
        returnPath.load(state);
        program.load(state);
        status = statusOf(state.nextInt());
        guestRuns = state.nextTruth();
        crashed = state.nextTruth();
        commands.load(state);
        channels.load(state);
    }
}
