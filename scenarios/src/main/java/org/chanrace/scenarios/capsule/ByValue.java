package org.chanrace.scenarios.capsule;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.RelayWakeUps;
import org.chanrace.model.scenario.Scenario;

/**
 * Scenarios that depend on nothing outside of themselves: every trait of both releases is spelled out, and measured values stand in
 * the scenario instead of a CSV file. They run as what they were made from.
 */
public final class ByValue {
    private ByValue() {}

    /** The scenario by value; one that is by value already comes back equal. */
    public static Scenario of(Scenario s) {
        return new Scenario(s.name(), s.title(), s.because(), of(s.source()), of(s.destination()), s.machine(), s.parameters(), s.tls(), of(s.network()), of(s.guest()),
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
        return new Network(of(n.latency()), n.bandwidth(), n.loss(), n.backlog(), n.sendBuffer(), n.receiveBuffer(), hops, n.relay(), n.tcp());
    }

    private static Guest of(Guest g) {
        Guest.Touching t = g.touching();
        Guest.Touching touching = new Guest.Touching(
                t.threads(), t.think().map(ByValue::of), t.writes(), t.preFaulted(), t.hotShare(), t.hotTouches(), t.exponent(), t.stride(), t.mix());
        return new Guest(g.memory(), g.workingSet(), g.pageSize(), g.vcpus(), g.access(), g.dirtyRate(), g.warmUpNanos(), g.steps(), touching);
    }

    private static Host of(Host h) {
        Paging p = h.paging();
        Paging paging = new Paging(
                of(p.wakeUp()), p.faultNanos(), p.requestNanos(), p.lookupNanos(), p.saveNanos(), p.lockedNanos(), p.sendNanos(), p.receiveNanos(), p.placeNanos(),
                p.copyRate());
        RelayWakeUps relay = new RelayWakeUps(of(h.relay().take()), of(h.relay().passOn()), of(h.relay().timer()));
        return new Host(of(h.wakeUp()), h.perPageNanos(), h.deviceStateNanos(), h.startDelayNanos(), paging, relay);
    }

    private static Distribution of(Distribution d) {
        if (d instanceof Distribution.Empirical empirical) return new Distribution.Empirical("", empirical.sortedNanos());
        if (d instanceof Distribution.Mixture mixture)
            return new Distribution.Mixture(mixture.parts().stream().map(part -> new Distribution.Mixture.Part(part.weight(), of(part.of()))).toList());
        return d;
    }
}
