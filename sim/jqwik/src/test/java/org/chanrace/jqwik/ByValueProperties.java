package org.chanrace.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.scenarios.capsule.ByValue;

/** A scenario in a capsule is the scenario that was run. */
@Domain(ChanraceDomain.class)
class ByValueProperties {
    @Property
    void aScenarioByValueRunsAsTheOneThatItWasMadeFrom(@ForAll Scenario scenario, @ForAll long seed) {
        Scenario byValue = ByValue.of(scenario);
        assertThat(ByValue.of(byValue)).isEqualTo(byValue);
        assertThat(byValue.source().release().derivation().orElseThrow().byValue()).isTrue();
        RunResult expected = Simulation.of(scenario).run(seed, true);
        Runs.same(Simulation.of(byValue).run(seed, true), expected);
    }
}
