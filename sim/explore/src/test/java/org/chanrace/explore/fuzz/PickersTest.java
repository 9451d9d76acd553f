package org.chanrace.explore.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.chanrace.explore.Small;
import org.chanrace.explore.SmallInstance;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.LaneMap;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PickersTest {
    private static final Scenario SMALL = SmallInstance.of(Small.pairing("7.2.0", "10.1.0", "pc-q35-7.2"));
    private static final int[] NO_EVENTS = new int[1_000];

    private static RandomStream stream(long seed) {
        return RandomStream.of("test", "picks").reseed(seed);
    }

    private static Picker picker(Strategy strategy) {
        return switch (strategy) {
            case RANDOM, TIME -> new RandomWalk();
            case PCT -> new Pct(3);
            case POS -> new PartialOrderSampling();
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"RANDOM", "PCT", "POS"})
    void theSameStreamGivesTheSameOrderAndOthersGiveOthers(Strategy strategy) {
        Orders orders = new Orders(SMALL);
        Picker picker = picker(strategy);
        List<Integer> once = list(orders.run(picker, stream(1), 40).choices());
        Set<List<Integer>> others = new HashSet<>();
        for (long seed = 2; seed < 22; seed++) others.add(list(orders.run(picker, stream(seed), 40).choices()));
        assertThat(list(orders.run(picker, stream(1), 40).choices())).isEqualTo(once);
        assertThat(others).hasSizeGreaterThan(10);
    }

    private static List<Integer> list(int[] choices) {
        return IntStream.of(choices).boxed().toList();
    }

    /** Without change points one of two lanes always comes first; with one, they change places once. */
    @Test
    void pctKeepsToItsPrioritiesButForItsChanges() {
        Steps steps = Simulation.of(SMALL).steps();
        int[] ready = {3, 5, 8};
        for (long seed = 1; seed < 40; seed++) {
            assertThat(changes(new Pct(1), steps, seed, ready)).isZero();
            assertThat(changes(new Pct(2), steps, seed, ready)).isLessThanOrEqualTo(1);
            assertThat(changes(new Pct(4), steps, seed, ready)).isLessThanOrEqualTo(3);
        }
        assertThat(IntStream.range(1, 40).map(seed -> changes(new Pct(4), steps, seed, ready))).contains(2, 3);
    }

    private static int changes(Pct pct, Steps steps, long seed, int[] ready) {
        pct.begin(steps, stream(seed), 30);
        int changes = 0;
        int before = pct.pick(ready, ready.length, NO_EVENTS);
        for (int i = 1; i < 30; i++) {
            int now = pct.pick(ready, ready.length, NO_EVENTS);
            if (now != before) changes++;
            before = now;
        }
        return changes;
    }

    /**
     * What races with the event that was picked gets a new priority: that one of two lanes comes eight times before the other has probability 2⁻⁸. What does not keeps
     * its own, so that a lane with a low one waits for long: with probability 1/9.
     */
    @Test
    void partialOrderSamplingDrawsAnewWhatRacesAndNothingElse() {
        Steps steps = Simulation.of(SMALL).steps();
        int[] ofDestination = IntStream.range(0, steps.lanes()).filter(lane -> steps.process(lane) == LaneMap.DESTINATION).limit(2).toArray();
        int ofSource = IntStream.range(0, steps.lanes()).filter(lane -> steps.process(lane) == LaneMap.SOURCE).findFirst().orElseThrow();
        assertThat(eightTimes(steps, ofDestination[0], ofDestination[1])).isLessThan(8);
        assertThat(eightTimes(steps, ofDestination[0], ofSource)).isBetween(25L, 65L);
    }

    /** For how many of 400 seeds the first lane comes eight times before the second has come once. */
    private static long eightTimes(Steps steps, int first, int second) {
        int[] ready = {Math.min(first, second), Math.max(first, second)};
        return IntStream.range(0, 400).filter(seed -> {
            PartialOrderSampling pos = new PartialOrderSampling();
            pos.begin(steps, stream(seed), 0);
            return IntStream.range(0, 8).allMatch(i -> pos.pick(ready, 2, NO_EVENTS) == first);
        }).count();
    }

    @Test
    void aGuideThatNamesEveryChoiceIsTheOrder() {
        Orders orders = new Orders(SMALL);
        for (long seed = 1; seed < 30; seed++) {
            Ran ran = orders.run(new PartialOrderSampling(), stream(seed), 0);
            Ran again = orders.run(new Guided(ran.events()), stream(0), 0);
            assertThat(again.choices()).startsWith(ran.choices());
            assertThat(again.hit()).isEqualTo(ran.hit());
        }
    }

    @Test
    void withoutAGuideComesTheDefaultOrder() {
        Orders orders = new Orders(SMALL);
        Guided guided = new Guided(List.of());
        Ran ran = orders.run(guided, stream(0), 0);
        assertThat(guided.followed()).isEmpty();
        assertThat(ran.choices()).isNotEmpty();
        // An event that has long come, and one that never comes, change nothing.
        Guided odd = new Guided(List.of(new Guided.Event(ran.choices()[0], 0), new Guided.Event(ran.choices()[0], 1_000)));
        assertThat(orders.run(odd, stream(0), 0).choices()).isEqualTo(ran.choices());
    }
}
