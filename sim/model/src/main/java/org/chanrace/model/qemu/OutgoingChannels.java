package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Channel;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.PreemptOpening;
import org.chanrace.model.qemu.Behaviour.PreemptReopening;
import org.chanrace.model.trace.Actor;

/**
 * How the source opens its channels, by workers whose results the main loop hears of (specification of QEMU's behaviour, sections 2.1 and 9): which connection
 * each is, whether it is connected, and whether writing to it has failed.
 */
final class OutgoingChannels implements Stateful {
    private static final Channel[] CHANNELS = Channel.values();
    private static final int ROLE_CONNECTED = 1;
    private static final int ROLE_FAILED = 2;

    private final Source s;
    private final Channel[] roles;
    private int nextConnection;
    /** The connections of this attempt; -1 for none. */
    int main;
    int preempt;
    boolean mainError;
    boolean preemptError;
    /** Posted once for each result of connecting preempt, and never reset by an attempt (specification, section 9). */
    int preemptPosts;
    /** The preempt channel of this attempt is connected. */
    boolean preemptOpen;
    private boolean preemptDialled;
    /** Connects of main that have no result yet: more than one after a second resume. */
    private int mainsUnderWay;

    OutgoingChannels(Source source) {
        this.s = source;
        this.roles = new Channel[source.map.connections];
    }

    void reset() {
        nextConnection = preemptPosts = mainsUnderWay = 0;
        forget();
    }

    /** Another attempt: posts on semaphores, and connects that have no result yet, stay. */
    void forget() {
        main = -1;
        mainError = preemptError = false;
        forgetPreempt();
    }

    void forgetPreempt() {
        preempt = -1;
        preemptDialled = preemptOpen = false;
    }

    /** The connection that is opened next. */
    int nextConnection() {
        return nextConnection;
    }

    /** Whether a connect of main has no result yet. */
    boolean connectsMain() {
        return mainsUnderWay > 0;
    }

    /** Whether preempt has been opened in this attempt. */
    boolean hasPreempt() {
        return preempt >= 0;
    }

    boolean hasError() {
        return mainError || preemptError;
    }

    /** Notes that a write to one of the channels has failed. */
    void failed(boolean onPreempt) {
        if (onPreempt) preemptError = true;
        else mainError = true;
    }

    // Connecting.

    void connectMain(long now) {
        main = connectMainOnceMore(now);
        s.mainLoop.waitFor(Wait.MAIN_CONNECTED, main, now, s.recorder, s.names);
    }

    /** A connect beside one that has no result yet; which connection it makes. */
    int connectMainOnceMore(long now) {
        mainsUnderWay++;
        return startConnect(Channel.MAIN, now);
    }

    void dialPreempt(long now) {
        if (preemptDialled) return;
        preemptDialled = true;
        preempt = startConnect(Channel.PREEMPT, now);
    }

    private int startConnect(Channel channel, long now) {
        if (nextConnection == roles.length) throw new IllegalStateException("more connections than the scenario can open");
        int c = nextConnection++;
        roles[c] = channel;
        s.lanes.append(s.map.sourceWorker, now + s.wakeUp.next(), Wire.event(ROLE_CONNECTED, c, channel.ordinal()));
        return c;
    }

    /** A worker calls connect. */
    void dial(long event, long now) {
        int c = Wire.connection(event);
        if (s.sockets.isClosed(c)) return;
        s.sockets.opened(c);
        if (s.recorder != null) s.recorder.sent(now, Actor.SOURCE_MAIN_LOOP, c, true, "connect (" + roles[c].text() + ")", 0);
        s.lanes.append(s.map.sourceCalls, now, Wire.event(Wire.CONNECT, c, Wire.argument(event)));
    }

    /** Whether what a worker is about to dial is the one connection that everybody waits for. */
    boolean dialsOnlyMain(long event) {
        return roles[Wire.connection(event)] == Channel.MAIN && mainsUnderWay == 1 && s.mainLoop.waitsFor(Wait.MAIN_CONNECTED);
    }

    /** The worker has a result, which the main loop will hear of. */
    void connected(int c, boolean successfully, long now) {
        s.lanes.append(s.map.sourceMainLoop, now + s.wakeUp.next(), Wire.event(successfully ? ROLE_CONNECTED : ROLE_FAILED, c, 0));
    }

    static boolean isConnected(long mainLoopEvent) {
        return Wire.kind(mainLoopEvent) == ROLE_CONNECTED;
    }

    /** The main loop hears of the result of a connect. */
    void heardOf(long event, long now) {
        int c = Wire.connection(event);
        if (roles[c] == Channel.MAIN) heardOfMain(c, isConnected(event), now);
        else if (c == preempt) heardOfPreempt(isConnected(event), now);
    }

    private void heardOfPreempt(boolean connected, long now) {
        s.note(s.mainLoop, preempt, connected ? "preempt is connected" : "preempt could not be connected", now);
        preemptOpen = connected;
        preemptPosts++;
        if (s.migration.waitsFor(Wait.PREEMPT_CONNECTED)) s.program.wake(now);
    }

    private void heardOfMain(int c, boolean connected, long now) {
        mainsUnderWay--;
        if (s.status.isFinal()) return;
        if (!s.commands.cancelled && !awaitsMain()) {
            // A second resume's connection finds a recovery that the first has begun.
            if (connected) s.crash("aborts: a second connection for the recovery meets the first", now);
            return;
        }
        if (!connected && mainsUnderWay > 0) return;
        s.mainLoop.goOn(now, s.recorder);
        if (s.commands.cancelled) {
            s.sockets.closeAll(now);
            s.setStatus(Status.CANCELLED, s.mainLoop, now);
            return;
        }
        if (c != main) forgetPreempt();
        main = c;
        if (connected) mainIsConnected(now);
        else mainFailed(now);
    }

    private boolean awaitsMain() {
        return s.status == Status.SETUP || s.status == Status.POSTCOPY_PAUSED || s.status == Status.POSTCOPY_RECOVER_SETUP;
    }

    private void mainIsConnected(long now) {
        s.note(s.mainLoop, main, "main is connected", now);
        mainError = preemptError = false;
        s.returnPath.start(now);
        boolean recovery = s.status == Status.POSTCOPY_PAUSED || s.status == Status.POSTCOPY_RECOVER_SETUP;
        PreemptReopening reopening = s.behaviour.preemptReopening();
        boolean withMain = recovery
                ? reopening == PreemptReopening.WITH_MAIN || reopening == PreemptReopening.WITH_MAIN_AND_WAIT_FIRST
                : s.behaviour.preemptOpening() == PreemptOpening.AT_SETUP;
        if (s.behaviour.preempt() && withMain) dialPreempt(now);
        if (recovery) {
            s.setStatus(Status.POSTCOPY_RECOVER, s.mainLoop, now);
            s.program.recover(now);
        } else {
            s.migration.exists = true;
            s.program.start(now);
        }
    }

    private void mainFailed(long now) {
        if (s.status == Status.SETUP) {
            s.say("failed to connect");
            s.setStatus(Status.FAILED, s.mainLoop, now);
        } else {
            s.say("failed to connect for the recovery");
            if (s.status == Status.POSTCOPY_RECOVER_SETUP) s.setStatus(Status.POSTCOPY_PAUSED, s.mainLoop, now);
        }
    }

    /** What is left of it when nothing that comes can change more than what the kernel answers. */
    void saveRoles(StateWriter state) {
        state.put(nextConnection);
        for (int c = 0; c < nextConnection; c++) state.put(roles[c].ordinal());
    }

    void loadRoles(StateReader state) {
        nextConnection = state.nextInt();
        for (int c = 0; c < nextConnection; c++) roles[c] = CHANNELS[state.nextInt()];
        mainsUnderWay = 0;
    }

    @Override
    public void save(StateWriter state) {
        saveRoles(state);
        state.put(main);
        state.put(preempt);
        state.put(mainError);
        state.put(preemptError);
        state.put(preemptPosts);
        state.put(preemptOpen);
        state.put(preemptDialled);
        state.put(mainsUnderWay);
    }

    @Override
    public void load(StateReader state) {
        loadRoles(state);
        main = state.nextInt();
        preempt = state.nextInt();
        mainError = state.nextTruth();
        preemptError = state.nextTruth();
        preemptPosts = state.nextInt();
        preemptOpen = state.nextTruth();
        preemptDialled = state.nextTruth();
        mainsUnderWay = state.nextInt();
    }
}
