package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.chanrace.scenarios.Quantities.Dimension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "100 us, TIME, 100000", "100us, TIME, 100000", "2500.0 ms, TIME, 2500000000", "0.1 us, TIME, 100", "1 min, TIME, 60000000000", "1.5 h, TIME, 5400000000000",
        "64 MiB, SIZE, 67108864", "64 MB, SIZE, 64000000", "2.5 MiB, SIZE, 2621440", "1.5 KiB, SIZE, 1536",
        "10 Gbit/s, RATE, 1250000000", "128 MiB/s, RATE, 134217728", "43.5 MB/s, RATE, 43500000", "8 bit/s, RATE, 1"
    })
    void quantitiesAreExact(String text, Dimension dimension, long value) throws BadValue {
        assertThat(Quantities.parse(text, dimension)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"1 bit/s, RATE", "0.1 B, SIZE", "1e9 ns, TIME", "'', TIME", "ms, TIME", "1 000 ms, TIME", "+ 1 ms, TIME", "1 µs, TIME", "2000 TiB, SIZE"})
    void whatIsNotAQuantityIsRefused(String text, Dimension dimension) {
        assertThatThrownBy(() -> Quantities.parse(text, dimension)).isInstanceOf(BadValue.class);
    }

    @ParameterizedTest
    @CsvSource({"0.1%, 0.001", "0.001, 0.001", "0, 0", "99.9 %, 0.999"})
    void probabilities(String text, double value) throws BadValue {
        assertThat(Quantities.probability(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"100 %, 1", "1, 1", "0, 0", "0 %, 0", "12.5%, 0.125", "0.9, 0.9"})
    void shares(String text, double value) throws BadValue {
        assertThat(Quantities.share(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"100.1 %", "1.01", "-1 %", "half", "%", "''"})
    void whatIsNotAShareIsRefused(String text) {
        assertThatThrownBy(() -> Quantities.share(text)).isInstanceOf(BadValue.class);
    }

    @Test
    void theLargestUnitThatDividesIsPrinted() {
        assertThat(Quantities.time(2_500_000_000L)).isEqualTo("2500 ms");
        assertThat(Quantities.time(0)).isEqualTo("0 ns");
        assertThat(Quantities.size(2_621_440)).isEqualTo("2560 KiB");
        assertThat(Quantities.rate(1_250_000_000)).isEqualTo("1250 MB/s");
        assertThat(Quantities.rate(134_217_728)).isEqualTo("128 MiB/s");
        assertThat(Quantities.number(0.1)).isEqualTo("0.1");
        assertThat(Quantities.number(1e9)).isEqualTo("1000000000");
    }

    @ParameterizedTest
    @CsvSource({"latncy, latency, 1", "lantecy, latency, 2", "ab, ba, 1", "same, same, 0", "'', ab, 2"})
    void editDistance(String a, String b, int distance) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
        assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
    }
}
