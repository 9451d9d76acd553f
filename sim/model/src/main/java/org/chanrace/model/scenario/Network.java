package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything between the two QEMUs.
 *
 * @param latency one way, of each packet, drawn anew for each
 * @param bandwidth of the link in each direction, bytes/s, shared fairly between the connections that have something to send;
 *     0 for no limit. Of payload, unless tcp is given: then it carries the segments' headers as well ({@link Tcp#onTheWire})
 * @param loss which handshake packets are lost
 * @param backlog the destination's listen backlog; empty for the one that its release asks for (behaviour.md section 2.2)
 * @param sendBuffer kernel send buffer of each connection, bytes; 0 for no limit
 * @param receiveBuffer kernel receive buffer of each connection, bytes; 0 for no limit
 * @param hops proxies on the way, from the source on; each dials every connection on its own
 * @param relay the middle box next to the destination
 * @param tcp how the kernels tune buffers and windows and queue packets; empty for buffers of fixed sizes, no congestion window and fair queueing.
 *     Where it is given, the two buffers' sizes above are not used
 * @param holdsFlight whether the send buffer holds what is on its way besides, so that only what the reader has no room for fills it: for buffers of a few
 *     pages that stand for such as hold more than ever is on its way. Not with tcp; no scenario file says so
 */
public record Network(
        Distribution latency,
        long bandwidth,
        Loss loss,
        Optional<Integer> backlog,
        long sendBuffer,
        long receiveBuffer,
        List<Hop> hops,
        Relay relay,
        Optional<Tcp> tcp,
        boolean holdsFlight) {
    /** A loopback or a quiet LAN: 100 us, 10 Gbit/s, buffers as Linux' loopback was seen to have (4.0 to 4.4 MB a hop, 8.6 to 9.4 MB with a relay between). */
    public static final Network DEFAULT = new Network(
            new Distribution.Constant(100_000), 1_250_000_000L, Loss.NONE, Optional.empty(), 2_752_512, 1_572_864, List.of(), new Relay.None());

    /** A network whose send buffers hold what is on its way until it is acknowledged. */
    public Network(
            Distribution latency, long bandwidth, Loss loss, Optional<Integer> backlog, long sendBuffer, long receiveBuffer, List<Hop> hops, Relay relay, Optional<Tcp> tcp) {
        this(latency, bandwidth, loss, backlog, sendBuffer, receiveBuffer, hops, relay, tcp, false);
    }

    /** A network whose kernels do not tune themselves. */
    public Network(
            Distribution latency, long bandwidth, Loss loss, Optional<Integer> backlog, long sendBuffer, long receiveBuffer, List<Hop> hops, Relay relay) {
        this(latency, bandwidth, loss, backlog, sendBuffer, receiveBuffer, hops, relay, Optional.empty());
    }

    public Network {
        Objects.requireNonNull(tcp);
        Objects.requireNonNull(latency);
        Objects.requireNonNull(loss);
        Objects.requireNonNull(backlog);
        hops = List.copyOf(hops);
        Objects.requireNonNull(relay);
        if (bandwidth < 0 || sendBuffer < 0 || receiveBuffer < 0) throw new IllegalArgumentException("a rate or a size is negative");
        if (holdsFlight && tcp.isPresent()) throw new IllegalArgumentException("buffers that tune themselves hold what they hold");
        if (hops.size() > 4) throw new IllegalArgumentException("at most 4 hops");
    }

    /** The same network with another latency. */
    public Network withLatency(Distribution other) {
        return new Network(other, bandwidth, loss, backlog, sendBuffer, receiveBuffer, hops, relay, tcp, holdsFlight);
    }

    /** The same network with links of another bandwidth, bytes/s; 0 for links without a limit. */
    public Network withBandwidth(long other) {
        return new Network(latency, other, loss, backlog, sendBuffer, receiveBuffer, hops, relay, tcp, holdsFlight);
    }

    /** The same network with buffers that tune themselves in another way. */
    public Network withTcp(Tcp other) {
        return new Network(latency, bandwidth, loss, backlog, sendBuffer, receiveBuffer, hops, relay, Optional.of(other), holdsFlight);
    }

    /** The same network with another relay. */
    public Network withRelay(Relay other) {
        return new Network(latency, bandwidth, loss, backlog, sendBuffer, receiveBuffer, hops, other, tcp, holdsFlight);
    }

    /** The same network with proxies. */
    public Network withHops(List<Hop> others) {
        return new Network(latency, bandwidth, loss, backlog, sendBuffer, receiveBuffer, others, relay, tcp, holdsFlight);
    }

    /** The same network with buffers of fixed sizes, bytes; 0 for no limit. */
    public Network withBuffers(long send, long receive) {
        return new Network(latency, bandwidth, loss, backlog, send, receive, hops, relay, Optional.empty(), holdsFlight);
    }

    /** The same network with send buffers that hold what is on its way besides. */
    public Network holdingFlight() {
        return new Network(latency, bandwidth, loss, backlog, sendBuffer, receiveBuffer, hops, relay, tcp, true);
    }

    /** What the send buffer of a new connection holds, bytes; 0 for no limit. */
    public long firstSendBuffer() {
        return tcp.map(Tcp::firstSendBuffer).orElse(sendBuffer);
    }

    /** What the receive buffer of a new connection holds, bytes; 0 for no limit. */
    public long firstReceiveBuffer() {
        return tcp.map(t -> t.payload(t.receive().initial())).orElse(receiveBuffer);
    }

    /**
     * Probabilities with which handshake packets are lost, each in [0, 1). A lost SYN or SYN-ACK is sent again after 1 s, 2 s,
     * 4 s …; after a lost ACK the first data segment completes the handshake.
     */
    public record Loss(double syn, double synAck, double ack) {
        /** Nothing is lost. */
        public static final Loss NONE = new Loss(0, 0, 0);

        public Loss {
            if (!(syn >= 0 && syn < 1 && synAck >= 0 && synAck < 1 && ack >= 0 && ack < 1))
                throw new IllegalArgumentException("a loss is a probability below 1");
        }
    }

    /**
     * A proxy (libvirt's, socat's, KubeVirt's): accepts at once, then dials on; each connection by a thread of its own, so
     * connections can overtake each other here.
     *
     * @param kind what kind of box, for people
     * @param connect how long until it dials on, drawn for each connection
     */
    public record Hop(String kind, Distribution connect) {
        public Hop {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(connect);
        }
    }

    /** A middle box that decides in which order and when the destination sees the connections. */
    public sealed interface Relay {
        /** No middle box. */
        record None() implements Relay {}

        /** Passes every connection on at once, in order. */
        record Natural() implements Relay {}

        /** Holds the first back until the second has been passed on, 2.5 s at most. */
        record Swap() implements Relay {}

        /** Holds the first back until no other one has arrived for a while and all have been passed on. */
        record MainLast() implements Relay {}

        /** Passes one on late. */
        record Delay(Target target, long byNanos) implements Relay {
            public Delay {
                Objects.requireNonNull(target);
                if (byNanos < 0) throw new IllegalArgumentException("a delay is negative");
            }
        }

        /** Accepts one and never passes it on. */
        record Drop(Target target) implements Relay {
            public Drop {
                Objects.requireNonNull(target);
            }
        }

        /** Resets one as soon as it has arrived. */
        record Reset(Target target) implements Relay {
            public Reset {
                Objects.requireNonNull(target);
            }
        }

        /** Which connection: the n-th to arrive, or the one that is a certain channel. */
        sealed interface Target {
            /** The n-th connection to arrive, from 1. */
            record Arrival(int number) implements Target {
                public Arrival {
                    if (number < 1) throw new IllegalArgumentException("connections are counted from 1");
                }
            }

            /** The connection that the source opened as this channel: {@code main}, {@code preempt}. */
            record Role(String channel) implements Target {
                public Role {
                    Objects.requireNonNull(channel);
                }
            }
        }
    }
}
