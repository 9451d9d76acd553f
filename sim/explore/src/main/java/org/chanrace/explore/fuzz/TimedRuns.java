package org.chanrace.explore.fuzz;

import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Ending;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;

/** Runs of one scenario by virtual time, with the invariants checked after every event. */
final class TimedRuns {
    private static final RunLimits AT_LEAST = new RunLimits(120_000_000_000L, 30_000_000_000L, 2_000_000);

    private final Simulation simulation;
    private final Steps steps;
    private final Invariants invariants;
    private final Faults faults;

    TimedRuns(Scenario scenario) {
        this.simulation = Simulation.of(scenario);
        this.steps = simulation.steps();
        this.invariants = new Invariants(scenario, steps);
        this.faults = Faults.of(scenario);
    }

    /** The scenario with limits that nothing reaches that only takes its time, such as a handshake whose packets are lost over and over. */
    static Scenario patient(Scenario s) {
        return within(s, new RunLimits(
                Math.max(s.limits().virtualNanos(), AT_LEAST.virtualNanos()), Math.max(s.limits().quietNanos(), AT_LEAST.quietNanos()), Math.min(s.limits().events(), AT_LEAST.events())));
    }

    /** The scenario with runs that are broken off, and then come to nothing, after so many events. */
    static Scenario brief(Scenario s, long events) {
        return within(s, new RunLimits(s.limits().virtualNanos(), s.limits().quietNanos(), Math.max(1, Math.min(s.limits().events(), events))));
    }

    private static Scenario within(Scenario s, RunLimits limits) {
        return new Scenario(
                s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(), s.events(), limits,
                s.expectation(), s.bounds(), s.failsIn(), s.passesIn());
    }

    Ran run(long seed) {
        invariants.begin();
        Verdict v = simulation.watch(seed, invariants::check).verdict();
        Ending ending = new Ending(v.outcome(), v.guestRunsOn(), v.sourceMonitor(), v.destinationMonitor(), steps.isDisturbed(), false);
        // A limit says nothing: the guest may just write faster than the network carries.
        boolean endsBadly = v.outcome() != Outcome.LIMIT && faults.isBad(ending);
        Optional<Violation> violation = invariants.violation();
        Optional<Hit> hit = endsBadly ? Optional.of(Hit.of(ending, violation, v)) : violation.map(found -> Hit.of(ending, found));
        return new Ran(new int[0], new int[0], seed, List.of(ending), hit, invariants.events());
    }
}
