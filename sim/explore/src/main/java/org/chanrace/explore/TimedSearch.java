package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.TimedWalker.Successor;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;

/**
 * Goes through all states of a small instance that are possible when every duration is one that the scenario's distributions give, breadth first.
 *
 * <p>Of two states with the same processes of which the one can be at all moments of the other, and more, only that one is gone on from. Otherwise nothing is
 * reduced: two events that commute take time, and which of them comes first decides what else may come between them.
 */
final class TimedSearch {
    /** Of what is kept of a state beside its zone and its processes, about. */
    private static final int BYTES_A_STATE = 250;
    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private final Scenario scenario;
    private final Settings settings;
    private final TimedWalker walker;
    /** For each state of the processes, by its fingerprint, those that were seen and that no other one includes. */
    private final Map<HashValue128, List<Seen>> visited = new LinkedHashMap<>();
    private final SortedMap<Ending, Ended> endings = new TreeMap<>();
    private Deque<Seen> level = new ArrayDeque<>();
    private Deque<Seen> next = new ArrayDeque<>();
    private int states;
    private long transitions;
    private long bytes;
    private int depth;

    private TimedSearch(Scenario scenario, Settings settings) {
        this.scenario = scenario;
        this.settings = settings;
        this.walker = new TimedWalker(scenario);
    }

    /** Explores the orders of a scenario's small instance that its durations allow. */
    static Exploration explore(Scenario scenario, Settings settings) {
        return new TimedSearch(scenario, settings).run();
    }

    /** Runs that end alike: in how many states, and where first. */
    private record Ended(long states, Seen first) {}

    /** A way to a state: from another one, by a lane. */
    private record Way(Seen from, int lane) {}

    /** A state that was found. */
    private static final class Seen {
        final HashValue128 shape;
        final Zone zone;
        final List<Way> ways = new ArrayList<>();
        /** Null once it was gone on from, or another one includes it. */
        TimedState.Folded open;
        /** On which level it stands. */
        final int level;

        Seen(HashValue128 shape, TimedState.Folded state, int level) {
            this.shape = shape;
            this.zone = state.zone();
            this.open = state;
            this.level = level;
        }
    }

    private Exploration run() {
        add(walker.begin().fold(), List.of(), next);
        level.add(next.remove());
        while (!level.isEmpty() && bytes <= settings.maxMemoryBytes()) {
            Seen from = level.remove();
            if (from.open != null) goOn(from);
            if (!level.isEmpty() || next.isEmpty()) continue;
            depth++;
            Deque<Seen> done = level;
            level = next;
            next = done;
        }
        int frontier = 0;
        for (Seen left : level) if (left.open != null) frontier++;
        for (Seen left : next) if (left.open != null) frontier++;
        List<Found> found = new ArrayList<>();
        endings.forEach((ending, ended) -> found.add(new Found(ended.states(), witness(ending, ended.first()))));
        return new Exploration(scenario, TimedInstance.timeless(scenario), frontier == 0, states, transitions, depth, frontier, bytes, found, true);
    }

    private void goOn(Seen from) {
        TimedState.Folded state = from.open;
        close(from);
        states++;
        int code = walker.endingCode(state.processes());
        if (code >= 0) {
            Ending ending = Ending.of(code);
            endings.merge(ending, new Ended(1, from), (was, one) -> new Ended(was.states() + 1, was.first()));
            if (ending.outcome() == Outcome.SPLIT_BRAIN) return;
        }
        for (Successor successor : walker.successors(state.unfold())) {
            transitions++;
            add(successor.state().fold(), List.of(new Way(from, successor.lane())), next);
        }
    }

    private void close(Seen state) {
        if (state.open != null) bytes -= state.open.processes().length;
        state.open = null;
    }

    /** Adds a state, unless one that was seen includes it; instead of it and one of the same level that it goes together with, the two as one. */
    private void add(TimedState.Folded state, List<Way> ways, Deque<Seen> to) {
        StateWriter writer = new StateWriter();
        state.writeShape(writer);
        HashValue128 shape = HASHER.hashBytesTo128Bits(writer.buffer(), 0, writer.size());
        List<Seen> alike = visited.computeIfAbsent(shape, s -> new ArrayList<>());
        List<Way> all = new ArrayList<>(ways);
        TimedState.Folded grown = state;
        for (int i = 0; i < alike.size(); i++) {
            Seen other = alike.get(i);
            if (other.zone.includes(grown.zone())) {
                // As long as it was not gone on from, the new ways to it count too: one of them may be the one that a witness needs.
                if (other.open != null) other.ways.addAll(all);
                return;
            }
            boolean together = other.open != null && other.level == depth;
            Optional<Zone> union = grown.zone().includes(other.zone) ? Optional.of(grown.zone()) : together ? grown.zone().union(other.zone) : Optional.empty();
            if (union.isEmpty()) continue;
            if (together) all.addAll(other.ways);
            alike.remove(i);
            bytes -= other.zone.bytes();
            close(other);
            grown = grown.with(union.get());
            // What has grown may go together with those that it did not before.
            i = -1;
        }
        Seen added = new Seen(shape, grown, depth);
        added.ways.addAll(all);
        alike.add(added);
        bytes += grown.bytes() + BYTES_A_STATE;
        to.add(added);
    }

    // Witnesses.

    /** One state of an order: where it stands among those that were found, what was picked, and when. */
    private record Step(Step before, Seen seen, TimedState state, int picked, boolean chosen, int due) {}

    /**
     * An order that leads to a state, with one way of its durations: everything as early as it can be. Where states were put together as one, not every
     * way to it can be gone on in every way: then others are tried. What is past is kept, so that the zone at the end is about all of it.
     */
    private Witness witness(Ending ending, Seen end) {
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
        stack.push(new Step(null, beginning, walker.begin(), -1, false, -1));
        Map<Seen, List<Zone>> tried = new LinkedHashMap<>();
        while (!stack.isEmpty()) {
            Step step = stack.pop();
            if (step.seen() == end) return witness(ending, step);
            Zone zone = step.state().fold().zone();
            List<Zone> before = tried.computeIfAbsent(step.seen(), s -> new ArrayList<>());
            if (before.stream().anyMatch(z -> z.includes(zone))) continue;
            before.add(zone);
            List<Successor> successors = walker.successors(step.state());
            for (Successor successor : successors) {
                boolean chosen = successors.stream().anyMatch(s -> s.lane() != successor.lane());
                int due = step.state().own.get(successor.lane()).get(0);
                for (Way way : onwards.get(step.seen()))
                    if (way.lane() == successor.lane() && way.from().zone.size() == successor.state().fold().zone().size() && way.from().zone.includes(successor.state().fold().zone()))
                        stack.push(new Step(step, way.from(), successor.state(), successor.lane(), chosen, due));
            }
        }
        throw new IllegalStateException("no order leads to a state that was found");
    }

    private Witness witness(Ending ending, Step end) {
        Deque<Step> steps = new ArrayDeque<>();
        for (Step step = end; step.before() != null; step = step.before()) steps.push(step);
        Scenario timeless = TimedInstance.timeless(scenario);
        Steps unsorted = Simulation.of(timeless).steps();
        unsorted.begin(0);
        int[] numbers = new int[unsorted.lanes()];
        List<Move> moves = new ArrayList<>();
        long[] due = new long[steps.size()];
        long[] at = new long[steps.size()];
        for (Step step : steps) {
            int lane = unsorted.actual(step.picked());
            // The variable of the beginning is the first of all.
            due[moves.size()] = -end.state().zone.most(0, step.due());
            at[moves.size()] = -end.state().zone.most(0, step.state().now);
            moves.add(new Move(lane, ++numbers[lane], unsorted.words(lane), step.chosen()));
            unsorted.handle(lane);
        }
        Order order = new Order(moves);
        return new Witness(ending, order, timedRun(order, due, at, ending).orElseGet(() -> Simulation.of(timeless).replayOrder(order.schedule(), true)));
    }

    /** The run by time with these moments; empty when it is another one than this order, as when its guest runs twice and it goes on. */
    private Optional<RunResult> timedRun(Order order, long[] due, long[] at, Ending ending) {
        Scenario quickest = TimedInstance.quickest(scenario);
        Simulation simulation = Simulation.of(quickest);
        List<Causes.Event> events = Causes.of(quickest, order).events();
        Steps steps = simulation.steps();
        Delays delays = simulation.delays();
        int[] happens = new int[steps.lanes()];
        for (int i = 0; i < at.length; i++) {
            Causes.Event event = events.get(i);
            Causes.Packet packet = event.packetOrNull();
            happens[event.move().lane()]++;
            long later = due[i] - event.cause().nanos() - (event.cause().event() < 0 ? 0 : at[event.cause().event()]);
            if (later <= 0) continue;
            if (packet != null) delays.late(packet.connection(), packet.hop(), packet.toDestination(), packet.number(), later);
            else if (delays.canWait(event.move().lane())) delays.at(event.move().lane(), event.move().number(), due[i]);
        }
        for (int lane = 0; lane < happens.length; lane++) if (steps.isFree(lane)) delays.never(lane, happens[lane] + 1);
        List<Integer> lanes = new ArrayList<>();
        RunResult result = simulation.run(delays, (lane, event, now) -> lanes.add(lane), true);
        List<Integer> expected = order.moves().stream().map(Move::lane).toList();
        boolean same = lanes.size() >= expected.size() && lanes.subList(0, expected.size()).equals(expected);
        return same && Ending.of(steps, quickest.bounds().finds()).equals(ending) ? Optional.of(result) : Optional.empty();
    }
}
