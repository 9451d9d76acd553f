package org.chanrace.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Access;
import org.chanrace.model.scenario.Guest.Touching;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.scenario.Tcp;

/** Migrations whose guest faults: what tests of latency vary, and fixed values for the rest. */
record Hosts(
        String release, boolean preempt, Distribution latency, long bandwidth, Optional<Tcp> tcp, Paging paging, long backgroundRate, int pages, int threads, Distribution think,
        long virtualNanos) {
    private static final long PAGE = 4096;

    /** Two hosts as they come, and a guest of so many pages one thread of which writes all over. */
    static Hosts asTheyCome(String release, boolean preempt, int pages) {
        return new Hosts(release, preempt, new Distribution.Lognormal(35_000, 0.7), 1_250_000_000L, Optional.of(Tcp.LINUX), Paging.DEFAULT, 0, pages, 1, new Distribution.Constant(200),
                600_000_000_000L);
    }

    Hosts with(String otherRelease, boolean otherPreempt) {
        return new Hosts(otherRelease, otherPreempt, latency, bandwidth, tcp, paging, backgroundRate, pages, threads, think, virtualNanos);
    }

    Hosts bandwidth(long other) {
        return new Hosts(release, preempt, latency, other, tcp, paging, backgroundRate, pages, threads, think, virtualNanos);
    }

    Hosts background(long bytesPerSecond) {
        return new Hosts(release, preempt, latency, bandwidth, tcp, paging, bytesPerSecond, pages, threads, think, virtualNanos);
    }

    Hosts guest(int otherThreads, Distribution otherThink) {
        return new Hosts(release, preempt, latency, bandwidth, tcp, paging, backgroundRate, pages, otherThreads, otherThink, virtualNanos);
    }

    Hosts costs(Paging other) {
        return new Hosts(release, preempt, latency, bandwidth, tcp, other, backgroundRate, pages, threads, think, virtualNanos);
    }

    /** No link, no latency, no tuning. */
    Hosts withoutNetwork() {
        return new Hosts(release, preempt, new Distribution.Constant(0), 0, Optional.empty(), paging, backgroundRate, pages, threads, think, virtualNanos);
    }

    Hosts until(long nanos) {
        return new Hosts(release, preempt, latency, bandwidth, tcp, paging, backgroundRate, pages, threads, think, nanos);
    }

    Scenario scenario() {
        Set<Capability> capabilities = preempt ? EnumSet.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT) : EnumSet.of(Capability.POSTCOPY_RAM);
        Endpoint end = new Endpoint(Releases.shipped().find(release).orElseThrow(), new TreeMap<>(), capabilities);
        Network d = Network.DEFAULT;
        Network network = new Network(latency, bandwidth, d.loss(), d.backlog(), 0, 0, d.hops(), d.relay(), tcp);
        Touching touching = new Touching(threads, Optional.of(think), 1, true, 0.1, 0.9, 1, 17, List.of());
        Guest guest = new Guest(pages * PAGE, pages / 10 * 9 * PAGE, PAGE, threads, Access.RANDOM, 0, 0, Optional.empty(), touching);
        return new Scenario("hosts", "", "", end, end, "pc-q35-7.2", new Parameters(backgroundRate, backgroundRate, 300_000_000, 2), false, network, guest,
                new Host(new Distribution.Constant(50_000), paging.saveNanos() == 0 ? 0 : 400, 5_000_000, 0, paging),
                List.of(new OperatorEvent(new When.After("active", 1, 0), new Action.StartPostcopy())), new RunLimits(virtualNanos, virtualNanos, 1_000_000_000L), Optional.empty());
    }
}
