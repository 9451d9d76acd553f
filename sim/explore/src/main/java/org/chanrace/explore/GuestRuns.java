package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Verdict;

/**
 * What one scenario, with its real guest, ends in as it stands, through one relay or another, and with one queue or another on the way: disturbances that lead to
 * different endings often ask for the same runs. Any number of threads.
 */
public final class GuestRuns {
    private final Scenario scenario;
    private final Map<Way, Verdict> firsts = new ConcurrentHashMap<>();
    private final Map<Way, List<Verdict>> all = new ConcurrentHashMap<>();

    /**
     * How connections travel.
     *
     * @param relay that of the network, instead of that which the scenario has
     * @param rules what is late besides
     */
    private record Way(Relay relay, List<Netem.Rule> rules) {
        Way {
            rules = List.copyOf(rules);
        }
    }

    public GuestRuns(Scenario scenario) {
        this.scenario = Objects.requireNonNull(scenario);
    }

    /** The scenario as it was given. */
    Scenario scenario() {
        return scenario;
    }

    /** Whether the run by time through this relay, instead of that which the scenario has, ends so. */
    boolean ends(Ending ending, Relay relay) {
        return ending.isOf(first(new Way(relay, List.of())));
    }

    /** Whether the run by time with these packets late ends so. */
    boolean ends(Ending ending, List<Netem.Rule> rules) {
        return ending.isOf(first(asItStands(rules)));
    }

    /** How many of {@link Provocation#RUNS} runs through this relay, instead of that which the scenario has, end so. */
    int times(Ending ending, Relay relay) {
        return times(ending, new Way(relay, List.of()));
    }

    /** How many of {@link Provocation#RUNS} runs with these packets late end so. */
    int times(Ending ending, List<Netem.Rule> rules) {
        return times(ending, asItStands(rules));
    }

    private Way asItStands(List<Netem.Rule> rules) {
        return new Way(scenario.network().relay(), rules);
    }

    private Verdict first(Way way) {
        return firsts.computeIfAbsent(way, w -> runs(w, 1).get(0));
    }

    private int times(Ending ending, Way way) {
        return (int) all.computeIfAbsent(way, w -> runs(w, Provocation.RUNS)).stream().filter(ending::isOf).count();
    }

    private List<Verdict> runs(Way way, int count) {
        Simulation simulation = Simulation.of(through(way.relay()));
        Delays delays = simulation.delays();
        Netem.apply(way.rules(), delays);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long seed = Provocation.FIRST_SEED + i;
            verdicts.add((way.rules().isEmpty() ? simulation.run(seed, false) : simulation.run(delays, seed, (lane, event, now) -> {}, false)).verdict());
        }
        return verdicts;
    }

    /** The scenario with this relay. */
    Scenario through(Relay relay) {
        return scenario.with(scenario.network().withRelay(relay));
    }
}
