package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Expectation.Quantity;
import org.chanrace.model.scenario.Expectation.Within;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Binds what is expected: an outcome, several, or a mapping that says more. */
final class ExpectationBinder {
    private final Report report;

    ExpectationBinder(Report report) {
        this.report = report;
    }

    /** What is expected of a run. */
    Expectation bind(Node node) {
        if (!(node instanceof MappingNode)) return Expectation.of(outcomes(node).toArray(Outcome[]::new));
        Fields f = Fields.of(node, Section.EXPECT, report);
        List<Within> quantities = quantities(f);
        // Only a run that went well is worth measuring.
        Optional<Node> outcome = quantities.isEmpty() ? f.required("outcome") : f.value("outcome");
        return new Expectation(
                outcome.map(this::outcomes).orElse(List.of(Outcome.COMPLETED)),
                present(f, "guest-runs-on", f.word("guest-runs-on", GuestLocation.values(), GuestLocation::text, GuestLocation.NEITHER)),
                present(f, "source-monitor", f.word("source-monitor", Monitor.values(), Monitor::text, Monitor.ANSWERS)),
                present(f, "destination-monitor", f.word("destination-monitor", Monitor.values(), Monitor::text, Monitor.ANSWERS)),
                present(f, "source-status", f.scalar("source-status", text -> Status.named(text, Status.ALL), "none")),
                present(f, "destination-status", f.scalar("destination-status", text -> Status.named(text, Status.ALL), "none")),
                present(f, "waits", f.scalar("waits", ExpectationBinder::words, "waits")),
                quantities);
    }

    /** As {@link #bind}, of an order, which takes no time. */
    Expectation ofAnOrder(Node node) {
        if (node instanceof MappingNode) {
            Fields f = Fields.of(node, Section.EXPECT, report);
            for (Quantity quantity : Quantity.values())
                f.value(quantity.text()).ifPresent(n -> report.at(n, "'" + quantity.text() + "' goes only with 'expect': what is explored are orders, which take no time"));
        }
        return bind(node);
    }

    private static String words(String text) throws BadValue {
        if (text.isBlank()) throw new BadValue("'' are no words", "they stand in a sentence such as 'source migration thread waits for a PONG'");
        return text;
    }

    private static <T> Optional<T> present(Fields f, String key, T value) {
        return f.has(key) ? Optional.of(value) : Optional.empty();
    }

    private static List<Within> quantities(Fields f) {
        List<Within> all = new ArrayList<>();
        for (Quantity quantity : Quantity.values())
            if (f.has(quantity.text())) all.add(f.scalar(quantity.text(), text -> Ranges.parse(text, quantity), new Within(quantity, 0, 0)));
        return all;
    }

    private List<Outcome> outcomes(Node node) {
        List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        if (items.isEmpty()) report.at(node, "at least one outcome is expected");
        List<Outcome> outcomes = new ArrayList<>();
        for (Node item : items) {
            Optional<Outcome> outcome = Fields.scalar(item, "an outcome",
                    text -> Optional.of(Fields.word(text, "unknown outcome ", Outcome.values(), Outcome::text)), report, Optional.empty());
            if (outcome.filter(outcomes::contains).isPresent()) report.at(item, "'" + outcome.get().text() + "' is given twice");
            else outcome.ifPresent(outcomes::add);
        }
        return outcomes.isEmpty() ? List.of(Outcome.COMPLETED) : outcomes;
    }
}
