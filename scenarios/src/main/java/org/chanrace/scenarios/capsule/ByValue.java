package org.chanrace.scenarios.capsule;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Scenario;

/**
 * Scenarios that depend on nothing outside of themselves: every trait of both releases is spelled out, and measured values stand in
 * the scenario instead of a CSV file. They run as what they were made from.
 */
public final class ByValue {
    private ByValue() {}

    /** The scenario by value; one that is by value already comes back equal. */
    public static Scenario of(Scenario s) {
        return new Scenario(s.name(), s.title(), s.because(), of(s.source()), of(s.destination()), s.machine(), s.parameters(), s.tls(), of(s.network()), s.guest(),
                of(s.host()), s.events(), s.limits(), s.expectation());
    }

    private static Endpoint of(Endpoint e) {
        return new Endpoint(of(e.release()), e.properties(), e.capabilities());
    }

    private static Release of(Release release) {
        Map<Trait, String> values = new EnumMap<>(Trait.class);
        for (Trait trait : Trait.values()) values.put(trait, release.value(trait));
        return Releases.byValue(release.name(), release.newestMachine(), values);
    }

    private static Network of(Network n) {
        List<Network.Hop> hops = n.hops().stream().map(hop -> new Network.Hop(hop.kind(), of(hop.connect()))).toList();
        return new Network(of(n.latency()), n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), hops, n.relay());
    }

    private static Host of(Host h) {
        return new Host(of(h.wakeUp()), h.perPageNanos(), h.deviceStateNanos(), h.startDelayNanos());
    }

    private static Distribution of(Distribution d) {
        if (d instanceof Distribution.Empirical empirical) return new Distribution.Empirical("", empirical.sortedNanos());
        if (d instanceof Distribution.Mixture mixture)
            return new Distribution.Mixture(mixture.parts().stream().map(part -> new Distribution.Mixture.Part(part.weight(), of(part.of()))).toList());
        return d;
    }
}
