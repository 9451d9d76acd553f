package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
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
    /** Of the table of what was visited, for each state, about. */
    private static final int BYTES_AN_ENTRY = 150;
    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private final Scenario scenario;
    private final Settings settings;
    private final TimedWalker walker;
    /** For each state of the processes, by its fingerprint, the zones that were seen and that no other one includes. */
    private final Map<HashValue128, List<Zone>> visited = new LinkedHashMap<>();
    private final Ancestry ancestry = new Ancestry();
    private final SortedMap<Ending, Search.Ended> endings = new TreeMap<>();
    private long transitions;
    private long openBytes;
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

    /** A state to go on from, unless another one that was seen in the meantime includes it. */
    private record Open(int number, TimedState.Folded state, List<Zone> alike) {
        boolean isSuperseded() {
            for (Zone zone : alike) if (zone == state.zone()) return false;
            return true;
        }
    }

    private Exploration run() {
        Deque<Open> level = new ArrayDeque<>();
        Deque<Open> next = new ArrayDeque<>();
        add(walker.begin().fold(), -1, 0, level);
        while (!level.isEmpty() && bytes() <= settings.maxMemoryBytes()) {
            Open from = level.remove();
            openBytes -= from.state().bytes();
            if (!from.isSuperseded()) {
                List<Successor> successors = walker.successors(from.state().unfold());
                transitions += successors.size();
                // Which of the successors it was is remembered: there may be several by the same lane.
                for (int i = 0; i < successors.size(); i++) add(successors.get(i).state().fold(), from.number(), i, next);
            }
            if (!level.isEmpty() || next.isEmpty()) continue;
            depth++;
            Deque<Open> done = level;
            level = next;
            next = done;
        }
        List<Found> found = new ArrayList<>();
        for (Search.Ended ended : endings.values()) found.add(new Found(ended.states(), witness(ended.ending(), ancestry.path(ended.first()))));
        int frontier = level.size() + next.size();
        return new Exploration(scenario, TimedInstance.timeless(scenario), frontier == 0, ancestry.size(), transitions, depth, frontier, bytes(), found, true);
    }

    private long bytes() {
        return zoneBytes + ancestry.bytes() + openBytes;
    }

    private void add(TimedState.Folded state, int parent, int successor, Deque<Open> next) {
        StateWriter writer = new StateWriter();
        state.writeShape(writer);
        List<Zone> alike = visited.computeIfAbsent(HASHER.hashBytesTo128Bits(writer.buffer(), 0, writer.size()), f -> new ArrayList<>());
        for (Zone zone : alike) if (zone.includes(state.zone())) return;
        for (Iterator<Zone> each = alike.iterator(); each.hasNext(); ) {
            Zone zone = each.next();
            if (!state.zone().includes(zone)) continue;
            zoneBytes -= zone.bytes() + BYTES_AN_ENTRY;
            each.remove();
        }
        alike.add(state.zone());
        zoneBytes += state.zone().bytes() + BYTES_AN_ENTRY;
        int number = ancestry.add(parent, successor);
        int code = walker.endingCode(state.processes());
        if (code >= 0) {
            Ending ending = Ending.of(code);
            endings.merge(ending, new Search.Ended(ending, 1, number), (was, one) -> new Search.Ended(was.ending(), was.states() + 1, was.first()));
            if (ending.outcome() == Outcome.SPLIT_BRAIN) return;
        }
        openBytes += state.bytes();
        next.add(new Open(number, state, alike));
    }

    // Witnesses.

    /** The order that these successors lead to, with one way of its durations: everything as early as it can be. */
    private Witness witness(Ending ending, int[] path) {
        Scenario small = TimedInstance.timeless(scenario);
        Steps unsorted = Simulation.of(small).steps();
        unsorted.begin(0);
        int[] numbers = new int[unsorted.lanes()];
        List<Move> moves = new ArrayList<>();
        List<int[]> variables = new ArrayList<>();
        TimedState state = walker.begin();
        int beginning = state.now;
        for (int successor : path) {
            // What is past is kept, so that the zone at the end is about all of it.
            List<Successor> successors = walker.successors(state);
            int picked = successors.get(successor).lane();
            int lane = unsorted.actual(picked);
            moves.add(new Move(lane, ++numbers[lane], unsorted.words(lane), successors.stream().anyMatch(s -> s.lane() != picked)));
            unsorted.handle(lane);
            int due = state.own.get(picked).get(0);
            state = successors.get(successor).state();
            variables.add(new int[] {due, state.now});
        }
        long[] due = new long[moves.size()];
        long[] at = new long[due.length];
        for (int i = 0; i < at.length; i++) {
            due[i] = -state.zone.most(beginning, variables.get(i)[0]);
            at[i] = -state.zone.most(beginning, variables.get(i)[1]);
        }
        Order order = new Order(moves);
        return new Witness(ending, order, timedRun(order, due, at, ending).orElseGet(() -> Simulation.of(small).replayOrder(order.schedule(), true)));
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
        return same && Disturbances.endsAlike(result, ending) ? Optional.of(result) : Optional.empty();
    }
}
