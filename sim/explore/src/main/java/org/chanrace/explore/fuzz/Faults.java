package org.chanrace.explore.fuzz;

import java.util.stream.Stream;
import org.chanrace.explore.Ending;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;

/**
 * What a scenario's relays do to connections besides letting them wait.
 *
 * @param resets some are reset: a disturbance as much as what an operator does
 * @param drops some are accepted and never passed on: whoever waits for them waits for ever, and it is no mistake to
 */
record Faults(boolean resets, boolean drops) {
    static Faults of(Scenario scenario) {
        return new Faults(relays(scenario).anyMatch(Relay.Reset.class::isInstance), relays(scenario).anyMatch(Relay.Drop.class::isInstance));
    }

    private static Stream<Relay> relays(Scenario scenario) {
        return Stream.concat(Stream.of(scenario.network().relay()), scenario.events().stream().flatMap(event -> event.action().opensThrough().stream()));
    }

    /** Whether an ending is bad, knowing of these. */
    boolean isBad(Ending e) {
        boolean canBeCancelled = e.guestRunsOn() == GuestLocation.SOURCE && e.sourceMonitor() == Monitor.ANSWERS && e.destinationMonitor() == Monitor.ANSWERS;
        boolean stalls = e.outcome() == Outcome.SETUP_STALL || e.outcome() == Outcome.PRECOPY_STALL;
        if (drops && stalls && canBeCancelled) return false;
        return new Ending(e.outcome(), e.guestRunsOn(), e.sourceMonitor(), e.destinationMonitor(), e.disturbed() || resets, false).isBad();
    }
}
