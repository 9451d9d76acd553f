package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chanrace.model.network.Wire;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.BreakNetwork.Loses;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Scenario;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Binds {@code events:}. */
final class EventBinder {
    /** What can be done, in the order of the documentation. */
    static final List<String> ACTIONS = List.of("start-postcopy", "break-network", "cut-network", "restore-network", "recover", "cancel",
            "set-parameters", "pause", "probe", "resume", "migrate", "lose-syn", "stand-still");

    /** How long a probe holds its connection when the scenario does not say. */
    static final long HOLD_DEFAULT_NANOS = 1_000_000_000;

    /** Keys that go with certain actions only. */
    private static final Map<String, List<String>> ONLY_WITH = Map.of("relay", List.of("recover", "resume", "migrate"), "parameters", List.of("set-parameters"),
            "side", List.of("pause"), "hold", List.of("probe"), "loses", List.of("break-network"),
            "channel", List.of("break-network"), "for", List.of("stand-still"), "of", List.of("stand-still"));

    private static final int EVENTS_MAX = 1000;

    private final Report report;
    private final NetworkBinder networks;
    private final List<Node> relaysThatStandStill = new ArrayList<>();

    EventBinder(Report report, NetworkBinder networks) {
        this.report = report;
        this.networks = networks;
    }

    /**
     * The list at the key {@code events}.
     *
     * @param source decides which statuses there can be
     * @param relay the one of the first migration
     */
    List<OperatorEvent> bind(Fields scenario, Optional<Endpoint> source, Relay relay) {
        List<OperatorEvent> events = new ArrayList<>();
        Room room = new Room(source);
        for (Node item : scenario.items("events", EVENTS_MAX)) {
            Fields f = Fields.of(item, Section.EVENT, report);
            When when = when(f, source);
            f.required("do");
            String name = f.word("do", ACTIONS.toArray(String[]::new), action -> action, "");
            if (!name.isEmpty()) events.add(new OperatorEvent(when, action(f, name), oneOf(f)));
            if (!name.isEmpty()) room.take(f.value("do").orElseThrow(), events.get(events.size() - 1).action());
        }
        if (!Scenario.isRelayed(relay, events)) for (Node where : relaysThatStandStill) report.at(where, "there is no relay here", "proxies, and whoever else is on the way, never stand still");
        return events;
    }

    /** Numbers for the connections that there can be: the first migration's, those of each further attempt, and a probe's. */
    private final class Room {
        private final int each;
        private int left;
        private boolean probed;

        Room(Optional<Endpoint> source) {
            each = source.filter(e -> e.has(Capability.POSTCOPY_PREEMPT)).isPresent() ? 2 : 1;
            left = Wire.MAX_CONNECTIONS - each;
        }

        void take(Node where, Action action) {
            boolean firstProbe = action instanceof Action.Probe && !probed;
            probed |= firstProbe;
            int taken = firstProbe ? 1 : action.opensThrough().isPresent() ? each : 0;
            if (taken > 0 && left >= 0 && (left -= taken) < 0)
                report.at(where, "more connections than can be simulated: " + Wire.MAX_CONNECTIONS + " in all attempts together");
        }
    }

    private static Optional<String> oneOf(Fields f) {
        return f.has("one-of") ? Optional.of(f.scalar("one-of", ScenarioBinder::name, "")) : Optional.empty();
    }

    private When when(Fields f, Optional<Endpoint> source) {
        if (f.has("at") && f.has("after")) report.at(f.node(), "either 'at' or 'after' goes here, not both");
        if (f.has("at")) {
            for (String key : List.of("by", "occurrence")) f.value(key).ifPresent(n -> report.at(n, "'" + key + "' goes only with 'after'"));
            return new When.At(f.time("at", 0));
        }
        if (!f.requiresOne("at", "after")) return new When.At(0);
        String status = f.scalar("after", text -> Status.named(text, Status.AFTER), "active");
        source.map(Endpoint::release).filter(release -> !Status.isReachable(status, release)).ifPresent(release ->
                report.at(f.value("after").orElseThrow(), "a source of " + release.name() + " is never " + status));
        return new When.After(status, (int) f.whole("occurrence", 1, 1000, 1), f.time("by", 0));
    }

    private Action action(Fields f, String name) {
        for (String key : f.given()) {
            List<String> actions = ONLY_WITH.getOrDefault(key, List.of(name));
            if (!actions.contains(name)) report.at(f.value(key).orElseThrow(), "'" + key + "' goes only with 'do: " + String.join("' or 'do: ", actions) + "'");
        }
        return switch (name) {
            case "start-postcopy" -> new Action.StartPostcopy();
            case "break-network" -> new Action.BreakNetwork(loses(f), channel(f));
            case "cut-network" -> new Action.CutNetwork();
            case "restore-network" -> new Action.RestoreNetwork();
            case "recover" -> new Action.Recover(relay(f));
            case "resume" -> new Action.Resume(relay(f));
            case "migrate" -> new Action.Migrate(relay(f));
            case "lose-syn" -> new Action.LoseSyn();
            case "cancel" -> new Action.Cancel();
            case "set-parameters" -> setParameters(f);
            case "pause" -> new Action.Pause(f.word("side", new String[] {"source", "destination"}, s -> s, "source").equals("source"));
            case "probe" -> new Action.Probe(f.time("hold", HOLD_DEFAULT_NANOS));
            case "stand-still" -> standStill(f);
            default -> throw new IllegalStateException(name);
        };
    }

    private Action standStill(Fields f) {
        f.required("for");
        long nanos = f.scalar("for", text -> {
            long time = Quantities.parse(text, Quantities.Dimension.TIME);
            if (time == 0) throw new BadValue("'for' cannot be 0", "who stands still for no time does not");
            if (time > Action.StandStill.MOST_NANOS) throw new BadValue(Quantities.quoted(text) + " is too long", "at most " + Quantities.time(Action.StandStill.MOST_NANOS));
            return time;
        }, 1L);
        Set<Party> of = EnumSet.noneOf(Party.class);
        for (Node item : f.items("of", Party.values().length)) {
            Optional<Party> party = Fields.scalar(item, "'of'", text -> Optional.of(Fields.word(text, "'of' cannot be ", Party.values(), Party::text)), report, Optional.empty());
            if (party.filter(Party.RELAY::equals).isPresent()) relaysThatStandStill.add(item);
            if (party.isPresent() && !of.add(party.get())) report.at(item, "'" + party.get().text() + "' is given twice");
        }
        if (of.isEmpty()) f.value("of").filter(node -> node instanceof SequenceNode list && list.getValue().isEmpty()).ifPresent(node ->
                report.at(node, "nobody stands still", "without 'of' all do: they are on one machine"));
        return new Action.StandStill(nanos, of.isEmpty() ? EnumSet.allOf(Party.class) : of);
    }

    private Relay relay(Fields f) {
        return f.value("relay").map(networks::relay).orElse(new Relay.None());
    }

    private static Optional<String> channel(Fields f) {
        return f.has("channel") ? Optional.of(f.word("channel", NetworkBinder.CHANNELS, c -> c, "main")) : Optional.empty();
    }

    private static Loses loses(Fields f) {
        Loses[] directions = {Loses.TO_SOURCE, Loses.TO_DESTINATION, Loses.BOTH};
        return f.word("loses", directions, Loses::text, Loses.NOTHING);
    }

    private Action setParameters(Fields f) {
        long keep = Action.SetParameters.KEEP;
        Optional<Node> node = f.required("parameters");
        if (node.isEmpty()) return new Action.SetParameters(keep, keep, keep);
        Fields p = Fields.of(node.get(), Section.EVENT_PARAMETERS, report);
        if (p.given().isEmpty()) p.required("max-bandwidth");
        return new Action.SetParameters(
                p.rateOrUnlimited("max-bandwidth", keep), p.rateOrUnlimited("max-postcopy-bandwidth", keep), p.time("downtime-limit", keep));
    }
}
