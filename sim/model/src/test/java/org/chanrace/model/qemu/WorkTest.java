package org.chanrace.model.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkTest {
    private final Work work = new Work();

    @Test
    void itIsDoneWhenEachOfItsSmallPagesIs() {
        work.run(5, 9, false, 100, 10, 2);
        assertThat(work.end()).isEqualTo(100 + 4 * 2 * 10);
        work.parts(7, 3, 5, 100, 10, 8);
        assertThat(work.end()).isEqualTo(100 + 2 * 8 * 10);
        work.flush(100, 33);
        assertThat(work.end()).isEqualTo(133);
    }

    /** A small page that would begin at this very moment has not begun; one that has is finished first, and so is its page. */
    @ParameterizedTest
    @CsvSource({"100, 5, 100, 0", "101, 6, 110, 1", "110, 6, 110, 0", "111, 6, 120, 1", "120, 6, 120, 0", "121, 7, 130, 1", "170, 9, 170, 0", "180, 9, 180, 0"})
    void howFarItHasComeCanBeSaidAtAnyMoment(long now, int next, long smallPageEnds, long inSmallPage) {
        work.run(5, 9, false, 100, 10, 2);
        assertThat(work.next(now)).isEqualTo(next);
        assertThat(work.smallPageEnds(now)).isEqualTo(smallPageEnds);
        assertThat(work.inSmallPage(now)).isEqualTo(inSmallPage);
    }

    @Test
    void whatTakesNoTimeIsDoneAtOnce() {
        work.run(5, 9, true, 100, 0, 2);
        assertThat(work.next(100)).isEqualTo(9);
        assertThat(work.end()).isEqualTo(100);
        assertThat(work.inSmallPage(100)).isZero();
    }
}
