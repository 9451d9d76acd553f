package org.chanrace.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.chanrace.generate.Feature;
import org.chanrace.generate.Swarm;
import org.chanrace.model.Simulation;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Network.Relay.Target;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.scenarios.capsule.ByValue;

/** Scenarios that are written in two ways and mean one thing. */
@Domain(ChanraceDomain.class)
class EquivalenceProperties {
    /** All of the run is the same: what happened, when, and why. */
    private static void same(Scenario a, Scenario b, long seed) {
        Runs.same(Simulation.of(b).run(seed, true), Simulation.of(a).run(seed, true));
    }

    private static Scenario between(Scenario s, Release source, Release destination) {
        return new Scenario(s.name(), s.title(), s.because(), new Endpoint(source, s.source().properties(), s.source().capabilities()),
                new Endpoint(destination, s.destination().properties(), s.destination().capabilities()), s.machine(), s.parameters(), s.tls(), s.network(),
                s.guest(), s.host(), s.events(), s.limits(), s.expectation());
    }

    private static Scenario over(Scenario s, Network network, List<OperatorEvent> events) {
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), network, s.guest(), s.host(),
                events, s.limits(), s.expectation());
    }

    private static Network relayed(Network n, Relay relay) {
        return n.withRelay(relay);
    }

    /** A buffer that never fills up is as good as one without a limit; only nobody keeps account of the latter. */
    @Property
    void aBufferThatIsNeverFullIsOneWithoutALimit(@ForAll Scenario s, @ForAll long seed) {
        Network n = s.network();
        // Acknowledgements take draws of their own from a latency that varies.
        Distribution latency = new Distribution.Constant(Sampler.quantile(n.latency(), 0));
        RunResult[] results = new RunResult[2];
        long[] buffers = {1L << 50, 0};
        for (int i = 0; i < 2; i++)
            results[i] = Simulation.of(over(s, n.withLatency(latency).withBuffers(buffers[i], buffers[i]), s.events())).run(seed, true);
        if (results[0].verdict().outcome() == Outcome.LIMIT) return;
        assertThat(results[1].trace()).isEqualTo(results[0].trace());
        assertThat(results[1].verdict()).isEqualTo(results[0].verdict());
        assertThat(results[1].connections()).isEqualTo(results[0].connections());
        assertThat(results[1].events()).isLessThanOrEqualTo(results[0].events());
    }

    // Releases.

    @Property
    void aScenarioByValueRunsAsTheOneThatItWasMadeFrom(@ForAll Scenario scenario, @ForAll long seed) {
        Scenario byValue = ByValue.of(scenario);
        assertThat(ByValue.of(byValue)).isEqualTo(byValue);
        assertThat(byValue.source().release().derivation().orElseThrow().byValue()).isTrue();
        RunResult expected = Simulation.of(scenario).run(seed, true);
        Runs.same(Simulation.of(byValue).run(seed, true), expected);
    }

    /** Other releases whose traits have the same values. */
    private static List<Release> twins(Release release) {
        List<Release> twins = new ArrayList<>();
        for (Release row : Releases.shipped().rows()) if (!row.name().equals(release.name()) && haveTheSameTraits(row, release)) twins.add(row);
        return twins;
    }

    private static boolean haveTheSameTraits(Release a, Release b) {
        for (Trait trait : Trait.values()) if (!a.value(trait).equals(b.value(trait))) return false;
        return true;
    }

    @Example
    void releasesThatTheSpecificationCallsAlikeAreTwins() {
        assertThat(twins(Releases.shipped().find("7.1.0").orElseThrow())).extracting(Release::name).containsExactly("7.2.0");
        assertThat(twins(Releases.shipped().find("8.0-rc1").orElseThrow())).extracting(Release::name).containsExactly("8.0-rc2", "8.0-rc3");
        assertThat(twins(Releases.shipped().find("8.0.0").orElseThrow())).extracting(Release::name).containsExactly("8.0-rc4");
    }

    @Property
    void releasesWithTheSameTraitsBehaveTheSame(@ForAll Scenario s, @ForAll long seed) {
        for (Release source : twins(s.source().release())) same(s, between(s, source, s.destination().release()), seed);
        for (Release destination : twins(s.destination().release())) same(s, between(s, s.source().release(), destination), seed);
    }

    @Property
    void aReleaseDerivedWithoutChangesIsItsBase(@ForAll Scenario s, @ForAll long seed) {
        same(s, between(s, Releases.derive("a", s.source().release(), Map.of()), Releases.derive("b", s.destination().release(), Map.of())), seed);
    }

    /** Whoever writes a release's traits down by hand, on top of any other release, gets that release. */
    @Property
    void aReleaseIsItsTraits(@ForAll Scenario s, @ForAll long seed, @ForAll("releases") Release base) {
        same(s, between(s, rebuilt(s.source().release(), base), rebuilt(s.destination().release(), base)), seed);
    }

    private static Release rebuilt(Release release, Release base) {
        Map<Trait, String> all = new EnumMap<>(Trait.class);
        for (Trait trait : Trait.values()) all.put(trait, release.value(trait));
        return Releases.derive("rebuilt", base, all);
    }

    @Provide
    Arbitrary<Release> releases() {
        return Arbitraries.of(Releases.shipped().rows());
    }

    // Middle boxes.

    @Property
    void aDelayOfZeroIsNoDelay(@ForAll Scenario s, @ForAll long seed, @ForAll("targets") Target target) {
        same(over(s, relayed(s.network(), new Relay.Natural()), recoverThrough(s.events(), new Relay.Natural())),
                over(s, relayed(s.network(), new Relay.Delay(target, 0)), recoverThrough(s.events(), new Relay.Delay(target, 0))), seed);
    }

    @Property
    void withTwoChannelsMainLastIsASwap(@ForAll Scenario s, @ForAll long seed) {
        same(over(s, relayed(s.network(), new Relay.Swap()), recoverThrough(s.events(), new Relay.Swap())),
                over(s, relayed(s.network(), new Relay.MainLast()), recoverThrough(s.events(), new Relay.MainLast())), seed);
    }

    @Property
    void aRuleForAConnectionThatNeverComesIsNoRule(@ForAll Scenario s, @ForAll long seed) {
        Scenario natural = over(s, relayed(s.network(), new Relay.Natural()), recoverThrough(s.events(), new Relay.Natural()));
        Target none = new Target.Arrival(9);
        for (Relay relay : List.of(new Relay.Drop(none), new Relay.Reset(none))) same(natural, over(s, relayed(s.network(), relay), recoverThrough(s.events(), relay)), seed);
    }

    private static List<OperatorEvent> recoverThrough(List<OperatorEvent> events, Relay relay) {
        return events.stream().map(e -> e.action() instanceof Action.Recover ? new OperatorEvent(e.when(), new Action.Recover(relay)) : e).toList();
    }

    @Provide
    Arbitrary<Target> targets() {
        return Arbitraries.of(new Target.Arrival(1), new Target.Arrival(2), new Target.Role("main"), new Target.Role("preempt"));
    }

    /**
     * A box that passes everything on at once costs its latency and nothing else: where that is nothing, and there is one connection so
     * that no order can change, the migration ends alike and the destination takes the connection for the same.
     */
    @Property
    void aBoxThatDoesNothingChangesNothing(@ForAll("undisturbed") Scenario s, @ForAll long seed) {
        Network n = s.network();
        RunResult plain = Simulation.of(s).run(seed, false);
        Network proxied = n.withHops(List.of(new Network.Hop("proxy", new Distribution.Constant(0))));
        for (Network boxed : List.of(proxied, relayed(n, new Relay.Natural()))) {
            RunResult result = Simulation.of(over(s, boxed, s.events())).run(seed, false);
            assertThat(result.verdict().outcome()).isEqualTo(plain.verdict().outcome());
            assertThat(result.connections()).extracting(ConnectionFate::channel).isEqualTo(plain.connections().stream().map(ConnectionFate::channel).toList());
            assertThat(result.connections()).extracting(ConnectionFate::takenFor).isEqualTo(plain.connections().stream().map(ConnectionFate::takenFor).toList());
        }
    }

    @Provide
    Arbitrary<Scenario> undisturbed() {
        long plenty = 1L << 30;
        Network network = new Network(new Distribution.Constant(0), 0, Network.Loss.NONE, Optional.empty(), plenty, plenty, List.of(), new Relay.None());
        return ChanraceArbitraries.scenarios(Swarm.of(Feature.PROPERTY_BY_HAND, Feature.DIFFERING_CAPABILITIES, Feature.MACHINE_TYPES, Feature.SEVERAL_VCPUS))
                .map(s -> withoutPreempt(over(s, network, s.events())));
    }

    private static Scenario withoutPreempt(Scenario s) {
        return new Scenario(s.name(), s.title(), s.because(), withoutPreempt(s.source()), withoutPreempt(s.destination()), s.machine(), s.parameters(), s.tls(),
                s.network(), s.guest(), s.host(), s.events(), s.limits(), s.expectation());
    }

    private static Endpoint withoutPreempt(Endpoint e) {
        return new Endpoint(e.release(), e.properties(), e.capabilities().stream().filter(c -> c != Capability.POSTCOPY_PREEMPT).collect(Collectors.toSet()));
    }
}
