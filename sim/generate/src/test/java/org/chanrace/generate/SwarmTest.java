package org.chanrace.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SwarmTest {
    private static final int SEEDS = 200;

    @ParameterizedTest
    @EnumSource
    void aFeatureIsInHalfOfAllSwarms(Feature feature) {
        int in = 0;
        for (int seed = 0; seed < SEEDS; seed++) if (Swarm.draw(Choices.random(seed)).has(feature)) in++;
        // Four standard deviations.
        assertThat(in).isBetween(SEEDS / 2 - 28, SEEDS / 2 + 28);
    }

    @Test
    void hardlyTwoSwarmsAreAlike() {
        Set<Swarm> swarms = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) swarms.add(Swarm.draw(Choices.random(seed)));
        assertThat(swarms).hasSize(SEEDS);
    }

    @Test
    void theSimplestSwarmHasNothing() {
        assertThat(Swarm.draw(Choices.replay())).isEqualTo(Swarm.none());
    }

    @Test
    void aSwarmOfASwarmHasNothingElse() {
        Swarm some = Swarm.of(Feature.CUTS, Feature.HOPS);
        assertThat(some.drawn((n, what) -> n - 1)).isEqualTo(some);
        assertThat(some.drawn(Choices.replay(1))).isEqualTo(Swarm.of(Feature.HOPS));
        assertThat(some.with(Feature.BREAKS).without(Feature.CUTS, Feature.PROBES)).isEqualTo(Swarm.of(Feature.BREAKS, Feature.HOPS));
        assertThat(Swarm.all().without(Feature.values())).isEqualTo(Swarm.none());
    }
}
