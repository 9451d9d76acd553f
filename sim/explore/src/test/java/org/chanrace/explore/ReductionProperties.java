package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Scenario;

/** What is left out of the search for good reasons changes nothing that is found. */
class ReductionProperties {
    private static final long BYTES_WITHOUT_REDUCTION = 1L << 20;
    private static final long BYTES = 3L << 20;
    private static final long STATES = 8_000;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Small.scenarios();
    }

    /** Without reduction the search may run out of its memory: what it has found until then must be found with reduction too. */
    @Property(tries = 200)
    void reductionFindsTheSameEndings(@ForAll("scenarios") Scenario scenario) {
        Scenario small = SmallInstance.of(scenario);
        Search reduced = new Search(small, new Settings(true, BYTES, 1)).run();
        Search full = new Search(small, new Settings(false, BYTES_WITHOUT_REDUCTION, 1)).run();
        Assume.that(reduced.isComplete());
        Set<Ending> found = reduced.endings().keySet();
        if (full.isComplete()) {
            assertThat(found).isEqualTo(full.endings().keySet());
            assertThat(reduced.states()).isLessThanOrEqualTo(full.states());
        } else assertThat(found).containsAll(full.endings().keySet());
    }

    /**
     * Nor does an order of all events, but for calls and commands, which take effect at once, end as none does with reduction. Depth first it comes to ends
     * that are far from the beginning.
     */
    @Property(tries = 200)
    void reductionLosesNoEnding(@ForAll("scenarios") Scenario scenario) {
        Scenario small = SmallInstance.of(scenario);
        Search reduced = new Search(small, new Settings(true, BYTES, 1)).run();
        Assume.that(reduced.isComplete());
        RestrictedSearch all = new RestrictedSearch(StateGraph.of(small), new Effort(STATES, STATES));
        Restriction none = new Restriction(new boolean[all.walker().lanes()], List.of(), List.of()).unreduced();
        assertThat(all.fromBeginning(none, ending -> !reduced.endings().containsKey(ending)).choices()).isEmpty();
    }

    /** Every way that is found leads, picked once more from the beginning and without going back, to where it is said to lead. */
    @Property(tries = 200)
    void everyWitnessReplays(@ForAll("scenarios") Scenario scenario) {
        Exploration exploration = Explorer.explore(scenario, new Settings(true, BYTES, 1));
        if (exploration.complete()) assertThat(exploration.found()).isNotEmpty();
        for (Exploration.Found found : exploration.found()) Laws.replays(exploration.small(), found.witness());
    }

    /** What takes effect in no order, as all of them were tried, does so in none that is drawn without the reduction either, until the guest runs twice. */
    @Property(tries = 60)
    void whatNeverHappensHappensInNoRandomOrder(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Exploration exploration = Explorer.explore(scenario, new Settings(true, BYTES, 1));
        List<OperatorEvent> never = exploration.ineffective();
        Assume.that(!never.isEmpty());
        Walker walker = new Walker(exploration.small(), false);
        walker.listen(lane -> {
            int event = walker.steps().scenarioEvent(lane);
            if (event < 0) return;
            OperatorEvent comes = exploration.small().events().get(event);
            assertThat(never).noneMatch(e -> e.equals(comes) && !(e.action() instanceof Action.StartPostcopy) || e.oneOf().isPresent() && e.oneOf().equals(comes.oneOf()));
        });
        boolean nothingSwitches = never.stream().anyMatch(e -> e.action() instanceof Action.StartPostcopy && e.when() instanceof When.At);
        SplittableRandom random = new SplittableRandom(seed);
        for (int walk = 0; walk < 20; walk++) {
            walker.begin();
            for (int step = 0; step < 500 && !States.ready(walker.steps()).isEmpty() && !walker.steps().guestRunsTwice(); step++) {
                wander(walker, random);
                if (nothingSwitches) assertThat(walker.steps().switching()).isFalse();
            }
        }
    }

    /**
     * A state that was saved, and loaded by somebody who was anywhere else meanwhile, goes on as the one that it was saved of: whatever is left out makes no
     * difference.
     */
    @Property(tries = 200)
    void whatIsLeftOutOfAStateMakesNoDifference(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Scenario small = SmallInstance.of(scenario);
        SplittableRandom random = new SplittableRandom(seed);
        Walker whole = new Walker(small, random.nextBoolean());
        Walker loading = new Walker(small, whole.isReduced());
        whole.begin();
        loading.begin();
        for (int step = 0; step < 300; step++) {
            byte[] saved = States.of(loading.steps());
            for (int i = random.nextInt(20); i > 0; i--) wander(loading, random);
            assertThat(saved).isEqualTo(States.of(whole.steps()));
            States.load(loading.steps(), saved);
            List<Integer> ready = States.ready(loading.steps());
            assertThat(ready).isEqualTo(States.ready(whole.steps()));
            for (int lane : ready) assertThat(loading.steps().words(lane)).isEqualTo(whole.steps().words(lane));
            assertThat(States.endingCode(loading)).isEqualTo(States.endingCode(whole));
            if (ready.isEmpty() || whole.steps().guestRunsTwice()) return;
            int lane = ready.get(random.nextInt(ready.size()));
            whole.pick(lane);
            loading.pick(lane);
        }
    }

    private static void wander(Walker walker, SplittableRandom random) {
        List<Integer> ready = States.ready(walker.steps());
        if (!ready.isEmpty()) walker.pick(ready.get(random.nextInt(ready.size())));
    }
}
