package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.chanrace.scenarios.Quantities.Dimension;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping whose keys have been checked: each is known here and stands once.
 *
 * <p>The typed getters return the fallback when the key is absent, and when its value is bad, which is then reported: a document
 * with a problem yields no scenario, so the fallback only lets the binder go on to the next problem.
 */
final class Fields {
    private final Node node;
    private final Section section;
    private final Report report;
    private final Map<String, Node> values = new LinkedHashMap<>();
    /** Keys that are missing because they are misspelt or have no value: that has been reported. */
    private final Set<String> excused = new TreeSet<>();
    private boolean notAMapping;
    private boolean hasStranger;

    private Fields(Node node, Section section, Report report) {
        this.node = node;
        this.section = section;
        this.report = report;
    }

    /** The fields of a mapping; none, and a problem, when the node is something else. */
    static Fields of(Node node, Section section, Report report) {
        Fields fields = new Fields(node, section, report);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) fields.add(entry.getKeyNode(), entry.getValueNode());
        } else {
            fields.notAMapping = true;
            report.at(node, "a mapping is needed here, with keys", "known here: " + String.join(", ", section.keys()));
        }
        return fields;
    }

    private void add(Node keyNode, Node value) {
        if (!(keyNode instanceof ScalarNode scalar)) {
            report.at(keyNode, "a key is a single word", "known here: " + String.join(", ", section.keys()));
            hasStranger = true;
            return;
        }
        String key = scalar.getValue();
        if (!section.keys().contains(key)) {
            report.at(keyNode, "unknown key " + Quantities.quoted(key), Suggestions.among(key, section.keys()));
            Suggestions.nearest(key, section.keys()).ifPresent(excused::add);
            hasStranger = true;
        } else if (values.containsKey(key)) {
            report.at(keyNode, "'" + key + "' is given twice");
        } else if (isNothing(value)) {
            report.at(keyNode, "'" + key + "' has no value");
            excused.add(key);
        } else {
            values.put(key, value);
        }
    }

    /** Whether a node is YAML's null: a plain {@code ~}, {@code null}, or nothing at all. */
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain()
                && (scalar.getValue().isEmpty() || scalar.getValue().equals("~") || scalar.getValue().equals("null"));
    }

    Node node() {
        return node;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The keys that are given, in file order. */
    List<String> given() {
        return List.copyOf(values.keySet());
    }

    Optional<Node> value(String key) {
        if (!section.keys().contains(key)) throw new IllegalArgumentException(section + " has no key " + key);
        return Optional.ofNullable(values.get(key));
    }

    /** As {@link #value}, and a problem when it is absent. */
    Optional<Node> required(String key) {
        Optional<Node> value = value(key);
        if (value.isEmpty() && !isExcused(key)) report.at(node, "'" + key + "' is missing here");
        return value;
    }

    /** Whether one of these two is there; a problem when neither is. */
    boolean requiresOne(String one, String other) {
        if (has(one) || has(other)) return true;
        if (!isExcused(one) && !isExcused(other)) report.at(node, "'" + one + "' or '" + other + "' is missing here");
        return false;
    }

    private boolean isExcused(String key) {
        return notAMapping || excused.contains(key);
    }

    /** Of a mapping that makes a choice by having exactly one of its keys: that key; a problem when there are none or several. */
    Optional<String> only() {
        if (values.size() == 1) return Optional.of(given().get(0));
        if (values.size() > 1) report.at(node, "only one of these goes here: " + String.join(", ", given()));
        else if (!notAMapping && excused.isEmpty() && !hasStranger) report.at(node, "one of these is missing here: " + String.join(", ", section.keys()));
        return Optional.empty();
    }

    long time(String key, long fallback) {
        return quantity(key, Dimension.TIME, fallback);
    }

    long size(String key, long fallback) {
        return quantity(key, Dimension.SIZE, fallback);
    }

    long rate(String key, long fallback) {
        return quantity(key, Dimension.RATE, fallback);
    }

    /** A rate, or the word for one that nothing limits, which is 0. */
    long rateOrUnlimited(String key, long fallback) {
        return scalar(key, text -> text.equals(Quantities.UNLIMITED) ? 0 : Quantities.parse(text, Dimension.RATE), fallback);
    }

    /**
     * A rate above 0, or the word for one that nothing limits, which is 0 here. Who writes 0 does not mean that.
     *
     * @param instead what to write instead of 0
     */
    long rateAboveZeroOrUnlimited(String key, long fallback, String instead) {
        return scalar(key, text -> {
            if (text.equals(Quantities.UNLIMITED)) return 0L;
            long rate = Quantities.parse(text, Dimension.RATE);
            if (rate == 0) throw new BadValue("'" + key + "' cannot be 0", instead);
            return rate;
        }, fallback);
    }

    private long quantity(String key, Dimension dimension, long fallback) {
        return scalar(key, text -> Quantities.parse(text, dimension), fallback);
    }

    double probability(String key, double fallback) {
        return scalar(key, Quantities::probability, fallback);
    }

    double decimal(String key, double above, double max, double fallback) {
        return scalar(key, text -> Quantities.decimal(text, above, max), fallback);
    }

    long whole(String key, long min, long max, long fallback) {
        return scalar(key, text -> Quantities.whole(text, min, max), fallback);
    }

    String text(String key, String fallback) {
        return scalar(key, text -> text, fallback);
    }

    boolean flag(String key, boolean fallback) {
        return scalar(key, text -> switch (text) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new BadValue(Quantities.quoted(text) + " is neither on nor off", "known here: on, off, true, false");
        }, fallback);
    }

    /** One of several words. */
    <T> T word(String key, T[] choices, Function<T, String> name, T fallback) {
        return scalar(key, text -> word(text, "'" + key + "' cannot be ", choices, name), fallback);
    }

    /** The choice of this name. */
    static <T> T word(String text, String complaint, T[] choices, Function<T, String> name) throws BadValue {
        List<String> names = new ArrayList<>();
        for (T choice : choices) {
            if (name.apply(choice).equals(text)) return choice;
            names.add(name.apply(choice));
        }
        throw new BadValue(complaint + Quantities.quoted(text), Suggestions.among(text, names));
    }

    /** Reads the text of a scalar. */
    interface Reader<T> {
        T read(String text) throws BadValue;
    }

    <T> T scalar(String key, Reader<T> reader, T fallback) {
        return value(key).map(n -> scalar(n, "'" + key + "'", reader, report, fallback)).orElse(fallback);
    }

    /** The value of a scalar node; the fallback, and a problem, when it is something else or bad. */
    static <T> T scalar(Node node, String what, Reader<T> reader, Report report, T fallback) {
        if (!(node instanceof ScalarNode scalar)) {
            report.at(node, what + " is a single value, not a " + (node instanceof SequenceNode ? "list" : "mapping"));
            return fallback;
        }
        try {
            return reader.read(scalar.getValue());
        } catch (BadValue bad) {
            report.at(node, bad);
            return fallback;
        }
    }

    /** The items of a list; a problem and none when it is something else or has more than {@code max}. */
    List<Node> items(String key, int max) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) return List.of();
        if (!(value.get() instanceof SequenceNode list)) {
            report.at(value.get(), "'" + key + "' is a list: [a, b]");
            return List.of();
        }
        if (list.getValue().size() > max) {
            report.at(list, "'" + key + "' has " + list.getValue().size() + " items; at most " + max);
            return List.of();
        }
        return list.getValue();
    }
}
