package org.chanrace.jqwik;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.chanrace.generate.Choices;
import org.chanrace.generate.Sides;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.generate.ScenarioGenerator;
import org.chanrace.generate.Swarm;
import org.chanrace.model.scenario.Scenario;

/**
 * Random scenarios for properties. Where there is a swarm, its features may occur; which of them are possible at all is drawn anew for each
 * scenario.
 */
public final class ChanraceArbitraries {
    private static final long SEED_MAX = 1_000_000;

    private ChanraceArbitraries() {}

    /** Sensible scenarios of every kind. */
    public static Arbitrary<Scenario> scenarios() {
        return scenarios(Swarm.all());
    }

    /** Sensible scenarios between any releases. */
    public static Arbitrary<Scenario> scenarios(Swarm swarm) {
        return drawn(choices -> ScenarioGenerator.of(swarm.drawn(choices)).generate(choices));
    }

    /** Sensible scenarios between certain releases. */
    public static Arbitrary<Scenario> between(List<Pairing> pairs, Swarm swarm) {
        return drawn(choices -> ScenarioGenerator.between(pairs, swarm.drawn(choices)).generate(choices));
    }

    /** A scenario with another network, on other hosts and with an operator who does more; what it expected is not expected any more. */
    public static Arbitrary<Scenario> around(Scenario base) {
        return around(base, Swarm.all());
    }

    /** A scenario disturbed by these features. */
    public static Arbitrary<Scenario> around(Scenario base, Swarm swarm) {
        return drawn(choices -> ScenarioGenerator.around(base, swarm.drawn(choices)).generate(choices));
    }

    /** Sides whose parts go together. */
    public static Arbitrary<Sides> sides() {
        return drawn(choices -> ScenarioGenerator.of(Swarm.draw(choices)).sides(choices));
    }

    /** Seeds of runs. */
    public static Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(1, SEED_MAX).withoutEdgeCases();
    }

    /**
     * Whatever is made of choices; shrinks by lowering them.
     *
     * @param of makes it; depends on the choices alone
     */
    public static <T> Arbitrary<T> drawn(Function<Choices, T> of) {
        return new DrawnArbitrary<>(of);
    }
}
