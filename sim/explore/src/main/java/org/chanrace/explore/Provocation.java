package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.chanrace.explore.Disturbance.Delay;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Network.Relay.Target;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;

/**
 * A disturbance as an operator would bring it about. What is said to do it was run.
 *
 * @param relayed what a relay does it with, if one can
 * @param triedNanos the delays of a relay that were run with {@link #FIRST_SEED}, in this order, of which the last one is that of {@code relayed} if there is one; none
 *     when a relay, which holds back the establishment of one connection, cannot do it
 * @param queued what Linux' queues do it with
 * @param undisturbed how many of {@link #RUNS} runs of the scenario as it stands end so; empty when neither a relay nor queues do it to its guest
 */
public record Provocation(Optional<Relayed> relayed, List<Long> triedNanos, Queued queued, OptionalInt undisturbed) {
    /** How many runs of the scenario are made with what was found to do it, with as many seeds. */
    public static final int RUNS = 20;
    /** The seed of the first of these. */
    public static final long FIRST_SEED = 1;

    private static final long LONGEST_NANOS = 2_000_000_000L;
    private static final long MICROSECOND = 1000;

    public Provocation {
        Objects.requireNonNull(relayed);
        triedNanos = List.copyOf(triedNanos);
        Objects.requireNonNull(queued);
        Objects.requireNonNull(undisturbed);
    }

    /**
     * A scenario with its real guest in which a relay's delay leads to the same ending: outcome, guest, monitors.
     *
     * @param line what stands in the scenario below {@code network:}
     * @param times how many of {@link #RUNS} runs by time end so; that with {@link #FIRST_SEED} does
     */
    public record Relayed(Scenario scenario, String line, int times) {
        public Relayed {
            Objects.requireNonNull(scenario);
            Objects.requireNonNull(line);
        }
    }

    /**
     * What comes of making the packets late by queues, which delay what follows them as well.
     *
     * @param unknowable the packets that have to be late and that no rule can tell from others: nothing was run then
     * @param triedNanos the delays, of what is late by most, that the scenario was run with, with {@link #FIRST_SEED}, in this order; none when nothing has to be late
     * @param times how many of {@link #RUNS} runs of the scenario with the last of these delays end so, when that with {@link #FIRST_SEED} does
     * @param inTheSmallGuest what the disturbed instance ends in when it is the queues that delay; empty when nothing was run
     * @param doesSo whether that is as the disturbance ends, in all respects
     * @param commands shell commands, one a line, that set the queues up; none when neither the scenario nor the disturbed instance ends so
     * @param limits what the commands do besides, and what they need; sentences
     */
    public record Queued(List<Delay> unknowable, List<Long> triedNanos, OptionalInt times, Optional<Outcome> inTheSmallGuest, boolean doesSo, List<String> commands, List<String> limits) {
        /** Nothing is late. */
        public static final Queued NOTHING = new Queued(List.of(), List.of(), OptionalInt.empty(), Optional.empty(), false, List.of(), List.of());

        public Queued {
            unknowable = List.copyOf(unknowable);
            triedNanos = List.copyOf(triedNanos);
            Objects.requireNonNull(times);
            Objects.requireNonNull(inTheSmallGuest);
            commands = List.copyOf(commands);
            limits = List.copyOf(limits);
        }
    }

    /**
     * How to bring a disturbance about.
     *
     * @param scenario the one that it was found for
     */
    public static Provocation of(Scenario scenario, Disturbance disturbance) {
        return of(new GuestRuns(scenario), disturbance);
    }

    /** As {@link #of(Scenario, Disturbance)}, of a disturbance that was found for the scenario of these runs. */
    public static Provocation of(GuestRuns runs, Disturbance disturbance) {
        List<Long> tried = new ArrayList<>();
        Optional<Relayed> relayed = relayed(runs, disturbance, tried);
        Queued queued = queued(runs, disturbance);
        boolean any = relayed.isPresent() || queued.times().isPresent();
        return new Provocation(relayed, tried, queued, any ? OptionalInt.of(runs.times(disturbance.ending(), List.of())) : OptionalInt.empty());
    }

    /** A relay delays the establishment of one connection: that is what it can do. */
    private static Optional<Relayed> relayed(GuestRuns runs, Disturbance disturbance, List<Long> tried) {
        List<Delay> delays = disturbance.delays();
        if (delays.isEmpty() || !delays.stream().allMatch(d -> d.connection() == delays.get(0).connection() && d.toDestination())) return Optional.empty();
        Relay relay = runs.scenario().network().relay();
        if (relay instanceof Relay.Drop || relay instanceof Relay.Reset) return Optional.empty();
        String channel = delays.get(0).channel();
        // What is held back all waits for the same: the most that any of it has to be late does for all.
        long by = (disturbance.maxNanos() + MICROSECOND - 1) / MICROSECOND * MICROSECOND;
        // The relay's own hop, the wake-ups as they are drawn and the real guest shift the threshold: twice as long, until it happens.
        for (; by <= LONGEST_NANOS || tried.isEmpty(); by *= 2) {
            tried.add(by);
            Relay late = new Relay.Delay(new Target.Role(channel), by);
            if (!runs.ends(disturbance.ending(), late)) continue;
            String line = "relay: {delay: {channel: " + channel + ", by: " + by / MICROSECOND + " us}}";
            return Optional.of(new Relayed(runs.through(late), line, runs.times(disturbance.ending(), late)));
        }
        return Optional.empty();
    }

    private static Queued queued(GuestRuns runs, Disturbance disturbance) {
        if (disturbance.delays().isEmpty()) return Queued.NOTHING;
        List<Delay> unknowable = Netem.unknowable(disturbance);
        if (!unknowable.isEmpty()) return new Queued(unknowable, List.of(), OptionalInt.empty(), Optional.empty(), false, List.of(), List.of());
        List<Netem.Rule> least = Netem.rules(disturbance);
        Verdict small = small(least, disturbance);
        Verdict planned = disturbance.result().verdict();
        boolean doesSo = small.outcome() == planned.outcome() && small.guestRunsOn() == planned.guestRunsOn() && small.sourceMonitor() == planned.sourceMonitor()
                && small.destinationMonitor() == planned.destinationMonitor();
        long most = least.stream().mapToLong(Netem.Rule::nanos).max().orElseThrow();
        List<Long> tried = new ArrayList<>();
        OptionalInt times = OptionalInt.empty();
        List<Netem.Rule> rules = least;
        for (long factor = 1; times.isEmpty() && (factor * most <= LONGEST_NANOS || factor == 1); factor *= 2) {
            long by = factor;
            List<Netem.Rule> late = least.stream().map(rule -> rule.times(by)).toList();
            tried.add(factor * most);
            if (!runs.ends(disturbance.ending(), late)) continue;
            times = OptionalInt.of(runs.times(disturbance.ending(), late));
            rules = late;
        }
        boolean any = times.isPresent() || doesSo;
        return new Queued(List.of(), tried, times, Optional.of(small.outcome()), doesSo, any ? Netem.commands(rules) : List.of(), any ? Netem.limits(rules) : List.of());
    }

    /** How the disturbed instance ends when it is the queues that delay. */
    private static Verdict small(List<Netem.Rule> rules, Disturbance disturbance) {
        Simulation simulation = Simulation.of(disturbance.timed());
        Delays delays = disturbance.momentsIn(simulation);
        Netem.apply(rules, delays);
        return simulation.run(delays, (lane, event, now) -> {}, false).verdict();
    }
}
