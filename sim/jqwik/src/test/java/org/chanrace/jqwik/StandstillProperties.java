package org.chanrace.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.scenarios.ScenarioLoader;

/** Laws of runs in which somebody stands still. */
@Domain(ChanraceDomain.class)
@Domain(DomainContext.Global.class)
class StandstillProperties {
    private static final long MS = 1_000_000;

    /** When, how long, and who. */
    record Standstill(When when, long nanos, Set<Party> of) {
        OperatorEvent event() {
            return new OperatorEvent(when, new Action.StandStill(nanos, of));
        }
    }

    @Provide
    Arbitrary<Standstill> standstills() {
        Arbitrary<Long> by = Arbitraries.oneOf(Arbitraries.longs().between(0, 20 * MS), Arbitraries.longs().between(0, 2_000 * MS));
        Arbitrary<When> when = Arbitraries.oneOf(by.map(When.At::new),
                Combinators.combine(Arbitraries.of("setup", "active", "postcopy-active"), by).as((status, nanos) -> new When.After(status, 1, nanos)));
        Arbitrary<Long> lasts = Arbitraries.oneOf(Arbitraries.longs().between(1, 1_000_000), Arbitraries.longs().between(1, 10_000 * MS));
        return Combinators.combine(when, lasts, Arbitraries.of(Party.class).set().ofMinSize(1)).as(Standstill::new);
    }

    private static Scenario with(Scenario s, OperatorEvent more) {
        List<OperatorEvent> events = new ArrayList<>(s.events());
        events.add(more);
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(),
                events, s.limits(), s.expectation());
    }

    private static boolean isBeginning(TraceEvent event) {
        return event instanceof TraceEvent.Noted noted && noted.actor() == Actor.OPERATOR && noted.what().matches(".* stands? still");
    }

    @Property
    void whoStandsStillDoesNothing(@ForAll Scenario scenario, @ForAll("standstills") Standstill standstill, @ForAll long seed) {
        List<TraceEvent> events = Simulation.of(with(scenario, standstill.event())).run(seed, true).trace().orElseThrow().events();
        long from = Long.MAX_VALUE;
        for (TraceEvent event : events) {
            if (isBeginning(event)) from = event.nanos();
            if (event.nanos() <= from || event.nanos() - from >= standstill.nanos()) continue;
            switch (event.actor().party()) {
                case SOURCE -> assertThat(standstill.of()).as("%s", event).doesNotContain(Party.SOURCE);
                case DESTINATION -> assertThat(standstill.of()).as("%s", event).doesNotContain(Party.DESTINATION);
                case NETWORK -> {
                    boolean byRelay = event instanceof TraceEvent.Noted noted && noted.what().matches(".*reaches the relay.*|relay dials on.*");
                    if (byRelay) assertThat(standstill.of()).as("%s", event).doesNotContain(Party.RELAY);
                }
                case OPERATOR -> { }
            }
        }
    }

    /** Nothing is overtaken, lost or made up because somebody stands still. */
    @Property
    void theLawsOfAllRunsHold(@ForAll Scenario scenario, @ForAll("standstills") Standstill standstill, @ForAll long seed) {
        Scenario still = with(scenario, standstill.event());
        SimulationProperties laws = new SimulationProperties();
        laws.theSameSeedGivesTheSameRun(still, seed);
        laws.aSimulationThatHasRunBeforeRunsAsAFreshOne(still, seed);
        laws.whatIsReceivedIsWhatWasSentInOrderAndLater(still, seed);
        laws.aConnectionIsAcceptedThreeLatenciesAfterItIsOpenedAtTheSoonest(still, seed);
        laws.aCompletedMigrationHasEveryPageOnTheDestinationAndACorruptOneHasNot(still, seed);
        laws.aGuestThatRunsOnTheDestinationHasNoOldPage(still, seed);
        laws.theGuestRunsOnBothSidesInASplitBrainAndNeverElse(still, seed);
        laws.aVerdictSaysOneThing(still, seed);
    }

    @Property
    void aRunWithAStandstillReplays(@ForAll Scenario scenario, @ForAll("standstills") Standstill standstill, @ForAll long seed) {
        Simulation simulation = Simulation.of(with(scenario, standstill.event()));
        RunResult run = simulation.run(seed, true);
        Runs.same(simulation.replay(simulation.schedule(seed), seed, true), run);
        Runs.same(simulation.run(seed, true), run);
        assertThat(simulation.compare(simulation.schedule(seed), seed, false).departure()).isEmpty();
    }

    /** A message and a command wait for the same machine to go on, and the message's thread had been woken up. */
    @Example
    void whoWasAwakeBeforeAStandstillIsAwakeInAReplay() {
        Scenario scenario = ScenarioLoader.parse("""
                name: woken
                source: 7.0.0
                destination: 7.0.0
                machine: pc-q35-7.0
                capabilities: [postcopy-ram]
                network: {latency: 100 us, bandwidth: 10 Gbit/s}
                guest: {memory: 64 KiB, working-set: 0 B}
                host: {wake-up: 100 us, start-delay: 3 ms, paging: {wake-up: {exponential: {mean: 1 ms}}}}
                events:
                  - {after: active, do: start-postcopy}
                  - {after: active, do: stand-still, for: 468 us, of: [source]}
                """, "woken.yaml", Path.of(".")).scenarios().get(0).scenario();
        Simulation simulation = Simulation.of(scenario);
        for (long seed = 0; seed < 300; seed++) Runs.same(simulation.replay(simulation.schedule(seed), seed, true), simulation.run(seed, true));
    }

    /** What has not begun when all is over has changed nothing. */
    @Property
    void aStandstillBehindTheEndChangesNothing(@ForAll Scenario scenario, @ForAll @IntRange(min = 1, max = 7) int parties, @ForAll long seed) {
        RunResult without = Simulation.of(scenario).run(seed, true);
        if (without.verdict().outcome() != Outcome.COMPLETED) return;
        EnumSet<Party> of = EnumSet.noneOf(Party.class);
        for (Party party : Party.values()) if ((parties & 1 << party.ordinal()) != 0) of.add(party);
        RunResult with = Simulation.of(with(scenario, new OperatorEvent(new When.At(without.virtualNanos() + 1), new Action.StandStill(1_000 * MS, of)))).run(seed, true);
        assertThat(with.trace()).isEqualTo(without.trace());
        assertThat(with.verdict()).isEqualTo(without.verdict());
        assertThat(with.connections()).isEqualTo(without.connections());
        assertThat(with.events()).isEqualTo(without.events());
    }

    /** A machine as a whole that stands still before it has begun with anything begins later, and does then what it would have done. */
    @Property
    void aStandstillAtTheBeginningPutsAllOff(@ForAll Scenario scenario, @ForAll @IntRange(min = 1, max = 5_000) int ms, @ForAll long seed) {
        Scenario still = with(scenario, new OperatorEvent(new When.At(0), new Action.StandStill(ms * MS, EnumSet.allOf(Party.class))));
        RunResult run = Simulation.of(still).run(seed, true);
        // What settings are not accepted is said before.
        if (run.verdict().outcome() == Outcome.REFUSED) return;
        List<TraceEvent> events = run.trace().orElseThrow().events();
        List<TraceEvent> ofQemu = events.stream().filter(e -> e.actor().party() == Actor.Party.SOURCE || e.actor().party() == Actor.Party.DESTINATION).toList();
        if (!ofQemu.isEmpty()) assertThat(ofQemu.get(0).nanos()).isGreaterThanOrEqualTo(ms * MS);
    }
}
