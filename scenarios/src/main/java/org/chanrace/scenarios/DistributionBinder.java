package org.chanrace.scenarios;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.scenarios.Quantities.Dimension;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Binds distributions of durations: a time alone is constant, else {@code {uniform: {from: …, to: …}}} and so on. */
final class DistributionBinder {
    private static final Distribution NONE = new Distribution.Constant(0);
    private static final int PARTS_MAX = 100;

    private final Report report;
    private final Optional<Path> baseDir;

    /** @param baseDir what CSV files are relative to; empty where none may be read */
    DistributionBinder(Report report, Optional<Path> baseDir) {
        this.report = report;
        this.baseDir = baseDir;
    }

    /** The distribution at a key; the fallback when it is absent. */
    Distribution bind(Fields fields, String key, Distribution fallback) {
        return fields.value(key).map(this::bind).orElse(fallback);
    }

    Distribution bind(Node node) {
        if (node instanceof ScalarNode)
            return new Distribution.Constant(Fields.scalar(node, "a duration", text -> Quantities.parse(text, Dimension.TIME), report, 0L));
        Fields choice = Fields.of(node, Section.DISTRIBUTION, report);
        Optional<String> kind = choice.only();
        if (kind.isEmpty()) return NONE;
        Node of = choice.value(kind.get()).orElseThrow();
        return switch (kind.get()) {
            case "uniform" -> {
                Fields f = parameters(of, Section.UNIFORM);
                yield built(of, () -> new Distribution.Uniform(f.time("from", 0), f.time("to", Dimension.TIME.max())));
            }
            case "normal" -> {
                Fields f = parameters(of, Section.NORMAL);
                yield built(of, () -> new Distribution.Normal(f.time("mean", 0), f.time("sd", 1)));
            }
            case "lognormal" -> {
                Fields f = parameters(of, Section.LOGNORMAL);
                yield built(of, () -> new Distribution.Lognormal(f.time("median", 1), f.decimal("sigma", 0, 20, 1)));
            }
            case "exponential" -> {
                Fields f = parameters(of, Section.EXPONENTIAL);
                yield built(of, () -> new Distribution.Exponential(f.time("mean", 1)));
            }
            case "pareto" -> {
                Fields f = parameters(of, Section.PARETO);
                yield built(of, () -> new Distribution.Pareto(f.time("scale", 1), f.decimal("shape", 0, 1000, 1)));
            }
            case "empirical" -> of instanceof MappingNode ? measured(of) : fromFile(of);
            case "mixture" -> mixture(of);
            default -> throw new IllegalStateException(kind.get());
        };
    }

    private Distribution fromFile(Node of) {
        String file = Fields.scalar(of, "'empirical'", text -> text, report, "");
        if (file.isEmpty()) return NONE;
        if (baseDir.isEmpty()) {
            report.at(of, "a capsule reads no other file: measured values stand in it, as in {empirical: {values: 90000 95000 ns}}");
            return NONE;
        }
        return EmpiricalFile.read(file, baseDir.get(), of, report).orElse(NONE);
    }

    private Distribution measured(Node of) {
        Fields f = parameters(of, Section.MEASURED);
        List<Long> values = f.scalar("values", MeasuredValues::parse, List.of());
        return values.isEmpty() ? NONE : new Distribution.Empirical("", values);
    }

    private Fields parameters(Node of, Section section) {
        Fields fields = Fields.of(of, section, report);
        section.keys().forEach(fields::required);
        return fields;
    }

    private Distribution mixture(Node of) {
        if (!(of instanceof SequenceNode list)) {
            report.at(of, "'mixture' is a list: [{weight: 0.9, of: 100 us}, {weight: 0.1, of: 5 ms}]");
            return NONE;
        }
        if (list.getValue().size() > PARTS_MAX) {
            report.at(of, "a mixture has at most " + PARTS_MAX + " parts");
            return NONE;
        }
        List<Distribution.Mixture.Part> parts = new ArrayList<>();
        for (Node item : list.getValue()) {
            Fields part = parameters(item, Section.PART);
            parts.add(new Distribution.Mixture.Part(part.decimal("weight", 0, 1e9, 1), bind(part, "of", NONE)));
        }
        return built(of, () -> new Distribution.Mixture(parts));
    }

    private Distribution built(Node node, Supplier<Distribution> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            report.at(node instanceof MappingNode mapping && !mapping.getValue().isEmpty() ? mapping.getValue().get(0).getKeyNode() : node,
                    e.getMessage());
            return NONE;
        }
    }
}
