package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.chanrace.kernel.WaitForGraph.Wait;
import org.junit.jupiter.api.Test;

class WaitForGraphTest {
    private static final int SOURCE = 0;
    private static final int DESTINATION = 1;
    private static final int NETWORK = 2;
    private static final int LISTEN = 3;

    private final WaitForGraph graph = new WaitForGraph();

    private Wait wait(int waiter, int awaited, String why) {
        Wait wait = new Wait(waiter, awaited, why);
        graph.add(wait);
        return wait;
    }

    @Test
    void nobodyWaits() {
        assertThat(graph.shortestCycle()).isEmpty();
    }

    @Test
    void waitingWithoutACycleIsNoDeadlock() {
        wait(SOURCE, NETWORK, "waits for room in main's send buffer");
        wait(NETWORK, DESTINATION, "waits for room in main's receive buffer");
        wait(LISTEN, DESTINATION, "waits for the main loop");
        assertThat(graph.shortestCycle()).isEmpty();
    }

    @Test
    void theCycleIsGivenInOrderFromItsLowestNode() {
        Wait third = wait(DESTINATION, SOURCE, "waits for preempt");
        Wait second = wait(NETWORK, DESTINATION, "waits for a reader");
        Wait first = wait(SOURCE, NETWORK, "waits for room");
        assertThat(graph.shortestCycle()).containsExactly(first, second, third);
    }

    @Test
    void theShorterCycleIsTheBetterExplanation() {
        wait(SOURCE, DESTINATION, "long way");
        wait(DESTINATION, NETWORK, "long way");
        wait(NETWORK, SOURCE, "long way");
        Wait there = wait(DESTINATION, LISTEN, "waits for the listen thread");
        Wait back = wait(LISTEN, DESTINATION, "waits for the main loop");
        assertThat(graph.shortestCycle()).containsExactly(there, back);
    }

    @Test
    void whoWaitsForItselfIsACycleOfOne() {
        wait(SOURCE, DESTINATION, "there");
        wait(DESTINATION, SOURCE, "back");
        Wait self = wait(DESTINATION, DESTINATION, "waits for its own main loop");
        assertThat(graph.shortestCycle()).containsExactly(self);
    }

    @Test
    void ofTwoWaitsBetweenTheSameNodesTheFirstIsTold() {
        Wait first = wait(SOURCE, DESTINATION, "first");
        wait(SOURCE, DESTINATION, "second");
        Wait back = wait(DESTINATION, SOURCE, "back");
        assertThat(graph.shortestCycle()).containsExactly(first, back);
    }
}
