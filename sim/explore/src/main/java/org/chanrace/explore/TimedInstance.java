package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;

/**
 * The small instance of a scenario with the times of the scenario: what its links and its hosts take, and still a guest in steps and no limit of
 * bandwidth. The lanes of the {@linkplain #typical typical} one are those of the small instance, so that an order of the one becomes one of the other.
 */
public final class TimedInstance {
    private static final double RARE = 0.001;
    /** A packet may be late by more than a run has patience for. */
    private static final RunLimits PATIENT = new RunLimits(3_600_000_000_000L, 3_600_000_000_000L, 10_000_000);

    private TimedInstance() {}

    /**
     * The timed instance in which every duration is what it typically is: {@link #typicalNanos}. Connections go straight from source to destination, as
     * they do in the small instance: what delays them on the way is what is to be found.
     */
    public static Scenario typical(Scenario scenario) {
        Scenario small = SmallInstance.of(scenario);
        return with(small, network(scenario, small.network().hops(), small.network().relay(), TimedInstance::typicalNanos), host(scenario, TimedInstance::typicalNanos));
    }

    /**
     * The {@linkplain #typical typical} instance with the buffers of the small instance: where those fill up, a kernel hears a latency later of what its peer has
     * read. As the scenario's own buffers do, they hold what is on its way besides.
     */
    public static Scenario typicalWithBuffers(Scenario scenario) {
        Scenario typical = typical(scenario);
        Network small = SmallInstance.of(scenario).network();
        return with(typical, typical.network().withBuffers(small.sendBuffer(), small.receiveBuffer()).holdingFlight(), typical.host());
    }

    /** The instance with the proxies and the relay of the scenario in which nothing takes time. */
    static Scenario timeless(Scenario scenario) {
        return with(asItStands(scenario), path(scenario, any -> 0), SmallInstance.of(scenario).host());
    }

    /** The instance with the proxies and the relay of the scenario in which every duration is the least that it can be: {@link #leastNanos}. */
    static Scenario quickest(Scenario scenario) {
        return with(asItStands(scenario), path(scenario, TimedInstance::leastNanos), host(scenario, TimedInstance::leastNanos));
    }

    /** The instance with the proxies and the relay of the scenario in which every duration is the most that it can be: {@link #mostNanos}. */
    static Scenario slowest(Scenario scenario) {
        return with(asItStands(scenario), path(scenario, TimedInstance::mostNanos), host(scenario, TimedInstance::mostNanos));
    }

    /** The small instance with the relays of further attempts as well, and with strangers who stay as long as they do. */
    private static Scenario asItStands(Scenario scenario) {
        Scenario small = SmallInstance.of(scenario);
        return new Scenario(
                small.name(), small.title(), small.because(), small.source(), small.destination(), small.machine(), small.parameters(), small.tls(), small.network(), small.guest(),
                small.host(), SmallInstance.events(scenario, UnaryOperator.identity()), small.limits(), small.expectation(), small.bounds(), small.failsIn(), small.passesIn());
    }

    private static Network path(Scenario scenario, ToLongFunction<Distribution> value) {
        List<Network.Hop> hops = new ArrayList<>();
        for (Network.Hop hop : scenario.network().hops()) hops.add(new Network.Hop(hop.kind(), new Distribution.Constant(value.applyAsLong(hop.connect()))));
        return network(scenario, hops, scenario.network().relay(), value);
    }

    private static Network network(Scenario scenario, List<Network.Hop> hops, Network.Relay relay, ToLongFunction<Distribution> value) {
        Network n = SmallInstance.of(scenario).network();
        Distribution latency = new Distribution.Constant(value.applyAsLong(scenario.network().latency()));
        return new Network(latency, n.bandwidth(), n.loss(), n.backlog(), 0, 0, hops, relay);
    }

    private static Host host(Scenario scenario, ToLongFunction<Distribution> value) {
        Host h = scenario.host();
        Distribution wakeUp = new Distribution.Constant(value.applyAsLong(h.wakeUp()));
        RelayWakeUps r = h.relay();
        // Until a connection is taken and until it is passed on is one time here: whether one of several waits for another is left open.
        long taken = value.applyAsLong(r.take());
        RelayWakeUps relay = new RelayWakeUps(
                new Distribution.Constant(0), new Distribution.Constant(taken + value.applyAsLong(r.passOn())), new Distribution.Constant(taken + value.applyAsLong(r.timer())));
        return new Host(wakeUp, h.perPageNanos(), h.deviceStateNanos(), h.startDelayNanos(), Paging.NONE, relay);
    }

    private static Scenario with(Scenario small, Network network, Host host) {
        return new Scenario(
                small.name(), small.title(), small.because(), small.source(), small.destination(), small.machine(), small.parameters(), small.tls(), network, small.guest(),
                host, small.events(), PATIENT, small.expectation(), small.bounds(), small.failsIn(), small.passesIn());
    }

    /**
     * How long something takes, as an exploration by time takes it.
     *
     * @param what takes it, as a noun
     * @param leastNanos the least that it takes
     * @param mostNanos the most
     * @param cut whether a distribution without a bound was cut off, where one draw in a thousand lies beyond
     */
    public record Span(String what, long leastNanos, long mostNanos, boolean cut) {
        public Span {
            Objects.requireNonNull(what);
        }
    }

    /** What takes time in a scenario when its orders are tried by time, and how much. */
    public static List<Span> spans(Scenario scenario) {
        Host host = scenario.host();
        List<Span> spans = new ArrayList<>();
        spans.add(span("a packet, one way", scenario.network().latency()));
        int proxies = 0;
        for (Network.Hop hop : scenario.network().hops()) spans.add(span("proxy " + ++proxies + ", until it dials on", hop.connect()));
        spans.add(span("a thread, until it has woken up", host.wakeUp()));
        if (!(scenario.network().relay() instanceof Network.Relay.None)) {
            spans.add(span("the relay, until it dials on", host.relay().take(), host.relay().passOn()));
            spans.add(span("the relay, until a timer that has run out has woken it up", host.relay().take(), host.relay().timer()));
        }
        spans.add(new Span("RAM set-up", host.startDelayNanos(), host.startDelayNanos(), false));
        long more = pageNanosMore(scenario);
        spans.add(new Span("a page to be sent" + (more == 0 ? "" : ", which may stand for " + pagesEach(scenario) + " of the guest's"), host.perPageNanos(), host.perPageNanos() + more, false));
        spans.add(new Span("the devices' state, to be saved and again to be loaded", host.deviceStateNanos(), host.deviceStateNanos(), false));
        return spans;
    }

    private static Span span(String what, Distribution distribution) {
        return new Span(what, leastNanos(distribution), mostNanos(distribution), isCut(distribution));
    }

    /** Of what takes one time after the other. */
    private static Span span(String what, Distribution first, Distribution then) {
        return new Span(what, leastNanos(first) + leastNanos(then), mostNanos(first) + mostNanos(then), isCut(first) || isCut(then));
    }

    private static boolean isCut(Distribution distribution) {
        if (distribution instanceof Distribution.Mixture mixture) return mixture.parts().stream().anyMatch(part -> isCut(part.of()));
        return !(distribution instanceof Distribution.Constant || distribution instanceof Distribution.Uniform || distribution instanceof Distribution.Empirical);
    }

    /** How many of the real guest's pages one of the small one stands for. */
    private static long pagesEach(Scenario scenario) {
        long pages = SmallInstance.of(scenario).guest().pages();
        return (scenario.guest().pages() + pages - 1) / pages;
    }

    /** How much longer the real guest's pages take that one of the small one stands for, with what limits their rate, ns. */
    static long pageNanosMore(Scenario scenario) {
        long more = pagesEach(scenario) - 1;
        long rate = Long.MAX_VALUE;
        for (long each : new long[] {scenario.parameters().maxBandwidth(), scenario.parameters().maxPostcopyBandwidth(), scenario.network().bandwidth()})
            if (each > 0) rate = Math.min(rate, each);
        long bytes = scenario.guest().memory() / SmallInstance.of(scenario).guest().pages();
        long transfer = more == 0 || rate == Long.MAX_VALUE ? 0 : (long) ((double) bytes / rate * 1e9);
        return more * scenario.host().perPageNanos() + transfer;
    }

    /** What stands for a distribution where one value has to: its median; of a mixture that of its likeliest part, ns. */
    public static long typicalNanos(Distribution distribution) {
        if (distribution instanceof Distribution.Mixture mixture) {
            Distribution.Mixture.Part likeliest = mixture.parts().get(0);
            for (Distribution.Mixture.Part part : mixture.parts()) if (part.weight() > likeliest.weight()) likeliest = part;
            return typicalNanos(likeliest.of());
        }
        return Sampler.quantile(distribution, 0.5);
    }

    /** The least that a distribution gives; of one without a least value what one draw of a thousand is below, ns. */
    public static long leastNanos(Distribution distribution) {
        if (distribution instanceof Distribution.Mixture mixture) {
            long least = Long.MAX_VALUE;
            for (Distribution.Mixture.Part part : mixture.parts()) least = Math.min(least, leastNanos(part.of()));
            return least;
        }
        return Sampler.quantile(distribution, distribution instanceof Distribution.Normal || distribution instanceof Distribution.Lognormal ? RARE : 0);
    }

    /** The most that a distribution gives; of one without a largest value what one draw of a thousand is above, ns. */
    public static long mostNanos(Distribution distribution) {
        if (distribution instanceof Distribution.Mixture mixture) {
            long most = 0;
            for (Distribution.Mixture.Part part : mixture.parts()) most = Math.max(most, mostNanos(part.of()));
            return most;
        }
        if (distribution instanceof Distribution.Uniform uniform) return uniform.toNanos();
        if (distribution instanceof Distribution.Empirical empirical) return empirical.sortedNanos().get(empirical.sortedNanos().size() - 1);
        return Sampler.quantile(distribution, 1 - RARE);
    }
}
