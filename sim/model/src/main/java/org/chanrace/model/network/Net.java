package org.chanrace.model.network;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Process;
import org.chanrace.model.LaneMap;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.Recorder;
import org.chanrace.model.verdict.ConnectionFate;

/**
 * The network as a process: handshakes, buffers, links, middle boxes.
 *
 * <p>A connection is a chain of hops: source, proxies, relay, destination. Each hop is a TCP connection of its own with its own
 * handshake and its own buffers. The source counts as connected when the first hop's SYN-ACK arrives; the connection enters the
 * destination's accept queue when the last hop's ACK (or data that carries it) does, so the order at the destination need not be
 * the order at the source.
 *
 * <p>Handshake rules, in this order: a packet sent while the network is cut, or drawn lost, is sent again 1 s, 2 s, 4 s … later
 * (RFC 6298, Linux gives up after {@value #MAX_SYNS} SYNs); a SYN is dropped while the accept queue holds more than the backlog (so
 * that it holds backlog + 1 at most, as on Linux); an ACK that finds the queue full is ignored, and comes again with the next SYN-ACK.
 */
public final class Net implements Process {
    /** Command: break all connections. */
    public static final int BREAK = 50;
    /** Command: lose everything from now on. */
    public static final int CUT = 51;
    /** Command: no longer. */
    public static final int RESTORE = 52;
    /** Command: a stranger connects. Argument: how long it stays, ns. */
    public static final int PROBE = 53;
    /** Command: the next attempt's relay. Argument: its index. */
    public static final int NEXT_ATTEMPT = 54;
    /** Call: the destination's process is gone. */
    public static final int STOP_LISTENING = 55;

    private static final int SYN_ARRIVES = 60;
    private static final int SYN_ACK_ARRIVES = 61;
    private static final int ACK_ARRIVES = 62;
    private static final int DIAL = 63;
    private static final int PROBE_ENDS = 64;
    private static final int GIVE_UP = 65;
    private static final int MAX_SYNS = 7;
    private static final long RTO_NANOS = 1_000_000_000L;
    private static final long MIN_RTO_NANOS = 200_000_000L;
    private static final int MIDDLE_CLOSED = 1;

    private final Network network;
    private final Network.Relay[] relays;
    private final LaneMap map;
    private final Lanes lanes;
    private final Kernel kernel;
    private final long pageBytes;
    private final long bitmapBytes;
    private final int backlog;
    private final boolean hasRelay;
    private final Sampler latency;
    private final Sampler losses;
    private final Sampler[] proxyConnect;
    private final Sampler relayWakeUp;
    private final Pipe[] pipes;
    private final Link[] links;
    private final Fate[] fates;
    private final boolean[] timerPending;
    private final Predicate<Pipe> canSend = this::canSend;

    private Recorder recorder;
    private int opened;
    private int queued;
    private int attempt;
    private int arrivals;
    private boolean cut;
    private long cutAt;
    private long thawsAt;
    private boolean listening;
    private boolean probing;
    private long probeEnds;

    /**
     * @param relays the relay of each attempt, the migration's first
     * @param backlog of the destination's listening socket
     */
    public Net(
            Network network, Network.Relay[] relays, int backlog, long pageBytes, long bitmapBytes, Sampler relayWakeUp, LaneMap map, Lanes lanes, Kernel kernel) {
        this.network = network;
        this.relays = relays.clone();
        this.map = map;
        this.lanes = lanes;
        this.kernel = kernel;
        this.pageBytes = pageBytes;
        this.bitmapBytes = bitmapBytes;
        this.backlog = backlog;
        this.hasRelay = map.hops == network.hops().size() + 2;
        this.latency = new Sampler(network.latency(), "network", "latency");
        this.losses = new Sampler(new Distribution.Uniform(0, LOSS_SCALE), "network", "loss");
        this.proxyConnect = new Sampler[network.hops().size()];
        for (int i = 0; i < proxyConnect.length; i++) proxyConnect[i] = new Sampler(network.hops().get(i).connect(), "proxy " + i, "connect");
        this.relayWakeUp = relayWakeUp;
        this.pipes = new Pipe[2 * map.hops * map.connections];
        this.links = new Link[2 * map.hops];
        for (int h = 0; h < map.hops; h++) {
            links[2 * h] = new Link(map.connections);
            links[2 * h + 1] = new Link(map.connections);
        }
        for (int c = 0; c < map.connections; c++)
            for (int h = 0; h < map.hops; h++) {
                makePipe(c, h, true);
                makePipe(c, h, false);
            }
        this.fates = new Fate[map.connections];
        for (int c = 0; c < fates.length; c++) fates[c] = new Fate();
        this.timerPending = new boolean[pipes.length];
    }

    private static final long LOSS_SCALE = 1_000_000_000L;

    private void makePipe(int connection, int hop, boolean forward) {
        int number = map.pipe(connection, hop, forward);
        boolean last = forward ? hop == map.hops - 1 : hop == 0;
        int lane = last ? (forward ? map.toDestination : map.toSource) + connection : map.middle + number;
        pipes[number] = new Pipe(number, connection, hop, forward, lane);
        links[2 * hop + (forward ? 0 : 1)].add(pipes[number]);
    }

    /** Back to the beginning, for a run with this seed. */
    public void reset(long seed, Recorder recorderOrNull) {
        recorder = recorderOrNull;
        latency.reseed(seed);
        losses.reseed(seed);
        for (Sampler sampler : proxyConnect) sampler.reseed(seed);
        relayWakeUp.reseed(seed);
        for (int c = 0; c < opened; c++) fates[c].reset();
        if (opened == 0) for (Fate fate : fates) fate.reset();
        for (Pipe pipe : pipes) pipe.reset();
        for (Link link : links) link.reset();
        Arrays.fill(timerPending, false);
        opened = queued = arrivals = 0;
        attempt = 1;
        cut = probing = false;
        cutAt = thawsAt = 0;
        listening = true;
        if (map.hops > 1)
            for (Pipe pipe : pipes) if (pipe.arrivalLane >= map.middle) lanes.close(pipe.arrivalLane, MIDDLE_CLOSED);
    }

    @Override
    public void handle(int lane, long event, long now) {
        if (lane == map.sourceCalls) call(event, true, now);
        else if (lane == map.destinationCalls) call(event, false, now);
        else if (lane >= map.pipeTimer) {
            Pipe pipe = pipes[lane - map.pipeTimer];
            timerPending[pipe.number] = false;
            settle(pipe, now);
        } else if (lane >= map.middle) forward(pipes[lane - map.middle], event, now);
        else if (lane >= map.link) transmit(lane - map.link, now, true);
        else if (lane >= map.handshake) handshake(event, now);
        else command(event, now);
    }

    private void call(long event, boolean fromSource, long now) {
        int c = Wire.connection(event);
        int kind = Wire.kind(event);
        if (kind < Wire.FIRST_CALL) {
            write(pipe(c, fromSource ? 0 : map.hops - 1, fromSource), event, now);
            return;
        }
        switch (kind) {
            case Wire.CONNECT -> connect(c, Channel.values()[(int) Wire.argument(event)], 0, now);
            case Wire.CLOSE -> close(c, fromSource, now);
            case Wire.REFUSE -> refuse(c, fromSource, now);
            case Wire.ACCEPT -> {
                queued--;
                fates[c].accepted = now;
            }
            case Wire.READ -> {
                Pipe read = pipe(c, fromSource ? 0 : map.hops - 1, !fromSource);
                read.readAt(now + latency.next(), Wire.argument(event));
                settle(read, now);
            }
            case STOP_LISTENING -> listening = false;
            default -> throw new IllegalArgumentException("no such call: " + kind);
        }
    }

    private void command(long event, long now) {
        switch (Wire.kind(event)) {
            case BREAK -> {
                for (int c = 0; c < opened; c++) if (fates[c].closed < 0) breakConnection(c, hasRelay ? "relay" : "network", now);
            }
            case CUT -> {
                if (!cut) cutAt = now;
                cut = true;
            }
            case RESTORE -> restore(now);
            case PROBE -> probe(Wire.argument(event), now);
            case NEXT_ATTEMPT -> {
                attempt++;
                arrivals = 0;
            }
            default -> throw new IllegalArgumentException("no such command: " + Wire.kind(event));
        }
    }

    /**
     * Packets arrive again. Connections from before the cut go on when TCP sends again what was not acknowledged, which by then it tries
     * ever more rarely: 0.2 s, 0.4 s, 0.8 s … apart (RFC 6298). New ones do not have to wait for that.
     */
    private void restore(long now) {
        if (!cut) return;
        cut = false;
        thawsAt = cutAt;
        for (long rto = MIN_RTO_NANOS; thawsAt <= now; rto *= 2) thawsAt += rto;
        for (Pipe pipe : pipes) if (!pipe.isEmpty()) settle(pipe, now);
    }

    private boolean isFrozen(Pipe pipe, long now) {
        return now < thawsAt && fates[pipe.connection].opened < cutAt;
    }

    private Pipe pipe(int connection, int hop, boolean forward) {
        return pipes[map.pipe(connection, hop, forward)];
    }

    // Handshakes.

    private void connect(int c, Channel channel, int hop, long now) {
        Fate fate = fates[c];
        fate.channel = channel;
        fate.attempt = attempt;
        fate.opened = now;
        opened = Math.max(opened, c + 1);
        dial(c, hop, now);
    }

    private void dial(int c, int hop, long now) {
        Fate fate = fates[c];
        fate.hop = hop;
        fate.syns = 1;
        fate.synAckSeen = fate.ackPending = false;
        sendHandshake(SYN_ARRIVES, c, network.loss().syn(), now);
    }

    /** Sends a handshake packet, again and again until it is not drawn lost. */
    private void sendHandshake(int kind, int c, double loss, long now) {
        long at = now;
        for (int k = 0; lost(loss); k++) {
            at += RTO_NANOS << k;
            if (k + 1 == MAX_SYNS) {
                lanes.append(map.handshake + c, at, Wire.event(GIVE_UP, c, 0));
                return;
            }
        }
        lanes.append(map.handshake + c, at + latency.next(), Wire.event(kind, c, 0));
    }

    private boolean lost(double probability) {
        return probability > 0 && losses.next() < probability * LOSS_SCALE;
    }

    private void handshake(long event, long now) {
        int c = Wire.connection(event);
        Fate fate = fates[c];
        if (Wire.kind(event) == PROBE_ENDS) {
            close(c, true, now);
            return;
        }
        if (fate.broken || (fate.sourceClosed && fate.hop == 0 && !fate.synAckSeen)) return;
        if (Wire.kind(event) == DIAL) {
            fate.held = false;
            if (recorder != null) recorder.noted(now, Actor.NETWORK, c, (fate.hop == map.hops - 2 && hasRelay ? "relay" : "proxy") + " dials on for " + name(c));
            dial(c, fate.hop + 1, now);
            return;
        }
        if (Wire.kind(event) == GIVE_UP) {
            fail(c, now);
            return;
        }
        if (cut) {
            if (fate.syns++ >= MAX_SYNS) fail(c, now);
            else lanes.append(map.handshake + c, now + (RTO_NANOS << (fate.syns - 2)), event);
            return;
        }
        switch (Wire.kind(event)) {
            case SYN_ARRIVES -> synArrives(c, fate, now);
            case SYN_ACK_ARRIVES -> {
                fate.synAckSeen = true;
                if (fate.hop == 0) {
                    if (fate.channel != Channel.PROBE) lanes.append(map.sourceSockets, now, Wire.event(Wire.CONNECTED, c, 0));
                } else openMiddle(c, fate.hop - 1, now);
                fate.ackPending = true;
                if (lost(network.loss().ack())) lanes.append(map.handshake + c, now + RTO_NANOS + latency.next(), Wire.event(ACK_ARRIVES, c, 0));
                else lanes.append(map.handshake + c, now + latency.next(), Wire.event(ACK_ARRIVES, c, 0));
            }
            case ACK_ARRIVES -> established(c, fate, now);
            default -> throw new IllegalArgumentException("no such handshake event: " + Wire.kind(event));
        }
    }

    private boolean reachesDestination(Fate fate) {
        return fate.hop == map.hops - 1;
    }

    private void synArrives(int c, Fate fate, long now) {
        if (reachesDestination(fate)) {
            if (!listening) {
                fail(c, now);
                return;
            }
            if (queued > backlog) {
                if (recorder != null) recorder.noted(now, Actor.NETWORK, c, "SYN of " + name(c) + " dropped: the accept queue is full");
                if (fate.syns == MAX_SYNS) fail(c, now);
                else lanes.append(map.handshake + c, now + (RTO_NANOS << (fate.syns++ - 1)), Wire.event(SYN_ARRIVES, c, 0));
                return;
            }
        }
        sendHandshake(SYN_ACK_ARRIVES, c, network.loss().synAck(), now);
    }

    private void established(int c, Fate fate, long now) {
        fate.ackPending = false;
        if (!reachesDestination(fate)) {
            arriveAtBox(c, fate, now);
            return;
        }
        if (queued > backlog) {
            fate.ackPending = true;
            lanes.append(map.handshake + c, now + RTO_NANOS + 2 * latency.next(), Wire.event(ACK_ARRIVES, c, 0));
            return;
        }
        queued++;
        fate.passed = true;
        fate.hop = map.hops;
        lanes.append(map.destinationAccept, now, Wire.event(Wire.INCOMING, c, 0));
        kernel.progress();
        if (fate.channel == Channel.PROBE) lanes.append(map.handshake + c, Math.max(now, probeEnds), Wire.event(PROBE_ENDS, c, 0));
        else relayNext(c, now);
    }

    private void fail(int c, long now) {
        Fate fate = fates[c];
        fate.broken = true;
        fate.close(now, "network");
        if (fate.hop == 0) {
            if (fate.channel != Channel.PROBE) lanes.append(map.sourceSockets, now, Wire.event(Wire.CONNECT_FAILED, c, 0));
        } else breakTowardSource(c, fate.hop - 1, now);
        fate.passed = true;
        relayNext(c, now);
    }

    // Middle boxes.

    private void arriveAtBox(int c, Fate fate, long now) {
        kernel.progress();
        boolean relay = hasRelay && fate.hop == map.hops - 2;
        if (!relay) {
            lanes.append(map.handshake + c, now + proxyConnect[fate.hop].next(), Wire.event(DIAL, c, 0));
            return;
        }
        fate.arrival = ++arrivals;
        Relaying rule = Relaying.of(relays[Math.min(fate.attempt, relays.length) - 1], fate.arrival, fate.channel);
        if (recorder != null) recorder.noted(now, Actor.NETWORK, c, name(c) + " reaches the relay" + ruleText(rule));
        if (rule instanceof Relaying.PassAfter pass) passOn(c, pass.nanos(), now);
        else if (rule instanceof Relaying.HoldForAnother hold) {
            if (anotherPassed(c)) passOn(c, 0, now);
            else {
                fate.held = true;
                lanes.append(map.handshake + c, now + hold.atMostNanos(), Wire.event(DIAL, c, 0));
            }
        } else if (rule instanceof Relaying.PassInOrder) {
            if (earlierPassed(c)) passOn(c, 0, now);
        } else if (rule instanceof Relaying.Reset) {
            fate.passed = true;
            breakConnection(c, "relay", now);
            relayNext(c, now);
        } else {
            fate.passed = true;
            relayNext(c, now);
        }
    }

    private static String ruleText(Relaying rule) {
        if (rule instanceof Relaying.PassAfter pass && pass.nanos() > 0) return ", which passes it on late";
        if (rule instanceof Relaying.HoldForAnother) return ", which holds it back";
        if (rule instanceof Relaying.Keep) return ", which keeps it";
        if (rule instanceof Relaying.Reset) return ", which resets it";
        return "";
    }

    private void passOn(int c, long after, long now) {
        lanes.append(map.handshake + c, now + after + relayWakeUp.next(), Wire.event(DIAL, c, 0));
    }

    private boolean anotherPassed(int c) {
        for (int o = 0; o < opened; o++) if (o != c && fates[o].attempt == fates[c].attempt && fates[o].passed) return true;
        return false;
    }

    private boolean earlierPassed(int c) {
        for (int o = 0; o < opened; o++) {
            Fate other = fates[o];
            if (o != c && other.attempt == fates[c].attempt && other.arrival > 0 && other.arrival < fates[c].arrival && !other.passed) return false;
        }
        return true;
    }

    /** A connection is through: another may have been waiting for that. */
    private void relayNext(int c, long now) {
        if (!hasRelay) return;
        for (int o = 0; o < opened; o++) {
            Fate other = fates[o];
            if (o == c || other.passed || other.arrival == 0 || other.attempt != fates[c].attempt || other.hop != map.hops - 2) continue;
            if (other.held) {
                other.held = false;
                lanes.drop(map.handshake + o);
                passOn(o, 0, now);
            } else if (lanes.size(map.handshake + o) == 0 && earlierPassed(o)
                    && Relaying.of(relays[Math.min(other.attempt, relays.length) - 1], other.arrival, other.channel) instanceof Relaying.PassInOrder)
                passOn(o, 0, now);
        }
    }

    private void openMiddle(int c, int box, long now) {
        lanes.open(pipe(c, box, true).arrivalLane);
        lanes.open(pipe(c, box + 1, false).arrivalLane);
    }

    /** A middle box has read a record of this pipe, and writes it to the next. */
    private void forward(Pipe from, long record, long now) {
        long bytes = bytes(record);
        from.readAt(now + latency.next(), bytes);
        settle(from, now);
        Pipe to = pipe(from.connection, from.forward ? from.hop + 1 : from.hop - 1, from.forward);
        boolean data = Wire.kind(record) != Wire.FIN && Wire.kind(record) != Wire.RST;
        if (data && to.ended && !fates[to.connection].broken) {
            resetBack(from, now);
            return;
        }
        write(to, record, now);
        to.settle(now);
        if (to.sendBufferUsed > network.sendBuffer() && !to.ended) {
            lanes.close(from.arrivalLane, MIDDLE_CLOSED);
            armTimer(to, now);
        }
    }

    // Buffers and links.

    private long bytes(long record) {
        return Wire.bytes(record, pageBytes, bitmapBytes);
    }

    private void write(Pipe pipe, long record, long now) {
        if (pipe.ended) return;
        long bytes = bytes(record);
        pipe.enqueue(record);
        pipe.sendBufferUsed += bytes;
        pipe.writerView += bytes;
        if (Wire.kind(record) == Wire.FIN || Wire.kind(record) == Wire.RST) pipe.ended = true;
        transmit(2 * pipe.hop + (pipe.forward ? 0 : 1), now, false);
        if (pipe.writerView > network.sendBuffer() || windowShut(pipe) || isFrozen(pipe, now)) settle(pipe, now);
    }

    /** Looks at what has arrived of acknowledgements and window updates, and lets everybody go on who waited for them. */
    private void settle(Pipe pipe, long now) {
        pipe.settle(now);
        transmit(2 * pipe.hop + (pipe.forward ? 0 : 1), now, false);
        if (pipe.writerView > network.sendBuffer()) creditWriter(pipe, now);
        if (!cut && !pipe.isEmpty() && isFrozen(pipe, now)) setTimer(pipe, thawsAt);
        else if (windowShut(pipe) || pipe.writerView > network.sendBuffer()) armTimer(pipe, now);
    }

    /** Something is to be sent, and the receive buffer has no room for it as far as the sender knows. */
    private boolean windowShut(Pipe pipe) {
        return !pipe.isEmpty() && pipe.receiveBufferUsed >= network.receiveBuffer();
    }

    private void creditWriter(Pipe pipe, long now) {
        long freed = pipe.writerView - pipe.sendBufferUsed;
        if (freed <= 0) return;
        pipe.writerView -= freed;
        boolean fromSource = pipe.forward && pipe.hop == 0;
        boolean fromDestination = !pipe.forward && pipe.hop == map.hops - 1;
        if (fromSource) lanes.append(map.sourceSockets, now, Wire.event(Wire.ROOM, pipe.connection, freed));
        else if (fromDestination) lanes.append(map.destinationSockets, now, Wire.event(Wire.ROOM, pipe.connection, freed));
        else if (pipe.writerView <= network.sendBuffer()) lanes.open(pipe(pipe.connection, pipe.forward ? pipe.hop - 1 : pipe.hop + 1, pipe.forward).arrivalLane);
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

    private void transmit(int linkNumber, long now, boolean timer) {
        Link link = links[linkNumber];
        if (timer) link.timerPending = false;
        while (!cut) {
            if (link.busyUntil > now) {
                if (!link.timerPending && link.choose(network.receiveBuffer(), canSend) != null) {
                    link.timerPending = true;
                    lanes.append(map.link + linkNumber, link.busyUntil, 0);
                }
                return;
            }
            Pipe pipe = link.choose(network.receiveBuffer(), canSend);
            if (pipe == null) return;
            send(link, pipe, now);
        }
    }

    private boolean canSend(Pipe pipe) {
        if (isFrozen(pipe, kernel.now())) return false;
        Fate fate = fates[pipe.connection];
        return fate.hop > pipe.hop || (fate.hop == pipe.hop && fate.synAckSeen && pipe.forward);
    }

    private void send(Link link, Pipe pipe, long now) {
        long record = pipe.dequeue();
        long bytes = bytes(record);
        link.served(pipe, bytes);
        if (network.bandwidth() > 0) link.busyUntil = now + (bytes * 1_000_000_000L) / network.bandwidth();
        else link.busyUntil = now;
        long arrival = link.busyUntil + latency.next();
        pipe.receiveBufferUsed += bytes;
        pipe.ackAt(arrival + latency.next(), bytes);
        lanes.append(pipe.arrivalLane, arrival, record);
        if (pipe.writerView > network.sendBuffer() || windowShut(pipe)) armTimer(pipe, now);
        Fate fate = fates[pipe.connection];
        if (fate.ackPending && fate.hop == pipe.hop && pipe.forward) {
            // Data carries the ACK: it completes the handshake if it is there before the ACK itself.
            if (lanes.dueAt(map.handshake + pipe.connection) > arrival) {
                lanes.drop(map.handshake + pipe.connection);
                lanes.append(map.handshake + pipe.connection, arrival, Wire.event(ACK_ARRIVES, pipe.connection, 0));
            }
        }
    }

    // Ends of connections.

    private void close(int c, boolean bySource, long now) {
        Fate fate = fates[c];
        if (fate.opened < 0) return;
        if (bySource ? fate.sourceClosed : fate.destinationClosed) return;
        if (bySource) fate.sourceClosed = true;
        else fate.destinationClosed = true;
        fate.close(now, fate.channel == Channel.PROBE && bySource ? "probe" : bySource ? "source" : "destination");
        // A stranger has dialled the destination itself: its stream begins at the last hop.
        Pipe out = pipe(c, bySource && fate.channel != Channel.PROBE ? 0 : map.hops - 1, bySource);
        if (!fate.broken) write(out, Wire.event(Wire.FIN, c, 0), now);
    }

    /**
     * Data arrived where nobody has the socket open any more: the kernel there answers with a reset, one hop back. A proxy looks at all its
     * sockets and passes the reset on at once; the relay, as the one of the observed runs, learns of it when it next writes.
     */
    private void refuse(int c, boolean bySource, long now) {
        Pipe in = pipe(c, bySource ? 0 : map.hops - 1, !bySource);
        if (in.ended && in.isEmpty()) return;
        endPipe(in);
        if (map.hops == 1 || fates[c].channel == Channel.PROBE) {
            lanes.append(bySource ? map.destinationSockets : map.sourceSockets, now + latency.next(), Wire.event(Wire.BROKEN, c, 0));
            return;
        }
        Pipe feeder = pipe(c, bySource ? 1 : map.hops - 2, !bySource);
        boolean boxIsRelay = hasRelay && (bySource ? map.hops == 2 : true);
        if (boxIsRelay) lanes.open(feeder.arrivalLane);
        else resetBack(feeder, now);
    }

    /** A middle box that can write no further resets the connections toward the writer whose records this pipe brought. */
    private void resetBack(Pipe from, long now) {
        int c = from.connection;
        for (int h = from.hop; h >= 0 && h < map.hops; h += from.forward ? -1 : 1) endPipe(pipe(c, h, from.forward));
        lanes.drop(from.arrivalLane);
        long at = now + latency.next();
        if (from.forward ? fates[c].sourceClosed : fates[c].destinationClosed) return;
        lanes.append(from.forward ? map.toSource + c : map.toDestination + c, at, Wire.event(Wire.RST, c, 0));
        lanes.append(from.forward ? map.sourceSockets : map.destinationSockets, at, Wire.event(Wire.BROKEN, c, 0));
    }

    private void breakTowardSource(int c, int hop, long now) {
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

    private void breakConnection(int c, String by, long now) {
        Fate fate = fates[c];
        boolean atDestination = fate.hop == map.hops;
        fate.broken = true;
        fate.close(now, by);
        for (int h = 0; h < map.hops; h++) {
            endPipe(pipe(c, h, true));
            endPipe(pipe(c, h, false));
        }
        lanes.drop(map.handshake + c);
        long at = now + latency.next();
        if (!fate.sourceClosed) {
            lanes.append(map.toSource + c, at, Wire.event(Wire.RST, c, 0));
            lanes.append(map.sourceSockets, at, Wire.event(Wire.BROKEN, c, 0));
        }
        if (atDestination && !fate.destinationClosed) {
            lanes.append(map.toDestination + c, at, Wire.event(Wire.RST, c, 0));
            lanes.append(map.destinationSockets, at, Wire.event(Wire.BROKEN, c, 0));
        }
    }

    private void probe(long hold, long now) {
        int c = map.connections - 1;
        if (probing) return;
        probing = true;
        fates[c].channel = Channel.PROBE;
        fates[c].attempt = attempt;
        fates[c].opened = now;
        opened = map.connections;
        // It dials the destination itself, without the boxes in between.
        dial(c, map.hops - 1, now);
        probeEnds = now + hold;
    }

    private String name(int c) {
        return "connection " + (c + 1) + " (" + fates[c].channel.text() + ")";
    }

    /** Whether a connection was opened under this number, from 0. */
    public boolean wasOpened(int c) {
        return fates[c].opened >= 0;
    }

    /** The channel that a connection was opened as. */
    public Channel channel(int c) {
        return fates[c].channel;
    }

    /** What became of a connection, with what the destination took it for. */
    public ConnectionFate fate(int c, String takenFor) {
        Fate f = fates[c];
        return new ConnectionFate(
                c + 1, f.channel.text(), takenFor, f.attempt, f.opened,
                f.accepted < 0 ? OptionalLong.empty() : OptionalLong.of(f.accepted),
                f.closed < 0 ? OptionalLong.empty() : OptionalLong.of(f.closed), f.closedBy);
    }
}
