package org.chanrace.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.chanrace.generate.Shrinker.Shrunk;

class ShrinkerProperties {
    private static final int PLENTY = 100_000;

    @Property
    void aThresholdIsFoundExactly(@ForAll @Size(min = 1, max = 30) int[] any, @ForAll @IntRange(max = 29) int at, @ForAll @IntRange(min = 1) int threshold) {
        int[] choices = Arrays.stream(any).map(c -> c & Integer.MAX_VALUE).toArray();
        int place = at % choices.length;
        if (choices[place] < threshold) choices[place] = threshold;
        Shrunk shrunk = Shrinker.shrink(choices, c -> c.length > place && c[place] >= threshold, PLENTY);
        assertThat(shrunk.isFinished()).isTrue();
        assertThat(shrunk.choices()).isEqualTo(IntStream.rangeClosed(0, place).map(i -> i == place ? threshold : 0).toArray());
    }

    @Property
    void whateverIsTriedIsSmaller(@ForAll @Size(max = 20) List<@IntRange(max = 50) Integer> any) {
        Shrinking begin = Shrinking.of(any.stream().mapToInt(i -> i).toArray());
        assertThat(begin.smaller()).allMatch(s -> s.othersThan0() < begin.othersThan0() || s.othersThan0() == begin.othersThan0() && s.sum() < begin.sum());
        assertThat(begin.smaller().count()).isGreaterThanOrEqualTo(begin.othersThan0());
        assertThat(begin.choices()).satisfies(c -> assertThat(c.length == 0 || c[c.length - 1] > 0).isTrue());
    }
}
