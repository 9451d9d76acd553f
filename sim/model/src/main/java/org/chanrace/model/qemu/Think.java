package org.chanrace.model.qemu;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.util.FastMath;
import org.chanrace.kernel.RandomStream;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.scenario.Distribution;

/**
 * How long a thread of the guest thinks between touches.
 *
 * <p>The time of many touches is drawn at once: exactly for a constant, and for exponential times, whose sum has a gamma distribution. Of other
 * distributions up to {@value #DRAWN} times are drawn and added; more than that take so many times the mean.
 */
final class Think implements Stateful {
    private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);
    private static final int DRAWN = 64;
    /** No sum is above eleven days: whatever lasts that long is behind the end of every run. */
    private static final double MOST_NANOS = 1e15;
    /** Up to here a gamma is drawn as the logarithm of a product. */
    private static final int SMALL_SHAPE = 16;

    private final Distribution distribution;
    private final Sampler sampler;
    private final RandomStream stream = RandomStream.of("guest", "think, of many touches");
    private final double mean;

    Think(Distribution distribution) {
        this.distribution = distribution;
        this.sampler = new Sampler(distribution, "guest", "think");
        this.mean = distribution.expectedNanos();
    }

    void reseed(long seed) {
        sampler.reseed(seed);
        stream.reseed(seed);
    }

    /** The time from a touch to the one that comes so many later, ns. */
    long over(long touches) {
        if (touches == 0) return 0;
        if (distribution instanceof Distribution.Constant || (touches > DRAWN && !(distribution instanceof Distribution.Exponential))) return limited(touches * mean);
        if (distribution instanceof Distribution.Exponential) return limited(gamma(touches) * mean);
        long sum = 0;
        for (long i = 0; i < touches; i++) sum += sampler.next();
        return sum;
    }

    private static long limited(double nanos) {
        return FastMath.round(FastMath.min(MOST_NANOS, nanos));
    }

    /** The sum of so many exponential numbers of mean 1 (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000). */
    private double gamma(long shape) {
        if (shape <= SMALL_SHAPE) {
            double product = 1;
            for (long i = 0; i < shape; i++) product *= 1 - stream.nextDouble();
            return -FastMath.log(product);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / FastMath.sqrt(9 * d);
        for (;;) {
            double u = stream.nextDouble();
            double x = STANDARD_NORMAL.inverseCumulativeProbability(u == 0 ? 0x1p-54 : u);
            double root = 1 + c * x;
            if (root <= 0) continue;
            double v = root * root * root;
            if (FastMath.log(1 - stream.nextDouble()) < x * x / 2 + d - d * v + d * FastMath.log(v)) return d * v;
        }
    }

    @Override
    public void save(StateWriter state) {
        sampler.save(state);
        stream.save(state);
    }

    @Override
    public void load(StateReader state) {
        sampler.load(state);
        stream.load(state);
    }
}
