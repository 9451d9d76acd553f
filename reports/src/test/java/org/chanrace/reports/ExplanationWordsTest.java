package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chanrace.explore.Constraint;
import org.chanrace.explore.Decides;
import org.chanrace.explore.Disturbance.Delay;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Order;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.OrderingCore;
import org.chanrace.explore.Provocation;
import org.chanrace.explore.Witness;
import org.chanrace.model.verdict.Outcome;
import org.junit.jupiter.api.Test;

/** Nothing is said of every order but what every order was tried for. */
class ExplanationWordsTest {
    private static final Witness WITNESS = ExplorationSamples.swapped().exploration().found().get(1).witness();
    private static final Constraint PAIR =
            new Constraint(WITNESS.order().moves().get(1), WITNESS.order().moves().get(3), Decides.GOOD_OR_BAD, Optional.of(ExplorationSamples.swapped().exploration().found().get(0).witness()));

    @Test
    void whatWasGivenUpIsNotSaidOfEveryOrder() {
        Explanation unknown = explanation(List.of(), Optional.empty(), false);
        assertThat(ExplanationWords.decided(unknown)).isEqualTo("what decides how it ends is not known: the search was given up after 40 trials");
        assertThat(ExplanationWords.certainty(unknown)).isEmpty();
    }

    @Test
    void whatNoPairsDecideIsNotSaidOfEveryOrder() {
        Explanation refuted = explanation(List.of(), Optional.empty(), true);
        assertThat(ExplanationWords.decided(refuted)).isEqualTo("no pairs of its events decide how it ends: an order that agrees with it in all of them can end otherwise");
    }

    @Test
    void ofEveryOrderThatMuchIsSaidAsIsDecided() {
        Explanation badly = explanation(List.of(PAIR), Optional.of(Decides.GOOD_OR_BAD), false);
        assertThat(ExplanationWords.decided(badly)).isEqualTo("every order ends badly in which");
        assertThat(ExplanationWords.certainty(badly)).containsExactly("from step 2 on, whatever comes, it ends badly", "each of these is necessary: its reverse was tried",
                "what decides in which outcome it ends is not known: the search was given up after 40 trials");
        Explanation stalls = explanation(List.of(PAIR), Optional.of(Decides.OUTCOME), true);
        assertThat(ExplanationWords.decided(stalls)).isEqualTo("every order ends in precopy-stall in which");
        assertThat(ExplanationWords.certainty(stalls)).last().isEqualTo("no pairs of its events decide the rest of how it ends: an order that agrees with it in all of them can end otherwise");
        assertThat(ExplanationWords.decided(explanation(List.of(PAIR), Optional.of(Decides.ENDING), false))).isEqualTo("every order ends so in which");
        assertThat(ExplanationWords.decided(explanation(List.of(), Optional.of(Decides.ENDING), false))).isEqualTo("every order ends so");
    }

    @Test
    void ofNetemIsSaidWhatWasRun() {
        Delay ping = new Delay(1, "main", 1, true, 12, "record 10: PING(4)", 1);
        assertThat(netem(List.of(ping), List.of(), OptionalInt.empty(), Optional.empty(), false)).containsExactly(
                "netem does not do it: no rule tells record 10: PING(4) of connection 1 (main), toward the destination, from other packets; what reads the stream can hold it up");
        assertThat(netem(List.of(), List.of(401_000L, 802_000L), OptionalInt.of(15), Optional.of(Outcome.COMPLETED), false)).containsExactly(
                "or by netem: the scenario was run with all that these commands make late, and ends so in 15 of 20 runs, with seeds from 1 on; without it in 2; it has to be more than in the small "
                        + "guest: tried with 401 us, and twice as long each time, up to 802 us");
        assertThat(netem(List.of(), List.of(401_000L), OptionalInt.empty(), Optional.of(Outcome.PRECOPY_STALL), true)).containsExactly(
                "or by netem: the small guest, with the moments above and with all that netem makes late, ends so with these commands; the scenario, whose events come when they come, does not: "
                        + "tried with 401 us");
        assertThat(netem(List.of(), List.of(401_000L), OptionalInt.empty(), Optional.of(Outcome.COMPLETED), false)).containsExactly(
                "netem does not do it, since what follows is late as well: the small guest, with the moments above and with all that netem makes late, ends completed, and the scenario does not end "
                        + "so, either: tried with 401 us");
        assertThat(ExplanationWords.netem(new Provocation(Optional.empty(), List.of(), Provocation.Queued.NOTHING, OptionalInt.empty()))).isEmpty();
    }

    private static List<String> netem(List<Delay> unknowable, List<Long> tried, OptionalInt times, Optional<Outcome> small, boolean doesSo) {
        return ExplanationWords.netem(new Provocation(Optional.empty(), List.of(), new Provocation.Queued(unknowable, tried, times, small, doesSo, List.of(), List.of()), OptionalInt.of(2)));
    }

    @Test
    void eventsOfOneKindAreToldApart() {
        Move first = new Move(6, 2, "sends dirty pages", true);
        Move looks = new Move(6, 3, "looks whether to switch", true);
        Move second = new Move(6, 4, "sends dirty pages", true);
        Order order = new Order(List.of(first, looks, second));
        assertThat(ExplanationWords.event(order, first)).isEqualTo("[1] sends dirty pages (1st)");
        assertThat(ExplanationWords.event(order, looks)).isEqualTo("[2] looks whether to switch");
        assertThat(ExplanationWords.named(order, second)).isEqualTo("sends dirty pages (2nd)");
        // It could have come in this order, and did not.
        assertThat(ExplanationWords.event(order, new Move(6, 5, "sends dirty pages", true))).isEqualTo("sends dirty pages (3rd)");
        assertThat(ExplanationWords.named(order, new Move(7, 2, "sends dirty pages", true))).isEqualTo("sends dirty pages");
    }

    private static Explanation explanation(List<Constraint> pairs, Optional<Decides> decided, boolean refuted) {
        return new Explanation(WITNESS, new OrderingCore(pairs, List.of(), 2, decided, refuted, false, 40, 1234), Optional.empty(), false);
    }
}
