package org.chanrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.scenario.Distribution;

/** Laws of every quantile function. */
class SamplerProperties {
    private static final long HOUR = 3_600_000_000_000L;

    @Provide
    Arbitrary<Distribution> distributions() {
        Arbitrary<Long> times = Arbitraries.longs().between(1, 10_000_000_000L);
        Arbitrary<Double> shapes = Arbitraries.doubles().between(0.05, 20);
        return Arbitraries.oneOf(
                times.map(Distribution.Constant::new),
                Combinators.combine(times, times).as((a, b) -> new Distribution.Uniform(Math.min(a, b), Math.max(a, b))),
                Combinators.combine(times, times).as(Distribution.Normal::new),
                Combinators.combine(times, shapes).as(Distribution.Lognormal::new),
                times.map(Distribution.Exponential::new),
                Combinators.combine(times, shapes).as(Distribution.Pareto::new),
                times.list().ofMinSize(1).ofMaxSize(20).map(list -> new Distribution.Empirical("x.csv", list.stream().sorted().toList())));
    }

    @Provide
    Arbitrary<Double> uniforms() {
        return Arbitraries.longs().between(0, (1L << 53) - 1).map(n -> n * 0x1p-53);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void quantilesAscend(@ForAll("distributions") Distribution distribution, @ForAll("uniforms") double a, @ForAll("uniforms") double b) {
        assertThat(Sampler.quantile(distribution, Math.min(a, b))).isLessThanOrEqualTo(Sampler.quantile(distribution, Math.max(a, b)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void quantilesAreTimesOfAtMostAnHour(@ForAll("distributions") Distribution distribution, @ForAll("uniforms") double u) {
        assertThat(Sampler.quantile(distribution, u)).isBetween(0L, HOUR);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMixtureOfEqualsIsThatDistribution(@ForAll("distributions") Distribution part, @ForAll("uniforms") double u) {
        Distribution.Mixture one = new Distribution.Mixture(List.of(new Distribution.Mixture.Part(1, part)));
        assertThat(Sampler.quantile(one, u)).isEqualTo(Sampler.quantile(part, u));
    }

    /** Polynomials are in use after a few thousand draws: the second pass would see a difference of a nanosecond, wherever it falls in a cell. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void whatSparesTimeChangesNothing(@ForAll("distributions") Distribution one, @ForAll("distributions") Distribution other, @ForAll Random random) {
        Distribution mixture = new Distribution.Mixture(List.of(new Distribution.Mixture.Part(1, one), new Distribution.Mixture.Part(0.3, other)));
        for (Distribution distribution : List.of(one, mixture)) {
            Quantiles quantiles = new Quantiles(distribution);
            for (int i = 0; i < 20_000; i++) {
                double u = random.nextDouble();
                assertThat(quantiles.at(u)).isEqualTo(Sampler.quantile(distribution, u));
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void drawsAreReproducible(@ForAll("distributions") Distribution distribution, @ForAll long seed) {
        Sampler a = new Sampler(distribution, "entity", "purpose");
        Sampler b = new Sampler(distribution, "entity", "purpose");
        b.reseed(seed + 1);
        b.next();
        a.reseed(seed);
        b.reseed(seed);
        for (int i = 0; i < 20; i++) assertThat(a.next()).isEqualTo(b.next());
    }
}
