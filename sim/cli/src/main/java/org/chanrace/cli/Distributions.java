package org.chanrace.cli;

import java.util.Optional;
import org.chanrace.model.scenario.Distribution;

/** Distributions made longer or shorter, wider or narrower. */
final class Distributions {
    private Distributions() {}

    /** The distribution of what is drawn, times a factor above 0; nothing that must be above 0 becomes 0. */
    static Distribution times(Distribution of, double factor) {
        if (of instanceof Distribution.Constant d) return new Distribution.Constant(scaled(d.nanos(), factor));
        if (of instanceof Distribution.Uniform d) return new Distribution.Uniform(scaled(d.fromNanos(), factor), scaled(d.toNanos(), factor));
        if (of instanceof Distribution.Normal d) return new Distribution.Normal(scaled(d.meanNanos(), factor), atLeast1(d.sdNanos(), factor));
        if (of instanceof Distribution.Lognormal d) return new Distribution.Lognormal(atLeast1(d.medianNanos(), factor), d.sigma());
        if (of instanceof Distribution.Exponential d) return new Distribution.Exponential(atLeast1(d.meanNanos(), factor));
        if (of instanceof Distribution.Pareto d) return new Distribution.Pareto(atLeast1(d.scaleNanos(), factor), d.shape());
        if (of instanceof Distribution.Empirical d) return new Distribution.Empirical(d.file(), d.sortedNanos().stream().map(nanos -> scaled(nanos, factor)).toList());
        return new Distribution.Mixture(((Distribution.Mixture) of).parts().stream().map(p -> new Distribution.Mixture.Part(p.weight(), times(p.of(), factor))).toList());
    }

    /** How widely it spreads: the sigma or the standard deviation; empty for a distribution that has no parameter of its own for that. */
    static Optional<Double> spread(Distribution of) {
        if (of instanceof Distribution.Normal d) return Optional.of((double) d.sdNanos());
        return of instanceof Distribution.Lognormal d ? Optional.of(d.sigma()) : Optional.empty();
    }

    /** The distribution with its spread times a factor above 0; the same where it has none. */
    static Distribution spreadTimes(Distribution of, double factor) {
        if (of instanceof Distribution.Normal d) return new Distribution.Normal(d.meanNanos(), atLeast1(d.sdNanos(), factor));
        return of instanceof Distribution.Lognormal d ? new Distribution.Lognormal(d.medianNanos(), d.sigma() * factor) : of;
    }

    private static long scaled(long nanos, double factor) {
        return Math.round(nanos * factor);
    }

    private static long atLeast1(long nanos, double factor) {
        return Math.max(1, scaled(nanos, factor));
    }
}
