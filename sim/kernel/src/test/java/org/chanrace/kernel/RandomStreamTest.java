package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    private static List<Double> draws(RandomStream stream, int count) {
        List<Double> draws = new ArrayList<>();
        for (int i = 0; i < count; i++) draws.add(stream.nextDouble());
        return draws;
    }

    private static List<Long> draws(LongSupplier draw, int count) {
        List<Long> draws = new ArrayList<>();
        for (int i = 0; i < count; i++) draws.add(draw.getAsLong());
        return draws;
    }

    /** These change only if every digest and every golden trace is meant to change. */
    @Test
    void knownAnswers() {
        assertThat(draws(RandomStream.of("link", "latency").reseed(1), 4))
                .containsExactly(0.5888851956445891, 0.983568440659991, 0.881079761586183, 0.8143840132513614);
        RandomStream bounded = RandomStream.of("link", "loss").reseed(-7);
        assertThat(draws(() -> bounded.nextInt(1000), 4)).containsExactly(834L, 388L, 847L, 64L);
        RandomStream wide = RandomStream.of("guest", "access").reseed(Long.MIN_VALUE);
        assertThat(draws(() -> wide.nextLong(1L << 40), 4)).containsExactly(480517101253L, 379702358705L, 342406295622L, 395607176189L);
    }

    @Test
    void anotherStreamShiftsNoDraws() {
        List<Double> alone = draws(RandomStream.of("link", "latency").reseed(42), 20);

        RandomStream stream = RandomStream.of("link", "latency").reseed(42);
        RandomStream other = RandomStream.of("guest", "access").reseed(42);
        List<Double> interleaved = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            draws(other, i % 3);
            interleaved.add(stream.nextDouble());
        }
        assertThat(interleaved).isEqualTo(alone);
    }

    @Test
    void reseedingGoesToTheStart() {
        RandomStream stream = RandomStream.of("link", "latency").reseed(5);
        List<Double> first = draws(stream, 9);
        assertThat(draws(stream, 9)).isNotEqualTo(first);
        stream.nextInt(3);
        assertThat(draws(stream.reseed(5), 9)).isEqualTo(first);
        assertThat(draws(stream.reseed(6), 9)).isNotEqualTo(first);
    }

    @Test
    void seedEntityAndPurposeEachMakeAnotherStream() {
        List<List<Double>> streams = new ArrayList<>();
        for (long seed : new long[] {0, 1, 2, -1, 1L << 32, 1L << 63})
            for (String entity : List.of("", "link", "link-1", "guest"))
                for (String purpose : List.of("", "latency", "link", "loss"))
                    streams.add(draws(RandomStream.of(entity, purpose).reseed(seed), 3));
        assertThat(streams).hasSize(96).doesNotHaveDuplicates();
    }

    @Test
    void drawsStayInTheirRangesAndFillThem() {
        RandomStream stream = RandomStream.of("test", "range").reseed(3);
        int[] hits = new int[6];
        int tenths = 0;
        for (int i = 0; i < 1000; i++) {
            hits[stream.nextInt(6)]++;
            double draw = stream.nextDouble();
            assertThat(draw).isGreaterThanOrEqualTo(0).isLessThan(1);
            assertThat(draw * 0x1p53).isEqualTo((double) (long) (draw * 0x1p53));
            tenths |= 1 << (int) (draw * 10);
            assertThat(stream.nextLong(1L << 40)).isBetween(0L, (1L << 40) - 1);
        }
        assertThat(tenths).isEqualTo((1 << 10) - 1);
        for (int hit : hits) assertThat(hit).isBetween(110, 225);
    }
}
