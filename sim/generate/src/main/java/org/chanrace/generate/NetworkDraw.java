package org.chanrace.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Loss;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Network.Relay.Target;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.Tcp;

/** Draws what is between and around the two QEMUs, starting from a network and a host that are given. */
final class NetworkDraw {
    private static final int HOPS_MAX = 4;
    private static final int HOPS_MORE = 2;
    private static final int TIME_MAX_US = 2_000;

    /** As many of each kind as of the other: the same choice is a connection whether there is a second one or not. */
    private static final List<Target> TARGETS = List.of(new Target.Arrival(1), new Target.Arrival(2), new Target.Role("main"), new Target.Role("preempt"));
    private static final List<Target> TARGETS_WITHOUT_PREEMPT = List.of(new Target.Arrival(1), new Target.Arrival(1), new Target.Role("main"), new Target.Role("main"));

    private static final List<Long> DELAYS = Stream.of(1, 20, 500, 2_500).map(ms -> ms * Draw.MS).toList();

    private static final List<Loss> LOSSES = List.of(new Loss(0.3, 0, 0), new Loss(0, 0.3, 0), new Loss(0, 0, 0.5));

    private static final List<Distribution> WAKE_UPS = List.of(new Distribution.Constant(0), Host.DEFAULT.wakeUp(), new Distribution.Exponential(500 * Draw.US),
            new Distribution.Exponential(20 * Draw.MS));

    private static final List<Optional<Tcp>> TUNINGS = List.of(
            Optional.of(Tcp.LINUX),
            Optional.of(new Tcp(new Tcp.Buffer(16 << 10, 64 << 10), new Tcp.Buffer(16 << 10, 64 << 10), 1.25, 10, 1448, true, Tcp.Queueing.FAIR, 16 << 10, 0)),
            Optional.of(new Tcp(new Tcp.Buffer(4 << 10, 1 << 20), new Tcp.Buffer(4 << 10, 1 << 20), 2, 2, 8948, false, Tcp.Queueing.FIFO, 1 << 20, 256 << 10)));

    private static final List<Paging> PAGINGS = List.of(
            Paging.DEFAULT, new Paging(new Distribution.Constant(10 * Draw.US), 4_000, 5_000, 2_000, 1_000, 500, 2_000, 2_000, 3_000, 8_000_000_000L),
            new Paging(new Distribution.Exponential(Draw.MS), 50_000, 50_000, 50_000, 20_000, 20_000, 20_000, 20_000, 50_000, 100 * Draw.MB));

    private final Draw draw;
    private final List<Target> targets;

    /** @param source the side that opens the connections */
    NetworkDraw(Draw draw, Endpoint source) {
        this.draw = draw;
        this.targets = source.has(Capability.POSTCOPY_PREEMPT) ? TARGETS : TARGETS_WITHOUT_PREEMPT;
    }

    Network network(Network given) {
        Distribution latency = distribution("latency", given.latency());
        long bandwidth = draw.oneOf("bandwidth", draw.plainOr(given.bandwidth(), Feature.BANDWIDTHS, List.of(0L, 100 * Draw.MB, 10 * Draw.MB)));
        Loss loss = draw.oneOf("loss", draw.plainOr(given.loss(), Feature.HANDSHAKE_LOSS, LOSSES));
        Optional<Integer> backlog = draw.oneOf("backlog", draw.plainOr(given.backlog(), Feature.BACKLOGS, List.of(Optional.of(2), Optional.of(1), Optional.of(0))));
        List<Long> buffers = List.of(256L << 10, 16L << 10, 1L, 0L);
        long send = draw.oneOf("send buffer", draw.plainOr(given.sendBuffer(), Feature.BUFFERS, buffers));
        long receive = draw.oneOf("receive buffer", draw.plainOr(given.receiveBuffer(), Feature.BUFFERS, buffers));
        List<Network.Hop> hops = hops(given.hops());
        Relay relay = relay("relay", given.relay());
        Optional<Tcp> tcp = draw.oneOf("tuning of TCP", draw.plainOr(given.tcp(), Feature.TCP_TUNING, TUNINGS));
        // Buffers that are drawn have fixed sizes; those that tune themselves have none that could be written.
        boolean areFixed = send != given.sendBuffer() || receive != given.receiveBuffer();
        if (areFixed || tcp.isEmpty()) return new Network(latency, bandwidth, loss, backlog, send, receive, hops, relay);
        return new Network(latency, bandwidth, loss, backlog, Network.DEFAULT.sendBuffer(), Network.DEFAULT.receiveBuffer(), hops, relay, tcp);
    }

    private List<Network.Hop> hops(List<Network.Hop> given) {
        List<Network.Hop> hops = new ArrayList<>(given);
        for (int i = 0; i < HOPS_MORE; i++) {
            boolean isThere = draw.once(2, "whether there is a hop more");
            Distribution connect = distribution("time that the hop takes", new Distribution.Constant(0));
            if (isThere && draw.has(Feature.HOPS) && hops.size() < HOPS_MAX) hops.add(new Network.Hop("proxy", connect));
        }
        return hops;
    }

    /** The relay that is given, or one of those that there may be. */
    Relay relay(String what, Relay given) {
        Optional<Feature> kind = draw.feature(what, Feature.RELAY_NATURAL, Feature.RELAY_SWAP, Feature.RELAY_MAIN_LAST, Feature.RELAY_DELAY, Feature.RELAY_DROP, Feature.RELAY_RESET);
        Target target = draw.oneOf("connection that the relay acts on", targets);
        long delay = draw.oneOf("delay of the relay", DELAYS);
        return kind.isEmpty() ? given : switch (kind.get()) {
            case RELAY_NATURAL -> new Relay.Natural();
            case RELAY_SWAP -> new Relay.Swap();
            case RELAY_MAIN_LAST -> new Relay.MainLast();
            case RELAY_DELAY -> new Relay.Delay(target, delay);
            case RELAY_DROP -> new Relay.Drop(target);
            case RELAY_RESET -> new Relay.Reset(target);
            default -> throw new IllegalStateException(kind.toString());
        };
    }

    private Distribution distribution(String what, Distribution given) {
        Optional<Feature> kind = draw.feature(what, Feature.LATENCY_CONSTANT, Feature.LATENCY_UNIFORM, Feature.LATENCY_NORMAL, Feature.LATENCY_LOGNORMAL,
                Feature.LATENCY_EXPONENTIAL, Feature.LATENCY_PARETO, Feature.LATENCY_MIXTURE);
        long a = draw.upTo(TIME_MAX_US, what) * Draw.US;
        long b = draw.upTo(TIME_MAX_US, what) * Draw.US;
        return kind.isEmpty() ? given : switch (kind.get()) {
            case LATENCY_CONSTANT -> new Distribution.Constant(a);
            case LATENCY_UNIFORM -> new Distribution.Uniform(Math.min(a, b), Math.max(a, b));
            case LATENCY_NORMAL -> new Distribution.Normal(a, above0(b));
            case LATENCY_LOGNORMAL -> new Distribution.Lognormal(above0(a), 0.8);
            case LATENCY_EXPONENTIAL -> new Distribution.Exponential(above0(a));
            case LATENCY_PARETO -> new Distribution.Pareto(above0(a), 1.5);
            case LATENCY_MIXTURE -> new Distribution.Mixture(List.of(
                    new Distribution.Mixture.Part(0.9, new Distribution.Constant(a)), new Distribution.Mixture.Part(0.1, new Distribution.Exponential(10 * above0(b)))));
            default -> throw new IllegalStateException(kind.toString());
        };
    }

    private static long above0(long nanos) {
        return Math.max(Draw.US, nanos);
    }

    Host host(Host given) {
        Distribution wakeUp = draw.oneOf("wake-up", draw.plainOr(given.wakeUp(), Feature.HOSTS, WAKE_UPS));
        boolean isOther = draw.once(2, "whether the hosts are as given") && draw.has(Feature.HOSTS);
        long perPage = draw.upTo(2_000, "time per page");
        long deviceState = draw.upTo(20_000, "time for the devices' state") * Draw.US;
        long startDelay = draw.upTo(5_000, "time to set up RAM") * Draw.US;
        Paging paging = draw.oneOf("costs of page faults", draw.plainOr(given.paging(), Feature.PAGING_COSTS, PAGINGS));
        RelayWakeUps relay = wakeUp.equals(given.wakeUp()) ? given.relay() : RelayWakeUps.like(wakeUp);
        return isOther ? new Host(wakeUp, perPage, deviceState, startDelay, paging, relay)
                : new Host(wakeUp, given.perPageNanos(), given.deviceStateNanos(), given.startDelayNanos(), paging, relay);
    }
}
