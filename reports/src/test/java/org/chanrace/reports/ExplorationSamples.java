package org.chanrace.reports;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chanrace.explore.Constraint;
import org.chanrace.explore.Decides;
import org.chanrace.explore.Detour;
import org.chanrace.explore.Disturbance;
import org.chanrace.explore.Disturbances.Sought;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Order;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.OrderingCore;
import org.chanrace.explore.Precedence;
import org.chanrace.explore.Provocation;
import org.chanrace.explore.SmallInstance;
import org.chanrace.explore.Timing;
import org.chanrace.explore.Witness;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.reports.ExploredPairing.Expected;

/** Explorations as the explorer would give them, made by hand. */
final class ExplorationSamples {
    static final Ending COMPLETED = new Ending(Outcome.COMPLETED, GuestLocation.DESTINATION, Monitor.ANSWERS, Monitor.ANSWERS, false, false);
    static final Ending STALLED = new Ending(Outcome.PRECOPY_STALL, GuestLocation.SOURCE, Monitor.ANSWERS, Monitor.HUNG, false, false);
    static final Ending PAUSED = new Ending(Outcome.POSTCOPY_PAUSED, GuestLocation.NEITHER, Monitor.ANSWERS, Monitor.ANSWERS, true, false);

    private static final Move MAIN = new Move(24, 3, "the ACK of connection 1 (main) arrives", true);
    private static final Move PREEMPT = new Move(25, 3, "the ACK of connection 2 (preempt) arrives", true);
    private static final Move ACCEPTS = new Move(14, 1, "the destination's main loop accepts a connection", false);
    private static final Move START = new Move(1, 1, "operator: migrate-start-postcopy", true);
    private static final Move BREAK = new Move(2, 1, "operator: every connection is broken", true);

    /** What comes of a moment of the hand-made runs, which are by time, is as good a number of an event as any. */
    private static final long TICK_NANOS = 1000;

    private ExplorationSamples() {}

    static List<ExploredPairing> all() {
        return List.of(swapped(), patched(), mute(), half(), timed());
    }

    /** Two bad endings, of which one is explained; it was to be found. */
    static ExploredPairing swapped() {
        Scenario scenario = Samples.swapped().scenario();
        Exploration exploration = exploration(scenario, true, 0, found(12, COMPLETED, Samples.completed().result(), START, MAIN, ACCEPTS, PREEMPT),
                found(3, STALLED, Samples.swapped().result(), START, PREEMPT, ACCEPTS, MAIN),
                found(1, PAUSED, Samples.recovered().result(), START, BREAK));
        Found stalled = exploration.found().get(1);
        Explained explained = new Explained(stalled, Optional.of(explanation(exploration, stalled.witness())), Optional.of(found(disturbance(exploration, Samples.swapped().result()))), Optional.of(provocation(scenario)),
                Optional.of("out/capsules/swapped.capsule.yaml"));
        return new ExploredPairing("library/misorder/preempt-overtakes-main-7.2.yaml", Expected.FAILS, exploration, List.of(explained));
    }

    private static Explanation explanation(Exploration exploration, Witness witness) {
        Witness completed = exploration.found().get(0).witness();
        Constraint first = new Constraint(PREEMPT, MAIN, Decides.GOOD_OR_BAD, Optional.of(completed));
        Constraint second = new Constraint(START, MAIN, Decides.ENDING, Optional.empty());
        OrderingCore core = new OrderingCore(List.of(first, second), List.of(BREAK), 2, Optional.of(Decides.ENDING), false, false, 40, 1234);
        return new Explanation(witness, core, Optional.of(new Detour(1, PREEMPT, MAIN, completed)), true);
    }

    private static Disturbance disturbance(Exploration exploration, RunResult result) {
        return new Disturbance(exploration.small(), STALLED, Disturbance.Measure.SUM, List.of(new Disturbance.Delay(1, "main", 1, true, 2, "ACK", 215_001)),
                List.of(new Disturbance.Moment(START, 800_000_000)), List.of(), List.of(new Precedence(PREEMPT, MAIN)), 200_000, result);
    }

    private static Provocation provocation(Scenario scenario) {
        return new Provocation(Optional.of(new Provocation.Relayed(scenario, "relay: {delay: {channel: main, by: 432 us}}", 19)), List.of(216_000L, 432_000L),
                new Provocation.Queued(List.of(), List.of(216_000L), OptionalInt.of(20), Optional.of(Outcome.PRECOPY_STALL), true,
                        List.of("tc qdisc add dev DEV root handle 1: prio bands 16  # source host", "tc qdisc add dev DEV parent 1:4 netem delay 216us"),
                        List.of("netem delays every packet of the flow.")), OptionalInt.of(2));
    }

    /** Nothing bad, as it should be. */
    static ExploredPairing patched() {
        return new ExploredPairing("library/patch.yaml", Expected.PASSES,
                exploration(Samples.completed().scenario(), true, 0, found(12, COMPLETED, Samples.completed().result(), MAIN, PREEMPT), found(4, PAUSED, Samples.recovered().result(), BREAK)));
    }

    /** Nothing bad, and nothing good either: no proof. */
    static ExploredPairing mute() {
        return new ExploredPairing("library/mute.yaml", Expected.PASSES, exploration(Samples.recovered().scenario(), true, 0, found(4, PAUSED, Samples.recovered().result(), BREAK)));
    }

    /** The memory ran out. */
    static ExploredPairing half() {
        return new ExploredPairing("library/half.yaml", Expected.PASSES, exploration(Samples.open().scenario(), false, 4_321, found(12, COMPLETED, Samples.completed().result(), MAIN)));
    }

    /** Only orders that durations allow; one ends badly when a packet takes longer than another. */
    static ExploredPairing timed() {
        Scenario scenario = Samples.swapped().scenario();
        Timing timing = new Timing(List.of(0L, 300_000L, 300_000L, 530_001L), List.of(new Timing.Longer(MAIN, 315_001, 100_000)), true);
        Witness late = new Witness(STALLED, new Order(List.of(START, PREEMPT, ACCEPTS, MAIN)), Samples.swapped().result(), Optional.of(timing));
        Witness good = new Witness(COMPLETED, new Order(List.of(MAIN, PREEMPT)), Samples.completed().result(), Optional.of(new Timing(List.of(0L, 1L), List.of(), false)));
        Exploration exploration = new Exploration(scenario, SmallInstance.of(scenario), true, 2904, 6989, 29, 0, 148_496, List.of(new Found(12, good), new Found(3, late)), true, List.of());
        return new ExploredPairing("library/misorder/preempt-overtakes-main-7.2.yaml", Expected.PASSES, exploration);
    }

    /** A pairing in which every text that a user or a model may choose freely is this one. */
    static ExploredPairing saying(String text) {
        ReportedRun run = Samples.saying(text);
        Move one = new Move(1, 1, text, true);
        Move other = new Move(2, 1, text, true);
        Exploration exploration = exploration(run.scenario(), true, 0, found(1, STALLED, run.result(), one, other));
        Witness witness = exploration.found().get(0).witness();
        OrderingCore core = new OrderingCore(List.of(new Constraint(one, other, Decides.OUTCOME, Optional.of(witness))), List.of(one), 1, Optional.of(Decides.ENDING), false, true, 1, 1);
        Explanation explanation = new Explanation(witness, core, Optional.of(new Detour(0, one, other, witness)), true);
        Disturbance disturbance = new Disturbance(exploration.small(), STALLED, Disturbance.Measure.MAX, List.of(new Disturbance.Delay(1, text, 2, false, 1, text, 1)),
                List.of(new Disturbance.Moment(one, 1)), List.of(), List.of(new Precedence(one, other)), 1, run.result());
        return new ExploredPairing(text, Expected.PASSES, exploration,
                List.of(new Explained(exploration.found().get(0), Optional.of(explanation), Optional.of(found(disturbance)),
                        Optional.of(new Provocation(Optional.of(new Provocation.Relayed(run.scenario(), text, 1)), List.of(1_000L),
                                new Provocation.Queued(List.of(), List.of(1_000L), OptionalInt.empty(), Optional.of(Outcome.COMPLETED), true, List.of(text), List.of(text)), OptionalInt.of(0))), Optional.of(text))));
    }

    private static Sought found(Disturbance disturbance) {
        return new Sought(Optional.of(disturbance), Optional.empty());
    }

    static Exploration exploration(Scenario scenario, boolean complete, int frontier, Found... found) {
        return new Exploration(scenario, SmallInstance.of(scenario), complete, 2904, 6989, 29, frontier, 148_496, List.of(found), false, List.of());
    }

    static Found found(long states, Ending ending, RunResult result, Move... moves) {
        return new Found(states, new Witness(ending, new Order(List.of(moves)), result.ticking(TICK_NANOS)));
    }
}
