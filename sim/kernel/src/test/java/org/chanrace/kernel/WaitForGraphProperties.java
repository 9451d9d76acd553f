package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.kernel.WaitForGraph.Wait;

/** Beside a search that tries every path. */
class WaitForGraphProperties {
    private static final int NODES = 7;

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void theCycleIsACycleAndNoneIsShorter(@ForAll("waits") List<Wait> waits) {
        WaitForGraph graph = new WaitForGraph();
        waits.forEach(graph::add);
        List<Wait> cycle = graph.shortestCycle();

        assertThat(cycle).hasSize(shortestByForce(waits));
        for (int i = 0; i < cycle.size(); i++) {
            assertThat(waits).contains(cycle.get(i));
            assertThat(cycle.get(i).awaited()).isEqualTo(cycle.get((i + 1) % cycle.size()).waiter());
        }
        assertThat(cycle.stream().map(Wait::waiter)).doesNotHaveDuplicates();
        if (!cycle.isEmpty()) assertThat(cycle.get(0).waiter()).isEqualTo(cycle.stream().mapToInt(Wait::waiter).min().orElseThrow());
    }

    /** 0 when there is no cycle. */
    private static int shortestByForce(List<Wait> waits) {
        int best = Integer.MAX_VALUE;
        for (int start = 0; start < NODES; start++) best = Math.min(best, backTo(start, start, 0, 0, waits));
        return best == Integer.MAX_VALUE ? 0 : best;
    }

    private static int backTo(int start, int node, int visited, int length, List<Wait> waits) {
        int best = Integer.MAX_VALUE;
        for (Wait wait : waits) {
            if (wait.waiter() != node) continue;
            if (wait.awaited() == start) return length + 1;
            if ((visited & 1 << wait.awaited()) == 0)
                best = Math.min(best, backTo(start, wait.awaited(), visited | 1 << wait.awaited(), length + 1, waits));
        }
        return best;
    }

    @Provide
    Arbitrary<List<Wait>> waits() {
        Arbitrary<Integer> node = Arbitraries.integers().between(0, NODES - 1);
        return Combinators.combine(node, node, Arbitraries.of("waits for room", "waits for data"))
                .as(Wait::new)
                .filter(wait -> wait.waiter() != wait.awaited() || wait.waiter() == 0)
                .list()
                .ofMaxSize(12);
    }
}
