package org.chanrace.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What each parameter does to the mean of a scenario: its columns are the scenario as it is, and then with one parameter changed each, from the same dice.
 *
 * @param asItIs the first column
 * @param parameters in the order of the columns
 */
record Sensitivity(LatencyColumn asItIs, List<Parameter> parameters) {
    Sensitivity {
        parameters = List.copyOf(parameters);
    }

    /**
     * A parameter.
     *
     * @param smaller what a smaller value does; empty when none was tried
     * @param larger what a larger value does, or another one of something that is no number
     */
    record Parameter(String name, String value, Optional<Effect> smaller, Optional<Effect> larger) {
        /** The larger of its effects, whichever direction it has; 0 when there is none. */
        double weight() {
            return Math.max(share(smaller), share(larger));
        }

        private static double share(Optional<Effect> effect) {
            return effect.flatMap(Effect::difference).map(d -> Math.abs(d.share())).orElse(0.0);
        }
    }

    /**
     * A change and what it does.
     *
     * @param difference from the column as it is; empty when one of the two had no faults
     */
    record Effect(String change, LatencyColumn column, Optional<LatencyComparison.Difference> difference) {}

    /** Reads it off a comparison whose columns but the first are variations. */
    static Sensitivity of(LatencyComparison comparison) {
        List<Parameter> parameters = new ArrayList<>();
        for (LatencyColumn column : comparison.columns()) {
            if (column.variation().isEmpty()) continue;
            LatencyVariation variation = column.variation().get();
            Optional<Effect> effect = Optional.of(new Effect(variation.change(), column, comparison.difference(column)));
            int last = parameters.size() - 1;
            if (last < 0 || !parameters.get(last).name().equals(variation.parameter())) {
                parameters.add(new Parameter(variation.parameter(), variation.value(), variation.upward() ? Optional.empty() : effect, variation.upward() ? effect : Optional.empty()));
            } else {
                Parameter p = parameters.get(last);
                parameters.set(last, new Parameter(p.name(), p.value(), variation.upward() ? p.smaller() : effect, variation.upward() ? effect : p.larger()));
            }
        }
        return new Sensitivity(comparison.columns().get(0), parameters);
    }

    /** What matters most comes first. */
    List<Parameter> byWeight() {
        return parameters.stream().sorted(Comparator.comparingDouble(Parameter::weight).reversed()).toList();
    }
}
