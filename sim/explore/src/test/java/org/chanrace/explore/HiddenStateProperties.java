package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;

/**
 * Nothing that a simulation does depends on anything but its state: one that goes through a run from the beginning, and one that was anywhere else and is
 * put into each of its states, are the same part by part, judge their lanes alike, and take the same steps.
 */
class HiddenStateProperties {
    private static final int STEPS = 150;
    private static final int DETOUR = 3;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Small.scenarios();
    }

    /** @param essential whether what can make no difference any more is left out of states, as when exploring */
    @Property(tries = 150)
    void whatIsLoadedGoesOnAsWhatWasSaved(@ForAll("scenarios") Scenario scenario, @ForAll boolean essential, @ForAll long seed) {
        Scenario small = SmallInstance.of(scenario);
        SplittableRandom random = new SplittableRandom(seed);
        Steps fresh = Simulation.of(small).steps();
        Steps used = Simulation.of(small).steps();
        fresh.begin(0);
        // Half of the time nothing that a beginning does was ever done.
        if (random.nextBoolean()) used.begin(0);
        List<byte[]> elsewhere = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            // To save it puts vCPUs into an order of their own.
            byte[] state = whole(fresh, essential);
            List<Integer> ready = ready(fresh);
            if (ready.isEmpty() || fresh.guestRunsTwice()) return;
            if (!elsewhere.isEmpty()) wander(used, elsewhere.get(random.nextInt(elsewhere.size())), essential, random);
            elsewhere.add(state);
            used.load(reader(state, essential));
            List<String> before = parts(fresh, essential);
            assertThat(parts(used, essential)).as("what was loaded").isEqualTo(before);
            assertThat(judgements(used)).isEqualTo(judgements(fresh));

            int lane = ready.get(random.nextInt(ready.size()));
            int touched = fresh.partsOf(lane);
            fresh.handle(lane);
            used.handle(lane);
            List<String> after = parts(fresh, essential);
            assertThat(parts(used, essential)).as("after lane %d", lane).isEqualTo(after);
            for (int part = 0; part < after.size(); part++)
                if ((touched >> part & 1) == 0) assertThat(after.get(part)).as("part %d, which lane %d is not to change", part, lane).isEqualTo(before.get(part));
        }
    }

    private static void wander(Steps steps, byte[] from, boolean essential, SplittableRandom random) {
        steps.load(reader(from, essential));
        for (int i = random.nextInt(DETOUR); i >= 0; i--) {
            List<Integer> ready = ready(steps);
            if (!ready.isEmpty()) steps.handle(ready.get(random.nextInt(ready.size())));
        }
    }

    private static StateReader reader(byte[] state, boolean essential) {
        return new StateReader(essential).of(state, 0);
    }

    private static byte[] whole(Steps steps, boolean essential) {
        StateWriter state = new StateWriter(essential);
        steps.save(state);
        return state.toBytes();
    }

    private static List<String> parts(Steps steps, boolean essential) {
        List<String> parts = new ArrayList<>();
        for (int part = 0; part < steps.parts(); part++) {
            StateWriter state = new StateWriter(essential);
            steps.savePart(part, state);
            parts.add(HexFormat.of().formatHex(state.toBytes()));
        }
        return parts;
    }

    private static List<Integer> ready(Steps steps) {
        List<Integer> ready = new ArrayList<>();
        for (int lane = 0; lane < steps.lanes(); lane++) if (steps.isReady(lane)) ready.add(lane);
        return ready;
    }

    /** What is said of the lanes that are ready, and of the state. */
    private static List<Object> judgements(Steps steps) {
        List<Object> all = new ArrayList<>();
        for (int lane : ready(steps))
            all.add(List.of(lane, steps.words(lane), steps.commutes(lane), steps.takesEffectAtOnce(lane), steps.isDisturbance(lane), steps.isFromOutside(lane)));
        all.addAll(List.of(steps.isEnding(), steps.outcome(), steps.guestRunsOn(), steps.sourceMonitor(), steps.destinationMonitor(), steps.isDisturbed(), steps.guestRunsTwice()));
        // Its words tell of what is only on record, too, but there is one in any state.
        all.add(steps.verdict().outcome());
        return all;
    }
}
