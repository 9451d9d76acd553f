package org.chanrace.model.network;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Process;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.Ahead;
import org.chanrace.model.LaneMap;
import org.chanrace.model.Standstills;
import org.chanrace.model.measure.FaultLedger;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.OperatorEvent.Action.BreakNetwork.Loses;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;
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
 * <p>This class takes calls and commands, and knows what became of each connection; {@link Handshakes}, {@link MiddleBoxes} and
 * {@link Transport} do the work.
 */
public final class Net implements Process, Stateful {
    /** Command: break connections. Argument: as {@link #breakOf} makes it. */
    public static final int BREAK = 50;
    /** Command: lose everything from now on. */
    public static final int CUT = 51;
    /** Command: no longer. */
    public static final int RESTORE = 52;
    /** Command: a stranger connects. Argument: how long it stays, ns. */
    public static final int PROBE = 53;
    /** Command: the next attempt begins. Argument: which of the relays behind the first is its. */
    public static final int NEXT_ATTEMPT = 54;
    /** Call: the destination's process is gone. */
    public static final int STOP_LISTENING = 55;
    /** Command: the next handshake packet is lost. */
    public static final int LOSE_SYN = 57;
    /** Call: a destination listens; the source is told to begin its next attempt. Argument: as of {@link #NEXT_ATTEMPT}. */
    public static final int LISTEN_AGAIN = 56;

    private static final int BREAK_CHANNEL_SHIFT = 8;

    final Fate[] fates;
    final boolean hasRelay;
    final Kernel kernel;
    /** Where the time of page faults is kept account of; nothing depends on it. */
    final FaultLedger ledger;
    final Transport transport;
    final MiddleBoxes boxes;
    private final Handshakes handshakes;
    private final LaneMap map;
    private final Lanes lanes;
    final Ahead ahead;
    private final Sampler latency;
    private final Standstills standstills;

    Recorder recorder;
    /** Null when no packet is late on its own account. */
    private LatePackets late;
    /** Connections have numbers below this. */
    int opened;
    int attempt;
    /** The relay of this attempt, by its number. */
    int relay;
    private boolean probing;

    /**
     * @param relays the migration's, then that of each further attempt that there can be
     * @param backlog of the destination's listening socket
     */
    public Net(
            Network network, Network.Relay[] relays, int backlog, long pageBytes, long bitmapBytes, RelayWakeUps relayWakeUps, LaneMap map, Lanes lanes, Kernel kernel, Ahead ahead,
            FaultLedger ledger, Standstills standstills) {
        this.map = map;
        this.ledger = ledger;
        this.standstills = standstills;
        this.lanes = lanes;
        this.kernel = kernel;
        this.ahead = ahead;
        this.hasRelay = map.hops == network.hops().size() + 2;
        this.latency = new Sampler(network.latency(), "network", "latency");
        this.transport = new Transport(this, network, map, lanes, latency, pageBytes, bitmapBytes);
        this.boxes = new MiddleBoxes(this, network, relays, map, lanes, relayWakeUps);
        this.handshakes = new Handshakes(this, network, map, lanes, latency, backlog);
        this.fates = new Fate[map.connections];
        for (int c = 0; c < fates.length; c++) fates[c] = new Fate();
    }

    /** Back to the beginning, for a run with this seed. */
    public void reset(long seed, Recorder recorderOrNull) {
        recorder = recorderOrNull;
        if (late != null) late.reset();
        latency.reseed(seed);
        transport.reset();
        boxes.reset(seed);
        handshakes.reset(seed);
        for (Fate fate : fates) fate.reset();
        opened = 0;
        attempt = 1;
        relay = 0;
        probing = false;
    }

    @Override
    public void handle(int lane, long event, long now) {
        if (lane == map.sourceCalls) call(event, true, now);
        else if (lane == map.destinationCalls) call(event, false, now);
        else if (lane >= map.pipeTimer) transport.timer(lane - map.pipeTimer, now);
        else if (lane >= map.middle) transport.arrivedAtBox(lane - map.middle, event, now);
        else if (lane >= map.link) transport.transmit(lane - map.link, now, true);
        else if (lane >= map.handshake) handshakes.handle(event, now);
        else command(event, now);
    }

    /**
     * A system call takes effect at once, and so does a command: what they set in motion may be as late as it likes. So may a SYN's answer.
     * When a connection enters the accept queue is what orders are about.
     */
    @Override
    public boolean commutes(int lane, long event) {
        if (lane == map.sourceCalls || lane == map.destinationCalls || lane == map.networkCommands) return true;
        // An acknowledgement that comes late makes a writer wait who might as well have been slow.
        if (lane >= map.pipeTimer && lane < map.pipeTimer + 2 * map.hops * map.connections) return true;
        return lane >= map.handshake && lane < map.link && ahead.calm() && handshakes.commutes(event);
    }

    /** The argument of a {@link #BREAK}: what it loses, and the channel that it is about when it is not about all. */
    public static long breakOf(Loses loses, Optional<String> channel) {
        long which = 0;
        for (Channel each : Channel.values()) if (channel.isPresent() && each.text().equals(channel.get())) which = 1 + each.ordinal();
        return which << BREAK_CHANNEL_SHIFT | loses.ordinal();
    }

    private void call(long event, boolean fromSource, long now) {
        int c = Wire.connection(event);
        int kind = Wire.kind(event);
        if (kind < Wire.FIRST_CALL) {
            transport.write(transport.ofEndpoint(c, fromSource, true), event, now);
            return;
        }
        switch (kind) {
            case Wire.CONNECT -> handshakes.connect(c, Channel.values()[(int) Wire.argument(event)], 0, now);
            case Wire.CLOSE -> close(c, fromSource, now);
            case Wire.REFUSE -> transport.refuse(c, fromSource, now);
            case Wire.ACCEPT -> {
                handshakes.accepted();
                fates[c].accepted = now;
            }
            case Wire.READ -> transport.read(transport.ofEndpoint(c, fromSource, false), Wire.argument(event), now);
            case STOP_LISTENING -> handshakes.stopListening();
            case LISTEN_AGAIN -> {
                handshakes.listen();
                nextAttempt(Wire.argument(event));
                lanes.append(map.sourceSockets, now, Wire.event(Wire.LISTENING, 0, 0));
            }
            default -> throw new IllegalArgumentException("no such call: " + kind);
        }
    }

    private void command(long event, long now) {
        switch (Wire.kind(event)) {
            case BREAK -> {
                Loses loses = Loses.values()[(int) Wire.argument(event) & ((1 << BREAK_CHANNEL_SHIFT) - 1)];
                int channel = (int) (Wire.argument(event) >>> BREAK_CHANNEL_SHIFT) - 1;
                for (int c = 0; c < opened; c++) {
                    if (!canBreak(fates[c], loses) || (channel >= 0 && fates[c].channel.ordinal() != channel)) continue;
                    lose(c, loses);
                    breakConnection(c, hasRelay ? "relay" : "network", now);
                }
            }
            case LOSE_SYN -> handshakes.loseOne(now);
            case CUT -> transport.cut(now);
            case RESTORE -> transport.restore(now);
            case PROBE -> {
                if (!probing) handshakes.probe(map.connections - 1, Wire.argument(event), now);
                probing = true;
            }
            case NEXT_ATTEMPT -> nextAttempt(Wire.argument(event));
            default -> throw new IllegalArgumentException("no such command: " + Wire.kind(event));
        }
    }

    /** From the next run on, these packets are late; null for none. */
    public void disturb(LatePackets packetsOrNull) {
        late = packetsOrNull;
    }

    /** When a packet that leaves now arrives at the other end of its hop. */
    long arrival(int c, int hop, boolean forward, int lane, long at) {
        return late == null ? at : late.arrival(c, hop, forward, lane, lanes.size(lane), at);
    }

    /** The lane of the handshake whose ACK is under way and is no longer waited for when what comes by this lane is there; -1 for none. */
    public int handshakeCompletedBy(int lane) {
        for (int c = 0; c < opened; c++)
            if (fates[c].ackPending && transport.pipe(c, fates[c].hop, true).arrivalLane == lane) return map.handshake + c;
        return -1;
    }

    /** When the head of one of the network's lanes, due at {@code at}, can be handled: whoever's kernel or relay does it may stand still. */
    public long runs(int lane, long event, long at) {
        if (lane >= map.handshake && lane < map.link) return handshakes.runs(event, at);
        if (lane >= map.link && lane < map.link + 2 * map.hops) return runsAt(transport.writerOfLink(lane - map.link), at);
        if (lane >= map.middle && lane < map.pipeTimer) return runsAt(transport.reader(lane - map.middle), at);
        if (lane >= map.pipeTimer && lane < map.pipeTimer + 2 * map.hops * map.connections) return runsAt(transport.writer(lane - map.pipeTimer), at);
        return at;
    }

    /**
     * When what comes to a place of the path at {@code at} is seen there. Proxies never stand still.
     *
     * @param place 0 is the source, then come the boxes, last the destination
     */
    long runsAt(int place, long at) {
        if (place == 0) return standstills.runs(Party.SOURCE, at);
        if (place == map.hops) return standstills.runs(Party.DESTINATION, at);
        return hasRelay && place == map.hops - 1 ? standstills.runs(Party.RELAY, at) : at;
    }

    /** Connections go from source to destination in one hop. */
    boolean boxesAreAbsent() {
        return map.hops == 1;
    }

    private void nextAttempt(long furtherRelay) {
        attempt++;
        relay = 1 + (int) furtherRelay;
        boxes.nextAttempt();
    }

    /** One that an end has closed matters only as long as what that end wrote before can still be lost. */
    private static boolean canBreak(Fate fate, Loses loses) {
        // A stranger's connection has the last number, so that those below it need not have been opened.
        if (fate.opened < 0 || fate.broken) return false;
        if (loses == Loses.NOTHING) return fate.closed < 0;
        return !(fate.sourceClosed && fate.destinationClosed);
    }

    /** What is on its way, or has arrived and was not read. What is still within a middle box is lost in any case when the connection breaks. */
    private void lose(int c, Loses loses) {
        if (loses == Loses.TO_SOURCE || loses == Loses.BOTH) lanes.drop(map.toSource + c);
        if (loses == Loses.TO_DESTINATION || loses == Loses.BOTH) lanes.drop(map.toDestination + c);
    }

    void close(int c, boolean bySource, long now) {
        Fate fate = fates[c];
        if (fate.opened < 0) return;
        if (bySource ? fate.sourceClosed : fate.destinationClosed) return;
        if (bySource) fate.sourceClosed = true;
        else fate.destinationClosed = true;
        fate.close(now, fate.channel == Channel.PROBE && bySource ? "probe" : bySource ? "source" : "destination");
        // A stranger has dialled the destination itself: its stream begins at the last hop.
        Pipe out = transport.pipe(c, bySource && fate.channel != Channel.PROBE ? 0 : map.hops - 1, bySource);
        if (!fate.broken) transport.write(out, Wire.event(Wire.FIN, c, 0), now);
    }

    void breakConnection(int c, String by, long now) {
        Fate fate = fates[c];
        boolean atDestination = fate.hop == map.hops;
        boolean connecting = fate.hop == 0 && !fate.synAckSeen && fate.channel != Channel.PROBE;
        fate.broken = true;
        fate.close(now, by);
        transport.endAll(c);
        lanes.drop(map.handshake + c);
        long at = now + latency.next();
        if (connecting) {
            lanes.append(map.sourceSockets, at, Wire.event(Wire.CONNECT_FAILED, c, 0));
        } else if (!fate.sourceClosed) {
            lanes.append(map.toSource + c, at, Wire.event(Wire.RST, c, 0));
            lanes.append(map.sourceSockets, at, Wire.event(Wire.BROKEN, c, 0));
        }
        if (atDestination && !fate.destinationClosed) {
            lanes.append(map.toDestination + c, at, Wire.event(Wire.RST, c, 0));
            lanes.append(map.destinationSockets, at, Wire.event(Wire.BROKEN, c, 0));
        }
    }

    /** Whether this event is that a stranger closes its connection. */
    public boolean isStrangersLeaving(int lane, long event) {
        return lane >= map.handshake && lane < map.link && Handshakes.isStrangersLeaving(event);
    }

    /** What a pending handshake packet is, as a clause. */
    public String handshakeWords(long event) {
        return handshakes.words(event);
    }

    /** Every record toward the destination that the network has of a connection, but for those that have arrived. */
    public void forEachOnItsWay(int c, LongConsumer records) {
        for (int hop = 0; hop < map.hops; hop++) {
            Pipe pipe = transport.pipe(c, hop, true);
            pipe.forEach(records);
            if (hop < map.hops - 1) for (int i = 0; i < lanes.size(pipe.arrivalLane); i++) records.accept(lanes.pending(pipe.arrivalLane, i));
        }
    }

    /** What a packet is that arrives by this lane: {@code SYN}, or the record that it carries. */
    public String packetText(int lane, long event) {
        return lane >= map.handshake && lane < map.handshake + map.connections ? handshakes.packetText(event) : Wire.text(event);
    }

    /** What a connection is called. */
    public String name(int c) {
        return name(c, fates[c].channel);
    }

    /** What a connection will be called that is yet to be opened as this channel. */
    public static String name(int c, Channel channel) {
        return "connection " + (c + 1) + " (" + channel.text() + ")";
    }

    /** Whether a connection was opened under this number, from 0. */
    public boolean wasOpened(int c) {
        return fates[c].opened >= 0;
    }

    /** Whether a connection stands in the accept queue. */
    public boolean waitsToBeAccepted(int c) {
        return fates[c].hop == map.hops && fates[c].accepted < 0;
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

    @Override
    public void save(StateWriter state) {
        latency.save(state);
        transport.save(state);
        boxes.save(state);
        handshakes.save(state);
        for (Fate fate : fates) fate.save(state);
        state.put(opened);
        state.put(attempt);
        state.put(relay);
        state.put(probing);
    }

    @Override
    public void load(StateReader state) {
        latency.load(state);
        transport.load(state);
        boxes.load(state);
        handshakes.load(state);
        for (Fate fate : fates) fate.load(state);
        opened = state.nextInt();
        attempt = state.nextInt();
        relay = state.nextInt();
        probing = state.nextTruth();
    }
}
