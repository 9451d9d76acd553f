package org.chanrace.model.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.chanrace.model.guest.PageSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacingTest {
    private final Placing placing = new Placing();

    @ParameterizedTest
    @CsvSource({"0, 10", "999, 10", "1000, 11", "1002, 11", "1003, 12", "1008, 13", "1009, 14", "5000, 14"})
    void pagesAreInPlaceOneAfterTheOther(long now, int before) {
        placing.begin(10, 14, 1000, 3);
        assertThat(placing.placedBefore(now)).isEqualTo(before);
    }

    @Test
    void whatHasBeenSeenToIsNotHeldAnyMore() {
        placing.begin(10, 14, 1000, 3);
        placing.goOn(placing.placedBefore(1003));
        assertThat(placing.holds(11)).isFalse();
        assertThat(placing.holds(12)).isTrue();
        assertThat(placing.momentOf(12)).isEqualTo(1006);
        assertThat(placing.placedBefore(1006)).isEqualTo(13);
        assertThat(placing.end()).isEqualTo(1009);
        PageSet left = new PageSet(20);
        placing.addTo(left);
        assertThat(left.next(0)).isEqualTo(12);
        assertThat(left.size()).isEqualTo(2);
        placing.goOn(placing.placedBefore(Long.MAX_VALUE));
        assertThat(placing.isDone()).isTrue();
    }
}
