package org.chanrace.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    @Test
    void whatWasRecordedCanBeReplayed() {
        Recording recording = new Recording(Choices.random(7));
        int[] chosen = IntStream.range(1, 50).map(n -> recording.below(n, "number " + n)).toArray();
        assertThat(recording.values()).isEqualTo(chosen);
        assertThat(recording.made()).hasSize(49).last().isEqualTo(new Recording.Made("number 49", chosen[48], 49));

        Choices replay = Choices.replay(chosen);
        assertThat(IntStream.range(1, 50).map(n -> replay.below(n, "again")).toArray()).isEqualTo(chosen);
    }

    @Test
    void theSameSeedChoosesTheSameAndAnotherSeedElse() {
        assertThat(chosen(1)).isEqualTo(chosen(1)).isNotEqualTo(chosen(2));
        assertThat(IntStream.of(chosen(1))).allMatch(c -> c >= 0 && c < 1000);
    }

    private static int[] chosen(long seed) {
        Choices choices = Choices.random(seed);
        return IntStream.range(0, 20).map(i -> choices.below(1000, "any")).toArray();
    }

    @Test
    void whatASequenceDoesNotSayIsTheSimplestAndWhatIsTooLargeTheLargest() {
        Choices choices = Choices.replay(3, 9);
        assertThat(choices.below(10, "said")).isEqualTo(3);
        assertThat(choices.below(5, "too large")).isEqualTo(4);
        assertThat(choices.below(5, "not said")).isZero();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Choices.replay(1, -1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Recording(Choices.replay()).below(0, "a colour")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a colour");
        assertThatThrownBy(() -> new Recording((n, what) -> n).below(3, "a colour")).isInstanceOf(IllegalStateException.class).hasMessageContaining("3");
    }
}
