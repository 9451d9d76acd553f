package org.chanrace.model.qemu;

import java.util.Arrays;
import java.util.List;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.network.Net;
import org.chanrace.model.network.Wire;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;

/**
 * The destination QEMU: main loop with the incoming coroutine, listen thread, preempt thread, fault thread, vCPUs.
 *
 * <p>This class holds what the threads share, hands each event to who is to handle it, and knows how the process begins and ends. How connections are told
 * apart stands in {@link IncomingChannels}, what is made of main up to the package in {@link IncomingStream}, what the threads do from LISTEN on in
 * {@link PostcopyThreads}, what the guest does in {@link Vcpus}, and what all of it has to wait for in {@link DestinationMainLoop}.
 */
public final class Destination extends QemuProcess {
    /** Command: {@code migrate-recover}. */
    public static final int RECOVER = 1;
    /** Command: {@code migrate-pause}. */
    public static final int PAUSE = 2;
    /**
     * To the host: there is to be a destination that listens. Connection: the first of those that the source has yet to open. Argument: as
     * of {@link Net#LISTEN_AGAIN}.
     */
    static final int START = 3;

    private static final int CLEAN_UP = 3;
    private static final Reader[] READERS = Reader.values();

    /** Who reads a connection. */
    enum Reader {
        NOBODY,
        /** Blocked in a peek: looks at the first bytes, and leaves them. */
        PEEK,
        /** Parked until it is readable. */
        PARKED,
        COROUTINE,
        LISTEN,
        PREEMPT,
        /** The socket is closed; the kernel answers. */
        KERNEL
    }

    final PageSet received;
    final PostcopyThreads postcopy;
    final Vcpus vcpus;
    final Devices devices;
    /** The main loop as what the process has but one of. */
    final DestinationMainLoop turns;
    final IncomingStream stream;
    private final IncomingChannels channels;
    private final Reader[] readers;

    /** It has run here, whatever has become of it. */
    boolean guestRan;
    boolean gone;
    boolean crashed;
    /** Everything has been read and put into place: the guest no longer depends on the source. */
    boolean ended;
    int main;
    int preempt;
    /** Posted once for each preempt channel that arrives (specification of QEMU's behaviour, sections 4 and 9). */
    int preemptArrived;
    boolean returnPathOpen;
    boolean running;

    Destination(
            Behaviour behaviour, Sockets sockets, Surroundings surroundings, PageSet received, Vcpus vcpus, Devices devices, long deviceStateNanos) {
        super("destination", Actor.DESTINATION_MAIN_LOOP, behaviour, Settings.refusal(behaviour), sockets, surroundings);
        this.received = received;
        this.vcpus = vcpus;
        this.devices = devices;
        this.readers = new Reader[map.connections];
        this.turns = new DestinationMainLoop(this, mainLoop);
        this.channels = new IncomingChannels(this);
        this.stream = new IncomingStream(this, deviceStateNanos);
        // The one place that decides whether the steps of a page fault take time here.
        this.postcopy = new PostcopyThreads(this, costs.takeTime() ? new MissingPagesInSteps(this) : new MissingPagesAtOnce(this));
        vcpus.attach(this);
        devices.attach(this);
    }

    /** Back to the beginning: listening. */
    public void reset(long seed, Recorder recorderOrNull) {
        reset(recorderOrNull, behaviour.whileListening());
        vcpus.reseed(seed);
        postcopy.pages.reseed(seed);
        Arrays.fill(readers, Reader.NOBODY);
        channels.reset();
        for (int c = 0; c < map.connections; c++) lanes.close(map.toDestination + c, LaneReasons.NOT_READ);
        devices.reset();
        begin();
    }

    /** A new process, of which nobody knows yet. */
    private void begin() {
        received.clear();
        turns.reset();
        stream.reset();
        postcopy.reset();
        vcpus.reset();
        guestRuns = guestRan = gone = crashed = ended = returnPathOpen = running = false;
        main = preempt = -1;
        preemptArrived = 0;
    }

    @Override
    public void handle(int lane, long event, long now) {
        postcopy.pages.settle(now);
        if (lane >= map.toDestination && lane < map.sourceMainLoop) record(event, now);
        else if (lane == map.destinationSockets) socketEvent(event);
        else if (lane == map.destinationHost) start(event, now);
        else if (gone) return;
        else if (lane == map.destinationAccept) channels.accept(Wire.connection(event), now);
        else if (lane == map.destinationMainLoop) mainLoopStep(event, now);
        else if (lane == map.destinationCommands) command(event, now);
        else if (lane >= map.destinationVcpu && lane < map.handshake) vcpus.step(lane - map.destinationVcpu, event, now);
        else if (lane == map.destinationDevices) devices.touch(now);
        else if (lane == map.destinationFault) postcopy.pages.step((int) event, now);
        else if (lane == map.destinationListen) return;
        else throw new IllegalArgumentException("not a lane of the destination: " + lane);
    }

    /**
     * The coroutine's reads up to the package change nothing that anybody else looks at; if they never happened because main broke, the end
     * would be the same. From LISTEN on nearly everything matters to somebody.
     */
    @Override
    public boolean commutes(int lane, long event) {
        // Nobody here waits for room in a send buffer, and nothing depends on whether a write fails at once or is lost on the way.
        if (lane == map.destinationSockets) return true;
        boolean record = lane >= map.toDestination && lane < map.sourceMainLoop;
        // What the kernel refuses, a box in between hears of when it next writes.
        if (gone) return !record || map.hops == 1;
        if (lane == map.destinationCommands) return Wire.kind(event) == RECOVER;
        if (!record) return false;
        Reader reader = readers[lane - map.toDestination];
        return switch (reader) {
            case KERNEL -> ahead.quiet() && map.hops == 1;
            case COROUTINE -> (ahead.quiet() || !ahead.migrations()) && stream.commutes(Wire.kind(event));
            case LISTEN -> ahead.quiet() && postcopy.commutes(event);
            default -> false;
        };
    }

    boolean isUndisturbed() {
        return ahead.undisturbed();
    }

    private void socketEvent(long event) {
        int c = Wire.connection(event);
        if (Wire.kind(event) == Wire.ROOM) sockets.room(c, Wire.argument(event));
        else sockets.broke(c);
    }

    private void command(long event, long now) {
        kernel.progress();
        if (Wire.kind(event) == PAUSE) {
            boolean alive = status == Status.POSTCOPY_ACTIVE || (status == Status.POSTCOPY_RECOVER && !behaviour.recoveryFailureSticks());
            if (!alive || main < 0) refuse("migrate-pause is refused in " + status.text(), now);
            else if (readers[main] == Reader.LISTEN) postcopy.mainFailed(now);
            // The command only shuts the socket: a thread that is not reading it learns nothing.
            else close(main, now);
        } else if (status == Status.POSTCOPY_PAUSED) note(mainLoop, -1, "migrate-recover: listens again", now);
        else refuse("migrate-recover is refused in " + status.text(), now);
    }

    void setReader(int c, Reader reader) {
        readers[c] = reader;
        if (reader == Reader.NOBODY) lanes.close(map.toDestination + c, LaneReasons.NOT_READ);
        else lanes.open(map.toDestination + c);
    }

    void close(int c, long now) {
        if (c < 0) return;
        sockets.close(c, now);
        setReader(c, Reader.KERNEL);
    }

    // Reading.

    void record(long event, long now) {
        int c = Wire.connection(event);
        int kind = Wire.kind(event);
        if (readers[c] == Reader.KERNEL || gone) {
            if (kind != Wire.FIN && kind != Wire.RST) lanes.append(map.destinationCalls, now, Wire.event(Wire.REFUSE, c, 0));
            return;
        }
        if (readers[c] == Reader.PEEK || readers[c] == Reader.PARKED) {
            channels.identify(c, event, now);
            return;
        }
        if (readers[c] != Reader.COROUTINE && postcopy.pages.wakesFor(event, readers[c] == Reader.PREEMPT, now)) return;
        kernel.progress();
        switch (readers[c]) {
            case COROUTINE -> {
                sockets.read(Actor.DESTINATION_MAIN_LOOP, event, now);
                stream.record(event, now);
            }
            case LISTEN -> {
                sockets.read(Actor.DESTINATION_LISTEN, event, now);
                postcopy.mainRecord(event, now);
            }
            case PREEMPT -> {
                sockets.read(Actor.DESTINATION_PREEMPT, event, now);
                postcopy.preemptRecord(event, now);
            }
            default -> throw new IllegalStateException("nobody reads connection " + (c + 1));
        }
    }

    void pong(QemuThread thread, long number, long now) {
        if (returnPathOpen && main >= 0) sockets.write(thread.actor, main, Wire.PONG, number, now);
    }

    private void mainLoopStep(long event, long now) {
        kernel.progress();
        switch (Wire.kind(event)) {
            case IncomingStream.DEVICES_LOADED -> stream.packageIsLoaded(now);
            case IncomingStream.RUN -> stream.allIsLoaded(now);
            case CLEAN_UP -> postcopy.cleanUp(now);
            default -> throw new IllegalArgumentException("no such step: " + Wire.kind(event));
        }
    }

    /** The listen thread is done, and leaves the rest to the main loop. */
    void cleanUpLater(long now) {
        lanes.append(map.destinationMainLoop, now, Wire.event(CLEAN_UP, 0, 0));
    }

    void runGuest(long now) {
        guestRuns = guestRan = true;
        note(mainLoop, -1, "runs the guest", now);
        ledger.ran(now);
        if (received.size() == received.limit() && running) ledger.complete(now);
        if (running) vcpus.start(now);
    }

    // The end of the process.

    void loadFailed(String why, long now) {
        say(why);
        setStatus(Status.FAILED, mainLoop, now);
        exit("exits: loading failed", now);
    }

    /** {@code exit(1)}: the process ends in an orderly way, whatever ran in it. */
    void exit(String how, long now) {
        die(how, false, now);
    }

    /** The process crashes. */
    void crash(String how, long now) {
        die(how, true, now);
    }

    private void die(String how, boolean crash, long now) {
        say(how);
        note(mainLoop, -1, how, now);
        gone = true;
        crashed = crash;
        guestRuns = false;
        kernel.progress();
        sockets.closeAll(now);
        lanes.append(map.destinationCalls, now, Wire.event(Net.STOP_LISTENING, 0, 0));
        for (int c = 0; c < readers.length; c++) setReader(c, Reader.KERNEL);
        mainLoop.end(now, recorder);
        postcopy.die(now);
        vcpus.stop(now);
        devices.loaded();
        tellOperator(now);
    }

    // Another process.

    private void start(long event, long now) {
        if (gone) startAnew(Wire.connection(event), now);
        lanes.append(map.destinationCalls, now, Wire.event(Net.LISTEN_AGAIN, 0, Wire.argument(event)));
    }

    /** The same program with the same settings; the connections of the process before it stay closed. */
    private void startAnew(int firstConnection, long now) {
        begin();
        channels.forget();
        turns.startAnew();
        for (int c = firstConnection; c < readers.length; c++) if (!sockets.isOpen(c)) setReader(c, Reader.NOBODY);
        note(mainLoop, -1, "is started anew, and listens", now);
        setStatus(behaviour.whileListening(), mainLoop, now);
    }

    /** Whether the guest's vCPUs run here or have done so. */
    public boolean guestRan() {
        return guestRan;
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    /** Whether its main loop is blocked. */
    public boolean isMainLoopBlocked() {
        return turns.isBlocked();
    }

    /** Whether it no longer depends on the source. */
    public boolean hasEnded() {
        return ended;
    }

    /** What a connection was taken for. */
    public String takenFor(int connection) {
        return channels.takenFor(connection);
    }

    /** The pages that are here, as far as somebody has looked: what a thread has taken up meanwhile may be here, too. */
    public PageSet received() {
        return received;
    }

    /** Adds the pages that a thread has taken up and is placing. */
    public void addTakenUpTo(PageSet pages) {
        postcopy.pages.addTakenUpTo(pages);
    }

    @Override
    List<QemuThread> threads() {
        return List.of(mainLoop, postcopy.listen, postcopy.preemptThread, postcopy.pages.fault, vcpus.thread);
    }

    /** Puts the vCPUs into an order that only what they do decides. */
    public void sortVcpus() {
        vcpus.sort();
    }

    /** The lane of the vCPU that comes to stand where the vCPU of this lane is when they are sorted; any other lane is itself. */
    public int vcpuLane(int lane) {
        return lane < map.destinationVcpu || lane >= map.destinationVcpu + map.vcpus ? lane : map.destinationVcpu + vcpus.atPlace(lane - map.destinationVcpu);
    }

    /** What the main loop does next, as a clause that follows "the destination". */
    public String stepWords(long event) {
        return Wire.kind(event) == CLEAN_UP ? "'s main loop cleans up" : " has loaded its devices, and runs the guest";
    }

    /** Who reads a connection: "destination listen thread". */
    public String readerName(int connection) {
        return switch (readers[connection]) {
            case LISTEN -> Actor.DESTINATION_LISTEN.text();
            case PREEMPT -> Actor.DESTINATION_PREEMPT.text();
            case KERNEL -> "destination's kernel";
            default -> Actor.DESTINATION_MAIN_LOOP.text();
        };
    }

    Reader reader(int connection) {
        return readers[connection];
    }

    @Override
    public void save(StateWriter state) {
        if (state.isEssential()) {
            boolean over = gone && !ahead.migrations();
            state.put(over);
            if (over) {
                state.put(status.ordinal());
                state.put(guestRan);
                return;
            }
        }
        sockets.save(state);
        received.save(state);
        bitmaps.received().save(state);
        turns.save(state);
        stream.save(state);
        postcopy.save(state);
        vcpus.save(state);
        devices.save(state);
        channels.save(state);
        for (Reader reader : readers) state.put(reader.ordinal());
        state.put(status.ordinal());
        state.put(guestRuns);
        state.put(guestRan);
        state.put(gone);
        state.put(crashed);
        state.put(ended);
        state.put(main);
        state.put(preempt);
        state.put(preemptArrived);
        state.put(returnPathOpen);
        state.put(running);
    }

    @Override
    public void load(StateReader state) {
        if (state.isEssential() && state.nextTruth()) {
            gone = true;
            guestRuns = ended = false;
            turns.forget();
            status = statusOf(state.nextInt());
            guestRan = state.nextTruth();
            Arrays.fill(readers, Reader.KERNEL);
            return;
        }
        sockets.load(state);
        received.load(state);
        bitmaps.received().load(state);
        turns.load(state);
        stream.load(state);
        postcopy.load(state);
        vcpus.load(state);
        devices.load(state);
        channels.load(state);
        for (int c = 0; c < readers.length; c++) readers[c] = READERS[state.nextInt()];
        status = statusOf(state.nextInt());
        guestRuns = state.nextTruth();
        guestRan = state.nextTruth();
        gone = state.nextTruth();
        crashed = state.nextTruth();
        ended = state.nextTruth();
        main = state.nextInt();
        preempt = state.nextInt();
        preemptArrived = state.nextInt();
        returnPathOpen = state.nextTruth();
        running = state.nextTruth();
    }
}
