package org.chanrace.bench;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution.Constant;
import org.chanrace.model.scenario.Distribution.Lognormal;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;

/** What the whole-run benchmarks simulate, and what the explorer's explore. */
final class Scenarios {
    private static final String MACHINE = "pc-q35-7.2";
    private static final long TEN_GBIT = 1_250_000_000L;
    private static final int PAGE = 4096;
    /** Long enough for the guest to write all of its memory before the migration begins. */
    private static final long WARM_UP_NANOS = 200_000_000_000L;

    private Scenarios() {}

    /** A guest of eight pages: what is simulated is how the channels come up, and the end. Nothing is drawn at random. */
    static Scenario channelsOnly(String release) {
        Guest guest = new Guest(8 * PAGE, 0, PAGE, 1, Guest.Access.SEQUENTIAL, 0, 0);
        Host host = new Host(new Constant(50_000), 400, 5_000_000, 3_000_000);
        return scenario("channels-only", release, guest, host, List.of());
    }

    /** A guest of 4 GiB, a million pages, all written; postcopy begins as soon as the migration is active. */
    static Scenario postcopy(String release) {
        long memory = 4L << 30;
        Guest guest = new Guest(memory, memory, PAGE, 4, Guest.Access.RANDOM, memory / 4, WARM_UP_NANOS);
        Host host = new Host(new Constant(50_000), 400, 5_000_000, 3_000_000);
        return scenario("postcopy", release, guest, host, List.of(after("active", new OperatorEvent.Action.StartPostcopy())));
    }

    /**
     * A guest of so many GiB, in pages of 4 KiB, one thread of which touches nine tenths of its memory at random, all of it written before; postcopy begins as
     * soon as the migration is active.
     *
     * @param costly whether every step of a page fault takes time and the kernels tune their connections
     */
    static Scenario faults(String release, boolean preempt, int gibibytes, boolean costly) {
        long memory = (long) gibibytes << 30;
        Guest guest = new Guest(
                memory, memory / 10 * 9 / PAGE * PAGE, PAGE, 20, Guest.Access.RANDOM, 0, 0, Optional.empty(),
                new Guest.Touching(1, Optional.of(new Constant(200)), 1, true, 0.1, 0.9, 1, 17, List.of()));
        Host host = new Host(new Constant(50_000), 400, 5_000_000, 3_000_000, costly ? Paging.DEFAULT : Paging.NONE);
        Network network = new Network(
                costly ? new Lognormal(60_000, 0.35) : new Constant(100_000), TEN_GBIT, Network.Loss.NONE, Optional.empty(), Network.DEFAULT.sendBuffer(),
                Network.DEFAULT.receiveBuffer(), List.of(), new Network.Relay.None(), costly ? Optional.of(Tcp.LINUX) : Optional.empty());
        Set<Capability> capabilities = preempt ? Set.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT) : Set.of(Capability.POSTCOPY_RAM);
        return scenario(
                "faults", release, capabilities, network, guest, host, List.of(after("active", new OperatorEvent.Action.StartPostcopy())),
                new RunLimits(3_600_000_000_000L, RunLimits.DEFAULT.quietNanos(), 10_000_000_000L));
    }

    /** A postcopy with a network that breaks once, and a recovery, each at any moment: of its small instance every order is tried. */
    static Scenario recovery(String release) {
        Guest guest = new Guest(8 * PAGE, 0, PAGE, 1, Guest.Access.SEQUENTIAL, 0, 0);
        Host host = new Host(new Constant(50_000), 400, 5_000_000, 3_000_000);
        return scenario("recovery", release, guest, host, List.of(
                after("active", new OperatorEvent.Action.StartPostcopy()),
                after("postcopy-active", new OperatorEvent.Action.BreakNetwork()),
                after("postcopy-paused", new OperatorEvent.Action.Recover(new Network.Relay.None()))));
    }

    private static OperatorEvent after(String status, OperatorEvent.Action action) {
        return new OperatorEvent(new OperatorEvent.When.After(status, 1, 0), action);
    }

    private static Scenario scenario(String name, String release, Guest guest, Host host, List<OperatorEvent> events) {
        Network network = new Network(
                new Constant(100_000), TEN_GBIT, Network.Loss.NONE, Optional.empty(),
                Network.DEFAULT.sendBuffer(), Network.DEFAULT.receiveBuffer(), List.of(), new Network.Relay.None());
        return scenario(name, release, Set.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT), network, guest, host, events, RunLimits.DEFAULT);
    }

    private static Scenario scenario(
            String name, String release, Set<Capability> capabilities, Network network, Guest guest, Host host, List<OperatorEvent> events, RunLimits limits) {
        Endpoint endpoint = new Endpoint(
                Releases.shipped().find(release).orElseThrow(() -> new IllegalArgumentException("no release " + release)),
                new TreeMap<>(),
                capabilities);
        return new Scenario(
                name, "", "", endpoint, endpoint, MACHINE, new Parameters(0, 0, 300_000_000, 2), false,
                network, guest, host, events, limits, Optional.empty());
    }
}
