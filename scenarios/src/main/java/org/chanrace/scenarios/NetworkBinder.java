package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Hop;
import org.chanrace.model.scenario.Network.Loss;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Tcp;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Binds {@code network:} and, for it and for recoveries, relays. */
final class NetworkBinder {
    /** Relays that take no arguments, by name. */
    private static final List<String> PLAIN_RELAYS = List.of("none", "natural", "swap", "main-last");

    /** Channels that a relay, or a break, can be told to act on. */
    static final String[] CHANNELS = {"main", "preempt"};

    private static final List<String> BUFFERS = List.of("send-buffer", "receive-buffer");
    /** How many connections an attempt opens at most, as long as nothing but main and preempt is simulated. */
    private static final int OPENED_MAX = CHANNELS.length;
    private static final int NUMBER_MAX = 1000;
    private static final int BACKLOG_MAX = 65_535;
    private static final int HOPS_MAX = 4;
    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Report report;
    private final DistributionBinder distributions;
    private final int opened;

    /**
     * @param source the end that opens the connections; empty when it is not known
     * @param wasRun whether what is written was run as it stands: then a relay may act on a connection that there never is
     */
    NetworkBinder(Report report, DistributionBinder distributions, Optional<Endpoint> source, boolean wasRun) {
        this.report = report;
        this.distributions = distributions;
        this.opened = wasRun ? NUMBER_MAX : source.filter(e -> !e.has(Capability.POSTCOPY_PREEMPT)).isPresent() ? 1 : OPENED_MAX;
    }

    Network bind(Node node) {
        Fields f = Fields.of(node, Section.NETWORK, report);
        Network d = Network.DEFAULT;
        Optional<Tcp> tcp = f.value("tcp").map(new TcpBinder(report)::bind).orElse(hasFixedBuffers(f) ? Optional.empty() : d.tcp());
        if (tcp.isPresent())
            for (String key : BUFFERS)
                f.value(key).ifPresent(n -> report.at(n, "either 'tcp' or '" + key + "' goes here, not both", "tcp sizes its buffers itself: tcp: {" + key + ": {max: 4 MiB}}"));
        return new Network(
                distributions.bind(f, "latency", d.latency()),
                f.rateAboveZeroOrUnlimited("bandwidth", d.bandwidth(), "a network that nothing limits is 'unlimited', one that is down has events: cut-network"),
                f.value("loss").map(this::loss).orElse(d.loss()),
                f.has("backlog") ? Optional.of((int) f.whole("backlog", 0, BACKLOG_MAX, 1)) : d.backlog(),
                buffer(f, "send-buffer", d.sendBuffer()),
                buffer(f, "receive-buffer", d.receiveBuffer()),
                f.has("hops") ? hops(f.items("hops", HOPS_MAX)) : d.hops(),
                f.value("relay").map(this::relay).orElse(d.relay()),
                tcp);
    }

    private static boolean hasFixedBuffers(Fields f) {
        return BUFFERS.stream().anyMatch(f::has);
    }

    /** A size, or the word for one that nothing limits, which is 0. */
    private long buffer(Fields f, String key, long fallback) {
        return f.scalar(key, text -> {
            if (text.equals(Quantities.UNLIMITED)) return 0L;
            long size = Quantities.parse(text, Quantities.Dimension.SIZE);
            if (size == 0) throw new BadValue("'" + key + "' cannot be 0");
            return size;
        }, fallback);
    }

    private Loss loss(Node node) {
        Fields f = Fields.of(node, Section.LOSS, report);
        return new Loss(f.probability("syn", 0), f.probability("syn-ack", 0), f.probability("ack", 0));
    }

    private List<Hop> hops(List<Node> items) {
        List<Hop> hops = new ArrayList<>();
        for (Node item : items) hops.add(isLongForm(item) ? hop(item) : hopByKind(item));
        return hops;
    }

    /** {@code {kind: proxy, connect: …}}, rather than {@code {proxy: {connect: …}}}. */
    private static boolean isLongForm(Node item) {
        if (item instanceof MappingNode mapping)
            for (NodeTuple entry : mapping.getValue())
                if (entry.getKeyNode() instanceof ScalarNode key && Section.HOP.keys().contains(key.getValue())) return true;
        return false;
    }

    private Hop hop(Node item) {
        Fields f = Fields.of(item, Section.HOP, report);
        Section.HOP.keys().forEach(f::required);
        String kind = f.scalar("kind", text -> {
            if (!KIND.matcher(text).matches()) throw new BadValue("the kind of a hop is a word, as in proxy, not " + Quantities.quoted(text));
            return text;
        }, "proxy");
        return new Hop(kind, distributions.bind(f, "connect", Network.DEFAULT.latency()));
    }

    private Hop hopByKind(Node item) {
        Fields choice = Fields.of(item, Section.HOP_BY_KIND, report);
        String kind = choice.only().orElse("proxy");
        Optional<Fields> f = choice.value(kind).map(n -> Fields.of(n, Section.HOP_CONNECT, report));
        f.ifPresent(fields -> fields.required("connect"));
        return new Hop(kind, f.map(fields -> distributions.bind(fields, "connect", Network.DEFAULT.latency())).orElse(Network.DEFAULT.latency()));
    }

    /** A relay: a word, or a mapping that says which connection it acts on. */
    Relay relay(Node node) {
        if (node instanceof ScalarNode) {
            return Fields.scalar(node, "a relay", text -> switch (text) {
                case "none" -> new Relay.None();
                case "natural" -> new Relay.Natural();
                case "swap" -> new Relay.Swap();
                case "main-last" -> new Relay.MainLast();
                default -> throw unknownRelay(text);
            }, report, new Relay.None());
        }
        Fields choice = Fields.of(node, Section.RELAY, report);
        Optional<String> kind = choice.only();
        if (kind.isEmpty()) return new Relay.None();
        Node of = choice.value(kind.get()).orElseThrow();
        Fields f = Fields.of(of, kind.get().equals("delay") ? Section.DELAY : Section.TARGET, report);
        Relay.Target target = target(f);
        return switch (kind.get()) {
            case "delay" -> {
                f.required("by");
                yield new Relay.Delay(target, f.time("by", 0));
            }
            case "drop" -> new Relay.Drop(target);
            case "reset" -> new Relay.Reset(target);
            default -> throw new IllegalStateException(kind.get());
        };
    }

    private static BadValue unknownRelay(String text) {
        if (Section.RELAY.keys().contains(text))
            return new BadValue("the relay '" + text + "' needs to know which connection", "as in {" + text + ": {connection: 2"
                    + (text.equals("delay") ? ", by: 500 ms" : "") + "}}");
        List<String> known = new ArrayList<>(PLAIN_RELAYS);
        known.addAll(Section.RELAY.keys());
        return new BadValue("unknown relay " + Quantities.quoted(text), Suggestions.among(text, known));
    }

    private Relay.Target target(Fields f) {
        if (f.has("connection") && f.has("channel")) report.at(f.node(), "either 'connection' or 'channel' goes here, not both");
        f.requiresOne("connection", "channel");
        if (f.has("channel")) {
            String channel = f.word("channel", CHANNELS, c -> c, "main");
            if (opened < OPENED_MAX && channel.equals("preempt")) report.at(f.value("channel").orElseThrow(), "this source opens no preempt: it is without postcopy-preempt");
            return new Relay.Target.Role(channel);
        }
        int number = (int) f.whole("connection", 1, NUMBER_MAX, 1);
        if (number > opened) report.at(f.value("connection").orElseThrow(), "there is no connection " + number + ": " + opens() + " in each attempt");
        return new Relay.Target.Arrival(number);
    }

    private String opens() {
        return opened == 1 ? "a source without postcopy-preempt opens one, main," : "a source opens two at most, main and preempt,";
    }
}
