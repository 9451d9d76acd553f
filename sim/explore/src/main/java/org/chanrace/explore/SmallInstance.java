package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Source;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Bounds.Command;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Network;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.Action.BreakNetwork.Loses;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Parameters;
import org.chanrace.model.scenario.RunLimits;
import org.chanrace.model.scenario.Scenario;

/**
 * The small instance of a scenario, of which every order can be tried: the same pairing with a guest of a few pages that acts in steps, on a
 * network and on hosts that take no time of their own, with operator and failures free to come at any moment.
 *
 * <p>It is a scenario like any other and can be written to a file. What is left out is left out because every order is tried anyway: a relay that
 * only delays or swaps, and proxies, choose one of the orders; a bandwidth and a rate say how long something takes. What such a relay does besides is
 * left out with it: it hears of a reset only when it next writes. So does a standstill say how long something takes.
 */
public final class SmallInstance {
    private static final int PAGES = 4;
    private static final int PRECOPY_ROUNDS = 2;
    private static final int FAULTS = 2;
    private static final int DEVICE_FAULTS = 1;
    private static final int VCPUS = 2;
    /** Of pages that are not read: what is written at the switch is to have room behind some of the pages of precopy. */
    private static final int LEAST_UNREAD = 2;
    /** So large that a page is a record of its own, and not so large that it goes in parts. */
    private static final long PAGE_BYTES = Wire.PART_BYTES;
    private static final Distribution AT_ONCE = new Distribution.Constant(0);
    private static final When ANY_MOMENT = new When.At(0);

    private SmallInstance() {}

    /** The small instance of a scenario, within the bounds that it gives or, where it gives none, within ours. */
    public static Scenario of(Scenario scenario) {
        Bounds bounds = scenario.bounds();
        int pages = (int) Math.min(bounds.pages().orElse(PAGES), Math.max(2, scenario.guest().memory() / scenario.guest().pageSize()));
        boolean postcopy = scenario.source().has(Capability.POSTCOPY_RAM);
        Guest.Steps steps = new Guest.Steps(
                bounds.precopyRounds().orElse(PRECOPY_ROUNDS), postcopy ? bounds.faults().orElse(FAULTS) : 0, postcopy ? bounds.deviceFaults().orElse(DEVICE_FAULTS) : 0);
        // The last page is the firmware's.
        Guest guest = new Guest(
                pages * PAGE_BYTES, (pages - 1) * PAGE_BYTES, PAGE_BYTES, Math.min(scenario.guest().threads(), VCPUS), Guest.Access.SEQUENTIAL, 0, 0, Optional.of(steps));
        List<OperatorEvent> events = events(scenario, SmallInstance::simplified);
        Relay relay = reordersOnly(scenario.network().relay());
        long unread = unreadPages(scenario, pages, Scenario.isRelayed(relay, events) ? 2 : 1) * PAGE_BYTES;
        // A writer waits as soon as something is left that the reader's buffer has no room for.
        Network network = new Network(AT_ONCE, 0, Network.Loss.NONE, scenario.network().backlog(), unread == 0 ? 0 : 1, unread, List.of(), relay);
        // A rate, or a limit, says how long something takes; one that is refused is refused here, too.
        long limit = Source.refusesDowntimeLimit(scenario.parameters().downtimeLimitNanos()) ? scenario.parameters().downtimeLimitNanos() : 0;
        return new Scenario(
                scenario.name(), scenario.title(), scenario.because(), scenario.source(), scenario.destination(), scenario.machine(),
                new Parameters(0, 0, limit, scenario.parameters().multifdChannels()), scenario.tls(), network, guest, new Host(AT_ONCE, 0, 0, 0),
                events, RunLimits.DEFAULT, Optional.empty(), scenario.bounds(), List.of(), List.of());
    }

    /**
     * How many pages fit into the buffers of one hop of a connection that nobody reads; 0 for all that is written. A guest that does not fit into the buffers
     * of the scenario does not fit here: all but the last of its pages do, which comes to the same orders for who reads, since the pages of precopy can be
     * read early or late. A relay reads what then waits for its own connection, and so each hop has its share of them; but the least of them for itself, because where
     * the relay drops a connection there is but one.
     */
    private static long unreadPages(Scenario scenario, int pages, int hops) {
        if (scenario.bounds().unreadPages().isPresent()) return scenario.bounds().unreadPages().getAsInt();
        Network network = scenario.network();
        boolean hasLimits = network.firstSendBuffer() > 0 && network.firstReceiveBuffer() > 0;
        boolean fits = !hasLimits || scenario.guest().memory() <= network.firstSendBuffer() + network.firstReceiveBuffer();
        return fits ? 0 : Math.max(LEAST_UNREAD, (pages - 1) / hops);
    }

    /** A relay that does more than choose an order stays. */
    private static Relay reordersOnly(Relay relay) {
        return relay instanceof Relay.Drop || relay instanceof Relay.Reset ? relay : new Relay.None();
    }

    /** What the operator and the network may do at any moment, where each of the scenario's own commands is that which is made of it. */
    static List<OperatorEvent> events(Scenario scenario, UnaryOperator<Action> simplified) {
        Bounds bounds = scenario.bounds();
        List<OperatorEvent> events = new ArrayList<>();
        int breaks = 0;
        boolean probes = false;
        for (OperatorEvent event : scenario.events()) {
            Action action = event.action();
            if (action instanceof Action.BreakNetwork || action instanceof Action.CutNetwork) {
                Optional<String> channel = action instanceof Action.BreakNetwork broken ? broken.channel() : Optional.empty();
                if (bounds.networkCuts().isEmpty()) addBreak(events, atAnyMomentFrom(event.when()), channel, ++breaks);
            } else if (action instanceof Action.RestoreNetwork || action instanceof Action.SetParameters || action instanceof Action.StandStill) continue;
            else if (bounds.operator().isEmpty()) events.add(new OperatorEvent(atAnyMomentFrom(event.when()), simplified.apply(action)));
        }
        for (int i = 0; i < bounds.networkCuts().orElse(0); i++) addBreak(events, ANY_MOMENT, Optional.empty(), ++breaks);
        for (int i = 0; i < bounds.synLosses().orElse(0); i++) events.add(new OperatorEvent(ANY_MOMENT, new Action.LoseSyn()));
        int given = 0;
        for (Command command : bounds.operator().orElse(List.of())) add(events, command, ++given);
        return events;
    }

    /** Not before the status that it waits for, but then whenever it likes. */
    private static When atAnyMomentFrom(When when) {
        return when instanceof When.After after ? new When.After(after.status(), after.occurrence(), 0) : ANY_MOMENT;
    }

    private static Action simplified(Action action) {
        if (action instanceof Action.Recover recover) return new Action.Recover(reordersOnly(recover.relay()));
        if (action instanceof Action.Resume resume) return new Action.Resume(reordersOnly(resume.relay()));
        if (action instanceof Action.Migrate migrate) return new Action.Migrate(reordersOnly(migrate.relay()));
        if (action instanceof Action.Probe) return new Action.Probe(0);
        return action;
    }

    /** A break may take with it what is on its way, in either direction: which of these it is, is chosen with the moment. */
    private static void addBreak(List<OperatorEvent> events, When when, Optional<String> channel, int number) {
        for (Loses loses : Loses.values()) events.add(new OperatorEvent(when, new Action.BreakNetwork(loses, channel), Optional.of("break-" + number)));
    }

    private static void add(List<OperatorEvent> events, Command command, int number) {
        switch (command) {
            case START_POSTCOPY -> events.add(new OperatorEvent(ANY_MOMENT, new Action.StartPostcopy()));
            case CANCEL -> events.add(new OperatorEvent(ANY_MOMENT, new Action.Cancel()));
            case RESUME -> events.add(new OperatorEvent(new When.After("postcopy-paused", 1, 0), new Action.Resume(new Relay.None())));
            case PAUSE_SOURCE -> events.add(new OperatorEvent(new When.After("postcopy-active", 1, 0), new Action.Pause(true)));
            case PAUSE_DESTINATION -> events.add(new OperatorEvent(new When.After("postcopy-active", 1, 0), new Action.Pause(false)));
            case MIGRATE -> {
                for (String status : List.of("failed", "cancelled"))
                    events.add(new OperatorEvent(new When.After(status, 1, 0), new Action.Migrate(new Relay.None()), Optional.of("migrate-" + number)));
            }
            case PROBE -> events.add(new OperatorEvent(ANY_MOMENT, new Action.Probe(0)));
        }
    }
}
