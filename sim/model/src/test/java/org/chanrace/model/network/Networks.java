package org.chanrace.model.network;

import java.util.List;
import java.util.Optional;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Tcp;

/** Networks for tests, by what they differ in from a link of constant latency and nothing else. */
final class Networks {
    private static final long PLENTY = 1L << 40;

    private Networks() {}

    /** No limit on bandwidth or buffers, no loss, no boxes. */
    static Network plain(long latencyNanos) {
        return new Network(new Distribution.Constant(latencyNanos), 0, Network.Loss.NONE, Optional.empty(), PLENTY, PLENTY, List.of(), new Network.Relay.None());
    }

    static Network latency(Network n, Distribution latency) {
        return new Network(latency, n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), n.hops(), n.relay());
    }

    static Network bandwidth(Network n, long bytesPerSecond) {
        return new Network(n.latency(), bytesPerSecond, n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), n.hops(), n.relay());
    }

    static Network loss(Network n, double syn, double synAck, double ack) {
        return new Network(n.latency(), n.bandwidth(), new Network.Loss(syn, synAck, ack), n.backlog(), n.sendBuffer(), n.receiveBuffer(), n.hops(), n.relay());
    }

    static Network buffers(Network n, long send, long receive) {
        return new Network(n.latency(), n.bandwidth(), n.loss(), n.backlog(), send, receive, n.hops(), n.relay());
    }

    /** With kernels that tune themselves; what this is based on is changed first. */
    static Network tcp(Network n, Tcp tcp) {
        return new Network(n.latency(), n.bandwidth(), n.loss(), n.backlog(), 0, 0, n.hops(), n.relay(), Optional.of(tcp));
    }

    static Network proxies(Network n, Distribution... connect) {
        List<Network.Hop> hops = java.util.Arrays.stream(connect).map(c -> new Network.Hop("proxy", c)).toList();
        return new Network(n.latency(), n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), hops, n.relay());
    }

    static Network relay(Network n, Network.Relay relay) {
        return new Network(n.latency(), n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), n.hops(), relay);
    }
}
