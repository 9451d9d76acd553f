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
    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private final Scenario scenario;
    private final Settings settings;
    private final TimedWalker walker;
    /** For each state of the processes, by its fingerprint, those that were seen and that no other one includes. */
    private final Map<HashValue128, List<Seen>> visited = new LinkedHashMap<>();
    private final SortedMap<Ending, Ended> endings = new TreeMap<>();
    private Explorer.Watcher watcher = found -> {};
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

    /** Runs that end alike: in how many states, and where first. */
    private record Ended(long states, Seen first) {}

    /** A way to a state: from another one, by a lane. */
    record Way(Seen from, int lane) {}

    /** A state that was found. */
    static final class Seen {
        final Zone zone;
        final List<Way> ways = new ArrayList<>();
        /** Null once it was gone on from, or another one includes it. */
        TimedState.Folded open;
        /** On which level it stands. */
        final int level;

        Seen(TimedState.Folded state, int level) {
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
        TimedWitness witness = new TimedWitness(scenario, walker);
        endings.forEach((ending, ended) -> found.add(new Found(ended.states(), witness.of(ending, ended.first()))));
        return new Exploration(scenario, TimedInstance.timeless(scenario), frontier == 0, states, transitions, depth, frontier, bytes, found, true);
    }

    private void goOn(Seen from) {
        TimedState.Folded state = from.open;
        close(from);
        watcher.states(++states);
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
            if (settings.reduction() ? other.zone.includes(grown.zone()) : other.zone.includes(grown.zone()) && grown.zone().includes(other.zone)) {
                // As long as it was not gone on from, the new ways to it count too: one of them may be the one that a witness needs.
                if (other.open != null) other.ways.addAll(all);
                return;
            }
            if (!settings.reduction()) continue;
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
        Seen added = new Seen(grown, depth);
        added.ways.addAll(all);
        alike.add(added);
        bytes += grown.bytes() + BYTES_A_STATE;
        to.add(added);
    }
}
