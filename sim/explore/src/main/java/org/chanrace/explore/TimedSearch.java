package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayList;
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
 * <p>Nothing is reduced: two events that commute take time, and which of them comes first decides what else may come between them.
 */
final class TimedSearch {
    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private final Scenario scenario;
    private final Settings settings;
    private final TimedWalker walker;
    /** For each state of the processes, by its fingerprint, the zones that were seen and that no other one includes. */
    private final Map<HashValue128, List<Zone>> visited = new LinkedHashMap<>();
    private final Ancestry ancestry = new Ancestry();
    private final SortedMap<Ending, Search.Ended> endings = new TreeMap<>();
    private long transitions;
    private long pendingBytes;
    private long zoneBytes;
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

    private record Numbered(int number, TimedState state) {}

    private Exploration run() {
        List<Numbered> level = new ArrayList<>();
        TimedState begin = walker.begin().canonical();
        add(begin, -1, 0, level);
        while (!level.isEmpty() && bytes() <= settings.maxMemoryBytes()) {
            List<Numbered> next = new ArrayList<>();
            pendingBytes = 0;
            for (Numbered from : level) {
                List<Successor> successors = walker.successors(from.state());
                transitions += successors.size();
                // Which of the successors it was is remembered: there may be several by the same lane.
                for (int i = 0; i < successors.size(); i++) add(successors.get(i).state().canonical(), from.number(), i, next);
            }
            if (!next.isEmpty()) depth++;
            level = next;
        }
        List<Found> found = new ArrayList<>();
        for (Search.Ended ended : endings.values()) found.add(new Found(ended.states(), witness(ended.ending(), ancestry.path(ended.first()))));
        return new Exploration(scenario, SmallInstance.of(scenario), level.isEmpty(), ancestry.size(), transitions, depth, level.size(), bytes(), found, true);
    }

    private long bytes() {
        return zoneBytes + ancestry.bytes() + pendingBytes;
    }

    private void add(TimedState state, int parent, int successor, List<Numbered> next) {
        StateWriter writer = new StateWriter();
        state.writeShape(writer);
        List<Zone> seen = visited.computeIfAbsent(HASHER.hashBytesTo128Bits(writer.buffer(), 0, writer.size()), f -> new ArrayList<>());
        for (Zone zone : seen) if (zone.includes(state.zone)) return;
        seen.removeIf(zone -> state.zone.includes(zone));
        seen.add(state.zone);
        int number = ancestry.add(parent, successor);
        int code = walker.endingCode(state);
        if (code >= 0) {
            Ending ending = Ending.of(code);
            endings.merge(ending, new Search.Ended(ending, 1, number), (was, one) -> new Search.Ended(was.ending(), was.states() + 1, was.first()));
            if (ending.outcome() == Outcome.SPLIT_BRAIN) return;
        }
        pendingBytes += state.bytes();
        zoneBytes += state.zone.bytes();
        next.add(new Numbered(number, state));
    }

    // Witnesses.

    /** The order that these successors lead to, with one way of its durations: everything as early as it can be. */
    private Witness witness(Ending ending, int[] path) {
        Scenario small = SmallInstance.of(scenario);
        Steps unsorted = Simulation.of(small).steps();
        unsorted.begin(0);
        int[] numbers = new int[unsorted.lanes()];
        List<Move> moves = new ArrayList<>();
        List<Integer> moments = new ArrayList<>();
        TimedState state = walker.begin();
        int beginning = state.now;
        for (int successor : path) {
            // What is past is kept, so that the zone at the end is about all of it.
            List<Successor> successors = walker.successors(state);
            int picked = successors.get(successor).lane();
            int lane = unsorted.actual(picked);
            moves.add(new Move(lane, ++numbers[lane], unsorted.words(lane), successors.stream().anyMatch(s -> s.lane() != picked)));
            unsorted.handle(lane);
            state = successors.get(successor).state();
            moments.add(state.now);
        }
        long[] at = new long[moves.size()];
        for (int i = 0; i < at.length; i++) at[i] = -state.zone.most(beginning, moments.get(i));
        Order order = new Order(moves);
        return new Witness(ending, order, timedRun(order, at, ending).orElseGet(() -> Simulation.of(small).replayOrder(order.schedule(), true)));
    }

    /** The run by time with these moments; empty when it is another one than this order, as when its guest runs twice and it goes on. */
    private Optional<RunResult> timedRun(Order order, long[] at, Ending ending) {
        Scenario quickest = TimedInstance.quickest(scenario);
        Simulation simulation = Simulation.of(quickest);
        List<Causes.Event> quick = Causes.of(quickest, order).events();
        List<Causes.Event> slow = Causes.of(TimedInstance.slowest(scenario), order).events();
        Steps steps = simulation.steps();
        Delays delays = simulation.delays();
        int[] happens = new int[steps.lanes()];
        for (int i = 0; i < at.length; i++) {
            Causes.Event event = quick.get(i);
            happens[event.move().lane()]++;
            long since = event.cause().event() < 0 ? 0 : at[event.cause().event()];
            long later = Math.min(at[i] - since, slow.get(i).cause().nanos()) - event.cause().nanos();
            if (event.free()) delays.at(event.move().lane(), event.move().number(), at[i]);
            else if (later > 0 && event.packetOrNull() != null)
                delays.late(event.packetOrNull().connection(), event.packetOrNull().hop(), event.packetOrNull().toDestination(), event.packetOrNull().number(), later);
            else if (later > 0 && delays.canWait(event.move().lane())) delays.at(event.move().lane(), event.move().number(), since + event.cause().nanos() + later);
        }
        for (int lane = 0; lane < happens.length; lane++) if (steps.isFree(lane)) delays.never(lane, happens[lane] + 1);
        List<Integer> lanes = new ArrayList<>();
        RunResult result = simulation.run(delays, (lane, event, now) -> lanes.add(lane), true);
        List<Integer> expected = order.moves().stream().map(Move::lane).toList();
        boolean same = lanes.size() >= expected.size() && lanes.subList(0, expected.size()).equals(expected);
        return same && Disturbances.endsAlike(result, ending) ? Optional.of(result) : Optional.empty();
    }
}
