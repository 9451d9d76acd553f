package org.chanrace.model.qemu;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Process;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.Ahead;
import org.chanrace.model.LaneMap;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.FaultLedger;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Channel;
import org.chanrace.model.network.PageBitmaps;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.PreemptOpening;
import org.chanrace.model.qemu.Behaviour.PreemptReopening;
import org.chanrace.model.qemu.Behaviour.ShutLost;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;

/**
 * The source QEMU: main loop, connect workers, migration thread, return-path thread.
 *
 * <p>The migration thread's program is {@link MigrationThread}; this class holds what the threads share and everything that the
 * main loop and the return-path thread do.
 */
public final class Source implements Process, Stateful {
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

    private static final Status[] STATUSES = Status.values();
    private static final Channel[] CHANNELS = Channel.values();
    private static final int ROLE_CONNECTED = 1;
    private static final int ROLE_FAILED = 2;

    final Behaviour behaviour;
    final LaneMap map;
    final Lanes lanes;
    final Kernel kernel;
    final Sockets sockets;
    final GuestMemory memory;
    final PageBitmaps bitmaps;
    final Sampler wakeUp;
    final QemuThread mainLoop = new QemuThread(Actor.SOURCE_MAIN_LOOP);
    final QemuThread migration = new QemuThread(Actor.SOURCE_MIGRATION);
    final ReturnPathThread returnPath;
    final List<String> messages = new ArrayList<>();
    final Costs costs;
    final QemuThread.Names names;
    final Ahead ahead;
    /** Where the time of page faults is kept account of; nothing depends on it. */
    final FaultLedger ledger;
    final MigrationThread program;
    private final int connections;
    private final int writes;

    Recorder recorder;
    Status status;
    boolean guestRuns;
    boolean crashed;
    boolean postcopyRequested;
    boolean cancelled;
    boolean pauseRequested;
    /** Posted once for each result of connecting preempt, and never reset by an attempt (specification of QEMU's behaviour, section 9). */
    int preemptPosts;
    /** The preempt channel of this attempt is connected. */
    boolean preemptOpen;
    int main;
    int preempt;
    boolean preemptDialled;
    boolean mainError;
    boolean preemptError;
    /** Connects of main that have no result yet: more than one after a second resume. */
    private int mainsUnderWay;
    private int nextConnection;
    private Channel[] roles;

    public Source(
            Behaviour behaviour, Parameters parameters, LaneMap map, Lanes lanes, Kernel kernel, Sockets sockets, GuestMemory memory, PageBitmaps bitmaps,
            int writes, Sampler wakeUp, Costs costs, QemuThread.Names names, Ahead ahead, FaultLedger ledger) {
        this.ledger = ledger;
        this.behaviour = behaviour;
        this.map = map;
        this.lanes = lanes;
        this.kernel = kernel;
        this.sockets = sockets;
        this.memory = memory;
        this.bitmaps = bitmaps;
        this.wakeUp = wakeUp;
        this.names = names;
        this.ahead = ahead;
        this.costs = costs;
        this.connections = map.connections;
        this.writes = writes;
        this.roles = new Channel[connections];
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

    /** Back to the beginning. */
    public void reset(long seed, Recorder recorderOrNull) {
        recorder = recorderOrNull;
        wakeUp.reseed(seed);
        sockets.reset(recorderOrNull);
        memory.reset(seed);
        bitmaps.discarded().clear();
        program.reset(seed);
        // Nobody reads a connection before the return-path thread is there: what arrives waits.
        for (int c = 0; c < connections; c++) lanes.close(map.toSource + c, LaneReasons.NOT_READ);
        mainLoop.reset(true);
        migration.reset(false);
        returnPath.reset(seed);
        messages.clear();
        status = Status.NONE;
        setGuestRuns(true);
        crashed = postcopyRequested = cancelled = pauseRequested = false;
        preemptPosts = 0;
        preemptOpen = preemptDialled = false;
        main = preempt = -1;
        mainError = preemptError = false;
        mainsUnderWay = nextConnection = 0;
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
        else if (lane == map.sourceMainLoop) mainLoopCallback(event, now);
        else if (lane == map.sourceWorker) dial(event, now);
        else if (lane == map.sourceCommands) command(event, now);
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
        boolean end = Wire.kind(event) == Wire.FIN || Wire.kind(event) == Wire.RST;
        // Nobody reads preempt here, nor a main that another one has taken the place of.
        if (end && lane >= map.toSource && lane < map.toDestination && lane != map.toSource + main) return true;
        if (crashed || isOver()) return lane != map.sourceSockets || Wire.kind(event) != Wire.BROKEN;
        // Only what breaks or cancels makes room for another migration, which would find the posts of this one.
        if (ahead.migrations() && !ahead.quiet()) return false;
        if (main >= 0 && lane == map.toSource + main && !sockets.isClosed(main) && returnPath.isIdle(event)) return true;
        // Until main is connected, and then in the migration thread's own program, each step leads to the next status.
        boolean leadsOn = lane == map.sourceMigration || !migration.exists;
        if (!(leadsOn ? ahead.calm() : ahead.quiet())) return false;
        if (lane == map.sourceSockets) return Wire.kind(event) != Wire.BROKEN;
        // That the main loop hears of a connection late is covered by the answer to its SYN being late.
        if (lane == map.sourceMainLoop) return true;
        // What is not dialled yet when the migration ends is dialled all the same.
        if (lane == map.sourceWorker) return ahead.undisturbed() || roles[Wire.connection(event)] == Channel.MAIN && mainsUnderWay == 1 && mainLoop.waitsFor(Wait.MAIN_CONNECTED);
        if (lane == map.sourceMigration) return program.commutes();
        return lane == map.toSource + Math.max(0, main) && returnPath.commutes(event);
    }

    void setStatus(Status next, QemuThread by, long now) {
        if (status == next) return;
        status = next;
        kernel.progress();
        if (recorder != null) recorder.status(now, by.actor, next.text());
        lanes.append(map.operatorStatus, now, Wire.event(1, 0, next.ordinal()));
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

    void say(String message) {
        messages.add("source: " + message);
    }

    void note(QemuThread thread, int connection, String what, long now) {
        if (recorder != null) recorder.noted(now, thread.actor, connection, what);
    }

    // Commands.

    private void command(long event, long now) {
        kernel.progress();
        switch (Wire.kind(event)) {
            case MIGRATE -> {
                setStatus(Status.SETUP, mainLoop, now);
                connectMain(now);
                for (int i = 0; i < writes; i++) lanes.append(map.sourceGuest, now, 0);
            }
            case MIGRATE_AGAIN -> migrateAgain(Wire.argument(event), now);
            case START_POSTCOPY -> {
                note(mainLoop, -1, "migrate-start-postcopy", now);
                postcopyRequested = true;
            }
            case RESUME -> resume(now);
            case CANCEL -> cancel(now);
            case PAUSE -> {
                if (status == Status.POSTCOPY_ACTIVE || (status == Status.POSTCOPY_RECOVER && !behaviour.recoveryFailureSticks())) pause(now);
                else say("migrate-pause is refused in " + status.text());
            }
            case SET_MAX_BANDWIDTH -> {
                program.slices.setMaxBandwidth(Wire.argument(event));
                program.limitChanged(now);
            }
            case SET_MAX_POSTCOPY_BANDWIDTH -> {
                program.slices.setMaxPostcopyBandwidth(Wire.argument(event));
                program.limitChanged(now);
            }
            case SET_DOWNTIME_LIMIT -> program.slices.setDowntimeLimit(Wire.argument(event));
            default -> throw new IllegalArgumentException("no such command: " + Wire.kind(event));
        }
    }

    private void resume(long now) {
        boolean again = status == Status.POSTCOPY_PAUSED && mainLoop.waitsFor(Wait.MAIN_CONNECTED);
        if (status != Status.POSTCOPY_PAUSED) {
            say("migrate resume is refused in " + status.text());
            return;
        }
        if (again) {
            // The state says nothing of the connect under way: the command is accepted, and a second one begins (up to 9.0).
            note(mainLoop, -1, "migrate resume=true, once more", now);
            mainsUnderWay++;
            startConnect(Channel.MAIN, now);
            return;
        }
        note(mainLoop, -1, "migrate resume=true", now);
        if (behaviour.recoverSetup()) setStatus(Status.POSTCOPY_RECOVER_SETUP, mainLoop, now);
        forgetPreempt();
        connectMain(now);
    }

    private void connectMain(long now) {
        mainsUnderWay++;
        main = startConnect(Channel.MAIN, now);
        mainLoop.waitFor(Wait.MAIN_CONNECTED, main, now, recorder, names);
    }

    private void forgetPreempt() {
        preempt = -1;
        preemptDialled = preemptOpen = false;
    }

    /**
     * As {@code migrate_init} does it: all state begins anew but for parameters and for what is made with the process, the semaphores for
     * PONGs and for preempt among it (specification of QEMU's behaviour, section 9). Whoever gives the command has seen to it that a
     * destination is there: the connect begins when it says so.
     */
    private void migrateAgain(long relay, long now) {
        if ((status != Status.FAILED && status != Status.CANCELLED) || !guestRuns) {
            say("migrate is refused in " + status.text() + (guestRuns ? "" : ", with the guest stopped"));
            return;
        }
        note(mainLoop, -1, "migrate, once more", now);
        cancelled = pauseRequested = postcopyRequested = mainError = preemptError = false;
        main = -1;
        forgetPreempt();
        returnPath.beginAgain();
        program.beginAgain();
        memory.beginAgain(now);
        setStatus(Status.SETUP, mainLoop, now);
        mainLoop.waitFor(Wait.MAIN_CONNECTED, main, now, recorder, names);
        lanes.append(map.destinationHost, now, Wire.event(Destination.START, nextConnection, relay));
    }

    private void cancel(long now) {
        if (status.isFinal() || status == Status.NONE) return;
        if (status.inPostcopy() && !behaviour.cancelInPostcopy()) {
            say("migrate_cancel is refused: postcopy has started");
            return;
        }
        cancelled = true;
        setStatus(Status.CANCELLING, mainLoop, now);
        // A connect under way is not broken off: it ends in cancelled when it has its result.
        if (mainLoop.waitsFor(Wait.MAIN_CONNECTED)) return;
        sockets.close(main, now);
        if (!migration.exists) {
            setStatus(Status.CANCELLED, mainLoop, now);
            return;
        }
        // The socket is shut down: a writer that waited for room gets an error. Nothing wakes a thread that waits for a PONG.
        if (migration.waitsFor(Wait.ROOM) || migration.waitsFor(Wait.SHUT) || migration.waitsFor(Wait.NOTHING)) program.wake(now);
        returnPath.end(now);
    }

    private void pause(long now) {
        note(mainLoop, -1, "migrate-pause", now);
        pauseRequested = true;
        mainError = true;
        sockets.close(main, now);
        returnPath.failed(now);
        program.wake(now);
    }

    // Connecting.

    /** Whether it is a success that the main loop hears of, as the result of connecting. */
    public static boolean isConnected(long mainLoopEvent) {
        return Wire.kind(mainLoopEvent) == ROLE_CONNECTED;
    }

    int startConnect(Channel channel, long now) {
        if (nextConnection == connections) throw new IllegalStateException("more connections than the scenario can open");
        int c = nextConnection++;
        roles[c] = channel;
        lanes.append(map.sourceWorker, now + wakeUp.next(), Wire.event(ROLE_CONNECTED, c, channel.ordinal()));
        return c;
    }

    private void dial(long event, long now) {
        int c = Wire.connection(event);
        if (sockets.isClosed(c)) return;
        sockets.opened(c);
        if (recorder != null) recorder.sent(now, Actor.SOURCE_MAIN_LOOP, c, true, "connect (" + roles[c].text() + ")", 0);
        lanes.append(map.sourceCalls, now, Wire.event(Wire.CONNECT, c, Wire.argument(event)));
    }

    private void socketEvent(long event, long now) {
        int c = Wire.connection(event);
        switch (Wire.kind(event)) {
            case Wire.CONNECTED -> lanes.append(map.sourceMainLoop, now + wakeUp.next(), Wire.event(ROLE_CONNECTED, c, 0));
            case Wire.CONNECT_FAILED -> lanes.append(map.sourceMainLoop, now + wakeUp.next(), Wire.event(ROLE_FAILED, c, 0));
            case Wire.ROOM -> {
                sockets.room(c, Wire.argument(event));
                if (!sockets.isFull(c)) roomIn(c, now);
            }
            case Wire.BROKEN -> {
                sockets.broke(c);
                roomIn(c, now);
            }
            case Wire.LISTENING -> connectMain(now);
            default -> throw new IllegalArgumentException("no such socket event: " + Wire.kind(event));
        }
    }

    /** Somebody who waited to write to this connection goes on, with room or with an error. */
    private void roomIn(int c, long now) {
        if (migration.waitsFor(Wait.ROOM) && migration.connection == c) program.roomIn(now);
        returnPath.roomIn(c, now);
    }

    private void mainLoopCallback(long event, long now) {
        int c = Wire.connection(event);
        boolean connected = isConnected(event);
        kernel.progress();
        if (isOver()) return;
        if (roles[c] == Channel.MAIN) {
            mainsUnderWay--;
            if (status.isFinal()) return;
            if (!cancelled && !awaitsMain()) {
                // A second resume's connection finds a recovery that the first has begun.
                if (connected) crash("aborts: a second connection for the recovery meets the first", now);
                return;
            }
            if (!connected && mainsUnderWay > 0) return;
            mainLoop.goOn(now, recorder);
            if (cancelled) {
                sockets.closeAll(now);
                setStatus(Status.CANCELLED, mainLoop, now);
                return;
            }
            if (c != main) forgetPreempt();
            main = c;
            if (connected) mainIsConnected(now);
            else mainFailed(now);
        } else if (c == preempt) {
            note(mainLoop, c, connected ? "preempt is connected" : "preempt could not be connected", now);
            preemptOpen = connected;
            preemptPosts++;
            if (migration.waitsFor(Wait.PREEMPT_CONNECTED)) program.wake(now);
        }
    }

    private boolean awaitsMain() {
        return status == Status.SETUP || status == Status.POSTCOPY_PAUSED || status == Status.POSTCOPY_RECOVER_SETUP;
    }

    private void mainIsConnected(long now) {
        note(mainLoop, main, "main is connected", now);
        mainError = preemptError = false;
        returnPath.start(now);
        boolean recovery = status == Status.POSTCOPY_PAUSED || status == Status.POSTCOPY_RECOVER_SETUP;
        boolean withMain = recovery
                ? behaviour.preemptReopening() == PreemptReopening.WITH_MAIN || behaviour.preemptReopening() == PreemptReopening.WITH_MAIN_AND_WAIT_FIRST
                : behaviour.preemptOpening() == PreemptOpening.AT_SETUP;
        if (behaviour.preempt() && withMain) dialPreempt(now);
        if (recovery) {
            setStatus(Status.POSTCOPY_RECOVER, mainLoop, now);
            program.recover(now);
        } else {
            migration.exists = true;
            program.start(now);
        }
    }

    private void mainFailed(long now) {
        if (status == Status.SETUP) {
            say("failed to connect");
            setStatus(Status.FAILED, mainLoop, now);
        } else {
            say("failed to connect for the recovery");
            if (status == Status.POSTCOPY_RECOVER_SETUP) setStatus(Status.POSTCOPY_PAUSED, mainLoop, now);
        }
    }

    void dialPreempt(long now) {
        if (preemptDialled) return;
        preemptDialled = true;
        preempt = startConnect(Channel.PREEMPT, now);
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
        switch (behaviour.failedAfterStop()) {
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

    /** The status as the monitor shows it. */
    public Status status() {
        return status;
    }

    /** Whether the guest's vCPUs run here. */
    public boolean guestRuns() {
        return guestRuns;
    }

    /** Whether the process has died. */
    public boolean isGone() {
        return crashed;
    }

    /** Whether the switch to postcopy has begun. */
    public boolean switching() {
        return program.switching();
    }

    /** What was said in the log. */
    public List<String> messages() {
        return messages;
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
        return program.nextStep();
    }

    /** Whether the migration thread's next step sends pages. */
    public boolean sendsPages() {
        return program.sendsPages();
    }

    /** The threads, main loop first. */
    List<QemuThread> threads() {
        return List.of(mainLoop, migration, returnPath.thread);
    }

    /** Whether a connect of main has no result yet. */
    boolean connectsMain() {
        return mainsUnderWay > 0;
    }

    /** Whether preempt has been opened in this attempt. */
    boolean hasPreempt() {
        return preempt >= 0;
    }

    /** Nothing that comes can change more than what the kernel answers. */
    private boolean isOver() {
        return crashed || (status.isFinal() && !migration.exists && !returnPath.thread.exists && mainsUnderWay == 0 && !ahead.migrations());
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
        saveRoles(state);
        return true;
    }

    private boolean loadWhatIsLeft(StateReader state) {
        if (!state.nextTruth()) return false;
        sockets.load(state);
        bitmaps.discarded().load(state);
        status = STATUSES[state.nextInt()];
        guestRuns = state.nextTruth();
        crashed = state.nextTruth();
        program.over(state.nextTruth());
        loadRoles(state);
        // What it was at before it was brought here is none of this state.
        migration.reset(false);
        returnPath.thread.reset(false);
        mainsUnderWay = 0;
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
        state.put(postcopyRequested);
        state.put(cancelled);
        state.put(pauseRequested);
        state.put(preemptPosts);
        state.put(preemptOpen);
        state.put(main);
        state.put(preempt);
        state.put(preemptDialled);
        state.put(mainError);
        state.put(preemptError);
        state.put(mainsUnderWay);
        saveRoles(state);
    }

    private void saveRoles(StateWriter state) {
        state.put(nextConnection);
        for (int c = 0; c < nextConnection; c++) state.put(roles[c].ordinal());
    }

    private void loadRoles(StateReader state) {
        nextConnection = state.nextInt();
        for (int c = 0; c < nextConnection; c++) roles[c] = CHANNELS[state.nextInt()];
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
        status = STATUSES[state.nextInt()];
        guestRuns = state.nextTruth();
        crashed = state.nextTruth();
        postcopyRequested = state.nextTruth();
        cancelled = state.nextTruth();
        pauseRequested = state.nextTruth();
        preemptPosts = state.nextInt();
        preemptOpen = state.nextTruth();
        main = state.nextInt();
        preempt = state.nextInt();
        preemptDialled = state.nextTruth();
        mainError = state.nextTruth();
        preemptError = state.nextTruth();
        mainsUnderWay = state.nextInt();
        loadRoles(state);
    }
}
