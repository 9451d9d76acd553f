package org.chanrace.explore;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Verdict;

/**
 * What one scenario, with its real guest, ends in through one relay or another: disturbances that lead to different endings often ask for the same run. Any
 * number of threads.
 */
public final class RelayedRuns {
    private final Scenario scenario;
    private final Map<Relay, Verdict> verdicts = new ConcurrentHashMap<>();

    /** @param scenario whose relay is left out of account */
    public RelayedRuns(Scenario scenario) {
        this.scenario = Objects.requireNonNull(scenario);
    }

    /** The scenario as it was given. */
    Scenario scenario() {
        return scenario;
    }

    /** How the run by time through this relay ended. */
    Verdict verdict(Relay relay) {
        return verdicts.computeIfAbsent(relay, through -> Simulation.of(through(through)).run(Provocation.SEED, false).verdict());
    }

    /** The scenario with this relay. */
    Scenario through(Relay relay) {
        Scenario s = scenario;
        return new Scenario(
                s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(),
                s.network().withRelay(relay), s.guest(), s.host(), s.events(), s.limits(),
                s.expectation(), s.bounds(), s.failsIn(), s.passesIn());
    }
}
