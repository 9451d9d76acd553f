package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.TimedWalker.Successor;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;

/**
 * Goes through all states of a small instance that are possible when every duration is one that the scenario's distributions give, breadth first.
 *
 * <p>Of two states with the same processes of which the one can be at all moments of the other, and more, only that one is gone on from, and two of which all moments
 * together are a zone are gone on from as one: that is the whole reduction. Two events that commute take time, and which of them comes first decides what else may
 * come between them.
 */
final class TimedSearch {
    /** Of what is kept of a state beside its zone and its processes, about. */
    private static final int BYTES_A_STATE = 250;
    private static final int BYTES_A_WAY = 30;
    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private final Scenario scenario;
    private final Settings settings;
    private final TimedWalker walker;
    /** For each state of the processes, by its fingerprint, those that were seen and that no other one includes. */
    private final Map<HashValue128, List<Seen>> visited = new LinkedHashMap<>();
    private final SortedMap<Ending, List<Seen>> endings = new TreeMap<>();
    private Explorer.Watcher watcher = found -> {};
    private final BitSet picked = new BitSet();
    private boolean switching;
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
    static Exploration explore(Scenario scenario, Settings settings, Explorer.Watcher watcher) {
        TimedSearch search = new TimedSearch(scenario, settings);
        search.watcher = watcher;
        return search.run();
    }


    /** A way to a state: from another one, by a lane. */
    record Way(Seen from, int lane) {}

    /** A state that was found. */
    static final class Seen {
        final PackedZone zone;
        final List<Way> ways = new ArrayList<>();
        /** The processes, and which variables there are; null once it was gone on from, or another one includes it. */
        private byte[] processes;
        private short[] shape;
        /** How many events lead to it, at least. */
        final int level;

        Seen(TimedState.Folded state, int level) {
            this.zone = PackedZone.of(state.zone());
            this.processes = state.processes();
            this.shape = state.shape();
            this.level = level;
        }

        boolean isOpen() {
            return processes != null;
        }

        TimedState.Folded folded() {
            return new TimedState.Folded(processes, zone.unpack(), shape);
        }

        void close() {
            processes = null;
            shape = null;
        }

        /** Bytes in use. */
        long bytes() {
            return zone.bytes() + BYTES_A_STATE + (isOpen() ? processes.length + 2L * shape.length : 0);
        }
    }

    private Exploration run() {
        add(folded(walker.begin()), Optional.empty(), level);
        while (!level.isEmpty() && bytes <= settings.maxMemoryBytes()) {
            Seen from = level.remove();
            if (from.isOpen()) goOn(from);
            if (!level.isEmpty() || next.isEmpty()) continue;
            depth++;
            Deque<Seen> done = level;
            level = next;
            next = done;
        }
        int frontier = 0;
        for (Seen left : level) if (left.isOpen()) frontier++;
        for (Seen left : next) if (left.isOpen()) frontier++;
        List<Found> found = new ArrayList<>();
        TimedWitness witness = new TimedWitness(scenario, walker);
        endings.forEach((ending, ends) -> found.add(new Found(ends.size(), witness.of(ending, ends.get(0)))));
        return new Exploration(scenario, TimedInstance.timeless(scenario), frontier == 0, states, transitions, depth, frontier, bytes, found, true,
                frontier == 0 ? Ineffective.of(TimedInstance.timeless(scenario), picked, switching) : List.of());
    }

    private void goOn(Seen from) {
        TimedState.Folded state = from.folded();
        bytes -= from.bytes();
        from.close();
        bytes += from.bytes();
        watcher.states(++states);
        int code = walker.endingCode(state.processes());
        switching |= walker.steps().switching();
        if (code >= 0) {
            Ending ending = Ending.of(code);
            endings.computeIfAbsent(ending, e -> new ArrayList<>()).add(from);
            if (ending.outcome() == Outcome.SPLIT_BRAIN) return;
        }
        for (Successor successor : walker.successors(state.unfold())) {
            transitions++;
            picked.set(successor.lane());
            add(folded(successor.state()), Optional.of(new Way(from, successor.lane())), next);
        }
    }

    private TimedState.Folded folded(TimedState state) {
        return settings.reduction() ? state.foldReduced() : state.fold();
    }

    /** Adds a state, unless one that was seen includes it; instead of it and one of the same level that it goes together with, the two as one. */
    private void add(TimedState.Folded state, Optional<Way> way, Deque<Seen> to) {
        StateWriter writer = new StateWriter();
        state.writeShape(writer);
        HashValue128 shape = HASHER.hashBytesTo128Bits(writer.buffer(), 0, writer.size());
        List<Seen> alike = visited.computeIfAbsent(shape, s -> new ArrayList<>());
        int at = way.isPresent() ? depth + 1 : 0;
        List<Way> ways = new ArrayList<>();
        way.ifPresent(ways::add);
        bytes += BYTES_A_WAY;
        TimedState.Folded grown = state;
        for (int i = 0; i < alike.size(); i++) {
            Seen other = alike.get(i);
            if (settings.reduction() ? other.zone.includes(grown.zone()) : other.zone.includes(grown.zone()) && other.zone.isIn(grown.zone())) {
                // As long as it was not gone on from, the new ways to it count too: one of them may be the one that a witness needs.
                if (other.level == at) other.ways.addAll(ways);
                return;
            }
            boolean together = other.level == at;
            // What stands on the level before is still to be gone on from, since it leads to a shorter order.
            if (!settings.reduction() || !together && other.isOpen()) continue;
            Optional<Zone> union = other.zone.isIn(grown.zone()) ? Optional.of(grown.zone()) : together ? grown.zone().union(other.zone.unpack()) : Optional.empty();
            if (union.isEmpty()) continue;
            alike.remove(i);
            if (together) {
                ways.addAll(other.ways);
                bytes -= other.bytes();
                other.close();
            }
            grown = grown.with(union.get());
            // What has grown may go together with those that it did not before.
            i = -1;
        }
        Seen added = new Seen(grown, at);
        added.ways.addAll(ways);
        alike.add(added);
        bytes += added.bytes();
        to.add(added);
    }
}
