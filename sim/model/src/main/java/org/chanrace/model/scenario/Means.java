package org.chanrace.model.scenario;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.util.FastMath;

/** Means of distributions as they are drawn from: nothing below 0 and nothing above an hour. */
final class Means {
    private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);
    private static final double HOUR_NANOS = 3.6e12;

    private Means() {}

    static long of(Distribution distribution) {
        return FastMath.round(mean(distribution));
    }

    private static double mean(Distribution distribution) {
        if (distribution instanceof Distribution.Constant d) return d.nanos();
        if (distribution instanceof Distribution.Uniform d) return (d.fromNanos() + (double) d.toNanos()) / 2;
        if (distribution instanceof Distribution.Exponential d) return d.meanNanos();
        if (distribution instanceof Distribution.Normal d) {
            double z = (double) d.meanNanos() / d.sdNanos();
            return d.meanNanos() * STANDARD_NORMAL.cumulativeProbability(z) + d.sdNanos() * STANDARD_NORMAL.density(z);
        }
        if (distribution instanceof Distribution.Lognormal d) return lognormal(d.medianNanos(), d.sigma());
        if (distribution instanceof Distribution.Pareto d) return pareto(d.scaleNanos(), d.shape());
        if (distribution instanceof Distribution.Empirical d) return empirical(d.sortedNanos());
        double sum = 0;
        double weights = 0;
        for (Distribution.Mixture.Part part : ((Distribution.Mixture) distribution).parts()) {
            sum += part.weight() * mean(part.of());
            weights += part.weight();
        }
        return sum / weights;
    }

    private static double lognormal(double median, double sigma) {
        double z = FastMath.log(HOUR_NANOS / median) / sigma;
        return median * FastMath.exp(sigma * sigma / 2) * STANDARD_NORMAL.cumulativeProbability(z - sigma) + HOUR_NANOS * STANDARD_NORMAL.cumulativeProbability(-z);
    }

    private static double pareto(double scale, double shape) {
        double log = FastMath.log(HOUR_NANOS / scale);
        if (log <= 0) return HOUR_NANOS;
        // The integral of (scale / x)^shape from the scale to an hour, which for the shape 1 is a logarithm.
        double rise = 1 - shape;
        return scale * (1 + (FastMath.abs(rise) < 1e-9 ? log : FastMath.expm1(rise * log) / rise));
    }

    private static double empirical(List<Long> sorted) {
        if (sorted.size() == 1) return sorted.get(0);
        double sum = 0;
        for (int i = 1; i < sorted.size(); i++) sum += (sorted.get(i - 1) + (double) sorted.get(i)) / 2;
        return sum / (sorted.size() - 1);
    }
}
