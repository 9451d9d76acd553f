package org.chanrace.model.network;

import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.LaneMap;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.trace.Actor;

/**
 * The three packets of each hop, and the accept queue behind the last.
 *
 * <p>Rules, in this order: a packet sent while the network is cut, or drawn lost, is sent again 1 s, 2 s, 4 s … later (RFC 6298; Linux
 * gives up after {@value #MAX_SYNS} SYNs); a SYN is dropped while the accept queue holds more than the backlog (so that it holds
 * backlog + 1 at most, as on Linux); an ACK that finds the queue full is ignored, and comes again with the next SYN-ACK.
 */
final class Handshakes implements Stateful {
    /** In the handshake lane: a middle box dials on. */
    static final int DIAL = 63;

    private static final int SYN_ARRIVES = 60;
    private static final int SYN_ACK_ARRIVES = 61;
    static final int ACK_ARRIVES = 62;
    private static final int PROBE_ENDS = 64;
    private static final int GIVE_UP = 65;
    private static final int MAX_SYNS = 7;
    private static final long RTO_NANOS = 1_000_000_000L;
    private static final long LOSS_SCALE = 1_000_000_000L;

    private final Net net;
    private final Network network;
    private final LaneMap map;
    private final Lanes lanes;
    private final Sampler latency;
    private final Sampler losses;
    private final int backlog;
    private int queued;
    private boolean listening;
    private long probeNanos;

    Handshakes(Net net, Network network, LaneMap map, Lanes lanes, Sampler latency, int backlog) {
        this.net = net;
        this.network = network;
        this.map = map;
        this.lanes = lanes;
        this.latency = latency;
        this.losses = new Sampler(new Distribution.Uniform(0, LOSS_SCALE), "network", "loss");
        this.backlog = backlog;
    }

    void reset(long seed) {
        losses.reseed(seed);
        queued = 0;
        listening = true;
    }

    void accepted() {
        // One that came while nobody listened is no longer counted when a new process takes it.
        if (queued > 0) queued--;
    }

    void stopListening() {
        listening = false;
    }

    /** The destination listens; if nobody did, with an accept queue of its own. */
    void listen() {
        if (!listening) queued = 0;
        listening = true;
    }

    /** A stranger dials the destination itself, without the boxes in between, holds the connection for so long and closes it. */
    void probe(int c, long nanos, long now) {
        probeNanos = nanos;
        connect(c, Channel.PROBE, map.hops - 1, now);
    }

    void connect(int c, Channel channel, int hop, long now) {
        Fate fate = net.fates[c];
        fate.channel = channel;
        fate.attempt = net.attempt;
        fate.relay = net.relay;
        fate.opened = now;
        net.opened = Math.max(net.opened, c + 1);
        dial(c, hop, now);
    }

    /** When a handshake event that is due at {@code at} can be handled: who receives it, or whose timer it is, may stand still. */
    long runs(long event, long at) {
        Fate fate = net.fates[Wire.connection(event)];
        return switch (Wire.kind(event)) {
            case SYN_ARRIVES, ACK_ARRIVES, DIAL -> net.runsAt(fate.hop + 1, at);
            case SYN_ACK_ARRIVES, GIVE_UP -> runsAtClient(fate, at);
            default -> at;
        };
    }

    /** Of who dials the hop: the source, or a box; of none of the path's for a stranger. */
    private long runsAtClient(Fate fate, long at) {
        return fate.channel == Channel.PROBE ? at : net.runsAt(fate.hop, at);
    }

    private void dial(int c, int hop, long now) {
        Fate fate = net.fates[c];
        fate.hop = hop;
        fate.syns = 1;
        fate.synAckSeen = fate.ackPending = false;
        sendHandshake(SYN_ARRIVES, c, network.loss().syn(), now);
    }

    /** Sends a handshake packet, again and again until it is not drawn lost. */
    private void sendHandshake(int kind, int c, double loss, long now) {
        long at = now;
        for (int k = 0; lost(loss); k++) {
            at = runsAtSender(kind, net.fates[c], at + (RTO_NANOS << k));
            if (k + 1 == MAX_SYNS) {
                lanes.append(map.handshake + c, at, Wire.event(GIVE_UP, c, 0));
                return;
            }
        }
        lanes.append(map.handshake + c, arrival(c, kind != SYN_ACK_ARRIVES, at + latency.next()), Wire.event(kind, c, 0));
    }

    private long runsAtSender(int kind, Fate fate, long at) {
        return kind == SYN_ACK_ARRIVES ? net.runsAt(fate.hop + 1, at) : runsAtClient(fate, at);
    }

    private long arrival(int c, boolean forward, long at) {
        return net.arrival(c, net.fates[c].hop, forward, map.handshake + c, at);
    }

    /** A packet was lost on its way: it comes again a timeout later, or, after the last SYN, nothing does. */
    private void sendAgain(int c, Fate fate, long event, long now) {
        long timeout = RTO_NANOS << (fate.syns - 1);
        if (fate.syns == MAX_SYNS) lanes.append(map.handshake + c, now + timeout, Wire.event(GIVE_UP, c, 0));
        else {
            fate.syns++;
            lanes.append(map.handshake + c, now + timeout, event);
        }
    }

    /** Of the connections whose handshake packet is on its way, the one that was opened first loses it. */
    void loseOne(long now) {
        for (int c = 0; c < net.opened; c++) {
            int lane = map.handshake + c;
            if (lanes.size(lane) == 0) continue;
            long packet = lanes.peek(lane);
            if (Wire.kind(packet) != SYN_ARRIVES && Wire.kind(packet) != SYN_ACK_ARRIVES && Wire.kind(packet) != ACK_ARRIVES) continue;
            lanes.drop(lane);
            sendAgain(c, net.fates[c], packet, now);
            return;
        }
    }

    private boolean lost(double probability) {
        return probability > 0 && losses.next() < probability * LOSS_SCALE;
    }

    void handle(long event, long now) {
        int c = Wire.connection(event);
        Fate fate = net.fates[c];
        if (Wire.kind(event) == PROBE_ENDS) {
            net.close(c, true, now);
            return;
        }
        if (isGivenUp(fate)) return;
        if (Wire.kind(event) == DIAL) {
            fate.held = false;
            if (net.recorder != null) net.recorder.noted(now, Actor.NETWORK, c, (fate.hop == map.hops - 2 && net.hasRelay ? "relay" : "proxy") + " dials on for " + net.name(c));
            dial(c, fate.hop + 1, now);
            return;
        }
        if (Wire.kind(event) == GIVE_UP) {
            fail(c, now);
            return;
        }
        if (net.transport.isCut()) {
            sendAgain(c, fate, event, now);
            return;
        }
        switch (Wire.kind(event)) {
            case SYN_ARRIVES -> synArrives(c, fate, now);
            case SYN_ACK_ARRIVES -> {
                fate.synAckSeen = true;
                if (fate.hop == 0) {
                    if (fate.channel != Channel.PROBE) lanes.append(map.sourceSockets, now, Wire.event(Wire.CONNECTED, c, 0));
                } else net.transport.openMiddle(c, fate.hop - 1, now);
                fate.ackPending = true;
                if (lost(network.loss().ack())) lanes.append(map.handshake + c, now + RTO_NANOS + latency.next(), Wire.event(ACK_ARRIVES, c, 0));
                else lanes.append(map.handshake + c, arrival(c, true, now + latency.next()), Wire.event(ACK_ARRIVES, c, 0));
            }
            case ACK_ARRIVES -> established(c, fate, now);
            default -> throw new IllegalArgumentException("no such handshake event: " + Wire.kind(event));
        }
    }

    /** Nobody answers a packet of this connection any more. */
    private static boolean isGivenUp(Fate fate) {
        return fate.broken || (fate.sourceClosed && fate.hop == 0 && !fate.synAckSeen);
    }

    /**
     * Whether a packet may arrive at once as well as late: its answer can be late, and nothing else looks at it. A SYN finds a full queue, or nobody who listens,
     * when others have come before; and what its end has closed meanwhile is not answered.
     */
    boolean commutes(long event) {
        if (!net.boxesAreAbsent()) return false;
        int c = Wire.connection(event);
        if (isGivenUp(net.fates[c]) && Wire.kind(event) != PROBE_ENDS) return true;
        boolean isFirst = net.ahead.undisturbed() && listening && net.opened <= 1 + backlog;
        if (Wire.kind(event) == SYN_ARRIVES) return isFirst || isAlone(c) && queued == 0 && (listening || !net.ahead.migrations()) && !net.ahead.strangers() && !net.ahead.beginnings();
        return Wire.kind(event) == SYN_ACK_ARRIVES && (isFirst || net.fates[c].channel == Channel.PROBE || isOnlyMain(c));
    }

    /** Nothing comes to the destination but by this connection. */
    private boolean isAlone(int c) {
        for (int o = 0; o < net.opened; o++) {
            Fate other = net.fates[o];
            boolean isOver = other.opened < 0 || other.broken || (other.sourceClosed && other.destinationClosed);
            if (o != c && (!isOver || net.ahead.unread(o))) return false;
        }
        return true;
    }

    private boolean isOnlyMain(int c) {
        if (net.fates[c].channel != Channel.MAIN || net.ahead.beginnings()) return false;
        for (int o = 0; o < net.opened; o++) {
            Fate other = net.fates[o];
            if (o != c && other.opened >= 0 && other.channel == Channel.MAIN && !other.sourceClosed && !other.broken) return false;
        }
        return true;
    }

    static boolean isStrangersLeaving(long event) {
        return Wire.kind(event) == PROBE_ENDS;
    }

    String words(long event) {
        String name = net.name(Wire.connection(event));
        return switch (Wire.kind(event)) {
            case SYN_ARRIVES -> "the SYN of " + name + " arrives";
            case SYN_ACK_ARRIVES -> "the SYN-ACK of " + name + " arrives";
            case ACK_ARRIVES -> "the ACK of " + name + " arrives, which puts it into the accept queue";
            case DIAL -> "a middle box dials on for " + name;
            case GIVE_UP -> "the kernel gives up connecting " + name;
            default -> "the stranger closes its connection";
        };
    }

    String packetText(long event) {
        return switch (Wire.kind(event)) {
            case SYN_ARRIVES -> "SYN";
            case SYN_ACK_ARRIVES -> "SYN-ACK";
            default -> "ACK";
        };
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
                if (net.recorder != null) net.recorder.noted(now, Actor.NETWORK, c, "SYN of " + net.name(c) + " dropped: the accept queue is full");
                sendAgain(c, fate, Wire.event(SYN_ARRIVES, c, 0), now);
                return;
            }
        }
        sendHandshake(SYN_ACK_ARRIVES, c, network.loss().synAck(), now);
    }

    private void established(int c, Fate fate, long now) {
        fate.ackPending = false;
        if (!reachesDestination(fate)) {
            net.boxes.arrive(c, fate, now);
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
        net.kernel.progress();
        if (fate.channel == Channel.PROBE) lanes.append(map.handshake + c, now + probeNanos, Wire.event(PROBE_ENDS, c, 0));
        else net.boxes.passed(c, now);
    }

    private void fail(int c, long now) {
        Fate fate = net.fates[c];
        fate.broken = true;
        fate.close(now, "network");
        if (fate.hop == 0) {
            if (fate.channel != Channel.PROBE) lanes.append(map.sourceSockets, now, Wire.event(Wire.CONNECT_FAILED, c, 0));
        } else net.transport.breakTowardSource(c, fate.hop - 1, now);
        fate.passed = true;
        net.boxes.passed(c, now);
    }

    @Override
    public void save(StateWriter state) {
        losses.save(state);
        state.put(queued);
        state.put(listening);
        state.put(probeNanos);
    }

    @Override
    public void load(StateReader state) {
        losses.load(state);
        queued = state.nextInt();
        listening = state.nextTruth();
        probeNanos = state.next();
    }
}
