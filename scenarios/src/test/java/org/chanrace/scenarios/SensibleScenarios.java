package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.chanrace.model.release.MachineVersion;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Network.Relay.Target;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;

/**
 * Random scenarios that somebody might run: real releases with a machine type that both know, small guests, networks of this world, and an
 * operator who does things in an order that makes sense. {@link ScenarioArbitraries} has everything that can be written.
 */
final class SensibleScenarios {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final List<String> MACHINES =
            List.of("6.2", "7.0", "7.1", "7.2", "8.0", "8.1", "8.2", "9.0", "9.1", "9.2", "10.0", "10.1", "10.2", "11.0", "11.1");

    private SensibleScenarios() {}

    /** Any of them. */
    static Arbitrary<Scenario> all() {
        return of(networks(), hosts(), events());
    }

    /** Those in which nothing but the migration happens: the operator starts postcopy, or not. */
    static Arbitrary<Scenario> undisturbed(Arbitrary<Network> networks, Arbitrary<Host> hosts) {
        return of(networks, hosts, starts());
    }

    private static Arbitrary<Scenario> of(Arbitrary<Network> networks, Arbitrary<Host> hosts, Arbitrary<List<OperatorEvent>> events) {
        return pairings().flatMap(p -> Combinators.combine(parameters(), networks, guests(), hosts, events)
                .as((parameters, network, guest, host, does) -> new Scenario("law", "", "", p.source(), p.destination(), p.machine(), parameters, false,
                        network, guest, host, does, new RunLimits(30 * SECOND, 4_500 * MS, 2_000_000), Optional.empty())))
                .withoutEdgeCases();
    }

    static Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(1, 1_000_000).withoutEdgeCases();
    }

    // Pairings.

    private static Arbitrary<ScenarioArbitraries.Pairing> pairings() {
        Arbitrary<Release> releases = Arbitraries.of(Releases.shipped().rows());
        Arbitrary<Release[]> two = Arbitraries.frequencyOf(
                Tuple.of(2, Combinators.combine(releases, releases).as((a, b) -> new Release[] {a, b})), Tuple.of(1, releases.map(r -> new Release[] {r, r})));
        return two.flatMap(r -> Combinators.combine(endpoints(r[0]), endpoints(r[1]), machines(r[0], r[1]), Arbitraries.of(true, true, true, false))
                .as((source, destination, machine, alike) -> new ScenarioArbitraries.Pairing(
                        source, alike ? new Endpoint(r[1], destination.properties(), alike(source.capabilities(), r[1])) : destination, machine)));
    }

    private static Set<Capability> alike(Set<Capability> capabilities, Release release) {
        EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
        set.addAll(capabilities);
        if (!release.knowsPreempt()) set.remove(Capability.POSTCOPY_PREEMPT);
        return set;
    }

    private static Arbitrary<Endpoint> endpoints(Release release) {
        Arbitrary<Set<Capability>> capabilities = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(release.knowsPreempt() ? EnumSet.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT) : EnumSet.of(Capability.POSTCOPY_RAM))),
                Tuple.of(2, Arbitraries.just(EnumSet.of(Capability.POSTCOPY_RAM))),
                Tuple.of(1, Arbitraries.just(EnumSet.of(Capability.RETURN_PATH))),
                Tuple.of(1, Arbitraries.just(EnumSet.noneOf(Capability.class))));
        Arbitrary<Optional<Boolean>> flags = release.knowsPreemptProperty() ? Arbitraries.of(true, false).optional(0.4) : Arbitraries.just(Optional.empty());
        return Combinators.combine(flags, capabilities).as((flag, set) -> {
            TreeMap<String, Boolean> properties = new TreeMap<>();
            flag.ifPresent(on -> properties.put(Endpoint.PREEMPT_PRE_7_2, on));
            return new Endpoint(release, properties, set);
        });
    }

    private static Arbitrary<String> machines(Release a, Release b) {
        MachineVersion newest = a.newestMachine().compareTo(b.newestMachine()) < 0 ? a.newestMachine() : b.newestMachine();
        List<String> known = new ArrayList<>(MACHINES.stream().filter(m -> MachineVersion.of("pc-q35-" + m).orElseThrow().compareTo(newest) <= 0).toList());
        // The newest that both know and those at the border of x-preempt-pre-7-2 are the interesting ones.
        known.addAll(List.of(newest.toString(), newest.toString()));
        return Arbitraries.of(known).map(m -> "pc-q35-" + m);
    }

    // Surroundings.

    private static Arbitrary<Parameters> parameters() {
        Arbitrary<Long> rates = Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(0L)), Tuple.of(4, Arbitraries.longs().between(1, 200).map(m -> m * 1_000_000)));
        return Combinators.combine(rates, rates, Arbitraries.longs().between(0, 300).map(ms -> ms * MS)).as((a, b, c) -> new Parameters(a, b, c, 2));
    }

    static Arbitrary<Network> networks() {
        Arbitrary<Long> bandwidths = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0L)), Tuple.of(3, Arbitraries.of(10L, 100L, 1_250L).map(m -> m * 1_000_000)));
        Arbitrary<Long> buffers = Arbitraries.of(0L, 1L, 16L << 10, 256L << 10, 2_621_440L);
        Arbitrary<Network.Loss> losses = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(Network.Loss.NONE)), Tuple.of(1, Arbitraries.of(new Network.Loss(0.3, 0, 0), new Network.Loss(0, 0.3, 0), new Network.Loss(0, 0, 0.5))));
        return Combinators.combine(latencies(), bandwidths, losses, Arbitraries.of(0, 1, 2).optional(0.1), buffers, buffers, hops(), relays())
                .as((latency, bandwidth, loss, backlog, send, receive, hops, relay) -> new Network(latency, bandwidth, loss, backlog, send, receive, hops, relay));
    }

    private static Arbitrary<Distribution> latencies() {
        Arbitrary<Long> times = Arbitraries.longs().between(1, 2_000).map(us -> us * US);
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.oneOf(Arbitraries.just(0L), times).map(Distribution.Constant::new)),
                Tuple.of(1, Combinators.combine(times, times).as((a, b) -> new Distribution.Uniform(Math.min(a, b), Math.max(a, b)))),
                Tuple.of(1, times.map(t -> new Distribution.Lognormal(t, 0.8))),
                Tuple.of(1, times.map(Distribution.Exponential::new)),
                Tuple.of(1, times.map(t -> new Distribution.Pareto(t, 1.5))));
    }

    private static Arbitrary<List<Network.Hop>> hops() {
        Arbitrary<Network.Hop> hop = Arbitraries.oneOf(Arbitraries.just(new Distribution.Constant(0)), latencies()).map(d -> new Network.Hop("proxy", d));
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(List.of())), Tuple.of(1, hop.list().ofMinSize(1).ofMaxSize(2)));
    }

    private static Arbitrary<Relay> relays() {
        Arbitrary<Target> targets = Arbitraries.of(new Target.Arrival(1), new Target.Arrival(2), new Target.Role("main"), new Target.Role("preempt"));
        Arbitrary<Long> delays = Arbitraries.of(0L, MS, 20 * MS, 500 * MS, 2_500 * MS);
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(new Relay.None())),
                Tuple.of(2, Arbitraries.of(new Relay.Natural(), new Relay.Swap(), new Relay.MainLast())),
                Tuple.of(1, Combinators.combine(targets, delays).as(Relay.Delay::new)),
                Tuple.of(1, Arbitraries.oneOf(targets.map(Relay.Drop::new), targets.map(Relay.Reset::new))));
    }

    private static Arbitrary<Guest> guests() {
        return Combinators.combine(Arbitraries.integers().between(64, 4096), Arbitraries.integers().between(0, 100), Arbitraries.integers().between(1, 4),
                        Arbitraries.of(Guest.Access.class), Arbitraries.longs().between(0, 100).map(m -> m * 1_000_000), Arbitraries.longs().between(0, 500).map(ms -> ms * MS), steps().optional(0.2))
                .as((pages, percent, vcpus, access, rate, warmUp, steps) -> new Guest(pages * 4096L, pages * percent / 100 * 4096L, 4096, vcpus, access, rate, warmUp, steps));
    }

    private static Arbitrary<Guest.Steps> steps() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, 8);
        return Combinators.combine(counts, counts, Arbitraries.of(0, 1)).as(Guest.Steps::new);
    }

    static Arbitrary<Host> hosts() {
        Arbitrary<Distribution> wakeUps = Arbitraries.of(
                new Distribution.Constant(0), new Distribution.Constant(100 * US), Host.DEFAULT.wakeUp(), new Distribution.Exponential(500 * US), new Distribution.Exponential(20 * MS));
        return Combinators.combine(wakeUps, Arbitraries.longs().between(0, 2_000), Arbitraries.longs().between(0, 20_000).map(us -> us * US),
                        Arbitraries.longs().between(0, 5_000).map(us -> us * US))
                .as(Host::new);
    }

    // The operator.

    private static OperatorEvent after(String status, long by, Action action) {
        return new OperatorEvent(new When.After(status, 1, by), action);
    }

    private static Arbitrary<List<OperatorEvent>> starts() {
        Arbitrary<Long> soon = Arbitraries.longs().between(0, 400).map(ms -> ms * MS);
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(List.of())), Tuple.of(6, soon.map(by -> List.of(after("active", by, new Action.StartPostcopy())))));
    }

    private static Arbitrary<List<OperatorEvent>> events() {
        Arbitrary<Long> soon = Arbitraries.longs().between(0, 300).map(ms -> ms * MS);
        Arbitrary<List<OperatorEvent>> breaks = Combinators.combine(Arbitraries.of("postcopy-active", "active", "device"), soon, relays(), soon, Arbitraries.of(true, true, false))
                .as((status, by, relay, later, recovers) -> recovers
                        ? List.of(after(status, by, new Action.BreakNetwork()), after("postcopy-paused", later, new Action.Recover(relay)))
                        : List.of(after(status, by, new Action.BreakNetwork())));
        Arbitrary<List<OperatorEvent>> twice = Combinators.combine(soon, relays(), soon, relays())
                .as((by, relay, later, again) -> List.of(after("postcopy-active", by, new Action.BreakNetwork()), after("postcopy-paused", 0, new Action.Recover(relay)),
                        after("postcopy-recover", later, new Action.BreakNetwork()),
                        new OperatorEvent(new When.After("postcopy-paused", 2, 50 * MS), new Action.Recover(again))));
        Arbitrary<List<OperatorEvent>> cancels = Combinators.combine(Arbitraries.of("setup", "active", "postcopy-active"), soon)
                .as((status, by) -> List.of(after(status, by, new Action.Cancel())));
        Arbitrary<List<OperatorEvent>> cuts = Combinators.combine(Arbitraries.of("setup", "active", "postcopy-active"), soon, Arbitraries.longs().between(0, 3_000))
                .as((status, by, length) -> List.of(after(status, by, new Action.CutNetwork()), after(status, by + length * MS, new Action.RestoreNetwork())));
        Arbitrary<List<OperatorEvent>> pauses = Combinators.combine(Arbitraries.of(true, false), soon, relays())
                .as((onSource, by, relay) -> List.of(after("postcopy-active", by, new Action.Pause(onSource)), after("postcopy-paused", 50 * MS, new Action.Recover(relay))));
        Arbitrary<List<OperatorEvent>> probes = Combinators.combine(Arbitraries.of("setup", "active", "postcopy-active"), soon, soon)
                .as((status, by, hold) -> List.of(after(status, by, new Action.Probe(hold))));
        Arbitrary<List<OperatorEvent>> changes = soon.map(by -> List.of(after("active", by, new Action.SetParameters(0, 0, SECOND))));
        Arbitrary<List<OperatorEvent>> losses = Combinators.combine(Arbitraries.of("active", "postcopy-active"), soon, Arbitraries.of(Action.BreakNetwork.Loses.class), relays(), soon)
                .as((status, by, loses, relay, later) -> List.of(after(status, by, new Action.BreakNetwork(loses)), after("postcopy-paused", later, new Action.Resume(relay)),
                        after("postcopy-paused", later + 200 * US, new Action.Resume(relay))));
        Arbitrary<List<OperatorEvent>> again = Combinators.combine(Arbitraries.of("setup", "active", "device"), soon, relays(), soon, soon)
                .as((status, by, relay, later, start) -> List.of(after(status, by, new Action.Cancel()), after("cancelled", later, new Action.Migrate(relay)),
                        after("failed", later, new Action.Migrate(relay)), new OperatorEvent(new When.After("active", 2, start), new Action.StartPostcopy())));
        Arbitrary<List<OperatorEvent>> more = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(List.of())), Tuple.of(4, breaks), Tuple.of(2, twice), Tuple.of(2, cancels), Tuple.of(2, cuts), Tuple.of(2, pauses),
                Tuple.of(1, probes), Tuple.of(1, changes), Tuple.of(2, losses), Tuple.of(2, again));
        return Combinators.combine(starts(), more).as((a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
}
