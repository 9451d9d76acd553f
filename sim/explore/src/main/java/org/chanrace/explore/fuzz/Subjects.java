package org.chanrace.explore.fuzz;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.chanrace.generate.Choices;
import org.chanrace.generate.Feature;
import org.chanrace.generate.ScenarioGenerator;
import org.chanrace.generate.Swarm;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;

/**
 * What is fuzzed: scenarios, each of which comes from choices. Which disturbances are possible at all is drawn first, then the scenario.
 *
 * <p>Releases are always real ones, or those of the scenario that is given: what a release with traits of another does wrong, nobody has to know.
 */
public final class Subjects {
    private static final Swarm POSSIBLE = Swarm.all().without(Feature.CUSTOM_RELEASES);

    private final BiFunction<Swarm, Choices, Scenario> generator;
    private final Swarm possible;

    private Subjects(BiFunction<Swarm, Choices, Scenario> generator) {
        this(generator, POSSIBLE);
    }

    private Subjects(BiFunction<Swarm, Choices, Scenario> generator, Swarm possible) {
        this.generator = Objects.requireNonNull(generator);
        this.possible = Objects.requireNonNull(possible);
    }

    /** These with no other features than these. */
    public Subjects within(Swarm features) {
        return new Subjects(generator, features);
    }

    /** Scenarios between any two releases. */
    public static Subjects any() {
        return new Subjects((swarm, choices) -> ScenarioGenerator.of(swarm).generate(choices));
    }

    /**
     * Scenarios between certain releases.
     *
     * @param pairings at least one, the simplest first
     */
    public static Subjects between(List<Pairing> pairings) {
        List<Pairing> given = List.copyOf(pairings);
        if (given.isEmpty()) throw new IllegalArgumentException("at least one pairing");
        return new Subjects((swarm, choices) -> ScenarioGenerator.between(given, swarm).generate(choices));
    }

    /**
     * Scenarios with more disturbances.
     *
     * @param bases at least one, the simplest first
     */
    public static Subjects around(List<Scenario> bases) {
        List<Scenario> given = List.copyOf(bases);
        if (given.isEmpty()) throw new IllegalArgumentException("at least one scenario");
        return new Subjects((swarm, choices) -> ScenarioGenerator.around(given.get(choices.below(given.size(), "scenario")), swarm).generate(choices));
    }

    Scenario generate(Choices choices) {
        return generator.apply(possible.drawn(choices), choices);
    }
}
