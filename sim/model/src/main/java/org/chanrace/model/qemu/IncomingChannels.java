package org.chanrace.model.qemu;

import java.util.Arrays;
import java.util.List;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Destination.Reader;
import org.chanrace.model.trace.Actor;

/**
 * How the destination tells incoming connections apart, and when it begins to load (specification of QEMU's behaviour, sections 2.2 to
 * 2.6). All of it happens on the main loop.
 */
final class IncomingChannels implements Stateful {
    private static final List<String> TAKEN_FOR = List.of("none", "main", "preempt", "extra", "unidentified");

    private final Destination d;
    private final String[] takenFor;
    /** A first record that was looked at before anybody read the connection; 0 for none. */
    private final long[] peeked;

    IncomingChannels(Destination destination) {
        this.d = destination;
        this.takenFor = new String[destination.map.connections];
        this.peeked = new long[destination.map.connections];
        // A simulation may be brought to a state without ever having begun.
        Arrays.fill(takenFor, "none");
    }

    void reset() {
        Arrays.fill(takenFor, "none");
        Arrays.fill(peeked, 0);
    }

    /** What was looked at is gone with its process; what connections were taken for stays on record. */
    void forget() {
        Arrays.fill(peeked, 0);
    }

    /** What it was taken for; of the channels in use this is known in any state, even one that leaves out what is only on record. */
    String takenFor(int c) {
        if (c == d.main) return "main";
        return c == d.preempt ? "preempt" : takenFor[c];
    }

    private boolean hasAllChannels() {
        return d.main >= 0 && (!d.behaviour.preempt() || d.preempt >= 0);
    }

    void accept(int c, long now) {
        d.kernel.progress();
        d.lanes.append(d.map.destinationCalls, now, Wire.event(Wire.ACCEPT, c, 0));
        // It was for the process before, whose listening socket is gone.
        if (d.reader(c) == Reader.KERNEL) return;
        d.sockets.opened(c);
        if (d.recorder != null) d.recorder.received(now, Actor.DESTINATION_MAIN_LOOP, c, true, "accepted", 0);
        if (hasAllChannels()) {
            ignore(c, now);
            return;
        }
        boolean mainKnown = d.main >= 0;
        switch (d.behaviour.identification()) {
            case FIRST_IS_MAIN, FIRST_IS_MAIN_THEN_PREEMPT -> {
                if (mainKnown) setPreempt(c, now);
                else setMain(c, now);
            }
            case PEEK_BLOCKING -> {
                if (mainKnown) setPreempt(c, now);
                else {
                    takenFor[c] = "unidentified";
                    d.turns.block(Wait.PEEK, c, now);
                    d.setReader(c, Reader.PEEK);
                }
            }
            case PEEK_WHEN_READABLE -> {
                takenFor[c] = "unidentified";
                if (mainKnown) setPreempt(c, now);
                else d.setReader(c, Reader.PARKED);
            }
        }
    }

    private void ignore(int c, long now) {
        takenFor[c] = "extra";
        d.say("Extra incoming migration connection; ignoring");
        d.note(d.mainLoop, c, "dropped: one connection too many", now);
        d.close(c, now);
    }

    private void setMain(int c, long now) {
        d.main = c;
        takenFor[c] = "main";
        d.note(d.mainLoop, c, "taken for main", now);
        if (d.behaviour.loadingNeedsPreempt() && d.preempt < 0) d.mainLoop.waitFor(Wait.PREEMPT_BEFORE_LOAD, -1, now, d.recorder, d.names);
        else startLoading(now);
        adoptParked(now);
    }

    /** With main known, a connection that was parked because it says nothing is the preempt channel. */
    private void adoptParked(long now) {
        for (int c = 0; c < d.map.connections; c++) if (d.reader(c) == Reader.PARKED && !hasAllChannels()) setPreempt(c, now);
    }

    private void setPreempt(int c, long now) {
        d.preempt = c;
        takenFor[c] = "preempt";
        d.setReader(c, Reader.NOBODY);
        d.note(d.mainLoop, c, "taken for preempt", now);
        d.preemptArrived++;
        if (d.behaviour.loadingNeedsPreempt()) {
            if (d.main >= 0) startLoading(now);
        } else d.stream.packageMayLoad(now);
        d.postcopy.preemptHasArrived(now);
    }

    private void startLoading(long now) {
        d.mainLoop.goOn(now, d.recorder);
        if (d.status == Status.POSTCOPY_PAUSED) {
            d.setStatus(Status.POSTCOPY_RECOVER, d.mainLoop, now);
            d.postcopy.readMain(now);
        } else {
            d.setStatus(Status.ACTIVE, d.mainLoop, now);
            d.setReader(d.main, Reader.COROUTINE);
            d.mainLoop.waitFor(Wait.DATA, d.main, now, d.recorder, d.names);
        }
        long first = peeked[d.main];
        peeked[d.main] = 0;
        if (first != 0) d.record(first, now);
    }

    /** The first record of a connection that is being looked at; it stays there for whoever reads the connection next. */
    void identify(int c, long record, long now) {
        boolean blocked = d.reader(c) == Reader.PEEK;
        // It was parked when there was room for it: all that were to come have come meanwhile, the main of another migration for instance.
        if (!blocked && hasAllChannels()) {
            ignore(c, now);
            return;
        }
        d.setReader(c, Reader.NOBODY);
        if (blocked) d.turns.unblock(now);
        int kind = Wire.kind(record);
        boolean isMain = kind == Wire.HEADER || (d.main < 0 && d.status == Status.POSTCOPY_PAUSED && kind != Wire.FIN && kind != Wire.RST);
        if (isMain) {
            peeked[c] = record;
            setMain(c, now);
            return;
        }
        d.say(kind == Wire.FIN || kind == Wire.RST ? "Failed to peek at channel" : "unknown channel magic");
        if (d.behaviour.identificationErrorExits()) {
            d.exit("exits: a connection could not be identified", now);
            return;
        }
        d.close(c, now);
        if (blocked) d.mainLoop.waitFor(Wait.CONNECTIONS, -1, now, d.recorder, d.names);
    }

    @Override
    public void save(StateWriter state) {
        for (int c = 0; c < takenFor.length; c++) {
            if (!state.isEssential()) state.put(TAKEN_FOR.indexOf(takenFor[c]));
            state.putBits(peeked[c]);
        }
    }

    @Override
    public void load(StateReader state) {
        for (int c = 0; c < takenFor.length; c++) {
            takenFor[c] = state.isEssential() ? "none" : TAKEN_FOR.get(state.nextInt());
            peeked[c] = state.nextBits();
        }
    }
}
