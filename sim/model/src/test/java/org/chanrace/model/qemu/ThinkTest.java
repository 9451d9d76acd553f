package org.chanrace.model.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.scenario.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkTest {
    private static Think think(Distribution distribution) {
        Think think = new Think(distribution);
        think.reseed(1);
        return think;
    }

    @Test
    void aConstantIsMultiplied() {
        Think think = think(new Distribution.Constant(200));
        assertThat(think.over(0)).isZero();
        assertThat(think.over(1)).isEqualTo(200);
        assertThat(think.over(12_345_678_901L)).isEqualTo(2_469_135_780_200L);
        assertThat(think.over(1L << 50)).as("behind the end of every run").isEqualTo(1_000_000_000_000_000L);
    }

    /** The sum of exponential times has a gamma distribution, however many there are. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 16, 17, 1000, 1_000_000_000})
    void exponentialTimesAddUpToAGamma(long touches) {
        Think think = think(new Distribution.Exponential(100_000));
        double[] sums = new double[2000];
        for (int i = 0; i < sums.length; i++) sums[i] = think.over(touches) / 1e5;
        GammaDistribution gamma = new GammaDistribution(null, touches, 1);
        assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(gamma, sums)).isGreaterThan(0.001);
    }

    @Test
    void fewTimesAreDrawnAndManyTakeTheirMean() {
        Distribution uniform = new Distribution.Uniform(100, 300);
        Think think = think(uniform);
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            long three = think.over(3);
            assertThat(three).isBetween(300L, 900L);
            sum += three;
        }
        assertThat(sum / 10_000).isCloseTo(600, within(5.0));
        assertThat(think.over(1000)).isEqualTo(200_000);
    }

    @Test
    void whatWasDrawnIsPartOfItsState() {
        for (Distribution distribution : List.of(new Distribution.Exponential(1000), new Distribution.Lognormal(1000, 1))) {
            Think think = think(distribution);
            think.over(5);
            StateWriter state = new StateWriter();
            think.save(state);
            Think other = new Think(distribution);
            other.load(new StateReader().of(state.toBytes(), 0));
            for (int i = 0; i < 10; i++) assertThat(other.over(i)).isEqualTo(think.over(i));
        }
    }
}
