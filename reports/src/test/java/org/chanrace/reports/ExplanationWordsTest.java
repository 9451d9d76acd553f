package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Constraint;
import org.chanrace.explore.Decides;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Order;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.OrderingCore;
import org.chanrace.explore.Witness;
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
