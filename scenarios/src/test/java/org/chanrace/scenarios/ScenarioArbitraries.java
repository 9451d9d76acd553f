package org.chanrace.scenarios;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.chanrace.model.release.MachineVersion;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.scenarios.Quantities.Dimension;

/** Random scenarios of every shape that the language can write, but for distributions from CSV files. Measured values stand in the scenario. */
public final class ScenarioArbitraries {
    private static final long SECOND = 1_000_000_000;

    private ScenarioArbitraries() {}

    /** Any scenario that the loader accepts. Without jqwik's edge cases: their combinations would use up all tries. */
    public static Arbitrary<Scenario> scenarios() {
        return pairings().flatMap(pairing -> Combinators.combine(texts(), parameters(), networks(pairing.source()), guests(), hosts(),
                        events(pairing.source()).list().ofMaxSize(4),
                        Combinators.combine(limits(), expectations().optional(), explored(pairing)).as(End::new))
                .as((text, parameters, network, guest, host, events, end) -> new Scenario(text.name(), text.title(), text.because(),
                        pairing.source(), pairing.destination(), pairing.machine(), parameters, false, network, guest, host, standingStill(events, network),
                        end.limits(), end.expectation(), end.explored().bounds(), possible(end.explored().failsIn(), events),
                        possible(end.explored().passesIn(), events))))
                .withoutEdgeCases();
    }

    /** A relay stands still by name only where there is one. */
    private static List<OperatorEvent> standingStill(List<OperatorEvent> events, Network network) {
        boolean isRelayed = !(network.relay() instanceof Relay.None) || events.stream().anyMatch(e -> e.action().opensThrough().filter(r -> !(r instanceof Relay.None)).isPresent());
        Set<Party> withoutRelay = EnumSet.of(Party.SOURCE, Party.DESTINATION);
        return events.stream().map(e -> !isRelayed && e.action() instanceof Action.StandStill still && still.of().size() < Party.values().length
                ? new OperatorEvent(e.when(), new Action.StandStill(still.nanos(), withoutRelay), e.oneOf()) : e).toList();
    }

    private record Texts(String name, String title, String because) {}

    private record End(RunLimits limits, Optional<Expectation> expectation, Explored explored) {}

    private record Explored(Bounds bounds, List<org.chanrace.model.scenario.Pairing> failsIn, List<org.chanrace.model.scenario.Pairing> passesIn) {}

    /** A source, a destination, and a machine type that both know. */
    public record Pairing(Endpoint source, Endpoint destination, String machine) {}

    /** Bounds, and other pairings that capabilities, properties and machine type of this one go together with; none of them twice. */
    private static Arbitrary<Explored> explored(Pairing pairing) {
        List<Release> sources = Releases.shipped().rows().stream().filter(r -> fits(r, pairing.source(), pairing.machine())).toList();
        List<Release> destinations = Releases.shipped().rows().stream().filter(r -> fits(r, pairing.destination(), pairing.machine())).toList();
        if (sources.isEmpty() || destinations.isEmpty()) return bounds().map(b -> new Explored(b, List.of(), List.of()));
        Arbitrary<List<org.chanrace.model.scenario.Pairing>> others = Combinators.combine(Arbitraries.of(sources), Arbitraries.of(destinations))
                .as(org.chanrace.model.scenario.Pairing::new).list().uniqueElements().ofMaxSize(4);
        return Combinators.combine(Arbitraries.oneOf(Arbitraries.just(Bounds.NONE), bounds()), others, Arbitraries.integers().between(0, 4))
                .as((bounds, all, cut) -> new Explored(bounds, all.subList(0, Math.min(cut, all.size())), all.subList(Math.min(cut, all.size()), all.size())));
    }

    private static boolean fits(Release release, Endpoint side, String machine) {
        return (release.knowsPreempt() || !side.has(Capability.POSTCOPY_PREEMPT)) && (release.knowsPreemptProperty() || side.properties().isEmpty())
                && MachineVersion.of(machine).map(version -> version.compareTo(release.newestMachine()) <= 0).orElse(true);
    }

    /** Without those whose source never comes to what an event waits for. */
    private static List<org.chanrace.model.scenario.Pairing> possible(List<org.chanrace.model.scenario.Pairing> pairings, List<OperatorEvent> events) {
        return pairings.stream().filter(p -> events.stream().allMatch(e -> !(e.when() instanceof When.After after) || Status.isReachable(after.status(), p.source()))).toList();
    }

    private static Arbitrary<Bounds> bounds() {
        Arbitrary<OptionalInt> counts = Arbitraries.integers().between(-1, Bounds.MAX_COUNT).map(n -> n < 0 ? OptionalInt.empty() : OptionalInt.of(n));
        Arbitrary<OptionalInt> pages = Arbitraries.integers().between(0, Bounds.MAX_PAGES).map(n -> n < 1 ? OptionalInt.empty() : OptionalInt.of(n));
        Arbitrary<OptionalInt> deviceFaults = Arbitraries.of(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(1));
        return Combinators.combine(pages.list().ofSize(2), counts, counts, deviceFaults, counts, counts, Arbitraries.of(Bounds.Command.class).list().ofMaxSize(Bounds.MAX_COUNT).optional(),
                endings().optional())
                .as((pagesAndUnread, rounds, faults, devices, cuts, losses, operator, finds) ->
                        new Bounds(pagesAndUnread.get(0), rounds, faults, devices, pagesAndUnread.get(1), cuts, losses, operator, finds));
    }

    private static Arbitrary<Texts> texts() {
        Arbitrary<String> names = Arbitraries.strings().withChars("abzAZ019._-").ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> lines = Arbitraries.oneOf(
                Arbitraries.strings().filter(t -> t.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)),
                Arbitraries.of("", "null", "~", "yes: no", "# x", "- a", "5655aab079", "1e3", "a\"b\\c'd", "{x: [y]}", " padded ", "über 😀"));
        return Combinators.combine(names, lines, lines).as(Texts::new);
    }

    /** Pairings of shipped and of changed releases with capabilities that go together. */
    public static Arbitrary<Pairing> pairings() {
        return Combinators.combine(releases(), releases()).as((a, b) -> new Release[] {a, b}).flatMap(r -> Combinators
                .combine(endpoints(r[0]), endpoints(r[1]), Arbitraries.of(true, false), machines(r[0], r[1]))
                .as((source, destination, alike, machine) -> new Pairing(source,
                        alike && (r[1].knowsPreempt() || !source.has(Capability.POSTCOPY_PREEMPT))
                                ? new Endpoint(r[1], destination.properties(), source.capabilities()) : destination, machine)));
    }

    private static Arbitrary<Release> releases() {
        Arbitrary<Release> shipped = Arbitraries.oneOf(Arbitraries.of(Releases.shipped().rows()),
                Arbitraries.of("7.2.22", "7.2.91", "8.2.90", "10.0.13", "10.1.3", "11.1.3").map(n -> Releases.shipped().find(n).orElseThrow()));
        Arbitrary<Map<Trait, String>> changes = Arbitraries.of(Trait.values()).set().ofMaxSize(4).flatMap(ScenarioArbitraries::values);
        return Arbitraries.frequencyOf(Tuple.of(3, shipped),
                Tuple.of(1, Combinators.combine(shipped, changes, Arbitraries.of("7.2.0", "my-patch", "8.0.0")).as(ScenarioArbitraries::inFull)),
                Tuple.of(1, Combinators.combine(shipped, changes, Arbitraries.of("my-patch", "9.2.0-changed", "x+1"))
                        .as((base, changed, name) -> Releases.derive(name, base, changed))));
    }

    private static Release inFull(Release like, Map<Trait, String> changes, String name) {
        Map<Trait, String> values = new EnumMap<>(Trait.class);
        like.traits().forEach((trait, value) -> values.put(trait, value.value()));
        values.putAll(changes);
        return Releases.byValue(name, like.newestMachine(), values);
    }

    private static Arbitrary<Map<Trait, String>> values(Set<Trait> traits) {
        return Arbitraries.integers().between(0, 1000).map(seed -> {
            Map<Trait, String> values = new EnumMap<>(Trait.class);
            for (Trait trait : traits) values.put(trait, trait.choices().get((seed + trait.ordinal()) % trait.choices().size()));
            return values;
        });
    }

    private static Arbitrary<Endpoint> endpoints(Release release) {
        Arbitrary<Optional<Boolean>> flags = release.knowsPreemptProperty() ? Arbitraries.of(true, false).optional() : Arbitraries.just(Optional.empty());
        Arbitrary<Set<Capability>> capabilities =
                Arbitraries.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_BLOCKTIME, Capability.RETURN_PATH, Capability.POSTCOPY_PREEMPT).set().map(chosen -> {
                    Set<Capability> set = EnumSet.noneOf(Capability.class);
                    set.addAll(chosen);
                    if (!release.knowsPreempt() || !set.contains(Capability.POSTCOPY_RAM)) set.remove(Capability.POSTCOPY_PREEMPT);
                    return set;
                });
        return Combinators.combine(flags, capabilities).as((flag, set) -> {
            TreeMap<String, Boolean> properties = new TreeMap<>();
            flag.ifPresent(on -> properties.put(Endpoint.PREEMPT_PRE_7_2, on));
            return new Endpoint(release, properties, set);
        });
    }

    private static Arbitrary<String> machines(Release a, Release b) {
        MachineVersion newest = a.newestMachine().compareTo(b.newestMachine()) < 0 ? a.newestMachine() : b.newestMachine();
        return Arbitraries.of("pc-q35-" + newest, "pc-i440fx-6.2", "virt-7.0", "pc-q35-" + newest, "pc", "q35");
    }

    private static Arbitrary<Parameters> parameters() {
        return Combinators.combine(rates(), rates(), times(), Arbitraries.integers().between(1, 255)).as(Parameters::new);
    }

    /** Networks with every kind of relay for such a source. */
    private static Arbitrary<Network> networks(Endpoint source) {
        Arbitrary<Double> losses = Arbitraries.oneOf(Arbitraries.just(0.0), Arbitraries.doubles().between(0, true, 1, false));
        Arbitrary<Network.Hop> hops = Combinators.combine(Arbitraries.of("proxy", "libvirt", "my-box"), distributions()).as(Network.Hop::new);
        Arbitrary<Long> buffers = Arbitraries.frequencyOf(Tuple.of(4, sizes()), Tuple.of(1, Arbitraries.just(0L)));
        return Combinators.combine(distributions(), rates(), Combinators.combine(losses, losses, losses).as(Network.Loss::new),
                        Arbitraries.integers().between(0, 65_535).optional(), Combinators.combine(buffers, buffers).as(Tuple::of), hops.list().ofMaxSize(4), relays(source),
                        tcps().optional())
                .as((latency, bandwidth, loss, backlog, fixed, boxes, relay, tcp) -> {
                    // Sizes that tcp does not use are written nowhere.
                    Network d = Network.DEFAULT;
                    return new Network(
                            latency, bandwidth, loss, backlog, tcp.isPresent() ? d.sendBuffer() : fixed.get1(), tcp.isPresent() ? d.receiveBuffer() : fixed.get2(), boxes, relay,
                            tcp);
                });
    }

    private static Arbitrary<Tcp> tcps() {
        Arbitrary<Tcp.Buffer> buffers = Combinators.combine(sizes(), sizes()).as((a, b) -> new Tcp.Buffer(Math.min(a, b), Math.max(a, b)));
        Arbitrary<Double> overheads = Arbitraries.oneOf(Arbitraries.of(1.0, 1.25, 2.0, 16.0), Arbitraries.doubles().between(1, 16).ofScale(12));
        Arbitrary<Tcp> tuned = Combinators.combine(
                        Combinators.combine(buffers, buffers).as(Tuple::of), overheads, Arbitraries.integers().between(1, 65_535), Arbitraries.integers().between(64, 65_535),
                        Arbitraries.of(true, false), Arbitraries.of(Tcp.Queueing.class), sizes(), Arbitraries.oneOf(Arbitraries.just(0L), sizes()))
                .as((both, overhead, window, segment, restarts, queueing, limit, ring) ->
                        new Tcp(both.get1(), both.get2(), overhead, window, segment, restarts, queueing, limit, ring));
        return Arbitraries.oneOf(Arbitraries.just(Tcp.LINUX), tuned);
    }

    /** Relays of every kind, on connections that such a source opens. */
    private static Arbitrary<Relay> relays(Endpoint source) {
        List<String> opened = source.has(Capability.POSTCOPY_PREEMPT) ? List.of("main", "preempt") : List.of("main");
        Arbitrary<Relay.Target> targets = Arbitraries.oneOf(Arbitraries.integers().between(1, opened.size()).map(Relay.Target.Arrival::new),
                Arbitraries.of(opened).map(Relay.Target.Role::new));
        return Arbitraries.oneOf(
                Arbitraries.of(new Relay.None(), new Relay.Natural(), new Relay.Swap(), new Relay.MainLast()),
                Combinators.combine(targets, times()).as(Relay.Delay::new), targets.map(Relay.Drop::new), targets.map(Relay.Reset::new));
    }

    /** Distributions, mixtures of mixtures among them. */
    public static Arbitrary<Distribution> distributions() {
        Arbitrary<Distribution> simple = simpleDistributions();
        return Arbitraries.frequencyOf(Tuple.of(4, simple), Tuple.of(1, mixtures(Arbitraries.oneOf(simple, mixtures(simple)))));
    }

    private static Arbitrary<Distribution> mixtures(Arbitrary<Distribution> parts) {
        return Combinators.combine(positive(1e9), parts).as(Distribution.Mixture.Part::new).list().ofMinSize(1).ofMaxSize(3)
                .map(Distribution.Mixture::new);
    }

    private static Arbitrary<Distribution> simpleDistributions() {
        Arbitrary<Long> above0 = times().map(t -> Math.max(1, t));
        return Arbitraries.oneOf(
                times().map(Distribution.Constant::new),
                Combinators.combine(times(), times()).as((a, b) -> new Distribution.Uniform(Math.min(a, b), Math.max(a, b))),
                Combinators.combine(times(), above0).as(Distribution.Normal::new),
                Combinators.combine(above0, positive(20)).as(Distribution.Lognormal::new),
                above0.map(Distribution.Exponential::new),
                times().list().ofMinSize(1).ofMaxSize(40).map(values -> new Distribution.Empirical("", values.stream().sorted().toList())),
                Combinators.combine(above0, positive(1000)).as(Distribution.Pareto::new));
    }

    private static Arbitrary<Guest> guests() {
        return Combinators.combine(Arbitraries.of(4096L, 2L << 20, 1L << 30), Arbitraries.longs().between(1, 1 << 18), Arbitraries.longs().between(0, 64),
                        Arbitraries.integers().between(1, Guest.MAX_VCPUS), accesses(), rates(), times(), steps().optional())
                .flatAs((pageSize, pages, part, vcpus, access, rate, warmUp, steps) -> touching(vcpus, access).map(touching -> {
                    long memory = Math.min(pages, Dimension.SIZE.max() / pageSize) * pageSize;
                    // A rate that think stands for is written nowhere.
                    long dirtyRate = touching.think().isPresent() ? Guest.DEFAULT.dirtyRate() : rate;
                    return new Guest(memory, memory / 64 * part, pageSize, vcpus, touching.mix().isEmpty() ? access.get(0) : Guest.Access.MIX, dirtyRate, warmUp, steps, touching);
                }));
    }

    /** One kind, or those of a mix. */
    private static Arbitrary<List<Guest.Access>> accesses() {
        Arbitrary<Guest.Access> kinds = Arbitraries.of(Guest.Access.class).filter(kind -> kind != Guest.Access.MIX);
        return Arbitraries.oneOf(kinds.map(List::of), kinds.list().uniqueElements().ofMinSize(1).ofMaxSize(5));
    }

    /** What says how pages of a kind are chosen is as usual where there is no such kind. */
    private static Arbitrary<Guest.Touching> touching(int vcpus, List<Guest.Access> access) {
        Guest.Touching d = Guest.Touching.DEFAULT;
        Arbitrary<Double> shares = Arbitraries.oneOf(Arbitraries.of(0.0, 0.1, 0.5, 1.0), Arbitraries.doubles().between(0, 1).ofScale(12));
        boolean isHot = access.contains(Guest.Access.HOT_SET);
        boolean isZipf = access.contains(Guest.Access.ZIPF);
        boolean isStrided = access.contains(Guest.Access.STRIDED);
        Arbitrary<List<Guest.Touching.Kind>> mixes = positive(1e9).list().ofSize(access.size())
                .map(weights -> IntStream.range(0, weights.size()).mapToObj(i -> new Guest.Touching.Kind(access.get(i), weights.get(i))).toList());
        Arbitrary<List<Guest.Touching.Kind>> none = Arbitraries.just(List.of());
        Arbitrary<Double> hotShares = isHot ? shares.filter(share -> share > 0) : Arbitraries.just(d.hotShare());
        return Combinators.combine(
                        Arbitraries.integers().between(0, vcpus), distributions().filter(think -> GuestBinder.takesTime(think)).optional(), shares, Arbitraries.of(true, false),
                        Combinators.combine(hotShares, isHot ? shares : Arbitraries.just(d.hotTouches())).as(Tuple::of),
                        isZipf ? positive(20) : Arbitraries.just(d.exponent()), isStrided ? Arbitraries.integers().between(1, 1 << 28) : Arbitraries.just(d.stride()),
                        access.size() > 1 ? mixes : Arbitraries.oneOf(none, mixes))
                .as((threads, think, writes, preFaulted, hot, exponent, stride, mix) ->
                        new Guest.Touching(threads, think, writes, preFaulted, hot.get1(), hot.get2(), exponent, stride, mix));
    }

    private static Arbitrary<Guest.Steps> steps() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, Guest.Steps.MAX);
        return Combinators.combine(counts, counts, Arbitraries.of(0, 1)).as(Guest.Steps::new);
    }

    private static Arbitrary<RelayWakeUps> relayWakeUps() {
        return Combinators.combine(distributions(), distributions(), distributions()).as(RelayWakeUps::new);
    }

    private static Arbitrary<Host> hosts() {
        return Combinators.combine(distributions(), times(), times(), times(), paging(), relayWakeUps()).as(Host::new);
    }

    private static Arbitrary<Paging> paging() {
        Arbitrary<Paging> costs = Combinators.combine(
                        distributions(), Combinators.combine(times(), times(), times()).as(Tuple::of), times(), times(), times(), times(), times(), rates())
                .as((wakeUp, before, save, locked, send, receive, place, copy) ->
                        new Paging(wakeUp, before.get1(), before.get2(), before.get3(), save, locked, send, receive, place, copy));
        return Arbitraries.oneOf(Arbitraries.of(Paging.NONE, Paging.DEFAULT), costs);
    }

    private static Arbitrary<OperatorEvent> events(Endpoint source) {
        List<String> statuses = Status.AFTER.stream().filter(status -> Status.isReachable(status, source.release())).toList();
        Arbitrary<When> whens = Arbitraries.oneOf(times().map(When.At::new),
                Combinators.combine(Arbitraries.of(statuses), Arbitraries.integers().between(1, 3), times()).as(When.After::new));
        long keep = Action.SetParameters.KEEP;
        Arbitrary<Long> maybeRate = Arbitraries.oneOf(Arbitraries.just(keep), rates());
        Arbitrary<Long> maybeTime = Arbitraries.oneOf(Arbitraries.just(keep), times());
        Arbitrary<Action> actions = Arbitraries.oneOf(
                Arbitraries.of(new Action.StartPostcopy(), new Action.CutNetwork(), new Action.RestoreNetwork(),
                        new Action.Cancel(), new Action.LoseSyn(), new Action.Pause(true), new Action.Pause(false)),
                Combinators.combine(Arbitraries.of(Action.BreakNetwork.Loses.class), Arbitraries.of("main", "preempt").optional()).as(Action.BreakNetwork::new),
                relays(source).map(Action.Recover::new), relays(source).map(Action.Resume::new), relays(source).map(Action.Migrate::new), times().map(Action.Probe::new),
                Combinators.combine(times(), Arbitraries.of(Party.class).set().ofMinSize(1)).as((nanos, of) -> new Action.StandStill(Math.max(1, Math.min(nanos, Action.StandStill.MOST_NANOS)), of)),
                Combinators.combine(maybeRate, maybeRate, maybeTime).as(Action.SetParameters::new)
                        .filter(set -> set.maxBandwidth() >= 0 || set.maxPostcopyBandwidth() >= 0 || set.downtimeLimitNanos() >= 0));
        Arbitrary<Optional<String>> names = Arbitraries.of("a", "break-1", "0", "007").optional(0.3);
        return Combinators.combine(whens, actions, names).as(OperatorEvent::new);
    }

    private static Arbitrary<RunLimits> limits() {
        Arbitrary<Long> above0 = times().map(t -> Math.max(1, t));
        return Combinators.combine(above0, above0, Arbitraries.longs().between(1, 1_000_000_000_000L)).as(RunLimits::new);
    }

    private static Arbitrary<Expectation> expectations() {
        return Combinators.combine(endings(), Arbitraries.of("waits for a page", "the preempt thread: \"waits\"", "7").optional(0.3), quantities()).as((e, waits, quantities) -> new Expectation(
                e.outcomes(), e.guestRunsOn(), e.sourceMonitor(), e.destinationMonitor(), e.sourceStatus(), e.destinationStatus(), waits, quantities));
    }

    private static Arbitrary<Expectation> endings() {
        Arbitrary<Optional<String>> statuses = Arbitraries.of(Status.ALL).optional();
        return Combinators.combine(Arbitraries.of(Outcome.class).list().uniqueElements().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(GuestLocation.class).optional(), Arbitraries.of(Monitor.class).optional(),
                        Arbitraries.of(Monitor.class).optional(), statuses, statuses)
                .as(Expectation::new);
    }

    /** In the order in which the language has them. */
    private static Arbitrary<List<Expectation.Within>> quantities() {
        Arbitrary<Long> limits = Arbitraries.oneOf(times().map(t -> Math.min(t, 1_000_000_000_000L)), Arbitraries.just(Expectation.Within.NO_LIMIT));
        return Combinators.combine(Arbitraries.of(Expectation.Quantity.class).set().ofMaxSize(3), limits, times().map(t -> Math.min(t, 1_000_000_000_000L))).as((which, to, from) ->
                which.stream().sorted().map(quantity -> new Expectation.Within(quantity, Math.min(to, from), to)).toList());
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.oneOf(Arbitraries.longs().between(0, Dimension.TIME.max()), Arbitraries.longs().between(0, 5000).map(ms -> ms * 1_000_000),
                Arbitraries.of(0L, 1L, SECOND, 60 * SECOND, Dimension.TIME.max()));
    }

    private static Arbitrary<Long> rates() {
        return Arbitraries.oneOf(Arbitraries.longs().between(0, Dimension.RATE.max()), Arbitraries.longs().between(0, 10_000).map(m -> m * 1_000_000),
                Arbitraries.longs().between(0, 10_000).map(m -> m << 20));
    }

    private static Arbitrary<Long> sizes() {
        return Arbitraries.oneOf(Arbitraries.longs().between(1, Dimension.SIZE.max()), Arbitraries.longs().between(1, 10_000).map(k -> k << 10));
    }

    private static Arbitrary<Double> positive(double max) {
        return Arbitraries.oneOf(Arbitraries.of(0.1, 0.3, 1.0, 2.5, max), Arbitraries.doubles().between(0, false, max, true).ofScale(12));
    }
}
