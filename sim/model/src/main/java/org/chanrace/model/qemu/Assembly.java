package org.chanrace.model.qemu;

import java.util.List;
import org.chanrace.kernel.End;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.model.Ahead;
import org.chanrace.model.LaneMap;
import org.chanrace.model.Standstills;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.guest.Workload;
import org.chanrace.model.measure.FaultLedger;
import org.chanrace.model.network.Net;
import org.chanrace.model.network.PageBitmaps;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;

/**
 * The two QEMUs and the network between them, made for a scenario.
 *
 * @param source the one that the guest leaves
 * @param destination the one that the guest goes to
 * @param net the network
 * @param workload what the guest does, wherever it runs
 * @param explainer reads the verdict off their final state
 */
public record Assembly(Source source, Destination destination, Net net, Workload workload, Explainer explainer) {
    /** Wires the processes of a scenario. */
    public static Assembly of(Scenario scenario, LaneMap map, Lanes lanes, Kernel kernel, Relay[] relays, Ahead ahead, FaultLedger ledger, Standstills standstills) {
        Guest guest = scenario.guest();
        Costs costs = new Costs(scenario.host(), guest.pageSize());
        long bitmapBytes = (guest.pages() + 7) / 8;
        Behaviour sourceBehaviour = Behaviour.of(scenario.source(), scenario.machine());
        Behaviour destinationBehaviour = Behaviour.of(scenario.destination(), scenario.machine());
        Net net = new Net(
                scenario.network(), relays, scenario.network().backlog().orElse(destinationBehaviour.backlog()), guest.pageSize(), bitmapBytes,
                scenario.host().relay(), map, lanes, kernel, ahead, ledger, standstills);
        Workload workload = new Workload(guest);
        // The names of connections say what became of them, so they ask both the network and the destination.
        Destination[] destinationLater = new Destination[1];
        QemuThread.Names names = c -> Explainer.nameOf(c, net, destinationLater[0]);
        QemuProcess.Surroundings surroundings = new QemuProcess.Surroundings(map, lanes, kernel, new PageBitmaps(guest.pages()), costs, names, ahead, ledger);
        Destination destination = new Destination(
                destinationBehaviour, sockets(scenario, map, lanes, map.destinationCalls, map.toDestination, false, bitmapBytes), surroundings,
                new PageSet(guest.pages()), new Vcpus(guest, scenario.host().paging(), workload), new Devices(guest), scenario.host().deviceStateNanos());
        destinationLater[0] = destination;
        Source source = new Source(
                sourceBehaviour,
                new Source.Parameters(
                        scenario.parameters().maxBandwidth(), scenario.parameters().maxPostcopyBandwidth(), scenario.parameters().downtimeLimitNanos(),
                        scenario.host().deviceStateNanos(), scenario.host().startDelayNanos()),
                sockets(scenario, map, lanes, map.sourceCalls, map.toSource, true, bitmapBytes), surroundings, new GuestMemory(guest, workload, standstills),
                guest.steps().map(Guest.Steps::writes).orElse(0), new Sampler(scenario.host().wakeUp(), "source", "wake-up"));
        return new Assembly(source, destination, net, workload, new Explainer(source, destination, net, map, scenario.limits()));
    }

    private static Sockets sockets(Scenario scenario, LaneMap map, Lanes lanes, int calls, int reads, boolean forward, long bitmapBytes) {
        return new Sockets(
                lanes, calls, reads, forward, map.connections, scenario.network(), scenario.guest().pageSize(), bitmapBytes);
    }

    /** What all threads are about, as one number: the statuses, where the guest runs, and what each thread waits for. States that have the same are alike. */
    public long situation() {
        long about = source.status().ordinal() * 64L + destination.status().ordinal();
        about = about * 16 + (source.guestRuns() ? 1 : 0) + (destination.guestRuns() ? 2 : 0) + (source.isGone() ? 4 : 0) + (destination.isGone() ? 8 : 0);
        for (List<QemuThread> threads : List.of(source.threads(), destination.threads()))
            for (QemuThread thread : threads) about = (Long.rotateLeft(about, 13) ^ (thread.exists ? 1 + thread.wait.ordinal() : 0)) * 0x9E3779B97F4A7C15L;
        return about;
    }

    /** How many commands were refused so far. */
    public int refusals() {
        return source.refusals() + destination.refusals();
    }

    /** Whether a side does not accept its settings: then the operator gives no migrate command. */
    public boolean refusesSettings() {
        return source.refusesSettings() || destination.refusesSettings();
    }

    /** How a run that came to this end turned out. */
    public Outcome outcome(End end) {
        return explainer.outcome(end);
    }

    /** How a run that came to this end turned out, and why. */
    public Verdict verdict(End end) {
        return explainer.verdict(end);
    }
}
