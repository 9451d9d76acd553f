package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Outcome;
import org.junit.jupiter.api.Test;

/** Known races, and what their explanation has to say. */
class ExplanationsTest {
    private static final String MAIN = "the ACK of connection 1 (main) arrives";
    private static final String PREEMPT = "the ACK of connection 2 (preempt) arrives";

    /** R02: which of the two ACKs comes first decides that it goes wrong, and nothing else does. */
    @Test
    void theSwapOf72IsOnePair() {
        Exploration exploration = Explorer.explore(Explored.preempt("7.2.0", "7.2.0", "pc-q35-7.2"), Settings.DEFAULT);
        for (Outcome outcome : List.of(Outcome.PRECOPY_STALL, Outcome.DESTINATION_CRASH)) {
            Explanation explanation = Explored.explained(exploration, outcome);
            assertThat(explanation.core().upTo(Decides.GOOD_OR_BAD)).singleElement().satisfies(c -> {
                assertThat(c.before().words()).startsWith(PREEMPT);
                assertThat(c.after().words()).startsWith(MAIN);
                assertThat(c.otherwise().orElseThrow().ending().outcome()).isEqualTo(Outcome.COMPLETED);
            });
            assertThat(explanation.core().disturbances()).isEmpty();
            assertThat(explanation.core().reduced()).isTrue();
        }
        // Whether the source completes in precopy, or has yet to when what it says is read, decides whether it stays silent or goes on, to be misunderstood.
        assertThat(Explored.explained(exploration, Outcome.PRECOPY_STALL, GuestLocation.NEITHER).core().constraints()).last().satisfies(c -> {
            assertThat(c.decides()).isEqualTo(Decides.OUTCOME);
            assertThat(c.before().words()).isEqualTo("the source's migration thread sends the rest with the guest stopped");
            assertThat(c.after().words()).startsWith(MAIN);
            assertThat(c.otherwise().orElseThrow().ending().outcome()).isEqualTo(Outcome.DESTINATION_CRASH);
        });
    }

    @Test
    void theNearestOrderThatCompletesPartsFromTheSwapAtTheAcks() {
        Exploration exploration = Explorer.explore(Explored.preempt("7.2.0", "7.2.0", "pc-q35-7.2"), Settings.DEFAULT);
        Detour detour = Explored.explained(exploration, Outcome.PRECOPY_STALL, GuestLocation.NEITHER).detour().orElseThrow();
        assertThat(detour.witnessGoesOn().words()).startsWith(PREEMPT);
        assertThat(detour.detourGoesOn().words()).startsWith(MAIN);
        assertThat(detour.witness().result().verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    /** The operator's command could come first as well, and the ACKs then: but nothing depends on it. */
    @Test
    void theNearestOrderThatCompletesPartsAtThePairThatDecides() {
        Exploration exploration = Explorer.explore(Explored.preempt("7.2.0", "10.1.0", "pc-q35-7.2"), Settings.DEFAULT);
        assertThat(exploration.bad()).isNotEmpty().allSatisfy(found -> {
            Explanation explanation = Explanations.of(exploration, found, Effort.DEFAULT);
            Detour detour = explanation.detour().orElseThrow();
            Constraint decides = explanation.core().upTo(Decides.GOOD_OR_BAD).get(0);
            assertThat(detour.witnessGoesOn().isSameAs(decides.before())).isTrue();
            assertThat(detour.detourGoesOn().isSameAs(decides.after())).isTrue();
        });
    }

    /** R07: the end of main is read before the connection comes that carries a page which was asked for. */
    @Test
    void thePageThat80LosesWasOvertakenByTheEndOfMain() {
        Explanation explanation = Explored.explained(Explorer.explore(Explored.preempt("8.0.0", "8.0.0", "pc-q35-8.0"), Settings.DEFAULT), Outcome.GUEST_CORRUPT);
        assertThat(explanation.core().reduced()).isTrue();
        assertThat(explanation.core().constraints()).anySatisfy(c -> {
            assertThat(c.before().words()).isEqualTo("the destination listen thread reads RAM END, EOF on connection 1 (main)");
            assertThat(c.after().words()).startsWith(PREEMPT);
        }).anySatisfy(c -> {
            assertThat(c.before().words()).startsWith("the source return-path thread reads REQ_PAGES");
            assertThat(c.after().words()).isEqualTo("the source's migration thread looks what to send in postcopy");
        });
        assertThat(explanation.detour().orElseThrow().witnessGoesOn().words()).startsWith("the destination listen thread reads RAM END, EOF");
    }

    /** R04: a source that opens preempt late and a destination that waits for it: no order completes, so nothing decides. */
    @Test
    void whatStallsInEveryOrderHasNoCore() {
        Exploration exploration = Explored.of("8.0-rc-breaks-7.2/8.0-rc1-to-7.2.yaml");
        assertThat(exploration.bad()).isNotEmpty().allSatisfy(found -> {
            Explanation explanation = Explanations.of(exploration, found, Effort.DEFAULT);
            assertThat(explanation.core().isEveryOrder(Decides.GOOD_OR_BAD)).isTrue();
            assertThat(explanation.core().isEveryOrder(Decides.OUTCOME)).isTrue();
            assertThat(explanation.core().isEveryOrder(Decides.ENDING)).isFalse();
            assertThat(explanation.detour()).isEmpty();
            assertThat(explanation.detourSought()).isTrue();
        });
    }

    @Test
    void whatAlwaysCompletesIsExplainedByNothing() {
        Exploration exploration = Explored.of("compatibility/same-release-10.0.yaml");
        assertThat(exploration.bad()).isEmpty();
        Explanation explanation = Explanations.of(exploration, exploration.found().get(0), Effort.DEFAULT);
        assertThat(explanation.core().constraints()).isEmpty();
        assertThat(explanation.core().sealed()).isZero();
        assertThat(explanation.detour()).isEmpty();
    }

    /** What is broken, cancelled or paused belongs to the orders that are meant; when it comes, is for the core to say. */
    @Test
    void aDisturbanceStandsInTheCore() {
        Exploration exploration = Explored.of("compatibility/cancelled-in-precopy.yaml");
        Explanation explanation = Explored.explained(exploration, Outcome.SPLIT_BRAIN);
        List<Move> disturbances = explanation.core().disturbances();
        assertThat(disturbances).extracting(Move::words).containsExactly("operator: migrate_cancel");
        assertThat(explanation.core().constraints()).anyMatch(c -> c.before().isSameAs(disturbances.get(0)) || c.after().isSameAs(disturbances.get(0)));
        assertThat(explanation.detour().orElseThrow().witness().order().moves()).filteredOn(m -> m.words().startsWith("operator: ") && !m.words().contains("start-postcopy"))
                .allSatisfy(m -> assertThat(m.isSameAs(disturbances.get(0))).isTrue());
    }

    @Test
    void doesNotDependOnThreadsOrOnHowTheWitnessWasFound() {
        Scenario scenario = Explored.library("compatibility/cancelled-in-precopy.yaml");
        Exploration one = Explorer.explore(scenario, Settings.DEFAULT);
        Exploration four = Explorer.explore(scenario, new Settings(true, 1L << 30, 4));
        for (int i = 0; i < one.found().size(); i++)
            assertThat(Explanations.of(four, four.found().get(i), Effort.DEFAULT)).isEqualTo(Explanations.of(one, one.found().get(i), Effort.DEFAULT));
        Scenario small = Small.of("source: 7.2.0\ndestination: 7.2.0\nmachine: pc-q35-7.2\ncapabilities: [postcopy-ram, postcopy-preempt]\n"
                + "explore: {pages: 2, precopy-rounds: 0, faults: 1}\nevents: [{after: active, by: 800 ms, do: start-postcopy}]\n");
        Exploration unreduced = Explorer.explore(small, new Settings(false, 1L << 28, 2));
        assertThat(unreduced.complete()).isTrue();
        assertThat(Explored.explained(unreduced, Outcome.PRECOPY_STALL).core().upTo(Decides.GOOD_OR_BAD)).singleElement()
                .satisfies(c -> assertThat(c.before().words()).startsWith(PREEMPT));
    }

    /** What an explanation before it has come to makes it quicker, and nothing else. */
    @Test
    void oneExplanationAfterTheOtherIsAsOneAlone() {
        for (String file : List.of("compatibility/cancelled-in-precopy.yaml", "races/r29-strangers.yaml")) {
            Exploration exploration = Explored.of(file);
            StateGraphs graphs = new StateGraphs(exploration.small());
            assertThat(exploration.found()).hasSizeGreaterThan(1);
            for (Exploration.Found found : exploration.found())
                assertThat(Explanations.of(graphs, found.witness(), Effort.DEFAULT)).isEqualTo(Explanations.of(exploration, found, Effort.DEFAULT));
        }
    }

    /** With hardly any states to visit it says less, and nothing that was not seen. */
    @Test
    void littleEffortClaimsLittle() {
        Exploration exploration = Explored.of("from-7.1-until-8.0-rc0-misorder/7.2-to-7.2-swapped.yaml");
        for (long states : new long[] {1, 40, 400, 2_000}) {
            for (Exploration.Found found : exploration.bad()) {
                Explanation explanation = Explanations.of(exploration, found, new Effort(states, states));
                Laws.check(exploration, explanation);
                if (states == 1) {
                    assertThat(explanation.core().reduced()).isFalse();
                    assertThat(explanation.core().decided()).isEmpty();
                    assertThat(explanation.core().isEveryOrder(Decides.GOOD_OR_BAD)).isFalse();
                    assertThat(explanation.detourSought()).isFalse();
                }
            }
        }
    }
}
