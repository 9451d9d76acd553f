package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of explanations, over the library's races. */
class CoreLawsTest {
    private static final int RANDOM_ORDERS = 300;

    @ParameterizedTest
    @ValueSource(strings = {
        "from-7.1-until-8.0-rc0-misorder/7.2-to-7.2-swapped.yaml", "8.0-rc-breaks-7.2/8.0-rc1-to-7.2.yaml", "8.0-rc-breaks-7.2/8.0-rc1-to-8.0-rc1-swapped.yaml",
        "eos-and-the-end-of-preempt/8.0-loses-a-page.yaml", "eos-and-the-end-of-preempt/8.0-to-8.0-rc1.yaml", "eos-and-the-end-of-preempt/8.2-deadlocks.yaml",
        "monitors-that-hang/7.1-to-10.1-swapped.yaml", "monitors-that-hang/8.0-rc0-listen-deadlock.yaml", "compatibility/preempt-only-on-the-source.yaml",
        "compatibility/cancelled-in-precopy.yaml", "compatibility/flush-without-multifd-8.1-to-10.0.yaml", "recovered-by-x-preempt-pre-7-2/11.1-to-7.2.yaml"
    })
    void hold(String file) {
        Exploration exploration = Explored.of(file);
        assertThat(exploration.bad()).isNotEmpty();
        for (Exploration.Found found : exploration.bad()) {
            Explanation explanation = Explanations.of(exploration, found, Effort.DEFAULT);
            assertThat(explanation.core().reduced()).isTrue();
            assertThat(explanation.detour().isPresent()).isEqualTo(exploration.completes());
            Laws.check(exploration, explanation);
            randomOrdersEndAlike(exploration.small(), explanation);
        }
    }

    /**
     * Orders drawn at random near the witness, of all events, end as it does when they respect the core: nothing was skipped that the core would have had to
     * forbid.
     */
    private static void randomOrdersEndAlike(Scenario small, Explanation explanation) {
        Steps steps = Simulation.of(small).steps();
        Restriction restriction = Laws.restriction(new RestrictedWalker(StateGraph.of(small)), explanation, Decides.ENDING);
        Random random = new Random(7);
        int ended = 0;
        for (int i = 0; i < RANDOM_ORDERS; i++) {
            Optional<Ending> ending = drawn(steps, small.bounds().finds(), restriction, explanation.witness().order(), random);
            if (ending.isEmpty()) continue;
            ended++;
            assertThat(ending.get()).isEqualTo(explanation.witness().ending());
        }
        assertThat(ended).isPositive();
    }

    /** How an order ends that follows a witness now and then; empty when it comes to where only what the restriction holds back could come. */
    private static Optional<Ending> drawn(Steps steps, Optional<Expectation> finds, Restriction restriction, Order witness, Random random) {
        int[] handled = new int[steps.lanes()];
        int[] times = new int[restriction.counters()];
        double faith = random.nextDouble();
        steps.begin(0);
        while (true) {
            List<Integer> open = new ArrayList<>();
            boolean over = true;
            for (int lane = 0; lane < steps.lanes(); lane++) {
                if (!steps.isReady(lane)) continue;
                over &= steps.isDisturbance(lane);
                if (!restriction.forbids(lane) && !restriction.holdsBack(restriction.saying(lane, steps.words(lane)), times)) open.add(lane);
            }
            if (steps.guestRunsTwice() || over && restriction.isMet(handled))
                return Optional.of(Ending.of(steps, finds));
            if (open.isEmpty()) return Optional.empty();
            int drawn = random.nextDouble() < faith ? soonest(open, handled, witness) : open.get(random.nextInt(open.size()));
            int lane = open.stream().filter(steps::takesEffectAtOnce).findFirst().orElse(drawn);
            handled[lane]++;
            restriction.count(restriction.saying(lane, steps.words(lane)), times);
            steps.handle(lane);
        }
    }

    private static int soonest(List<Integer> open, int[] handled, Order witness) {
        for (Order.Move move : witness.moves()) if (open.contains(move.lane()) && handled[move.lane()] + 1 == move.number()) return move.lane();
        return open.get(0);
    }
}
