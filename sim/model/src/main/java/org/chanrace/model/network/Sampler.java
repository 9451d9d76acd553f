package org.chanrace.model.network;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.util.FastMath;
import org.chanrace.kernel.RandomStream;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.scenario.Distribution;

/**
 * Draws durations from a distribution by inverting its cumulative distribution function.
 *
 * <p>Uniform numbers are bit-exact (Commons RNG), and so are the functions applied to them (Commons Math's {@code FastMath},
 * written in Java, is the same on every JDK; {@code java.lang.Math} need not be). {@link Quantiles} spares most of them, and changes no draw. A constant
 * draws nothing from its stream.
 */
public final class Sampler implements Stateful {
    private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);
    /** No draw exceeds an hour: a Pareto tail would otherwise leave the range of virtual time. */
    private static final long MAX_NANOS = 3_600_000_000_000L;

    private final Distribution distribution;
    private final Quantiles quantiles;
    private final RandomStream stream;

    /** @param entity whose duration, {@code purpose} which one: together they address the random stream */
    public Sampler(Distribution distribution, String entity, String purpose) {
        this.distribution = distribution;
        this.quantiles = new Quantiles(distribution);
        this.stream = RandomStream.of(entity, purpose);
    }

    /** Goes to the start of the stream of this seed. */
    public void reseed(long seed) {
        stream.reseed(seed);
    }

    /** The next duration, ns, 0 to an hour. */
    public long next() {
        if (distribution instanceof Distribution.Constant constant) return constant.nanos();
        return quantiles.at(stream.nextDouble());
    }

    /** The duration below which a share {@code u} of all draws lies, ns. {@code u} in [0, 1). */
    public static long quantile(Distribution distribution, double u) {
        if (distribution instanceof Distribution.Mixture mixture) {
            int part = mixture.part(u);
            return quantile(mixture.parts().get(part).of(), mixture.within(part, u));
        }
        return FastMath.max(0, FastMath.min(MAX_NANOS, FastMath.round(nanos(distribution, u))));
    }

    /** The quantile of a distribution other than a mixture before it is rounded and limited, ns. */
    static double nanos(Distribution distribution, double u) {
        if (distribution instanceof Distribution.Constant d) return d.nanos();
        if (distribution instanceof Distribution.Uniform d) return d.fromNanos() + u * (d.toNanos() - d.fromNanos());
        if (distribution instanceof Distribution.Normal d) return d.meanNanos() + d.sdNanos() * standardNormal(u);
        // FastMath computes in Java, with the same bits on every JDK; the draw comes from a stream of the seed.
        if (distribution instanceof Distribution.Lognormal d) return d.medianNanos() * FastMath.exp(d.sigma() * standardNormal(u));
        if (distribution instanceof Distribution.Exponential d) return -FastMath.log1p(-u) * d.meanNanos();
        // FastMath: as above.
        if (distribution instanceof Distribution.Pareto d) return d.scaleNanos() * FastMath.pow(1 - u, -1 / d.shape());
        if (distribution instanceof Distribution.Empirical d) return empirical(d.sortedNanos(), u);
        throw new IllegalArgumentException("a mixture is drawn part by part");
    }

    private static double standardNormal(double u) {
        // A uniform number is a multiple of 2^-53, so 0 is possible and its quantile is not finite: half a step further in.
        return STANDARD_NORMAL.inverseCumulativeProbability(u == 0 ? 0x1p-54 : u);
    }

    private static double empirical(List<Long> sorted, double u) {
        double at = u * (sorted.size() - 1);
        int below = (int) at;
        long low = sorted.get(below);
        return below + 1 == sorted.size() ? low : low + (at - below) * (sorted.get(below + 1) - low);
    }

    @Override
    public void save(StateWriter state) {
        stream.save(state);
    }

    @Override
    public void load(StateReader state) {
        stream.load(state);
    }
}
