package org.chanrace.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Distribution.Constant;
import org.chanrace.model.scenario.Distribution.Empirical;
import org.chanrace.model.scenario.Distribution.Exponential;
import org.chanrace.model.scenario.Distribution.Lognormal;
import org.chanrace.model.scenario.Distribution.Mixture;
import org.chanrace.model.scenario.Distribution.Normal;
import org.chanrace.model.scenario.Distribution.Pareto;
import org.chanrace.model.scenario.Distribution.Uniform;
import org.junit.jupiter.api.Test;

/** Quantiles are those of the textbook, draws are quantiles of uniform numbers, and both are the same on every JDK. */
class SamplerTest {
    private static final long HOUR = 3_600_000_000_000L;
    /** Phi(1) and Phi(-1). */
    private static final double ONE_SIGMA_UP = 0.841344746068542949;
    private static final double ONE_SIGMA_DOWN = 1 - ONE_SIGMA_UP;

    private static long quantile(Distribution distribution, double u) {
        return Sampler.quantile(distribution, u);
    }

    private static double meanOfQuantiles(Distribution distribution) {
        int n = 200_000;
        double sum = 0;
        for (int i = 0; i < n; i++) sum += quantile(distribution, (i + 0.5) / n);
        return sum / n;
    }

    @Test
    void aConstantIsConstant() {
        for (double u : new double[] {0, 0.3, 0.999}) assertThat(quantile(new Constant(123), u)).isEqualTo(123);
    }

    @Test
    void uniformQuantilesAreLinear() {
        Uniform uniform = new Uniform(1000, 2000);
        assertThat(quantile(uniform, 0)).isEqualTo(1000);
        assertThat(quantile(uniform, 0.25)).isEqualTo(1250);
        assertThat(quantile(uniform, 0.5)).isEqualTo(1500);
        assertThat(quantile(uniform, 1 - 0x1p-53)).isEqualTo(2000);
        assertThat(meanOfQuantiles(uniform)).isCloseTo(1500, within(0.01));
    }

    @Test
    void normalQuantilesAreThoseOfTheBell() {
        Normal normal = new Normal(1_000_000, 10_000);
        assertThat(quantile(normal, 0.5)).isEqualTo(1_000_000);
        assertThat(quantile(normal, ONE_SIGMA_UP)).isEqualTo(1_010_000);
        assertThat(quantile(normal, ONE_SIGMA_DOWN)).isEqualTo(990_000);
        assertThat(quantile(normal, 0.975)).isEqualTo(1_019_600);
        assertThat(meanOfQuantiles(normal)).isCloseTo(1_000_000, within(1.0));
    }

    @Test
    void whatIsNormallyBelowZeroIsZero() {
        assertThat(quantile(new Normal(0, 10_000), 0.3)).isZero();
        assertThat(quantile(new Normal(0, 10_000), 0)).isZero();
        assertThat(quantile(new Normal(0, 10_000), ONE_SIGMA_UP)).isEqualTo(10_000);
    }

    @Test
    void lognormalQuantilesAreFactorsOfTheMedian() {
        Lognormal lognormal = new Lognormal(1_000_000, StrictMath.log(2));
        assertThat(quantile(lognormal, 0.5)).isEqualTo(1_000_000);
        assertThat(quantile(lognormal, ONE_SIGMA_UP)).isEqualTo(2_000_000);
        assertThat(quantile(lognormal, ONE_SIGMA_DOWN)).isEqualTo(500_000);
        double mean = 1_000_000 * StrictMath.exp(StrictMath.log(2) * StrictMath.log(2) / 2);
        assertThat(meanOfQuantiles(lognormal)).isCloseTo(mean, within(mean * 1e-4));
    }

    @Test
    void exponentialQuantilesHaveNoMemory() {
        Exponential exponential = new Exponential(1_000_000);
        assertThat(quantile(exponential, 0)).isZero();
        assertThat(quantile(exponential, 0.5)).isEqualTo(693_147);
        assertThat(quantile(exponential, 0.75)).isEqualTo(1_386_294);
        assertThat(quantile(exponential, 0.875)).isEqualTo(2_079_442);
        assertThat(meanOfQuantiles(exponential)).isCloseTo(1_000_000, within(10.0));
    }

    @Test
    void paretoQuantilesFollowThePowerLaw() {
        Pareto pareto = new Pareto(1_000_000, 2);
        assertThat(quantile(pareto, 0)).isEqualTo(1_000_000);
        assertThat(quantile(pareto, 0.75)).isEqualTo(2_000_000);
        assertThat(quantile(pareto, 0.99)).isEqualTo(10_000_000);
        // The mean of shape 2 is twice the scale; midpoints miss some of the tail.
        assertThat(meanOfQuantiles(pareto)).isCloseTo(2_000_000, within(3_000.0));
    }

    @Test
    void noDrawExceedsAnHour() {
        assertThat(quantile(new Pareto(1, 0.01), 0.9)).isEqualTo(HOUR);
        assertThat(quantile(new Lognormal(1_000_000_000, 30), 0.999)).isEqualTo(HOUR);
        assertThat(quantile(new Exponential(HOUR), 1 - 0x1p-53)).isEqualTo(HOUR);
    }

    @Test
    void empiricalQuantilesAreLinearBetweenTheValues() {
        Empirical empirical = new Empirical("ping.csv", List.of(100L, 200L, 400L, 1000L, 1000L));
        assertThat(quantile(empirical, 0)).isEqualTo(100);
        assertThat(quantile(empirical, 0.25)).isEqualTo(200);
        assertThat(quantile(empirical, 0.375)).isEqualTo(300);
        assertThat(quantile(empirical, 0.5)).isEqualTo(400);
        assertThat(quantile(empirical, 0.625)).isEqualTo(700);
        assertThat(quantile(empirical, 0.75)).isEqualTo(1000);
        assertThat(quantile(empirical, 1 - 0x1p-53)).isEqualTo(1000);
        assertThat(quantile(new Empirical("one.csv", List.of(7L)), 0.9)).isEqualTo(7);
    }

    @Test
    void aMixtureIsEachOfItsPartsWithItsWeight() {
        Mixture mixture = new Mixture(List.of(
                new Mixture.Part(3, new Constant(10)), new Mixture.Part(1, new Uniform(100, 200)), new Mixture.Part(4, new Constant(5))));
        assertThat(quantile(mixture, 0)).isEqualTo(10);
        assertThat(quantile(mixture, 0.37)).isEqualTo(10);
        assertThat(quantile(mixture, 0.375)).isEqualTo(100);
        assertThat(quantile(mixture, 0.4375)).isEqualTo(150);
        assertThat(quantile(mixture, 0.5)).isEqualTo(5);
        assertThat(quantile(mixture, 1 - 0x1p-53)).isEqualTo(5);
        assertThat(meanOfQuantiles(mixture)).isCloseTo(3.0 / 8 * 10 + 1.0 / 8 * 150 + 4.0 / 8 * 5, within(0.01));
    }

    @Test
    void aConstantDrawsNothingFromItsStream() {
        Sampler constant = sampler(new Constant(5), 1);
        for (int i = 0; i < 10; i++) assertThat(constant.next()).isEqualTo(5);
        assertThat(allocatedBy(constant)).as("the generator is made at the first draw").isZero();
    }

    private static long allocatedBy(Sampler sampler) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long none = -threads.getThreadAllocatedBytes(id) + threads.getThreadAllocatedBytes(id);
        long before = threads.getThreadAllocatedBytes(id);
        sampler.reseed(2);
        sampler.next();
        return threads.getThreadAllocatedBytes(id) - before - none;
    }

    @Test
    void drawsAreTheQuantilesOfUniformNumbers() {
        Sampler uniform = sampler(new Uniform(0, 1_000_000_000_000L), 7);
        Sampler exponential = sampler(new Exponential(1_000_000), 7);
        for (int i = 0; i < 100; i++) {
            double u = uniform.next() / 1e12;
            assertThat((double) exponential.next()).isCloseTo(quantile(new Exponential(1_000_000), u), within(2.0));
        }
    }

    /** So many draws that every cell between the 2048th and the last 2048th has its polynomial; then the places where it is farthest off, and cells' borders. */
    @Test
    void polynomialsAreNearerThanRoundingCanTell() {
        List<Distribution> distributions = List.of(
                new Lognormal(35_000, 0.7), new Lognormal(12_000, 0.6), new Lognormal(120_000, 0.7), new Lognormal(50_000_000, 0.2), new Normal(1_000_000, 200_000),
                new Exponential(3_000_000), new Exponential(250_000_000), new Pareto(20_000, 2.5));
        for (Distribution distribution : distributions) {
            Quantiles quantiles = new Quantiles(distribution);
            for (int round = 0; round < 20; round++) everyCell(quantiles, distribution, round / 20.0);
            for (int step = 0; step <= 48; step++) everyCell(quantiles, distribution, step / 48.0);
            assertThat(quantiles.polynomials()).as("%s", distribution).isGreaterThan(150);
            assertThat(quantiles.farthestOff()).as("%s", distribution).isLessThan(Quantiles.TOLERANCE / 2);
        }
    }

    private static void everyCell(Quantiles quantiles, Distribution distribution, double within) {
        for (double from = 0x1p-11; from < 0.5; from *= 2)
            for (int sixteenth = 0; sixteenth < 16; sixteenth++) {
                double u = from * (1 + (sixteenth + within) / 16);
                assertThat(quantiles.at(u)).isEqualTo(quantile(distribution, u));
                assertThat(quantiles.at(1 - u)).isEqualTo(quantile(distribution, 1 - u));
            }
    }

    @Test
    void streamsAreAddressedBySeedEntityAndPurpose() {
        Uniform distribution = new Uniform(0, HOUR);
        Sampler sampler = new Sampler(distribution, "network", "latency");
        sampler.reseed(1);
        long first = sampler.next();
        long second = sampler.next();
        assertThat(second).isNotEqualTo(first);
        sampler.reseed(2);
        assertThat(sampler.next()).isNotEqualTo(first);
        sampler.reseed(1);
        assertThat(sampler.next()).isEqualTo(first);
        Sampler otherEntity = new Sampler(distribution, "source", "latency");
        otherEntity.reseed(1);
        assertThat(otherEntity.next()).isNotEqualTo(first);
        Sampler otherPurpose = new Sampler(distribution, "network", "loss");
        otherPurpose.reseed(1);
        assertThat(otherPurpose.next()).isNotEqualTo(first);
    }

    /** Another JDK, or another processor, must draw the same. */
    @Test
    void drawsArePinned() {
        assertThat(draws(new Uniform(0, 1_000_000_000))).isEqualTo("683059546 457022047 941763433 318180502");
        assertThat(draws(new Normal(1_000_000_000, 100_000_000))).isEqualTo("1047627158 989206102 1156975065 952720719");
        assertThat(draws(new Lognormal(1_000_000_000, 0.7))).isEqualTo("1395691663 927226611 3000639560 718237512");
        assertThat(draws(new Exponential(1_000_000_000))).isEqualTo("1149041366 610686563 2843241827 382990321");
        assertThat(draws(new Pareto(1_000_000_000, 2.5))).isEqualTo("1583466683 1276694895 3118327284 1165553555");
        assertThat(draws(new Empirical("x.csv", List.of(0L, 1_000_000L, 1_000_000_000L)))).isEqualTo("366752973 914044 883643340 636361");
    }

    private static String draws(Distribution distribution) {
        Sampler sampler = sampler(distribution, 42);
        return sampler.next() + " " + sampler.next() + " " + sampler.next() + " " + sampler.next();
    }

    private static Sampler sampler(Distribution distribution, long seed) {
        Sampler sampler = new Sampler(distribution, "network", "latency");
        sampler.reseed(seed);
        return sampler;
    }
}
