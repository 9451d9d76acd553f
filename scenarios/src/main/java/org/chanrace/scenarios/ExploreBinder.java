package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.chanrace.model.release.Release;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Pairing;
import org.snakeyaml.engine.v2.nodes.Node;

/** Binds what a scenario says about exploring it: {@code explore:}, {@code fails-in:}, {@code passes-in:}. */
final class ExploreBinder {
    /** Between the source's release and the destination's. */
    static final String ARROW = "->";

    private static final int PAIRINGS_MAX = 1000;

    private final Report report;
    private final EndpointBinder endpoints;

    ExploreBinder(Report report, EndpointBinder endpoints) {
        this.report = report;
        this.endpoints = endpoints;
    }

    Bounds bounds(Node node, Function<Node, Expectation> finds) {
        Fields f = Fields.of(node, Section.EXPLORE, report);
        return new Bounds(
                count(f, "pages", 1, Bounds.MAX_PAGES), count(f, "precopy-rounds", 0, Bounds.MAX_COUNT), count(f, "faults", 0, Bounds.MAX_COUNT),
                count(f, "device-faults", 0, 1), count(f, "unread-pages", 1, Bounds.MAX_PAGES), count(f, "network-cuts", 0, Bounds.MAX_COUNT), count(f, "syn-losses", 0, Bounds.MAX_COUNT),
                f.has("operator") ? Optional.of(commands(f)) : Optional.empty(), f.value("finds").map(finds));
    }

    private static OptionalInt count(Fields f, String key, int min, int max) {
        return f.has(key) ? OptionalInt.of((int) f.whole(key, min, max, min)) : OptionalInt.empty();
    }

    private List<Bounds.Command> commands(Fields f) {
        List<Bounds.Command> commands = new ArrayList<>();
        for (Node item : f.items("operator", Bounds.MAX_COUNT))
            Fields.scalar(item, "a command", text -> Optional.of(Fields.word(text, "unknown command ", Bounds.Command.values(), Bounds.Command::text)), report,
                    Optional.<Bounds.Command>empty()).ifPresent(commands::add);
        return commands;
    }

    /** What a pairing has to go together with. */
    record Setting(Optional<Endpoint> source, Optional<Endpoint> destination, Optional<String> machine, List<OperatorEvent> events) {}

    /** The pairings at a key; {@code others} are those of the list before. */
    List<Pairing> pairings(Fields scenario, String key, Setting setting, List<Pairing> others, String otherKey) {
        List<Pairing> pairings = new ArrayList<>();
        for (Node item : scenario.items(key, PAIRINGS_MAX)) {
            Optional<Pairing> bound = Fields.scalar(item, "a pairing", text -> Optional.of(pairing(text)), report, Optional.empty());
            if (bound.isEmpty()) continue;
            Pairing pairing = bound.get();
            if (pairings.contains(pairing)) report.at(item, "'" + pairing.text() + "' is given twice");
            else if (others.contains(pairing)) report.at(item, "'" + pairing.text() + "' stands in '" + otherKey + "' as well");
            else check(item, pairing, setting);
            pairings.add(pairing);
        }
        return pairings;
    }

    private Pairing pairing(String text) throws BadValue {
        int arrow = text.indexOf(ARROW);
        if (arrow < 0) {
            Release both = endpoints.named(text.strip());
            return new Pairing(both, both);
        }
        return new Pairing(endpoints.named(text.substring(0, arrow).strip()), endpoints.named(text.substring(arrow + ARROW.length()).strip()));
    }

    private void check(Node item, Pairing pairing, Setting setting) {
        setting.source().ifPresent(e -> check(item, e, pairing.source(), setting));
        if (!pairing.destination().equals(pairing.source()) || !setting.source().equals(setting.destination()))
            setting.destination().ifPresent(e -> check(item, e, pairing.destination(), setting));
        for (OperatorEvent event : setting.events())
            if (event.when() instanceof When.After after && !Status.isReachable(after.status(), pairing.source()))
                report.at(item, "a source of " + pairing.source().name() + " is never " + after.status() + ", which an event waits for");
    }

    private void check(Node item, Endpoint side, Release release, Setting setting) {
        endpoints.checkCapabilities(item, side.capabilities(), release);
        side.properties().keySet().forEach(property -> endpoints.checkProperty(item, property, release));
        setting.machine().ifPresent(machine -> endpoints.checkMachine(item, machine, release));
    }
}
