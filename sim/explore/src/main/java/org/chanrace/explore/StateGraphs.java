package org.chanrace.explore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.chanrace.model.scenario.Scenario;

/**
 * What is known of the states of one small instance, for several explanations of its orders: most of the states that one goes through, another one has gone
 * through before. As many graphs as there are explanations at the same time; what is in them makes nothing but a difference of speed.
 */
public final class StateGraphs {
    /** One of more states is given up for a new one: there is to be room for what the next explanation comes to. */
    private static final int MOST_STATES = 300_000;

    private final Scenario small;
    private final Deque<StateGraph> idle = new ArrayDeque<>();

    /** @param small the small instance */
    public StateGraphs(Scenario small) {
        this.small = Objects.requireNonNull(small);
    }

    Scenario small() {
        return small;
    }

    /** One that nobody else uses. */
    synchronized StateGraph take() {
        return idle.isEmpty() ? StateGraph.of(small) : idle.pop();
    }

    /** Whoever has taken it needs it no longer. */
    synchronized void giveBack(StateGraph graph) {
        if (graph.size() <= MOST_STATES) idle.push(graph);
    }
}
