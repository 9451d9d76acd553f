package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against trying every subset. */
class HittingSetProperties {
    private static final int ELEMENTS = 9;

    @Provide
    Arbitrary<List<BitSet>> sets() {
        return Arbitraries.integers().between(1, (1 << ELEMENTS) - 1).map(bits -> BitSet.valueOf(new long[] {bits})).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<int[]> costs() {
        return Arbitraries.integers().between(1, 30).array(int[].class).ofSize(ELEMENTS);
    }

    @Property(tries = 200)
    void isACheapest(@ForAll("sets") List<BitSet> sets, @ForAll("costs") int[] costs) {
        BitSet hitting = HittingSet.of(costs, sets);
        assertThat(sets).allMatch(set -> set.intersects(hitting));
        int cheapest = Integer.MAX_VALUE;
        for (int bits = 0; bits < 1 << ELEMENTS; bits++) {
            BitSet candidate = BitSet.valueOf(new long[] {bits});
            if (sets.stream().allMatch(set -> set.intersects(candidate))) cheapest = Math.min(cheapest, cost(candidate, costs));
        }
        assertThat(cost(hitting, costs)).isEqualTo(cheapest);
    }

    private static int cost(BitSet set, int[] costs) {
        return set.stream().map(element -> costs[element]).sum();
    }
}
