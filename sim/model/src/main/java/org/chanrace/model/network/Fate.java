package org.chanrace.model.network;

/** What the network knows of one connection; the plain fields of a {@link Net}'s table. */
final class Fate {
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
}
