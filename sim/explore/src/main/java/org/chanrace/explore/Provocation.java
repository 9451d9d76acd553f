package org.chanrace.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chanrace.explore.Disturbance.Delay;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Network.Relay.Target;
import org.chanrace.model.scenario.Scenario;

/**
 * A disturbance as an operator would bring it about.
 *
 * @param relayed what a relay does it with, if one can; it was run
 * @param triedNanos the delays of a relay that were run, in this order, of which the last one is that of {@code relayed} if there is one; none when a relay, which
 *     holds back the establishment of one connection, cannot do it
 * @param commands shell commands, one a line, that make the kernels do it
 * @param limits what the commands do besides, and what they need; sentences
 */
public record Provocation(Optional<Relayed> relayed, List<Long> triedNanos, List<String> commands, List<String> limits) {
    /** The seed of the runs through a relay. */
    public static final long SEED = 1;

    private static final long LONGEST_NANOS = 2_000_000_000L;
    private static final long MICROSECOND = 1000;

    public Provocation {
        Objects.requireNonNull(relayed);
        triedNanos = List.copyOf(triedNanos);
        commands = List.copyOf(commands);
        limits = List.copyOf(limits);
    }

    /**
     * A scenario with its real guest, run by time with {@link #SEED}, in which a relay's delay leads to the same ending: outcome, guest, monitors.
     *
     * @param line what stands in the scenario below {@code network:}
     */
    public record Relayed(Scenario scenario, String line) {
        public Relayed {
            Objects.requireNonNull(scenario);
            Objects.requireNonNull(line);
        }
    }

    /**
     * How to bring a disturbance about.
     *
     * @param scenario the one that it was found for
     */
    public static Provocation of(Scenario scenario, Disturbance disturbance) {
        return of(new RelayedRuns(scenario), disturbance);
    }

    /** As {@link #of(Scenario, Disturbance)}, of a disturbance that was found for the scenario of these runs. */
    public static Provocation of(RelayedRuns runs, Disturbance disturbance) {
        List<String> commands = new ArrayList<>();
        Map<String, Delay> flows = new LinkedHashMap<>();
        for (Delay delay : disturbance.delays())
            flows.merge(delay.connection() + " " + delay.toDestination(), delay, (a, b) -> a.nanos() >= b.nanos() ? a : b);
        int mark = 0;
        for (Delay delay : flows.values()) commands.addAll(Netem.commands(delay, ++mark));
        List<Long> tried = new ArrayList<>();
        Optional<Relayed> relayed = relayed(runs, disturbance, tried);
        return new Provocation(relayed, tried, commands, commands.isEmpty() ? List.of() : tried.size() > 1 ? Netem.LIMITS_OF_A_SMALL_GUEST : Netem.LIMITS);
    }

    /** A relay delays the establishment of one connection: that is what it can do. */
    private static Optional<Relayed> relayed(RelayedRuns runs, Disturbance disturbance, List<Long> tried) {
        List<Delay> delays = disturbance.delays();
        if (delays.isEmpty() || !delays.stream().allMatch(d -> d.connection() == delays.get(0).connection() && d.toDestination())) return Optional.empty();
        Relay relay = runs.scenario().network().relay();
        if (relay instanceof Relay.Drop || relay instanceof Relay.Reset) return Optional.empty();
        String channel = delays.get(0).channel();
        long by = (disturbance.sumNanos() + MICROSECOND - 1) / MICROSECOND * MICROSECOND;
        // The relay's own hop, the wake-ups as they are drawn and the real guest shift the threshold: twice as long, until it happens.
        for (; by <= LONGEST_NANOS || tried.isEmpty(); by *= 2) {
            tried.add(by);
            Relay late = new Relay.Delay(new Target.Role(channel), by);
            if (!disturbance.ending().isOf(runs.verdict(late))) continue;
            return Optional.of(new Relayed(runs.through(late), "relay: {delay: {channel: " + channel + ", by: " + by / MICROSECOND + " us}}"));
        }
        return Optional.empty();
    }
}
