package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restricted exploration: unrestricted it finds what a whole one finds, and a pair keeps away what it forbids and no more. */
class RestrictedSearchTest {
    private static final String MAIN = "the ACK of connection 1 (main)";
    private static final String PREEMPT = "the ACK of connection 2 (preempt)";
    private static final Effort PLENTY = new Effort(1_000_000, 10_000_000);

    @ParameterizedTest
    @ValueSource(strings = {
        "from-7.1-until-8.0-rc0-misorder/7.2-to-7.2-swapped.yaml", "eos-and-the-end-of-preempt/8.2-deadlocks.yaml", "compatibility/cancelled-in-precopy.yaml",
        "compatibility/preempt-only-on-the-destination-7.2.yaml"
    })
    void findsTheSameEndings(String file) {
        Exploration exploration = Explored.of(file);
        RestrictedSearch search = new RestrictedSearch(StateGraph.of(exploration.small()), PLENTY);
        Restriction none = new Restriction(new boolean[search.walker().lanes()], List.of(), List.of());
        List<Ending> found = exploration.found().stream().map(Exploration.Found::ending).toList();
        for (Ending ending : found) {
            RestrictedSearch.Result result = search.fromBeginning(none, ending::equals);
            assertThat(result.choices()).isPresent();
            search.walker().restrict(none);
            Laws.replays(exploration.small(), Explanations.witness(exploration.small(), search.walker().order(result.choices().get()), ending));
        }
        assertThat(search.fromBeginning(none, e -> !found.contains(e)).isNone()).isTrue();
    }

    @Test
    void aPairAndItsReverseLetDifferentOrdersPass() {
        Exploration exploration = Explored.of("from-7.1-until-8.0-rc0-misorder/7.2-to-7.2-swapped.yaml");
        Scenario small = exploration.small();
        Pair swap = pair(exploration, Outcome.PRECOPY_STALL, PREEMPT, MAIN);
        Pair noSwap = pair(exploration, Outcome.COMPLETED, MAIN, PREEMPT);
        RestrictedSearch search = new RestrictedSearch(StateGraph.of(small), PLENTY);
        boolean[] nothing = new boolean[search.walker().lanes()];
        Restriction swapped = new Restriction(nothing, List.of(), List.of(swap));
        Restriction straight = new Restriction(nothing, List.of(), List.of(noSwap));
        assertThat(search.fromBeginning(swapped, e -> !e.isBad()).isNone()).isTrue();
        assertThat(search.fromBeginning(swapped, Ending::isBad).choices()).isPresent();
        assertThat(search.fromBeginning(straight, Ending::isBad).isNone()).isTrue();
        assertThat(search.fromBeginning(straight, e -> !e.isBad()).choices()).isPresent();
        // Both at once let nothing pass: what only they hold back is no end.
        Restriction both = new Restriction(nothing, List.of(), List.of(swap, noSwap));
        assertThat(search.fromBeginning(both, e -> true).isNone()).isTrue();
    }

    @Test
    void givesUpRatherThanSayThereIsNone() {
        Scenario small = Explored.of("from-7.1-until-8.0-rc0-misorder/7.2-to-7.2-swapped.yaml").small();
        Ending never = new Ending(Outcome.SPLIT_BRAIN, GuestLocation.BOTH, Monitor.ANSWERS, Monitor.ANSWERS, true, false);
        RestrictedSearch search = new RestrictedSearch(StateGraph.of(small), new Effort(10, 1_000_000));
        RestrictedSearch.Result result = search.fromBeginning(new Restriction(new boolean[search.walker().lanes()], List.of(), List.of()), never::equals);
        assertThat(result.isNone()).isFalse();
        assertThat(result.choices()).isEmpty();
        assertThat(search.states()).isLessThanOrEqualTo(10);
    }

    /** What has to happen must have happened at the end, and what is forbidden never does. */
    @Test
    void disturbancesHappenExactlyAsMeant() {
        Exploration exploration = Explored.of("compatibility/cancelled-in-precopy.yaml");
        RestrictedSearch search = new RestrictedSearch(StateGraph.of(exploration.small()), PLENTY);
        int lanes = search.walker().lanes();
        boolean[] forbidden = new boolean[lanes];
        for (int lane = 0; lane < lanes; lane++) forbidden[lane] = search.walker().bringsDisturbances(lane);
        assertThat(search.fromBeginning(new Restriction(forbidden, List.of(), List.of()), Ending::disturbed).isNone()).isTrue();
        Move cancel = choice(exploration, "operator: migrate_cancel");
        assertThat(search.fromBeginning(new Restriction(new boolean[lanes], List.of(cancel), List.of()), e -> !e.disturbed()).isNone()).isTrue();
    }

    private static Move choice(Exploration exploration, String words) {
        return exploration.found().stream().flatMap(f -> f.witness().order().moves().stream()).filter(m -> m.words().startsWith(words)).findFirst().orElseThrow();
    }

    /** One event before another, as they come in a witness. */
    private static Pair pair(Exploration exploration, Outcome outcome, String first, String second) {
        Order order = Explored.found(exploration, outcome).witness().order();
        int place = 0;
        while (!order.moves().get(place).words().startsWith(first)) place++;
        return Pair.of(order, place, choice(exploration, second), 2, 0);
    }
}
