package org.chanrace.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.chanrace.model.Simulation;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioGeneratorTest {
    private static final int SEEDS = 300;

    @Test
    void aScenarioCanBeMadeAgainFromItsChoices() {
        Recording choices = new Recording(Choices.random(1));
        Scenario scenario = swarming(choices);
        assertThat(swarming(Choices.replay(choices.values()))).isEqualTo(scenario);
    }

    private static Scenario swarming(Choices choices) {
        return ScenarioGenerator.of(Swarm.draw(choices)).generate(choices);
    }

    private static Stream<Scenario> swarming(int seeds) {
        return LongStream.range(0, seeds).mapToObj(seed -> swarming(Choices.random(seed)));
    }

    @Test
    void theSameSeedGivesTheSameScenario() {
        assertThat(swarming(SEEDS).toList()).isEqualTo(swarming(SEEDS).toList());
        assertThat(new HashSet<>(swarming(SEEDS).toList())).as("different ones").hasSize(SEEDS);
    }

    @Test
    void theSimplestIsPlainAndCompletes() {
        Scenario plain = ScenarioGenerator.of(Swarm.all()).generate(Choices.replay());
        assertThat(Shows.all(plain)).isEqualTo(Swarm.none());
        assertThat(plain.source()).isEqualTo(plain.destination());
        assertThat(plain.source().capabilities()).isEmpty();
        assertThat(plain.events()).isEmpty();
        assertThat(plain.guest().pages()).isEqualTo(16);
        assertThat(Simulation.of(plain).outcome(1)).isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    void aFeatureShowsWhereItIsPossibleAndNowhereElse(Feature feature) {
        // A recovery needs something to recover from, and another attempt one that did not end well.
        boolean followsABreak = Set.of(Feature.RECOVERIES, Feature.RESUMES, Feature.LOST_DATA, Feature.ATTEMPTS).contains(feature);
        Swarm with = Swarm.of(feature).with(followsABreak ? new Feature[] {Feature.BREAKS} : new Feature[] {});
        assertThat(shown(with, feature)).as("with it").isGreaterThan(SEEDS / 20);
        assertThat(shown(Swarm.all().without(feature), feature)).as("without it").isZero();
    }

    private static int shown(Swarm swarm, Feature feature) {
        return (int) LongStream.range(0, SEEDS).filter(seed -> Shows.shows(ScenarioGenerator.of(swarm).generate(Choices.random(seed)), feature)).count();
    }

    @Test
    void amongScenariosOfDrawnSwarmsEveryFeatureShows() {
        Map<Feature, Integer> shown = new EnumMap<>(Feature.class);
        swarming(SEEDS).forEach(s -> Shows.all(s).features().forEach(f -> shown.merge(f, 1, Integer::sum)));
        for (Feature feature : Feature.values()) assertThat(shown.getOrDefault(feature, 0)).as(feature.name()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void everyReleaseAndEveryCapabilityIsReachedOnBothSides() {
        List<Scenario> scenarios = swarming(10 * SEEDS).toList();
        Set<Release> rows = Set.copyOf(Releases.shipped().rows());
        assertThat(scenarios).extracting(s -> s.source().release()).containsAll(rows);
        assertThat(scenarios).extracting(s -> s.destination().release()).containsAll(rows);
        for (Capability capability : List.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT, Capability.RETURN_PATH)) {
            assertThat(scenarios).anyMatch(s -> s.source().has(capability) && !s.destination().has(capability));
            assertThat(scenarios).anyMatch(s -> !s.source().has(capability) && s.destination().has(capability));
        }
        assertThat(scenarios.stream().filter(Shows::hasPreempt).count()).as("with preempt").isBetween(4L * SEEDS, 7L * SEEDS);
    }

    @Test
    void onlyWhatGoesTogetherComesOut() {
        swarming(10 * SEEDS).forEach(s -> Shows.sides(s).forEach(side -> {
            assertThat(Shows.machine(s)).isLessThanOrEqualTo(side.release().newestMachine());
            if (side.has(Capability.POSTCOPY_PREEMPT)) {
                assertThat(side.has(Capability.POSTCOPY_RAM)).isTrue();
                assertThat(side.release().knowsPreempt()).isTrue();
            }
            if (!side.properties().isEmpty()) assertThat(side.release().knowsPreemptProperty()).isTrue();
        }));
    }

    /** So lowering one leaves the others their meaning. */
    @Test
    void theNumberOfChoicesIsAlwaysTheSame() {
        assertThat(IntStream.range(0, SEEDS).mapToObj(seed -> names(ScenarioGenerator.of(Swarm.draw(Choices.random(seed))), seed)).distinct()).hasSize(1);
        Scenario base = ScenarioGenerator.of(Swarm.none()).generate(Choices.replay());
        assertThat(IntStream.range(0, SEEDS).mapToObj(seed -> names(ScenarioGenerator.around(base, Swarm.draw(Choices.random(seed))), seed)).distinct()).hasSize(1);
    }

    private static List<String> names(ScenarioGenerator generator, int seed) {
        Recording choices = new Recording(Choices.random(seed));
        generator.generate(choices);
        return choices.made().stream().map(Recording.Made::what).toList();
    }

    @Test
    void pairsThatAreGivenAreTheOnlyOnes() {
        Release a = release("7.2.0");
        Release b = release("10.1.0");
        Release c = release("11.1.0");
        ScenarioGenerator generator = ScenarioGenerator.between(List.of(new Pairing(a, b), new Pairing(a, c)), Swarm.all().without(Feature.CUSTOM_RELEASES));
        List<Scenario> scenarios = LongStream.range(0, 50).mapToObj(seed -> generator.generate(Choices.random(seed))).toList();
        assertThat(scenarios).extracting(s -> s.source().release()).containsOnly(a);
        assertThat(scenarios).extracting(s -> s.destination().release()).containsOnly(b, c);
        assertThatThrownBy(() -> ScenarioGenerator.between(List.of(), Swarm.all())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSidesAreThoseOfTheScenarioFromTheSameChoices() {
        for (long seed = 0; seed < 50; seed++) {
            ScenarioGenerator generator = ScenarioGenerator.of(Swarm.all());
            Sides p = generator.sides(Choices.random(seed));
            Scenario s = generator.generate(Choices.random(seed));
            assertThat(p).isEqualTo(new Sides(s.source(), s.destination(), s.machine(), s.parameters()));
        }
    }

    @Test
    void aBaseIsDisturbedButNeverItsSidesOrItsGuest() {
        Scenario base = ScenarioGenerator.of(Swarm.of(Feature.HOPS, Feature.RELAY_SWAP)).generate((n, what) -> n - 1);
        assertThat(base.network().relay()).isEqualTo(new Relay.Swap());
        ScenarioGenerator around = ScenarioGenerator.around(base, Swarm.all());
        assertThat(around.generate(Choices.replay())).isEqualTo(base);

        Set<Scenario> disturbed = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            Scenario s = around.generate(Choices.random(seed));
            disturbed.add(s);
            assertThat(new Sides(s.source(), s.destination(), s.machine(), s.parameters())).isEqualTo(around.sides(Choices.random(seed)));
            assertThat(s.guest()).isEqualTo(base.guest());
            assertThat(s.events()).startsWith(base.events().toArray(OperatorEvent[]::new));
            assertThat(s.network().hops()).startsWith(base.network().hops().toArray(Network.Hop[]::new)).hasSizeLessThanOrEqualTo(4);
        }
        assertThat(disturbed).hasSize(SEEDS);
    }

    private static Release release(String name) {
        return Releases.shipped().find(name).orElseThrow();
    }
}
