package org.chanrace.model.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.scenario.Distribution.Mixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {
    static List<Distribution> distributions() {
        return List.of(
                new Distribution.Constant(700), new Distribution.Uniform(100, 5000), new Distribution.Normal(10_000, 3_000), new Distribution.Normal(1_000, 3_000),
                new Distribution.Lognormal(60_000, 0.35), new Distribution.Lognormal(60_000, 1.2), new Distribution.Exponential(40_000),
                new Distribution.Pareto(1000, 4), new Distribution.Pareto(1000, 2.5), new Distribution.Empirical("", List.of(10_000L, 20_000L, 90_000L)),
                new Distribution.Empirical("", List.of(5L)),
                new Mixture(List.of(new Mixture.Part(3, new Distribution.Constant(1000)), new Mixture.Part(1, new Distribution.Exponential(9_000)))));
    }

    /** The mean is the integral of the quantile function. */
    @ParameterizedTest
    @MethodSource("distributions")
    void expectsTheMeanOfWhatIsDrawn(Distribution distribution) {
        int n = 400_000;
        double sum = 0;
        for (int i = 0; i < n; i++) sum += Sampler.quantile(distribution, (i + 0.5) / n);
        assertThat(distribution.expectedNanos() / (sum / n)).isCloseTo(1, within(0.003));
    }

    @Test
    void noDrawIsAboveAnHourSoThereIsAlwaysAMean() {
        assertThat(new Distribution.Pareto(1000, 0.5).expectedNanos()).isBetween(100_000_000L, 130_000_000L);
        assertThat(new Distribution.Pareto(1000, 1).expectedNanos()).isEqualTo(Math.round(1000 * (1 + StrictMath.log(3.6e9))));
        assertThat(new Distribution.Pareto(4_000_000_000_000L, 1).expectedNanos()).isEqualTo(3_600_000_000_000L);
    }
}
