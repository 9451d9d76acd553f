package org.chanrace.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who waits for whom when a run has stalled.
 *
 * <p>Nodes are whatever the model names (threads, mostly). {@link #shortestCycle} is what an explanation should print: every
 * cycle is a deadlock, and the shortest is the easiest to read. Edges are followed in the order in which they were added, so
 * the answer does not depend on hashing.
 */
public final class WaitForGraph {
    /**
     * An edge.
     *
     * @param waiter the node that waits
     * @param awaited the node it waits for
     * @param why what for, as a clause: "waits for room in main's send buffer"
     */
    public record Wait(int waiter, int awaited, String why) {}

    private final List<List<Wait>> edges = new ArrayList<>();

    /** Adds an edge. */
    public void add(Wait wait) {
        while (edges.size() <= Math.max(wait.waiter(), wait.awaited())) edges.add(new ArrayList<>());
        edges.get(wait.waiter()).add(wait);
    }

    /** The shortest cycle, as the edges along it; of several the one that begins at the lowest node. Empty when there is none. */
    public List<Wait> shortestCycle() {
        List<Wait> best = List.of();
        for (int start = 0; start < edges.size(); start++) {
            List<Wait> cycle = shortestFrom(start);
            if (!cycle.isEmpty() && (best.isEmpty() || cycle.size() < best.size())) best = cycle;
        }
        return best;
    }

    private List<Wait> shortestFrom(int start) {
        Wait[] reachedBy = new Wait[edges.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (Wait wait : edges.get(node)) {
                if (wait.awaited() == start) return path(start, reachedBy, wait);
                if (reachedBy[wait.awaited()] == null) {
                    reachedBy[wait.awaited()] = wait;
                    queue.add(wait.awaited());
                }
            }
        }
        return List.of();
    }

    private static List<Wait> path(int start, Wait[] reachedBy, Wait last) {
        List<Wait> cycle = new ArrayList<>(List.of(last));
        for (int node = last.waiter(); node != start; node = reachedBy[node].waiter()) cycle.add(reachedBy[node]);
        Collections.reverse(cycle);
        return cycle;
    }
}
