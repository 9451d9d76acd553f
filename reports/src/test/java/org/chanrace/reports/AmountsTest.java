package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void durations() {
        assertThat(List.of(Amounts.duration(0), Amounts.duration(999), Amounts.duration(100_000), Amounts.duration(1_234_567), Amounts.duration(12_345_678),
                Amounts.duration(2_500_000_000L), Amounts.duration(3_600_000_000_000L), Amounts.duration(Long.MAX_VALUE)))
                .containsExactly("0 ns", "999 ns", "100 us", "1.234 ms", "12.34 ms", "2.5 s", "3600 s", "9223372036.8 s");
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
