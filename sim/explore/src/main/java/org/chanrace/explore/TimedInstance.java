package org.chanrace.explore;

import org.chanrace.model.network.Sampler;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Scenario;

/**
 * The small instance of a scenario with the times of the scenario: what its links and its hosts take, and still a guest in steps, no limit of bandwidth, no
 * proxy. Its lanes are those of the small instance, so that an order of the one is an order of the other.
 */
public final class TimedInstance {
    private static final double RARE = 0.001;

    private TimedInstance() {}

    /** The timed instance in which every duration is what it typically is: {@link #typicalNanos}. */
    public static Scenario typical(Scenario scenario) {
        Host host = scenario.host();
        return with(
                scenario, new Distribution.Constant(typicalNanos(scenario.network().latency())),
                new Host(new Distribution.Constant(typicalNanos(host.wakeUp())), host.perPageNanos(), host.deviceStateNanos(), host.startDelayNanos()));
    }

    /** The timed instance in which every duration is the least that it can be: {@link #leastNanos}. */
    static Scenario quickest(Scenario scenario) {
        Host host = scenario.host();
        return with(
                scenario, new Distribution.Constant(leastNanos(scenario.network().latency())),
                new Host(new Distribution.Constant(leastNanos(host.wakeUp())), host.perPageNanos(), host.deviceStateNanos(), host.startDelayNanos()));
    }

    /** The timed instance in which every duration is the most that it can be: {@link #mostNanos}. */
    static Scenario slowest(Scenario scenario) {
        Host host = scenario.host();
        return with(
                scenario, new Distribution.Constant(mostNanos(scenario.network().latency())),
                new Host(new Distribution.Constant(mostNanos(host.wakeUp())), host.perPageNanos(), host.deviceStateNanos(), host.startDelayNanos()));
    }

    private static Scenario with(Scenario scenario, Distribution latency, Host host) {
        Scenario small = SmallInstance.of(scenario);
        Network n = small.network();
        Network network = new Network(latency, n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), n.hops(), n.relay());
        return new Scenario(
                small.name(), small.title(), small.because(), small.source(), small.destination(), small.machine(), small.parameters(), small.tls(), network, small.guest(),
                host, small.events(), small.limits(), small.expectation(), small.bounds(), small.failsIn(), small.passesIn());
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
