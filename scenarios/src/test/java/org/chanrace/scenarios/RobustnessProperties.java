package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;

/** Whatever can be written can be run, however little sense it makes: it ends, within its limits, and says how. */
class RobustnessProperties {
    private static final long EVENTS = 20_000;

    /** The scenarios as files, so that a failure shows what to run. */
    @Provide
    Arbitrary<String> files() {
        return ScenarioArbitraries.scenarios().map(RobustnessProperties::limited).map(ScenarioPrinter::print);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(1, 1_000_000).withoutEdgeCases();
    }

    @Property
    void everyScenarioEndsWithinItsLimits(@ForAll("files") String file, @ForAll("seeds") long seed) {
        Scenario scenario = ScenarioLoader.parse(file, "law.yaml", Path.of(".")).scenarios().get(0).scenario();
        RunResult result = Simulation.of(scenario).run(seed, true);
        // What is refused is over before it begins.
        assertThat(result.events()).isBetween(result.verdict().outcome() == Outcome.REFUSED ? 0L : 1L, EVENTS);
        assertThat(result.virtualNanos()).isBetween(0L, scenario.limits().virtualNanos());
        assertThat(result.verdict().reason()).isNotBlank();
    }

    private static Scenario limited(Scenario s) {
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(),
                s.events(), new RunLimits(s.limits().virtualNanos(), s.limits().quietNanos(), Math.min(s.limits().events(), EVENTS)), s.expectation());
    }
}
