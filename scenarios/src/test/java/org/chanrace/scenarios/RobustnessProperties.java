package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/** Whatever can be written can be run, however little sense it makes: it ends, within its limits, and says how. */
class RobustnessProperties {
    private static final long EVENTS = 20_000;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return ScenarioArbitraries.scenarios();
    }

    @Provide
    Arbitrary<Long> seeds() {
        return SensibleScenarios.seeds();
    }

    @Property
    void everyScenarioEndsWithinItsLimits(@ForAll("scenarios") Scenario any, @ForAll("seeds") long seed) {
        Scenario scenario = limited(any);
        Reproducible.check(scenario, seed, () -> {
            RunResult result = Simulation.of(scenario).run(seed, true);
            assertThat(result.events()).isBetween(1L, EVENTS);
            assertThat(result.virtualNanos()).isBetween(0L, scenario.limits().virtualNanos());
            assertThat(result.verdict().reason()).isNotBlank();
        });
    }

    private static Scenario limited(Scenario s) {
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(),
                s.events(), new RunLimits(s.limits().virtualNanos(), s.limits().quietNanos(), Math.min(s.limits().events(), EVENTS)), s.expectation());
    }
}
