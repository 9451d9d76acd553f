package org.chanrace.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.chanrace.generate.Feature;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.generate.Swarm;
import org.chanrace.model.Simulation;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;

/** How to write laws over scenarios: the example of the user's guide, and one for a patch. */
@Domain(ChanraceDomain.class)
class ExampleProperties {
    @Property
    void aMigrationThatCompletesRunsTheGuestOnTheDestination(@ForAll Scenario scenario, @ForAll long seed) {
        Verdict verdict = Simulation.of(scenario).run(seed, false).verdict();
        if (verdict.outcome() == Outcome.COMPLETED) assertThat(verdict.guestRunsOn()).isEqualTo(GuestLocation.DESTINATION);
    }

    /** Between a release and the one that a patch makes of it, in whatever order a relay passes the connections on. */
    @Property
    void withThePatchNoOrderOfTheConnectionsStallsTheMigration(@ForAll("reordered") Scenario scenario, @ForAll long seed) {
        assertThat(Simulation.of(scenario).outcome(seed)).isNotIn(Outcome.SETUP_STALL, Outcome.PRECOPY_STALL, Outcome.POSTCOPY_STALL);
    }

    @Provide
    Arbitrary<Scenario> reordered() {
        Release old = Releases.shipped().find("7.2.0").orElseThrow();
        Release base = Releases.shipped().find("10.1.0").orElseThrow();
        Release patched = Releases.derive("my-patch", base, Map.of(Trait.IDENTIFICATION, "A5"));
        return ChanraceArbitraries.between(List.of(new Pairing(old, patched)), Swarm.of(Feature.RELAY_NATURAL, Feature.RELAY_SWAP, Feature.RELAY_MAIN_LAST, Feature.HOPS));
    }
}
