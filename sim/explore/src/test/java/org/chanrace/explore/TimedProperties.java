package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Timing.Longer;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.Scenario;

/** Runs by time, the orders that times allow, and all orders: the endings of each are among those of the next. */
class TimedProperties {
    private static final long BYTES = 2L << 20;
    private static final int RUNS = 40;
    private static final int MOMENTS = 8;
    private static final long MOST_MOMENT_NANOS = 20_000_000;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Small.timed(true);
    }

    @Provide
    Arbitrary<Scenario> withoutBoxes() {
        return Small.timed(false);
    }

    /** Durations are drawn; the operator, the guest and what disturbs come when they like, and what disturbs need not. */
    @Property(tries = 60)
    void whatARunEndsInIsAmongWhatTheTimesAllow(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Exploration timed = Explorer.exploreTimed(scenario, new Settings(true, BYTES, 1));
        Assume.that(timed.complete());
        Simulation drawn = Simulation.of(drawn(scenario));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < RUNS; i++) assertThat(endings(timed)).contains(run(drawn, i == 0 ? drawn.delays() : moments(drawn, random), random.nextLong()));
    }

    /** Of connections that go straight: a relay does more than to choose an order, such as to keep to itself that a connection was reset. */
    @Property(tries = 60)
    void whatTheTimesAllowIsAmongAllOrders(@ForAll("withoutBoxes") Scenario scenario) {
        Exploration all = Explorer.explore(scenario, new Settings(true, BYTES, 1));
        Assume.that(all.complete());
        Exploration timed = Explorer.exploreTimed(scenario, new Settings(true, BYTES, 1));
        assertThat(endings(all)).containsAll(endings(timed));
        if (timed.complete()) assertThat(timed.found()).isNotEmpty();
    }

    /** An order that is shown was run by time with its durations and ended as it says; none of these is longer than it can be. */
    @Property(tries = 60)
    void everyWitnessRuns(@ForAll("scenarios") Scenario scenario) {
        for (Found found : Explorer.exploreTimed(scenario, new Settings(true, BYTES, 1)).found()) {
            Timing timing = found.witness().timing().orElseThrow();
            assertThat(timing.ran()).isTrue();
            assertThat(found.witness().result().verdict().outcome()).isEqualTo(found.ending().outcome());
            assertThat(timing.moments()).isSorted();
            List<Causes.Event> slowest = Causes.of(TimedInstance.slowest(scenario), found.witness().order()).events();
            for (Longer longer : timing.longer()) {
                Causes.Event event = slowest.stream().filter(e -> e.move().isSameAs(longer.move())).findFirst().orElseThrow();
                assertThat(longer.nanos()).isGreaterThan(longer.leastNanos()).isLessThanOrEqualTo(event.causes().get(0).nanos());
            }
        }
    }

    @Property(tries = 60)
    void withoutStatesBeingPutTogetherItEndsAlike(@ForAll("scenarios") Scenario scenario) {
        Exploration reduced = Explorer.exploreTimed(scenario, new Settings(true, BYTES, 1));
        Exploration full = Explorer.exploreTimed(scenario, new Settings(false, BYTES, 1));
        if (reduced.complete()) assertThat(endings(reduced)).containsAll(endings(full));
        if (full.complete()) assertThat(endings(full)).containsAll(endings(reduced));
    }

    private static Set<Ending> endings(Exploration exploration) {
        Set<Ending> endings = new TreeSet<>();
        for (Found found : exploration.found()) endings.add(found.ending());
        return endings;
    }

    /** What it ends in when nothing can come any more, or as soon as the guest runs on both sides. */
    private static Ending run(Simulation simulation, Delays delays, long seed) {
        Steps steps = simulation.steps();
        List<Ending> first = new ArrayList<>();
        Runnable look = () -> {
            if (first.isEmpty() && steps.guestRunsTwice()) first.add(Ending.of(steps, simulation.scenario().bounds().finds()));
        };
        simulation.run(delays.endAfter(Integer.MAX_VALUE), seed, (lane, event, now) -> look.run(), false);
        look.run();
        return first.isEmpty() ? Ending.of(steps, simulation.scenario().bounds().finds()) : first.get(0);
    }

    private static Delays moments(Simulation simulation, SplittableRandom random) {
        Delays delays = simulation.delays();
        Steps steps = simulation.steps();
        steps.begin(0);
        for (int lane = 0; lane < steps.lanes(); lane++) {
            if (!steps.isFree(lane)) continue;
            long most = random.nextLong(MOST_MOMENT_NANOS) + 1;
            for (int number = 1; number <= MOMENTS; number++) delays.at(lane, number, random.nextLong(most));
            if (steps.isDisturbance(lane) && random.nextInt(4) == 0) delays.never(lane, 1);
        }
        return delays;
    }

    /** The small instance where each duration is drawn from the interval in which it may lie, its ends included. */
    private static Scenario drawn(Scenario scenario) {
        Scenario quick = TimedInstance.quickest(scenario);
        Scenario slow = TimedInstance.slowest(scenario);
        Network n = quick.network();
        List<Network.Hop> hops = new ArrayList<>();
        for (int i = 0; i < n.hops().size(); i++) hops.add(new Network.Hop(n.hops().get(i).kind(), between(n.hops().get(i).connect(), slow.network().hops().get(i).connect())));
        Network network = new Network(between(n.latency(), slow.network().latency()), n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), hops, n.relay());
        Host h = quick.host();
        RelayWakeUps relay = new RelayWakeUps(
                h.relay().take(), between(h.relay().passOn(), slow.host().relay().passOn()), between(h.relay().timer(), slow.host().relay().timer()));
        Host host = new Host(between(h.wakeUp(), slow.host().wakeUp()), h.perPageNanos(), h.deviceStateNanos(), h.startDelayNanos(), h.paging(), relay);
        return new Scenario(
                quick.name(), quick.title(), quick.because(), quick.source(), quick.destination(), quick.machine(), quick.parameters(), quick.tls(), network, quick.guest(), host,
                quick.events(), quick.limits(), quick.expectation(), quick.bounds(), quick.failsIn(), quick.passesIn());
    }

    private static Distribution between(Distribution least, Distribution most) {
        long from = ((Distribution.Constant) least).nanos();
        long to = ((Distribution.Constant) most).nanos();
        if (from == to) return least;
        // Orders are at the ends of intervals more often than they are in between.
        return new Distribution.Mixture(List.of(part(1, least), part(1, most), part(1, new Distribution.Uniform(from, to))));
    }

    private static Distribution.Mixture.Part part(double weight, Distribution of) {
        return new Distribution.Mixture.Part(weight, of);
    }
}
