package org.chanrace.explore;

import java.util.ArrayDeque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/**
 * Goes through all states of a small instance, breadth first, so that the first way found to anything is a shortest one.
 *
 * <p>Level by level: workers take pieces of the level and find out where its states lead; one thread looks at what they found in the order of
 * the pieces, and numbers the states that are new. So counts, outcomes and ways do not depend on the number of threads.
 */
final class Search {
    private static final int PIECE = 128;
    /** A level this small is done before another thread has woken up. */
    private static final int WORTH_SHARING = 4 * PIECE;

    private final Scenario small;
    private final Settings settings;
    private final Visited visited = new Visited();
    private final Ancestry ancestry = new Ancestry();
    private final SortedMap<Ending, Ended> endings = new TreeMap<>();
    private final KnownParties known = new KnownParties();
    private final Expansion expansion;
    private Snapshots level;
    private Snapshots next;
    /** Bytes that are taken by what was known when the level was begun: what the threads find out meanwhile depends on who comes first. */
    private long knownBytes;
    private long transitions;
    private boolean switching;
    private int depth;
    private boolean complete = true;
    private Explorer.Watcher watcher = found -> {};

    /**
     * Runs that end alike.
     *
     * @param ending how
     * @param states the number of states in which they end
     * @param first the number of the state that was found first
     */
    record Ended(Ending ending, long states, int first) {}

    Search(Scenario small, Settings settings) {
        this.small = small;
        this.settings = settings;
        this.expansion = new Expansion(small, settings.reduction(), known);
        this.level = new Snapshots(expansion.state().length);
        this.next = new Snapshots(expansion.state().length);
    }

    Search watchedBy(Explorer.Watcher by) {
        watcher = by;
        return this;
    }

    /** Goes through the states, to the end or until the memory is used up. */
    Search run() {
        expansion.begin();
        Candidates first = new Candidates();
        first.add(expansion.high(), expansion.low(), -1, 0, expansion.endingCode(), expansion.state());
        visited.add(first.high[0], first.low[0]);
        found(first.ending[0], ancestry.add(-1, 0));
        level.add(0, first.parties, 0);
        Workers workers = null;
        try {
            while (level.size() > 0 && complete) {
                knownBytes = known.bytes();
                if (settings.jobs() > 1 && level.size() >= WORTH_SHARING) {
                    if (workers == null) workers = new Workers();
                    workers.explore();
                } else exploreAlone();
                if (next.size() > 0) depth++;
                Snapshots done = level;
                level = next;
                next = done;
                if (complete) next.clear();
            }
        } finally {
            if (workers != null) workers.stop();
        }
        return this;
    }

    private void exploreAlone() {
        Candidates found = new Candidates();
        for (int from = 0; from < level.size() && complete; from += PIECE) {
            found.clear(0);
            expansion.expand(level, from, Math.min(level.size(), from + PIECE), visited, found);
            merge(found);
        }
    }

    private void merge(Candidates found) {
        if (!complete) return;
        transitions += found.transitions;
        switching |= found.switching;
        for (int i = 0; i < found.size; i++) {
            if (!visited.add(found.high[i], found.low[i])) continue;
            int state = ancestry.add(found.parent[i], found.lane[i]);
            found(found.ending[i], state);
            // The guest runs twice: whatever happens now, it has happened.
            if (found.ending[i] >= 0 && Ending.of(found.ending[i]).outcome() == Outcome.SPLIT_BRAIN) continue;
            next.add(state, found.parties, i * expansion.state().length);
        }
        watcher.states(ancestry.size());
        if (bytes() + knownBytes > settings.maxMemoryBytes()) complete = false;
    }

    private void found(int endingCode, int state) {
        if (endingCode < 0) return;
        endings.merge(Ending.of(endingCode), new Ended(Ending.of(endingCode), 1, state), (was, one) -> new Ended(was.ending(), was.states() + 1, was.first()));
    }

    boolean isComplete() {
        return complete;
    }

    int states() {
        return ancestry.size();
    }

    long transitions() {
        return transitions;
    }

    int depth() {
        return depth;
    }

    /** States that were found and not gone on from. */
    int frontier() {
        return complete ? 0 : level.size() + next.size();
    }

    SortedMap<Ending, Ended> endings() {
        return endings;
    }

    /** Those of the instance's events that take effect in no order, as far as orders were tried. */
    List<OperatorEvent> ineffective() {
        return Ineffective.of(small, ancestry.picked(), switching);
    }

    /** The choices that lead to a state. */
    int[] path(int state) {
        return ancestry.path(state);
    }

    /** Bytes that are taken by the states that were seen, and those that wait to be gone on from. */
    long bytes() {
        return visited.bytes() + ancestry.bytes() + level.bytes() + next.bytes();
    }

    /** Threads that explore pieces of a level; started when a level is first large enough. */
    private final class Workers {
        private final MpmcVarHandleArrayQueue<Candidates> pieces = new MpmcVarHandleArrayQueue<>(4 * settings.jobs());
        private final MpscUnboundedVarHandleArrayQueue<Candidates> results = new MpscUnboundedVarHandleArrayQueue<>(64);
        private final ArrayDeque<Candidates> free = new ArrayDeque<>();
        private final Thread merger = Thread.currentThread();
        private final Thread[] threads = new Thread[settings.jobs()];
        private volatile boolean over;
        private volatile Throwable failure;

        Workers() {
            for (int t = 0; t < threads.length; t++) {
                Expansion own = t == 0 ? expansion : new Expansion(small, settings.reduction(), known);
                threads[t] = new Thread(() -> work(own), "explorer-" + t);
                threads[t].setDaemon(true);
                threads[t].start();
            }
        }

        void explore() {
            int count = (level.size() + PIECE - 1) / PIECE;
            Candidates[] arrived = new Candidates[count];
            int given = 0;
            int merged = 0;
            // As many pieces are under way as the queue of pieces holds, so that what is found but not yet merged stays bounded.
            int window = 2 * threads.length;
            while (merged < count) {
                while (given < count && given < merged + window) {
                    Candidates piece = free.isEmpty() ? new Candidates() : free.remove();
                    piece.clear(given++);
                    pieces.offer(piece);
                    for (Thread thread : threads) LockSupport.unpark(thread);
                }
                if (failure instanceof Error error) throw error;
                if (failure instanceof RuntimeException exception) throw exception;
                Candidates result = results.poll();
                if (result == null) {
                    LockSupport.park(this);
                    continue;
                }
                arrived[result.piece] = result;
                while (merged < count && arrived[merged] != null) {
                    merge(arrived[merged]);
                    free.add(arrived[merged]);
                    arrived[merged++] = null;
                }
            }
        }

        private void work(Expansion own) {
            while (!over) {
                Candidates piece = pieces.poll();
                if (piece == null) {
                    LockSupport.park(this);
                    continue;
                }
                try {
                    int from = piece.piece * PIECE;
                    own.expand(level, from, Math.min(level.size(), from + PIECE), visited, piece);
                    results.offer(piece);
                } catch (RuntimeException | Error thrown) {
                    // Whoever merges would wait for this piece for ever: the heap may be full.
                    failure = thrown;
                }
                LockSupport.unpark(merger);
            }
        }

        void stop() {
            over = true;
            for (Thread thread : threads) LockSupport.unpark(thread);
        }
    }
}
