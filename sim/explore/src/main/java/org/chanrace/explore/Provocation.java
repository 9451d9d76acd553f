package org.chanrace.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chanrace.explore.Disturbance.Delay;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Network.Relay.Target;
import org.chanrace.model.scenario.Scenario;

/**
 * A disturbance as an operator would bring it about.
 *
 * @param relayed what a relay does it with, if one can; it was run
 * @param commands shell commands, one a line, that make the kernels do it
 * @param limits what the commands do besides, and what they need; sentences
 */
public record Provocation(Optional<Relayed> relayed, List<String> commands, List<String> limits) {
    private static final long LONGEST_NANOS = 2_000_000_000L;
    private static final long MICROSECOND = 1000;
    private static final int COMMANDS_A_FLOW = 3;

    public Provocation {
        Objects.requireNonNull(relayed);
        commands = List.copyOf(commands);
        limits = List.copyOf(limits);
    }

    /**
     * A scenario with its real guest, run by time with seed 1, in which a relay's delay leads to the same outcome.
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
        List<String> commands = new ArrayList<>();
        Map<String, Delay> flows = new LinkedHashMap<>();
        for (Delay delay : disturbance.delays())
            flows.merge(delay.connection() + " " + delay.toDestination(), delay, (a, b) -> a.nanos() >= b.nanos() ? a : b);
        for (Delay delay : flows.values()) commands.addAll(netem(delay, commands.size() / COMMANDS_A_FLOW));
        List<String> limits = commands.isEmpty() ? List.of() : List.of(
                "netem delays every packet of the flow that the filter names, the SYN and all data included: what waits for the connection is late too.",
                "SPORT is the port from which the source opens the connection, which is known only when it does (ss -tn): both connections go to the same port DPORT, and a filter that "
                        + "names only that one delays them alike, which changes nothing.",
                "DEV is the network device towards the other host. tc qdisc del dev DEV root takes it away again.");
        return new Provocation(relayed(scenario, disturbance), commands, limits);
    }

    /** A relay delays the establishment of one connection: that is what it can do. */
    private static Optional<Relayed> relayed(Scenario scenario, Disturbance disturbance) {
        List<Delay> delays = disturbance.delays();
        if (delays.isEmpty() || !delays.stream().allMatch(d -> d.connection() == delays.get(0).connection() && d.toDestination())) return Optional.empty();
        Relay relay = scenario.network().relay();
        if (relay instanceof Relay.Drop || relay instanceof Relay.Reset) return Optional.empty();
        String channel = delays.get(0).channel();
        long by = (disturbance.sumNanos() + MICROSECOND - 1) / MICROSECOND * MICROSECOND;
        // The relay's own hop, the wake-ups as they are drawn and the real guest shift the threshold: twice as long, until it happens.
        for (; by <= LONGEST_NANOS; by *= 2) {
            Scenario late = through(scenario, new Relay.Delay(new Target.Role(channel), by));
            if (Simulation.of(late).outcome(1) != disturbance.ending().outcome()) continue;
            return Optional.of(new Relayed(late, "relay: {delay: {channel: " + channel + ", by: " + by / MICROSECOND + " us}}"));
        }
        return Optional.empty();
    }

    private static Scenario through(Scenario s, Relay relay) {
        return new Scenario(
                s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(),
                s.network().withRelay(relay), s.guest(), s.host(), s.events(), s.limits(),
                s.expectation(), s.bounds(), s.failsIn(), s.passesIn());
    }

    private static List<String> netem(Delay delay, int flow) {
        String micros = (delay.nanos() + MICROSECOND - 1) / MICROSECOND + "us";
        String ports = delay.toDestination() ? "match ip sport SPORT 0xffff match ip dport DPORT 0xffff" : "match ip sport DPORT 0xffff match ip dport SPORT 0xffff";
        String where = (delay.toDestination() ? "source" : "destination") + " host, connection " + delay.connection() + " (" + delay.channel() + "), for its " + delay.step();
        // Packets that no filter names go to the first three bands.
        int handle = flow + 4;
        return List.of(
                "tc qdisc add dev DEV root handle 1: prio bands 16 2>/dev/null || true  # " + where,
                "tc qdisc add dev DEV parent 1:" + Integer.toHexString(handle) + " netem delay " + micros,
                "tc filter add dev DEV parent 1: protocol ip prio 1 u32 " + ports + " flowid 1:" + Integer.toHexString(handle));
    }
}
