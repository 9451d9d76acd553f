package org.chanrace.model.network;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.LaneMap;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Tcp;

/**
 * Bytes on their way: the pipes of all connections, the links that carry them, and what happens to them when a connection ends.
 *
 * <p>A record is written to a pipe's send queue, leaves it when the link has its turn and the receive buffer has room, and arrives a
 * latency later; at a middle box it is read at once and written to the next pipe, unless that one's send buffer is full.
 */
final class Transport implements Stateful {
    private static final long MIN_RTO_NANOS = 200_000_000L;
    private static final int MIDDLE_CLOSED = 1;

    private final Net net;
    private final Network network;
    private final LaneMap map;
    private final Lanes lanes;
    private final Sampler latency;
    private final long pageBytes;
    private final long bitmapBytes;
    private final boolean sharesLink;
    /** Null when kernels do not tune themselves. */
    private final Tcp tcp;
    /** Whether the host has a queue of its own, rather than that each connection has its turn. */
    private final boolean fifo;
    /** How long it takes to send what the network card holds, ns. */
    private final long ringNanos;
    private final Pipe[] pipes;
    private final Link[] links;
    private final boolean[] timerPending;
    private final Milestones milestones;
    private final Predicate<Pipe> canSend = this::canSend;
    private final ToLongFunction<Pipe> toHandOver = this::toHandOver;
    private boolean cut;
    private long cutAt;
    private long thawsAt;

    Transport(Net net, Network network, LaneMap map, Lanes lanes, Sampler latency, long pageBytes, long bitmapBytes) {
        this.net = net;
        this.network = network;
        this.map = map;
        this.lanes = lanes;
        this.latency = latency;
        this.pageBytes = pageBytes;
        this.bitmapBytes = bitmapBytes;
        this.sharesLink = network.bandwidth() > 0;
        this.tcp = network.tcp().orElse(null);
        this.fifo = tcp != null && tcp.queueing() == Tcp.Queueing.FIFO;
        this.ringNanos = tcp == null || !sharesLink ? 0 : nanos(tcp.ring());
        this.pipes = new Pipe[2 * map.hops * map.connections];
        this.links = new Link[2 * map.hops];
        this.timerPending = new boolean[pipes.length];
        this.milestones = new Milestones(net.ledger, pipes.length);
        for (int l = 0; l < links.length; l++) links[l] = new Link(map.connections, fifo);
        for (int c = 0; c < map.connections; c++)
            for (int h = 0; h < map.hops; h++) {
                makePipe(c, h, true);
                makePipe(c, h, false);
            }
    }

    private void makePipe(int connection, int hop, boolean forward) {
        int number = map.pipe(connection, hop, forward);
        boolean last = forward ? hop == map.hops - 1 : hop == 0;
        int lane = last ? (forward ? map.toDestination : map.toSource) + connection : map.middle + number;
        pipes[number] = new Pipe(number, connection, hop, forward, lane, network);
        links[2 * hop + (forward ? 0 : 1)].add(pipes[number]);
    }

    void reset() {
        for (Pipe pipe : pipes) pipe.reset();
        for (Link link : links) link.reset();
        milestones.reset();
        Arrays.fill(timerPending, false);
        cut = false;
        cutAt = thawsAt = 0;
        if (map.hops > 1)
            for (Pipe pipe : pipes) if (pipe.arrivalLane >= map.middle) lanes.close(pipe.arrivalLane, MIDDLE_CLOSED);
    }

    Pipe pipe(int connection, int hop, boolean forward) {
        return pipes[map.pipe(connection, hop, forward)];
    }

    /** The pipe by which the source or the destination writes, or the one from which it reads. */
    Pipe ofEndpoint(int c, boolean source, boolean writes) {
        return pipe(c, source ? 0 : map.hops - 1, source == writes);
    }

    /** Where the pipe of this number is written, as {@link Net#runsAt} counts. */
    int writer(int pipe) {
        return pipes[pipe].forward ? pipes[pipe].hop : pipes[pipe].hop + 1;
    }

    /** Where it is read. */
    int reader(int pipe) {
        return pipes[pipe].forward ? pipes[pipe].hop + 1 : pipes[pipe].hop;
    }

    /** Where the pipes of a link are written. */
    int writerOfLink(int link) {
        return (link + 1) / 2;
    }

    // Cuts.

    boolean isCut() {
        return cut;
    }

    void cut(long now) {
        if (!cut) cutAt = now;
        cut = true;
        if (fifo) for (Link link : links) link.loseQueue();
    }

    /**
     * Packets arrive again. Connections from before the cut go on when TCP sends again what was not acknowledged, which by then it tries
     * ever more rarely: 0.2 s, 0.4 s, 0.8 s … apart (RFC 6298). New ones do not have to wait for that.
     */
    void restore(long now) {
        if (!cut) return;
        cut = false;
        thawsAt = cutAt;
        for (long rto = MIN_RTO_NANOS; thawsAt <= now; rto *= 2) thawsAt += rto;
        for (Pipe pipe : pipes) if (!pipe.isEmpty() && isFrozen(pipe, now)) pipe.lost();
        for (Pipe pipe : pipes) if (!pipe.isEmpty()) settle(pipe, now);
    }

    private boolean isFrozen(Pipe pipe, long now) {
        return now < thawsAt && net.fates[pipe.connection].opened < cutAt;
    }

    // Reading and writing.

    void read(Pipe pipe, long bytes, long now) {
        if (!pipe.countsUnread() || pipe.isOver()) return;
        if (!pipe.tunes()) pipe.readAt(now + latency.next(), bytes, now);
        else if (pipe.read(bytes, isStuck(pipe), now)) pipe.tell(now + latency.next());
        settle(pipe, now);
    }

    void timer(int pipeNumber, long now) {
        timerPending[pipeNumber] = false;
        settle(pipes[pipeNumber], now);
    }

    void arrivedAtBox(int pipeNumber, long record, long now) {
        forward(pipes[pipeNumber], record, now);
    }

    void openMiddle(int c, int box, long now) {
        lanes.open(pipe(c, box, true).arrivalLane);
        lanes.open(pipe(c, box + 1, false).arrivalLane);
    }

    /** A middle box has read a record of this pipe, and writes it to the next. */
    private void forward(Pipe from, long record, long now) {
        read(from, bytes(record), now);
        Pipe to = pipe(from.connection, from.forward ? from.hop + 1 : from.hop - 1, from.forward);
        boolean data = Wire.kind(record) != Wire.FIN && Wire.kind(record) != Wire.RST;
        if (data && to.ended && !net.fates[to.connection].broken) {
            resetBack(from, now);
            return;
        }
        write(to, record, now);
        to.settle(now);
        if (to.isOverfull() && !to.ended) {
            lanes.close(from.arrivalLane, MIDDLE_CLOSED);
            armTimer(to, now);
        }
    }

    /** How long the link takes for so many bytes, ns. */
    private long nanos(long bytes) {
        return (bytes * 1_000_000_000L) / network.bandwidth();
    }

    private long bytes(long record) {
        return Wire.bytes(record, pageBytes, bitmapBytes);
    }

    void write(Pipe pipe, long record, long now) {
        if (pipe.ended) return;
        // What was acknowledged before this record was written says nothing of a window that held it up.
        if (pipe.tunes()) pipe.settle(now);
        pipe.enqueue(record);
        if (pipe.countsSent()) pipe.written(bytes(record));
        if (Wire.kind(record) == Wire.FIN || Wire.kind(record) == Wire.RST) pipe.ended = true;
        transmit(2 * pipe.hop + (pipe.forward ? 0 : 1), now, false);
        if (pipe.lacksRoom() || isStuck(pipe) || isFrozen(pipe, now)) settle(pipe, now);
        noteReady(pipe, now);
    }

    private void noteReady(Pipe pipe, long now) {
        if (pipe.hasHanded() || (pipe.hasWaiting() && !isStuck(pipe))) milestones.ready(pipe, now);
    }

    /** Looks at what has arrived of acknowledgements and window updates, and lets everybody go on who waited for them. */
    private void settle(Pipe pipe, long now) {
        pipe.settle(now);
        transmit(2 * pipe.hop + (pipe.forward ? 0 : 1), now, false);
        if (pipe.lacksRoom()) creditWriter(pipe, now);
        if (!cut && !pipe.isEmpty() && isFrozen(pipe, now)) setTimer(pipe, thawsAt);
        else if (isStuck(pipe) || pipe.lacksRoom()) armTimer(pipe, now);
        noteReady(pipe, now);
    }

    /** Something is to be sent, and the windows do not let it go, as far as the sender knows. */
    private boolean isStuck(Pipe pipe) {
        return pipe.hasWaiting() && !pipe.admits(bytes(pipe.firstWaiting()));
    }

    private void creditWriter(Pipe pipe, long now) {
        long freed = pipe.newRoom();
        if (freed == 0) return;
        boolean fromSource = pipe.forward && pipe.hop == 0;
        boolean fromDestination = !pipe.forward && pipe.hop == map.hops - 1;
        if (fromSource) lanes.append(map.sourceSockets, now, Wire.event(Wire.ROOM, pipe.connection, freed));
        else if (fromDestination) lanes.append(map.destinationSockets, now, Wire.event(Wire.ROOM, pipe.connection, freed));
        else if (!pipe.lacksRoom()) lanes.open(pipe(pipe.connection, pipe.forward ? pipe.hop - 1 : pipe.hop + 1, pipe.forward).arrivalLane);
    }

    private void armTimer(Pipe pipe, long now) {
        long at = pipe.nextSettling();
        if (at != Long.MAX_VALUE) setTimer(pipe, Math.max(now, at));
    }

    private void setTimer(Pipe pipe, long at) {
        if (timerPending[pipe.number]) return;
        timerPending[pipe.number] = true;
        lanes.append(map.pipeTimer + pipe.number, at, 0);
    }

    void transmit(int linkNumber, long now, boolean timer) {
        Link link = links[linkNumber];
        if (timer) link.timerPending = false;
        while (!cut) {
            if (fifo) link.handOver(toHandOver, now);
            long free = Math.max(link.busyUntil - ringNanos, net.runsAt(writerOfLink(linkNumber), 0));
            if (free > now) {
                if (!link.timerPending && next(link) != null) {
                    link.timerPending = true;
                    lanes.append(map.link + linkNumber, free, 0);
                }
                return;
            }
            Pipe pipe = next(link);
            if (pipe == null) return;
            if (fifo) link.removeFirst();
            send(link, pipe, now);
        }
    }

    private Pipe next(Link link) {
        return fifo ? link.first() : link.choose(canSend);
    }

    private boolean canSend(Pipe pipe) {
        long now = net.kernel.now();
        if (pipe.tunes()) pipe.settle(now);
        if (isStuck(pipe) || isFrozen(pipe, now)) return false;
        Fate fate = net.fates[pipe.connection];
        return fate.hop > pipe.hop || (fate.hop == pipe.hop && fate.synAckSeen && pipe.forward);
    }

    /** Bytes of the record that a pipe hands to the host's queue now; -1 when it hands over none. */
    private long toHandOver(Pipe pipe) {
        if (!pipe.hasWaiting() || !canSend(pipe)) return -1;
        long bytes = bytes(pipe.firstWaiting());
        return pipe.mayHand(bytes) ? bytes : -1;
    }

    private void send(Link link, Pipe pipe, long now) {
        long record = pipe.dequeue();
        long bytes = bytes(record);
        long begins = now;
        long sent = now;
        if (sharesLink) {
            link.served(pipe, bytes);
            begins = Math.max(now, link.busyUntil);
            sent = begins + nanos(tcp == null ? bytes : tcp.onTheWire(bytes));
            link.busyUntil = sent;
        }
        long arrival = net.arrival(pipe.connection, pipe.hop, pipe.forward, pipe.arrivalLane, sent + latency.next());
        pipe.sent(bytes, acknowledged(pipe, arrival, now), now);
        lanes.append(pipe.arrivalLane, arrival, record);
        milestones.sent(pipe, net.fates[pipe.connection].channel, record, bytes, now, begins, sent, arrival);
        noteReady(pipe, now);
        if (pipe.lacksRoom() || isStuck(pipe)) armTimer(pipe, now);
        Fate fate = net.fates[pipe.connection];
        if (fate.ackPending && fate.hop == pipe.hop && pipe.forward) {
            // Data carries the ACK: it completes the handshake if it is there before the ACK itself.
            if (lanes.dueAt(map.handshake + pipe.connection) > arrival) {
                lanes.drop(map.handshake + pipe.connection);
                lanes.append(map.handshake + pipe.connection, arrival, Wire.event(Handshakes.ACK_ARRIVES, pipe.connection, 0));
            }
        }
    }

    /** When the sender hears that what arrives at this time was acknowledged. */
    private long acknowledged(Pipe pipe, long arrival, long now) {
        if (network.holdsFlight()) return now;
        return pipe.countsSent() ? net.runsAt(reader(pipe.number), arrival) + latency.next() : arrival;
    }

    // Ends of connections.

    /**
     * Data arrived where nobody has the socket open any more: the kernel there answers with a reset, one hop back. A proxy looks at all its
     * sockets and passes the reset on at once; the relay, as the one of the observed runs, learns of it when it next writes.
     */
    void refuse(int c, boolean bySource, long now) {
        Pipe in = pipe(c, bySource ? 0 : map.hops - 1, !bySource);
        if (in.ended && in.isEmpty()) return;
        endPipe(in);
        if (map.hops == 1 || net.fates[c].channel == Channel.PROBE) {
            long at = now + latency.next();
            lanes.append(bySource ? map.destinationSockets : map.sourceSockets, at, Wire.event(Wire.BROKEN, c, 0));
            // Whoever reads there hears it too, unless a FIN is on its way: nobody closed a connection that was still to be accepted when the process was gone.
            if (!bySource && !net.fates[c].destinationClosed && !net.fates[c].sourceClosed) lanes.append(map.toSource + c, at, Wire.event(Wire.RST, c, 0));
            return;
        }
        Pipe feeder = pipe(c, bySource ? 1 : map.hops - 2, !bySource);
        boolean boxIsRelay = net.hasRelay && (bySource ? map.hops == 2 : true);
        if (boxIsRelay) lanes.open(feeder.arrivalLane);
        else resetBack(feeder, now);
    }

    /** A middle box that can write no further resets the connections toward the writer whose records this pipe brought. */
    private void resetBack(Pipe from, long now) {
        int c = from.connection;
        for (int h = from.hop; h >= 0 && h < map.hops; h += from.forward ? -1 : 1) endPipe(pipe(c, h, from.forward));
        lanes.drop(from.arrivalLane);
        long at = now + latency.next();
        if (from.forward ? net.fates[c].sourceClosed : net.fates[c].destinationClosed) return;
        lanes.append(from.forward ? map.toSource + c : map.toDestination + c, at, Wire.event(Wire.RST, c, 0));
        lanes.append(from.forward ? map.sourceSockets : map.destinationSockets, at, Wire.event(Wire.BROKEN, c, 0));
    }

    void breakTowardSource(int c, int hop, long now) {
        for (int h = 0; h <= hop; h++) {
            endPipe(pipe(c, h, true));
            endPipe(pipe(c, h, false));
        }
        lanes.append(map.toSource + c, now + latency.next(), Wire.event(Wire.RST, c, 0));
        lanes.append(map.sourceSockets, now + latency.next(), Wire.event(Wire.BROKEN, c, 0));
    }

    private static void endPipe(Pipe pipe) {
        pipe.ended = true;
        pipe.clearQueue();
    }

    /** All that is in the pipes of a connection is lost. */
    void endAll(int c) {
        for (int h = 0; h < map.hops; h++) {
            endPipe(pipe(c, h, true));
            endPipe(pipe(c, h, false));
        }
    }

    @Override
    public void save(StateWriter state) {
        for (Pipe pipe : pipes) pipe.save(state);
        for (Link link : links) link.save(state);
        for (boolean pending : timerPending) state.put(pending);
        state.put(cut);
        state.put(cutAt);
        state.put(thawsAt);
    }

    @Override
    public void load(StateReader state) {
        for (Pipe pipe : pipes) pipe.load(state);
        for (Link link : links) link.load(state);
        for (int p = 0; p < timerPending.length; p++) timerPending[p] = state.nextTruth();
        cut = state.nextTruth();
        cutAt = state.next();
        thawsAt = state.next();
    }
}
