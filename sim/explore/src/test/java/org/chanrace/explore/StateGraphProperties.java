package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;

/**
 * A graph that was gone through by several orders at once, a step of one and a step of another, says of each of their states what a simulation says that handles
 * the events of this order alone.
 */
class StateGraphProperties {
    private static final int ORDERS = 4;
    private static final int STEPS = 120;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Small.scenarios();
    }

    /** An order: how far it has come, in the graph and alone. */
    private static final class Traveller {
        final Steps alone;
        int state;

        Traveller(Scenario small, StateGraph graph) {
            alone = Simulation.of(small).steps();
            alone.begin(0);
            state = graph.first();
        }
    }

    @Property(tries = 60)
    void saysWhatASimulationSays(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Scenario small = SmallInstance.of(scenario);
        SplittableRandom random = new SplittableRandom(seed);
        StateGraph graph = new StateGraph(Simulation.of(small).steps(), small.bounds().finds());
        List<Traveller> travellers = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) travellers.add(new Traveller(small, graph));
        for (int i = 0; i < STEPS; i++) {
            Traveller one = travellers.get(random.nextInt(ORDERS));
            // Half of what there is to know is asked for only later, when the processes are elsewhere.
            if (random.nextBoolean()) sayTheSame(graph, one, small);
            List<Integer> ready = ready(one.alone);
            if (ready.isEmpty() || one.alone.guestRunsTwice()) continue;
            int lane = ready.get(random.nextInt(ready.size()));
            one.state = graph.after(one.state, graph.step(one.state, lane));
            one.alone.handle(lane);
        }
        for (Traveller one : travellers) sayTheSame(graph, one, small);
    }

    private static void sayTheSame(StateGraph graph, Traveller one, Scenario small) {
        List<Integer> lanes = new ArrayList<>();
        boolean goesOn = false;
        for (int step = graph.firstStep(one.state); step < graph.endOfSteps(one.state); step++) {
            int lane = graph.lane(step);
            lanes.add(lane);
            goesOn |= !one.alone.isDisturbance(lane);
            assertThat(graph.commutes(step)).isEqualTo(one.alone.commutes(lane));
            assertThat(graph.takesEffectAtOnce(step)).isEqualTo(one.alone.takesEffectAtOnce(lane));
            assertThat(graph.said(graph.words(one.state, step))).isEqualTo(one.alone.words(lane));
        }
        assertThat(lanes).isEqualTo(ready(one.alone));
        assertThat(graph.hasToGoOn(one.state)).isEqualTo(goesOn);
        assertThat(graph.guestRunsTwice(one.state)).isEqualTo(one.alone.guestRunsTwice());
        assertThat(graph.ending(one.state)).isEqualTo(Ending.of(one.alone, small.bounds().finds()));
    }

    private static List<Integer> ready(Steps steps) {
        List<Integer> ready = new ArrayList<>();
        for (int lane = 0; lane < steps.lanes(); lane++) if (steps.isReady(lane)) ready.add(lane);
        return ready;
    }
}
