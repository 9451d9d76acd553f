package org.chanrace.scenarios.capsule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTextTest {
    private static final int LANES = 100;

    @Test
    void whatIsRepeatedIsWrittenOnce() throws ScheduleText.Bad {
        int[] schedule = {1, 2, 35, 36, 36, 36, 36, 5, 7, 9, 5, 7, 9, 5, 7, 9, 5, 4};
        assertThat(ScheduleText.print(schedule)).isEqualTo("1 2 z 10*4 (5 7 9)*3 5 4");
        assertThat(ScheduleText.parse("1 2 z 10*4 (5 7 9)*3 5 4", LANES)).containsExactly(schedule);
    }

    @Test
    void anEmptyScheduleIsNoText() throws ScheduleText.Bad {
        assertThat(ScheduleText.print(new int[0])).isEmpty();
        assertThat(ScheduleText.parse(" \n ", LANES)).isEmpty();
    }

    @Test
    void theLongestScheduleIsShortWhenItRepeatsItself() throws ScheduleText.Bad {
        int[] longest = new int[Capsule.PICKS_MAX];
        Arrays.fill(longest, 3);
        assertThat(ScheduleText.print(longest)).isEqualTo("3*200000");
        assertThat(ScheduleText.parse("3*200000", LANES)).containsExactly(longest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        // text | where | what
        "1 2 2s | 4 | there is no such lane (this scenario has 100): '2s'",
        "1 A | 2 | not the number of a lane in base 36, with 0 to 9 and a to z: 'A'",
        "123456 | 0 | not the number of a lane",
        "-1 | 0 | not the number of a lane",
        "(1 2 | 0 | this group has no end: '(1'",
        "1 () 2 | 2 | this group is empty: '()'",
        "((1 2)*3)*4 | 1 | not the number of a lane",
        "3* | 0 | a number of times is missing or too large in '3*'",
        "3*0 | 0 | a number of times is from 1 on, unlike '3*0'",
        "1 3*1000000 | 2 | a number of times is missing or too large in '3*1000000'",
        "1 3*200000 | 2 | a schedule has at most 200000 picks, which are exceeded by '3*200000'",
        "(1 2)*100000 3 | 13 | a schedule has at most 200000 picks, which are exceeded by '3'",
        "3*2*2 | 3 | a blank is missing before '*2'",
        "1, 2 | 1 | a blank is missing before ','",
    })
    void whatIsNoScheduleIsNamedWithItsPlace(String text, int offset, String says) {
        assertThatThrownBy(() -> ScheduleText.parse(text, LANES)).isInstanceOfSatisfying(ScheduleText.Bad.class, bad -> {
            assertThat(bad.getMessage()).startsWith(says);
            assertThat(bad.offset()).isEqualTo(offset);
        });
    }
}
