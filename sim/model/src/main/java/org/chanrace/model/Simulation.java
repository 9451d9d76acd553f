package org.chanrace.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chanrace.kernel.ByTime;
import org.chanrace.kernel.End;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.Limits;
import org.chanrace.kernel.Schedule;
import org.chanrace.kernel.Scripted;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.kernel.Strategy;
import org.chanrace.model.measure.FaultLedger;
import org.chanrace.model.network.Net;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Assembly;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.Recorder;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;

/**
 * A scenario's processes and lanes, ready to run for any seed.
 *
 * <p>It is an arena: made once, then run again and again, by one thread at a time. What a run does is a function of the scenario and the
 * seed alone.
 *
 * <pre>{@code
 * Simulation simulation = Simulation.of(scenario);
 * RunResult result = simulation.run(1, true);
 * }</pre>
 */
public final class Simulation implements Stateful {
    /** Parts of the state: what all share, and four processes. */
    static final int PARTS = 5;
    private static final long TICK_NANOS = 1000;

    private final Scenario scenario;
    private final LaneMap map;
    private final Lanes lanes;
    private final Kernel kernel;
    private final Operator operator;
    private final Net net;
    private final Assembly qemu;
    private final Limits limits;
    private final FaultLedger ledger;
    private final Standstills standstills;
    private final Ahead ahead;
    /** Null when nobody ever stands still. */
    private final ByTimeOfParties byParties;

    private Simulation(Scenario scenario) {
        this.scenario = scenario;
        Relay[] relays = relays(scenario);
        this.map = map(scenario, relays);
        this.lanes = new Lanes(map.processes());
        this.kernel = new Kernel(lanes, PARTS - 1);
        this.ahead = new Ahead(lanes, map);
        this.ledger = new FaultLedger(scenario.guest().threads());
        this.standstills = new Standstills();
        this.qemu = Assembly.of(scenario, map, lanes, kernel, relays, ahead, ledger, standstills);
        this.net = qemu.net();
        this.operator = new Operator(scenario.events(), scenario.host().wakeUp(), map, lanes, kernel, ahead, standstills);
        kernel.attach(LaneMap.SOURCE, qemu.source());
        kernel.attach(LaneMap.DESTINATION, qemu.destination());
        kernel.attach(LaneMap.NETWORK, net);
        kernel.attach(LaneMap.OPERATOR, operator);
        boolean standsStill = scenario.events().stream().anyMatch(e -> e.action() instanceof OperatorEvent.Action.StandStill);
        this.byParties = standsStill ? new ByTimeOfParties(standstills, lanes, net) : null;
        this.limits = new Limits(scenario.limits().events(), scenario.limits().virtualNanos(), scenario.limits().quietNanos());
    }

    private static LaneMap map(Scenario scenario, Relay[] relays) {
        boolean preempt = scenario.source().has(Capability.POSTCOPY_PREEMPT);
        int probes = scenario.events().stream().anyMatch(e -> e.action() instanceof OperatorEvent.Action.Probe) ? 1 : 0;
        int connections = relays.length * (preempt ? 2 : 1) + probes;
        if (connections > Wire.MAX_CONNECTIONS) throw new IllegalArgumentException("more than " + Wire.MAX_CONNECTIONS + " connections");
        int hops = 1 + scenario.network().hops().size() + (scenario.isRelayed() ? 1 : 0);
        return new LaneMap(connections, hops, scenario.guest().threads(), scenario.events().size());
    }

    /** How many lanes a scenario has: a schedule of it names lanes from 0 up to this number, which is not one. */
    public static int laneCount(Scenario scenario) {
        return map(scenario, relays(scenario)).processes().length;
    }

    /** The migration's relay, then those of the further attempts that there can be, in the order of the events that make them. */
    private static Relay[] relays(Scenario scenario) {
        List<Relay> relays = new ArrayList<>(List.of(scenario.network().relay()));
        for (OperatorEvent event : scenario.events()) event.action().opensThrough().ifPresent(relays::add);
        return relays.toArray(new Relay[0]);
    }

    /** The simulation of a scenario. */
    public static Simulation of(Scenario scenario) {
        return new Simulation(scenario);
    }

    /**
     * Runs by time.
     *
     * @param seed of all random streams
     * @param withTrace whether the result has a trace
     */
    public RunResult run(long seed, boolean withTrace) {
        Recorder recorder = withTrace ? new Recorder() : null;
        End end = execute(byTime(), seed, recorder, null);
        return measured(result(end, seed, recorder));
    }

    /** No delays: for this simulation, to be filled and {@linkplain #run(Delays, Kernel.Listener, boolean) run} with. */
    public Delays delays() {
        return new Delays(map, lanes.count(), byParties);
    }

    /** Runs by time with seed 0, with what is late and what waits for its moment. */
    public RunResult run(Delays delays, Kernel.Listener listener, boolean withTrace) {
        return run(delays, 0, listener, withTrace);
    }

    /** Runs by time, with what is late and what waits for its moment. */
    public RunResult run(Delays delays, long seed, Kernel.Listener listener, boolean withTrace) {
        Recorder recorder = withTrace ? new Recorder() : null;
        net.disturb(delays.packets());
        try {
            begin(seed, recorder);
            delays.begin();
            End end = kernel.run(delays::pick, limits, listener);
            return measured(result(delays.isOver() ? end() : end, seed, recorder));
        } finally {
            net.disturb(null);
        }
    }

    /** Runs by time, and hands over the order in which lanes were picked. */
    public int[] schedule(long seed) {
        Schedule schedule = new Schedule();
        execute(byTime(), seed, null, schedule);
        return schedule.toArray();
    }

    /** Runs in the order that a schedule gives, as {@link #schedule} returned it for the same scenario and seed. */
    public RunResult replay(int[] schedule, long seed, boolean withTrace) {
        Recorder recorder = withTrace ? new Recorder() : null;
        Scripted script = new Scripted(schedule);
        End end = execute(byParties == null ? script : byParties.timing(script), seed, recorder, null);
        return measured(result(end, seed, recorder));
    }

    /** Runs by time, and stops after so many events, to be {@linkplain #save saved} or {@linkplain #goOn gone on} with. */
    public void runUntil(long seed, long events) {
        begin(seed, null);
        kernel.run(byTime(), new Limits(events, Long.MAX_VALUE - 1, Long.MAX_VALUE), null);
    }

    /** Goes on by time from the state that the processes are in, without a trace. */
    public RunResult goOn(long seed) {
        return result(kernel.run(byTime(), limits, null), seed, null);
    }

    /**
     * Runs in an order that only this schedule gives, whatever the due times: the clock ticks 1 us a step, so that moments, divided by the
     * result's tick, are the numbers of the steps. At its end the run is over, as it is for who {@linkplain Steps chose} the order.
     *
     * @throws Scripted.ScriptMismatch when the schedule picks a lane that has nothing to handle
     */
    public RunResult replayOrder(int[] schedule, boolean withTrace) {
        Recorder recorder = withTrace ? new Recorder() : null;
        begin(0, recorder);
        kernel.runInOrder(schedule, TICK_NANOS);
        return result(end(), 0, recorder).ticking(TICK_NANOS);
    }

    /** The end of a run in which nothing more is handled. */
    private End end() {
        return steps().isEnding() ? End.FINISHED : End.STALLED;
    }

    /**
     * Runs by time while somebody looks.
     *
     * @param look called in every state, between two events and at the end; finds the processes as they are in {@link #steps}
     */
    public RunResult watch(long seed, Runnable look) {
        Strategy looking = all -> {
            look.run();
            return byTime().pick(all);
        };
        End end = execute(looking, seed, null, null);
        look.run();
        return result(end, seed, null);
    }

    /**
     * Runs by time beside a schedule of an earlier run, and says where the two part. The run goes on to its own end.
     *
     * @param schedule the lanes that were picked then; may be anything
     */
    public Comparison compare(int[] schedule, long seed, boolean withTrace) {
        Recorder recorder = new Recorder();
        Beside beside = new Beside(schedule, lanes, new LaneNames(map), recorder);
        End end = execute(byTime(), seed, recorder, beside);
        return new Comparison(Optional.of(measured(result(end, seed, withTrace ? recorder : null))), beside.departure(kernel.now()));
    }

    /**
     * Runs in the order that a schedule gives, which may not belong to this scenario: there is a result unless a pick turns out to
     * be impossible, which is then where they part.
     *
     * @param schedule lane numbers, first pick first; may be anything
     */
    public Comparison follow(int[] schedule, long seed, boolean withTrace) {
        try {
            return new Comparison(Optional.of(replay(schedule, seed, withTrace)), Optional.empty());
        } catch (Scripted.ScriptMismatch mismatch) {
            return parted(mismatch);
        }
    }

    /** As {@link #follow}, of an order that only the schedule gives, as {@link #replayOrder} runs it. */
    public Comparison followOrder(int[] schedule, boolean withTrace) {
        try {
            return new Comparison(Optional.of(replayOrder(schedule, withTrace)), Optional.empty());
        } catch (Scripted.ScriptMismatch mismatch) {
            return parted(mismatch);
        }
    }

    private Comparison parted(Scripted.ScriptMismatch mismatch) {
        int lane = mismatch.lane();
        return new Comparison(Optional.empty(), Optional.of(
                new Departure(mismatch.step() + 1, kernel.now(), new LaneNames(map).of(lane), Beside.state(lanes, lane), "", List.of())));
    }

    /**
     * Runs by time for the outcome alone: nothing is explained, and nothing allocated.
     *
     * @return how it ended
     */
    public Outcome outcome(long seed) {
        return qemu.outcome(execute(byTime(), seed, null, null));
    }

    /** The run as one whose order is chosen step by step. */
    public Steps steps() {
        return new Steps(this, kernel, lanes, map, operator, qemu);
    }

    /** The processes one at a time. */
    public Parties parties() {
        return new Parties(this, steps(), kernel, lanes, ahead, qemu);
    }

    @Override
    public void save(StateWriter state) {
        for (int part = 0; part < PARTS; part++) savePart(part, state);
    }

    @Override
    public void load(StateReader state) {
        for (int part = 0; part < PARTS; part++) loadPart(part, state);
    }

    /** Writes one part of the state: the clock, the lanes and the guest's workload, or, from 1 on, a process by its number plus 1. */
    void savePart(int part, StateWriter state) {
        if (part > 0) stateful(part - 1).save(state);
        else {
            kernel.save(state);
            saveShared(state);
        }
    }

    private void saveShared(StateWriter state) {
        qemu.workload().save(state);
        if (byParties != null) standstills.save(state);
    }

    /** Takes over what {@link #savePart} has written. */
    void loadPart(int part, StateReader state) {
        if (part > 0) stateful(part - 1).load(state);
        else {
            kernel.load(state);
            qemu.workload().load(state);
            if (byParties != null) standstills.load(state);
        }
    }

    /** Writes what belongs to no process: the clock, and the guest's workload. */
    void saveSurroundings(StateWriter state) {
        kernel.saveClock(state);
        saveShared(state);
    }

    /** A process. */
    Stateful stateful(int process) {
        return switch (process) {
            case LaneMap.SOURCE -> qemu.source();
            case LaneMap.DESTINATION -> qemu.destination();
            case LaneMap.NETWORK -> net;
            default -> operator;
        };
    }

    /** Events handled by the latest run. */
    public long events() {
        return kernel.events();
    }

    /** Its lanes, for tests that look inside. */
    Lanes lanes() {
        return lanes;
    }

    /** The processes as the latest run left them, for tests that look inside. */
    Assembly processes() {
        return qemu;
    }

    private Strategy byTime() {
        return byParties == null ? ByTime.INSTANCE : byParties;
    }

    private End execute(Strategy strategy, long seed, Recorder recorderOrNull, Kernel.Listener listenerOrNull) {
        begin(seed, recorderOrNull);
        return kernel.run(strategy, limits, listenerOrNull);
    }

    void begin(long seed, Recorder recorderOrNull) {
        kernel.reset();
        ledger.reset();
        standstills.reset();
        net.reset(seed, recorderOrNull);
        qemu.source().reset(seed, recorderOrNull);
        qemu.destination().reset(seed, recorderOrNull);
        operator.reset(seed, recorderOrNull);
        if (!qemu.refusesSettings()) operator.begin();
    }

    private RunResult measured(RunResult r) {
        return new RunResult(
                r.seed(), r.verdict(), r.connections(), r.events(), r.virtualNanos(), r.digest(), r.trace(), Optional.of(ledger.measurements()));
    }

    private RunResult result(End end, long seed, Recorder recorderOrNull) {
        Verdict verdict = qemu.verdict(end);
        List<ConnectionFate> fates = new ArrayList<>();
        for (int c = 0; c < map.connections; c++) if (net.wasOpened(c)) fates.add(net.fate(c, qemu.destination().takenFor(c)));
        return new RunResult(
                seed, verdict, fates, kernel.events(), kernel.now(), String.format(Locale.ROOT, "%016x", kernel.digest()),
                recorderOrNull == null ? Optional.empty() : Optional.of(recorderOrNull.trace()));
    }

    /** What is simulated. */
    public Scenario scenario() {
        return scenario;
    }
}
