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
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;

/** Small migrations in which nothing is random. */
final class Samples {
    private static final Set<Capability> PREEMPT = EnumSet.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT);

    private Samples() {}

    /** Postcopy with preempt, 300 ms after precopy began, of a guest of so many pages. */
    static Scenario postcopy(String source, String destination, String machine, Relay relay, int pages) {
        return scenario(source, destination, machine, relay, pages, List.of(new OperatorEvent(new When.After("active", 1, 300_000_000), new Action.StartPostcopy())));
    }

    static Scenario scenario(String source, String destination, String machine, Relay relay, int pages, List<OperatorEvent> events) {
        return new Scenario("sample", "", "", endpoint(source), endpoint(destination), machine, new Parameters(30_000_000, 60_000_000, 1_000_000, 2), false,
                Network.DEFAULT.withRelay(relay),
                new Guest(pages * 4096L, pages * 3584L / 4096 * 4096, 4096, 1, Guest.Access.SEQUENTIAL, 43_500_000, 400_000_000),
                new Host(new Distribution.Constant(100_000), 400, 5_000_000, 3_000_000), events, RunLimits.DEFAULT, Optional.empty());
    }

    private static Endpoint endpoint(String release) {
        return new Endpoint(Releases.shipped().find(release).orElseThrow(), new TreeMap<>(), PREEMPT);
    }
}
