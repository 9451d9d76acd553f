package org.chanrace.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitrary;
import org.chanrace.generate.Choices;
import org.chanrace.generate.Feature;
import org.chanrace.generate.ScenarioGenerator;
import org.chanrace.generate.Swarm;
import org.chanrace.jqwik.ChanraceArbitraries;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Bounds.Command;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.ScenarioLoader;

/** Scenarios of which every order can be tried quickly, from the text of a file. */
public final class Small {
    private static final int COMMANDS = 3;
    private static final long[] LEAST_MICROS = {10, 0, 100};
    private static final long[] MORE_MICROS = {0, 30, 300, 3000};
    /** What makes a difference to the small instance of a scenario. */
    private static final Swarm SWARM = Swarm.of(
            Feature.RELAY_DROP, Feature.RELAY_RESET, Feature.BACKLOGS, Feature.SYN_LOSSES, Feature.BREAKS, Feature.LOST_DATA, Feature.CUTS, Feature.CANCELS, Feature.PAUSES,
            Feature.RECOVERIES, Feature.RESUMES, Feature.ATTEMPTS, Feature.PROBES, Feature.PROPERTY_BY_HAND, Feature.DIFFERING_CAPABILITIES, Feature.MACHINE_TYPES,
            Feature.CUSTOM_RELEASES, Feature.SEVERAL_VCPUS);

    private Small() {}

    /** The one scenario of a text. */
    public static Scenario of(String text) {
        LoadedFile file = ScenarioLoader.parse(text, "small.yaml", Path.of("."));
        if (!file.problems().isEmpty()) throw new IllegalArgumentException(file.problems().toString() + "\n" + text);
        return file.scenarios().get(0).scenario();
    }

    /** A pairing with preempt, in the default bounds. */
    public static Scenario pairing(String source, String destination, String machine) {
        return of("name: pairing\nsource: " + source + "\ndestination: " + destination + "\nmachine: " + machine
                + "\ncapabilities: [postcopy-ram, postcopy-preempt]\nexplore: {operator: [start-postcopy]}\n");
    }

    /**
     * Scenarios of all kinds in bounds that are tight enough to try every order without any reduction, or most: what befalls them comes after a status, as the
     * generator draws it, or at any moment, several times perhaps.
     */
    public static Arbitrary<Scenario> scenarios() {
        return ChanraceArbitraries.drawn(Small::of);
    }

    static Scenario of(Choices choices) {
        return of(choices, SWARM);
    }

    private static Scenario of(Choices choices, Swarm possible) {
        Swarm swarm = possible.drawn(choices);
        boolean atAnyMoment = choices.below(2, "whether commands come at any moment") == 1;
        return within(bounds(choices, atAnyMoment), ScenarioGenerator.of(swarm).generate(choices));
    }

    /**
     * Scenarios of all kinds with durations that lie in intervals, often in such that two messages can come in either order, on hosts whose threads take their
     * time to wake up.
     *
     * @param boxes whether connections may go through proxies and relays that choose an order
     */
    static Arbitrary<Scenario> timed(boolean boxes) {
        return ChanraceArbitraries.drawn(choices -> timed(choices, boxes));
    }

    static Scenario timed(Choices choices, boolean boxes) {
        boolean disturbed = choices.below(2, "whether it is disturbed") == 1;
        Scenario small = disturbed ? of(choices, boxes ? SWARM.with(Feature.RELAY_NATURAL, Feature.RELAY_SWAP, Feature.RELAY_MAIN_LAST, Feature.RELAY_DELAY) : SWARM) : swapping(choices);
        Distribution latency = interval(choices, "latency");
        List<Network.Hop> hops = new ArrayList<>();
        if (boxes && choices.below(4, "whether there is a proxy") == 3) hops.add(new Network.Hop("proxy", interval(choices, "proxy")));
        Network n = small.network();
        Network network = new Network(latency, 0, n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), hops, n.relay());
        Distribution wakeUp = interval(choices, "wake-up");
        Host host = new Host(wakeUp, choices.below(2, "page") * 5_000L, choices.below(2, "devices") * 20_000L, choices.below(2, "start") * 100_000L, Paging.NONE, RelayWakeUps.like(wakeUp));
        return new Scenario(
                small.name(), small.title(), small.because(), small.source(), small.destination(), small.machine(), small.parameters(), small.tls(), network, small.guest(), host,
                small.events(), small.limits(), small.expectation(), tight(small.bounds()), small.failsIn(), small.passesIn());
    }

    /** Postcopy with preempt, between releases of which some open both channels at once, or tell them apart by their order. */
    private static Scenario swapping(Choices choices) {
        List<List<String>> pairings = List.of(
                List.of("7.2.0", "7.2.0", "7.2"), List.of("7.1.0", "7.2.0", "7.1"), List.of("7.2.0", "10.1.0", "7.2"), List.of("8.0-rc1", "7.2.0", "7.2"), List.of("7.2.0", "8.2.0", "7.2"),
                List.of("10.1.0", "10.1.0", "8.0"));
        List<String> pairing = pairings.get(choices.below(pairings.size(), "pairing"));
        return pairing(pairing.get(0), pairing.get(1), "pc-q35-" + pairing.get(2));
    }

    /** The bounds with as few pages and rounds as there can be, and not more than two commands. */
    private static Bounds tight(Bounds b) {
        Optional<List<Command>> commands = b.operator().map(all -> all.subList(0, Math.min(2, all.size())));
        return new Bounds(OptionalInt.of(2), OptionalInt.of(0), b.faults(), OptionalInt.of(0), b.networkCuts(), b.synLosses(), commands, b.finds());
    }

    private static Distribution interval(Choices choices, String what) {
        long least = LEAST_MICROS[choices.below(LEAST_MICROS.length, "least " + what)] * 1000;
        long most = least + MORE_MICROS[choices.below(MORE_MICROS.length, "how much more")] * 1000;
        return most == least ? new Distribution.Constant(least) : new Distribution.Uniform(least, most);
    }

    private static Bounds bounds(Choices choices, boolean atAnyMoment) {
        OptionalInt pages = OptionalInt.of(2 + choices.below(2, "pages"));
        OptionalInt rounds = OptionalInt.of(choices.below(2, "precopy rounds"));
        OptionalInt faults = OptionalInt.of(choices.below(2, "faults"));
        OptionalInt deviceFaults = OptionalInt.of(choices.below(2, "device faults"));
        int cuts = choices.below(3, "network cuts") / 2;
        int losses = choices.below(4, "lost handshake packets") / 3;
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            int command = choices.below(2 + Command.values().length, "command");
            if (i == 0 && command < 5) commands.add(Command.START_POSTCOPY);
            else if (command >= 2) commands.add(Command.values()[command - 2]);
        }
        // A command that is given is often given twice.
        if (commands.size() > 1 && choices.below(3, "whether the last command is given twice") == 2) commands.add(commands.get(commands.size() - 1));
        if (!atAnyMoment) return new Bounds(pages, rounds, faults, deviceFaults, OptionalInt.empty(), OptionalInt.of(losses), Optional.empty(), Optional.empty());
        return new Bounds(pages, rounds, faults, deviceFaults, OptionalInt.of(cuts), OptionalInt.of(losses), Optional.of(commands), Optional.empty());
    }

    private static Scenario within(Bounds bounds, Scenario s) {
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(), s.events(), s.limits(),
                s.expectation(), bounds, s.failsIn(), s.passesIn());
    }
}
