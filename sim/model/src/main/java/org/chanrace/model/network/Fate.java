package org.chanrace.model.network;

import java.util.List;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/** What the network knows of one connection; the plain fields of a {@link Net}'s table. */
final class Fate implements Stateful {
    private static final Channel[] CHANNELS = Channel.values();
    /** Who can have closed a connection. */
    private static final List<String> ENDERS = List.of("", "source", "destination", "probe", "relay", "network");

    /** Role at the source, an index into {@link Channel#values()}. */
    Channel channel;
    int attempt;
    /** Of its attempt, by its number. */
    int relay;
    /** The n-th connection of its attempt to arrive at the relay, from 1; 0 before. */
    int arrival;
    long opened;
    /** -1 before. */
    long accepted;
    long closed;
    String closedBy;
    /** The hop whose handshake is under way, and the SYNs that were sent for it. */
    int hop;
    int syns;
    boolean synAckSeen;
    /** The ACK of this hop's handshake is on its way. */
    boolean ackPending;
    /** Established toward the destination: the relay is done with it, or it goes no further. */
    boolean passed;
    boolean held;
    boolean sourceClosed;
    boolean destinationClosed;
    boolean broken;

    void reset() {
        channel = Channel.MAIN;
        attempt = 0;
        relay = 0;
        arrival = 0;
        opened = accepted = closed = -1;
        closedBy = "";
        hop = 0;
        syns = 0;
        synAckSeen = ackPending = passed = held = sourceClosed = destinationClosed = broken = false;
    }

    void close(long now, String by) {
        if (closed >= 0) return;
        closed = now;
        closedBy = by;
    }

    @Override
    public void save(StateWriter state) {
        state.put(channel.ordinal());
        state.put(attempt);
        state.put(relay);
        state.put(arrival);
        state.put(opened);
        state.put(accepted);
        state.put(closed);
        if (!state.isEssential()) state.put(ENDERS.indexOf(closedBy));
        state.put(hop);
        state.put(syns);
        state.put(flags());
    }

    @Override
    public void load(StateReader state) {
        channel = CHANNELS[state.nextInt()];
        attempt = state.nextInt();
        relay = state.nextInt();
        arrival = state.nextInt();
        opened = state.next();
        accepted = state.next();
        closed = state.next();
        if (!state.isEssential()) closedBy = ENDERS.get(state.nextInt());
        hop = state.nextInt();
        syns = state.nextInt();
        flags(state.nextInt());
    }

    private int flags() {
        return (synAckSeen ? 1 : 0) | (ackPending ? 2 : 0) | (passed ? 4 : 0) | (held ? 8 : 0) | (sourceClosed ? 16 : 0) | (destinationClosed ? 32 : 0) | (broken ? 64 : 0);
    }

    private void flags(int flags) {
        synAckSeen = (flags & 1) != 0;
        ackPending = (flags & 2) != 0;
        passed = (flags & 4) != 0;
        held = (flags & 8) != 0;
        sourceClosed = (flags & 16) != 0;
        destinationClosed = (flags & 32) != 0;
        broken = (flags & 64) != 0;
    }
}
