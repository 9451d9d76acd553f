package org.chanrace.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.chanrace.generate.Shrinker.Shrunk;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShrinkerTest {
    private static final int PLENTY = 100_000;

    private static Scenario generate(Choices choices) {
        return ScenarioGenerator.of(Swarm.draw(choices)).generate(choices);
    }

    private static boolean isPlanted(Scenario s) {
        return s.network().relay() instanceof Relay.Swap && s.destination().release().name().equals("7.2.0");
    }

    /** The planted failure needs two things, so what is left are these two, however it began. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aPlantedFailureEndsInAScenarioWithNothingElse(int number) {
        int[] failing = planted(number);
        Shrunk shrunk = Shrinker.shrink(failing, c -> isPlanted(generate(Choices.replay(c))), PLENTY);
        assertThat(shrunk.isFinished()).isTrue();
        assertThat(shrunk.tries()).isLessThan(3_000);

        Scenario s = generate(Choices.replay(shrunk.choices()));
        assertThat(isPlanted(s)).isTrue();
        assertThat(Shows.all(s)).isEqualTo(Swarm.of(Feature.RELAY_SWAP));
        assertThat(s.events()).isEmpty();
        assertThat(s.guest()).isEqualTo(generate(Choices.replay()).guest());
        assertThat(s.parameters()).isEqualTo(generate(Choices.replay()).parameters());
        assertThat(s.source().capabilities()).isEmpty();
        assertThat(s.source().release().name()).isIn("7.0.0", "7.2.0");
    }

    /** The choices of the n-th seed that has the planted failure. */
    private static int[] planted(int n) {
        int left = n;
        for (long seed = 0; seed < 100_000; seed++) {
            Recording choices = new Recording(Choices.random(seed));
            if (isPlanted(generate(choices)) && left-- == 0) return choices.values();
        }
        throw new AssertionError("no seed has the planted failure");
    }

    @Test
    void theResultIsAlwaysTheSame() {
        Predicate<int[]> fails = c -> isPlanted(generate(Choices.replay(c)));
        Shrunk once = Shrinker.shrink(planted(3), fails, PLENTY);
        Shrunk again = Shrinker.shrink(planted(3), fails, PLENTY);
        assertThat(again.choices()).isEqualTo(once.choices());
        assertThat(again.tries()).isEqualTo(once.tries());
    }

    @Test
    void itStopsWhenTheTriesAreUsedUp() {
        List<int[]> tried = new ArrayList<>();
        Shrunk shrunk = Shrinker.shrink(new int[] {1000, 1000, 1000}, c -> tried.add(c) && c.length == 3 && c[2] >= 900, 5);
        assertThat(tried).hasSize(5);
        assertThat(shrunk.tries()).isEqualTo(5);
        assertThat(shrunk.isFinished()).isFalse();
        assertThat(Shrinker.shrink(new int[] {4, 0}, c -> true, 0).choices()).containsExactly(4);
    }

    @Test
    void blocksAreDeletedWhereThatHelps() {
        // As of a list whose entries begin with 1, and whose second entry is the one that fails.
        int[] shrunk = Shrinker.shrink(new int[] {1, 5, 1, 7, 1, 6, 0}, c -> fails(c), PLENTY).choices();
        assertThat(shrunk).containsExactly(1, 7);
    }

    private static boolean fails(int[] choices) {
        Choices c = Choices.replay(choices);
        while (c.below(2, "more") == 1) if (c.below(10, "value") == 7) return true;
        return false;
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Shrinking.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
