package org.chanrace.explore;

import org.chanrace.model.network.Sampler;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Scenario;

/**
 * The small instance of a scenario with the times of the scenario: what its links and its hosts take, and still a guest in steps, no limit of bandwidth, no
 * proxy. Its lanes are those of the small instance, so that an order of the one is an order of the other.
 */
public final class TimedInstance {
    private TimedInstance() {}

    /** The timed instance in which every duration is what it typically is: {@link #typicalNanos}. */
    public static Scenario typical(Scenario scenario) {
        Host host = scenario.host();
        return with(
                scenario, new Distribution.Constant(typicalNanos(scenario.network().latency())),
                new Host(new Distribution.Constant(typicalNanos(host.wakeUp())), host.perPageNanos(), host.deviceStateNanos(), host.startDelayNanos()));
    }

    private static Scenario with(Scenario scenario, Distribution latency, Host host) {
        Scenario small = SmallInstance.of(scenario);
        return new Scenario(
                small.name(), small.title(), small.because(), small.source(), small.destination(), small.machine(), small.parameters(), small.tls(),
                small.network().withLatency(latency), small.guest(),
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
}
