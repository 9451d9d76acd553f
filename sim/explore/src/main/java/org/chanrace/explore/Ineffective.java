package org.chanrace.explore;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.Scenario;

/** What an operator and a network may do and what comes of it in no order: that nothing ends badly says nothing about it. */
final class Ineffective {
    private Ineffective() {}

    /**
     * Those of an instance's events that never come, of alternatives the first when none of them does; and those that come to nothing, as far as that can be told:
     * migrate-start-postcopy, where no order switches to postcopy.
     *
     * @param picked the lanes that were picked
     * @param switching whether any order begins to switch
     */
    static List<OperatorEvent> of(Scenario small, BitSet picked, boolean switching) {
        Steps steps = Simulation.of(small).steps();
        List<OperatorEvent> events = small.events();
        BitSet came = new BitSet();
        for (int lane = picked.nextSetBit(0); lane >= 0; lane = picked.nextSetBit(lane + 1))
            if (steps.scenarioEvent(lane) >= 0) came.set(steps.scenarioEvent(lane));
        List<OperatorEvent> never = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            OperatorEvent event = events.get(i);
            boolean isFirst = true;
            boolean anyCame = false;
            for (int j = 0; j < events.size(); j++) {
                if (j != i && !areAlternatives(event, events.get(j))) continue;
                isFirst &= j >= i;
                anyCame |= came.get(j);
            }
            boolean comesToNothing = event.action() instanceof Action.StartPostcopy && !switching;
            if (isFirst && (!anyCame || comesToNothing)) never.add(event);
        }
        return List.copyOf(never);
    }

    private static boolean areAlternatives(OperatorEvent one, OperatorEvent other) {
        Optional<String> of = one.oneOf();
        return of.isPresent() && of.equals(other.oneOf());
    }
}
