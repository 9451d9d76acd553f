package org.chanrace.reports;

import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean over runs, and how sure it is.
 *
 * @param mean of the runs
 * @param halfWidth half the width of the interval that holds the true mean with 95 % confidence, by Student's t; empty for fewer than two runs
 * @param runs how many, 1 or more
 */
record Estimate(double mean, OptionalDouble halfWidth, int runs) {
    private static final double UPPER_QUANTILE = 0.975;

    /** From what each run came to. */
    static Estimate of(double... values) {
        int n = values.length;
        if (n == 0) throw new IllegalArgumentException("no run, no mean");
        double mean = 0;
        for (double value : values) mean += value / n;
        if (n == 1) return new Estimate(mean, OptionalDouble.empty(), 1);
        double squares = 0;
        for (double value : values) squares += (value - mean) * (value - mean);
        double error = Math.sqrt(squares / (n - 1) / n);
        return new Estimate(mean, OptionalDouble.of(new TDistribution(null, n - 1).inverseCumulativeProbability(UPPER_QUANTILE) * error), n);
    }

    /** Whether the interval leaves out 0, so that the sign of the mean is no chance. */
    boolean isSure() {
        return halfWidth.isPresent() && Math.abs(mean) > halfWidth.getAsDouble();
    }
}
