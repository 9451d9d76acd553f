package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void durations() {
        assertThat(List.of(Amounts.duration(0), Amounts.duration(999), Amounts.duration(100_000), Amounts.duration(1_234_567), Amounts.duration(12_345_678),
                Amounts.duration(2_500_000_000L), Amounts.duration(3_600_000_000_000L), Amounts.duration(Long.MAX_VALUE)))
                .containsExactly("0 ns", "999 ns", "100 us", "1.234 ms", "12.34 ms", "2.5 s", "3600 s", "9223372036.8 s");
    }

    @Test
    void microseconds() {
        assertThat(List.of(Amounts.micros(0L), Amounts.micros(229_120L), Amounts.micros(1L), Amounts.micros(5_000_000L), Amounts.micros(-1500L), Amounts.micros(1000.4)))
                .containsExactly("0", "229.12", "0.001", "5000", "-1.5", "1");
    }

    @Test
    void means() {
        assertThat(List.of(Amounts.mean(0), Amounts.mean(17.25), Amounts.mean(2_345.6), Amounts.mean(99_994), Amounts.mean(99_996), Amounts.mean(229_149), Amounts.mean(999_960), Amounts.mean(-12_093_000)))
                .containsExactly("0.0 ns", "17.3 ns", "2.346 us", "99.99 us", "100.0 us", "229.1 us", "1.000 ms", "-12.09 ms");
        assertThat(Amounts.mean(229_149, OptionalDouble.of(1_049))).isEqualTo("229.1 ± 1.0 us");
    }

    @Test
    void sharesAndThroughputs() {
        assertThat(List.of(Amounts.percent(0), Amounts.percent(0.0004), Amounts.percent(0.0005), Amounts.percent(0.0994), Amounts.percent(0.0995), Amounts.percent(1), Amounts.percent(-0.544)))
                .containsExactly("0 %", "< 0.1 %", "0.1 %", "9.9 %", "10 %", "100 %", "-54 %");
        assertThat(List.of(Amounts.megabytes(0), Amounts.megabytes(9_940_000), Amounts.megabytes(45_670_000), Amounts.megabytes(812_400_000)))
                .containsExactly("0.00 MB/s", "9.94 MB/s", "45.7 MB/s", "812 MB/s");
    }

    @Test
    void clock() {
        assertThat(List.of(Amounts.clock(0), Amounts.clock(1_999), Amounts.clock(800_123_456), Amounts.clock(60_000_000_001L)))
                .containsExactly("0.000000", "0.000001", "0.800123", "60.000000");
    }

    @Test
    void bytesAndRates() {
        assertThat(List.of(Amounts.bytes(0), Amounts.bytes(1023), Amounts.bytes(1536), Amounts.bytes(64L << 20), Amounts.bytes(Long.MAX_VALUE)))
                .containsExactly("0 B", "1023 B", "1.5 KiB", "64 MiB", "8388607.9 TiB");
        assertThat(List.of(Amounts.rate(0), Amounts.rate(30_000_000), Amounts.rate(43_500_000), Amounts.rate(128L << 20), Amounts.linkRate(1_250_000_000), Amounts.linkRate(0)))
                .containsExactly("no limit", "30 MB/s", "43.5 MB/s", "128 MiB/s", "10 Gbit/s", "no limit");
    }

    @Test
    void wrapping() {
        assertThat(Characters.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Characters.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
        assertThat(Characters.wrap("postcopy-recover-setup", 18)).containsExactly("postcopy-recover-", "setup");
        assertThat(Characters.wrap("", 4)).containsExactly("");
        assertThat(Characters.clip("abcdef", 4, '…')).isEqualTo("abc…");
    }
}
