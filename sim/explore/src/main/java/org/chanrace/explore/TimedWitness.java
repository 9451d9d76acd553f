package org.chanrace.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.TimedSearch.Seen;
import org.chanrace.explore.TimedSearch.Way;
import org.chanrace.explore.TimedWalker.Successor;
import org.chanrace.explore.Timing.Longer;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/** Finds an order that leads to a state of a {@link TimedSearch}, with moments that the durations allow, and runs it by time. */
final class TimedWitness {
    private final Scenario scenario;
    private final TimedWalker walker;

    TimedWitness(Scenario scenario, TimedWalker walker) {
        this.scenario = scenario;
        this.walker = walker;
    }

    /**
     * One state of an order.
     *
     * @param seen where it stands among those that were found
     * @param picked what was picked on the way to it
     * @param due the variable of when that was due
     * @param own the variable of when it would have been due if nothing had held it up
     */
    private record Step(Step before, Seen seen, TimedState state, int picked, boolean chosen, int due, int own) {}

    /**
     * An order that leads to a state, with one way of its durations: everything as early as it can be. Where states were put together as one, not every
     * way to it can be gone on in every way: then others are tried. What is past is kept, so that the zone at the end is about all of it.
     */
    Witness of(Ending ending, Seen end) {
        Map<Seen, List<Way>> onwards = new LinkedHashMap<>();
        Deque<Seen> open = new ArrayDeque<>(List.of(end));
        onwards.put(end, new ArrayList<>());
        Seen beginning = end;
        while (!open.isEmpty()) {
            Seen seen = open.remove();
            if (seen.ways.isEmpty()) beginning = seen;
            for (Way way : seen.ways) {
                if (!onwards.containsKey(way.from())) open.add(way.from());
                onwards.computeIfAbsent(way.from(), s -> new ArrayList<>()).add(new Way(seen, way.lane()));
            }
        }
        Deque<Step> stack = new ArrayDeque<>();
        stack.push(new Step(null, beginning, walker.begin(), -1, false, -1, -1));
        Map<Seen, List<TimedState.Folded>> tried = new LinkedHashMap<>();
        while (!stack.isEmpty()) {
            Step step = stack.pop();
            if (step.seen() == end) return witness(ending, step);
            TimedState.Folded folded = step.state().fold();
            List<TimedState.Folded> before = tried.computeIfAbsent(step.seen(), s -> new ArrayList<>());
            // Of one order it may be known that a receiver is no longer busy, where of another one to the same state it is not.
            if (before.stream().anyMatch(f -> Arrays.equals(f.shape(), folded.shape()) && f.zone().includes(folded.zone()))) continue;
            before.add(folded);
            goOn(step, onwards.get(step.seen()), stack);
        }
        throw new IllegalStateException("no order leads to a state that was found");
    }

    private void goOn(Step step, List<Way> onwards, Deque<Step> stack) {
        List<Successor> successors = walker.successors(step.state());
        for (Successor successor : successors) {
            int lane = successor.lane();
            boolean chosen = successors.stream().anyMatch(s -> s.lane() != lane);
            int due = step.state().due.get(lane).get(0);
            int own = step.state().own.get(lane).get(0);
            TimedState.Folded folded = successor.state().fold();
            // Of one order it may be known that a receiver is no longer busy where of several it is not: so only what is pending is compared.
            for (Way way : onwards)
                if (way.lane() == lane && way.from().zone.includes(folded.zone(), folded.pending() + 1))
                    stack.push(new Step(step, way.from(), successor.state(), lane, chosen, due, own));
        }
    }

    private Witness witness(Ending ending, Step end) {
        Deque<Step> steps = new ArrayDeque<>();
        for (Step step = end; step.before() != null; step = step.before()) steps.push(step);
        Scenario timeless = TimedInstance.timeless(scenario);
        Steps unsorted = Simulation.of(timeless).steps();
        unsorted.begin(0);
        int[] numbers = new int[unsorted.lanes()];
        List<Move> moves = new ArrayList<>();
        List<Long> moments = new ArrayList<>();
        long[] due = new long[steps.size()];
        long[] own = new long[steps.size()];
        for (Step step : steps) {
            int lane = unsorted.actual(step.picked());
            due[moves.size()] = earliest(end, step.due());
            own[moves.size()] = earliest(end, step.own());
            moments.add(earliest(end, step.state().now));
            moves.add(new Move(lane, ++numbers[lane], unsorted.words(lane), step.chosen()));
            unsorted.handle(lane);
        }
        Order order = new Order(moves);
        Optional<RunResult> run = byTime(order, due, ending);
        Timing timing = new Timing(moments, longer(order, own, moments), run.isPresent());
        return new Witness(ending, order, run.orElseGet(() -> Simulation.of(timeless).replayOrder(order.schedule(), true)), Optional.of(timing));
    }

    /** The earliest moment of a variable: the earliest of all together are a solution, since each bound is on the difference of two. */
    private static long earliest(Step end, int variable) {
        // The variable of the beginning is the first of all.
        return -end.state().zone.most(0, variable);
    }

    /** The run by time in which each event is due when it is here and all else takes the least that it can; empty when that is not this order, or ends otherwise. */
    private Optional<RunResult> byTime(Order order, long[] due, Ending ending) {
        Scenario quickest = TimedInstance.quickest(scenario);
        Simulation simulation = Simulation.of(quickest);
        Delays delays = simulation.delays().endAfter(due.length);
        int[] happens = new int[simulation.steps().lanes()];
        for (int i = 0; i < due.length; i++) {
            Move move = order.moves().get(i);
            delays.at(move.lane(), move.number(), due[i]);
            happens[move.lane()] = move.number();
        }
        for (int lane = 0; lane < happens.length; lane++) delays.never(lane, happens[lane] + 1);
        List<Integer> lanes = new ArrayList<>();
        RunResult result = simulation.run(delays, (lane, event, now) -> lanes.add(lane), true);
        boolean same = lanes.equals(order.moves().stream().map(Move::lane).toList());
        return same && Ending.of(simulation.steps(), quickest.bounds().finds()).equals(ending) ? Optional.of(result) : Optional.empty();
    }

    /** What takes longer than it has to; what may come at any moment takes no time of its own. */
    private List<Longer> longer(Order order, long[] own, List<Long> moments) {
        List<Causes.Event> events = Causes.of(TimedInstance.quickest(scenario), order).events();
        List<Longer> all = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
            Causes.Event event = events.get(i);
            // There buffers hold all that is written, so that nothing has more than one.
            Causes.After cause = event.causes().get(0);
            long least = cause.nanos();
            long takes = own[i] - (cause.event() < 0 ? 0 : moments.get(cause.event()));
            if (!event.free() && takes > least) all.add(new Longer(event.move(), takes, least));
        }
        return all;
    }
}
