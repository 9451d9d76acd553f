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
import org.chanrace.kernel.Process;
import org.chanrace.kernel.Schedule;
import org.chanrace.kernel.Scripted;
import org.chanrace.kernel.Strategy;
import org.chanrace.model.network.Net;
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
public final class Simulation {
    private final Scenario scenario;
    private final LaneMap map;
    private final Lanes lanes;
    private final Kernel kernel;
    private final Operator operator;
    private final Net net;
    private final Assembly qemu;
    private final Limits limits;

    private Simulation(Scenario scenario) {
        this.scenario = scenario;
        Relay[] relays = relays(scenario);
        boolean preempt = scenario.source().has(Capability.POSTCOPY_PREEMPT);
        int probes = scenario.events().stream().anyMatch(e -> e.action() instanceof OperatorEvent.Action.Probe) ? 1 : 0;
        boolean anyRelay = false;
        for (Relay relay : relays) anyRelay |= !(relay instanceof Relay.None);
        int hops = 1 + scenario.network().hops().size() + (anyRelay ? 1 : 0);
        this.map = new LaneMap(relays.length * (preempt ? 2 : 1) + probes, hops, scenario.guest().vcpus(), scenario.events().size());
        this.lanes = new Lanes(map.processes());
        Process[] processes = new Process[4];
        this.kernel = new Kernel(lanes, lazily(processes, 0), lazily(processes, 1), lazily(processes, 2), lazily(processes, 3));
        this.qemu = Assembly.of(scenario, map, lanes, kernel, relays);
        this.net = qemu.net();
        this.operator = new Operator(scenario.events(), scenario.host().wakeUp(), map, lanes, kernel);
        processes[LaneMap.SOURCE] = qemu.source();
        processes[LaneMap.DESTINATION] = qemu.destination();
        processes[LaneMap.NETWORK] = net;
        processes[LaneMap.OPERATOR] = operator;
        this.limits = new Limits(scenario.limits().events(), scenario.limits().virtualNanos(), scenario.limits().quietNanos());
    }

    private static Process lazily(Process[] processes, int number) {
        return (lane, event, now) -> processes[number].handle(lane, event, now);
    }

    /** The relay of each attempt: the migration's, then those of the recoveries, in order. */
    private static Relay[] relays(Scenario scenario) {
        List<Relay> relays = new ArrayList<>(List.of(scenario.network().relay()));
        for (OperatorEvent event : scenario.events()) if (event.action() instanceof OperatorEvent.Action.Recover recover) relays.add(recover.relay());
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
        End end = execute(ByTime.INSTANCE, seed, recorder, null);
        return result(end, seed, recorder);
    }

    /** Runs by time, and hands over the order in which lanes were picked. */
    public int[] schedule(long seed) {
        Schedule schedule = new Schedule();
        execute(ByTime.INSTANCE, seed, null, schedule);
        return schedule.toArray();
    }

    /** Runs in the order that a schedule gives, as {@link #schedule} returned it for the same scenario and seed. */
    public RunResult replay(int[] schedule, long seed, boolean withTrace) {
        Recorder recorder = withTrace ? new Recorder() : null;
        End end = execute(new Scripted(schedule), seed, recorder, null);
        return result(end, seed, recorder);
    }

    /**
     * Runs by time for the outcome alone: nothing is explained, and nothing allocated.
     *
     * @return how it ended
     */
    public Outcome outcome(long seed) {
        return qemu.outcome(execute(ByTime.INSTANCE, seed, null, null));
    }

    /** Events handled by the latest run. */
    public long events() {
        return kernel.events();
    }

    /** The processes as the latest run left them, for tests that look inside. */
    Assembly processes() {
        return qemu;
    }

    private End execute(Strategy strategy, long seed, Recorder recorderOrNull, Kernel.Listener listenerOrNull) {
        kernel.reset();
        net.reset(seed, recorderOrNull);
        qemu.source().reset(seed, recorderOrNull);
        qemu.destination().reset(seed, recorderOrNull);
        operator.reset(seed, recorderOrNull);
        operator.begin();
        return kernel.run(strategy, limits, listenerOrNull);
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
