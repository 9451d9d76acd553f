package org.chanrace.explore;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * A cheapest set that has an element in common with each of several sets: branch and bound.
 *
 * <p>With {@value #MAX_BRANCHES} branches it gives up looking for a cheaper one; what it has then has no element too many.
 */
final class HittingSet {
    private static final int MAX_BRANCHES = 200_000;

    private final int[] costs;
    private final List<BitSet> sets;
    private BitSet best;
    private int bestCost = Integer.MAX_VALUE;
    private int branches;

    private HittingSet(int[] costs, List<BitSet> sets) {
        this.costs = costs;
        this.sets = sets;
    }

    /**
     * @param costs of each element, above 0
     * @param sets none of them empty
     */
    static BitSet of(int[] costs, List<BitSet> sets) {
        HittingSet search = new HittingSet(costs, sets);
        search.branch(new BitSet(), 0, new BitSet());
        return search.withoutSurplus();
    }

    private void branch(BitSet chosen, int cost, BitSet excluded) {
        if (cost >= bestCost || ++branches > MAX_BRANCHES && best != null) return;
        BitSet narrowest = narrowestMissed(chosen, excluded);
        if (narrowest == null) {
            best = (BitSet) chosen.clone();
            bestCost = cost;
            return;
        }
        List<Integer> elements = new ArrayList<>(narrowest.stream().boxed().toList());
        elements.sort(Comparator.<Integer>comparingInt(e -> costs[e]).thenComparing(Comparator.naturalOrder()));
        BitSet without = (BitSet) excluded.clone();
        for (int element : elements) {
            chosen.set(element);
            branch(chosen, cost + costs[element], without);
            chosen.clear(element);
            without.set(element);
        }
    }

    /** What is left to choose from of the set that leaves the least choice; null when all are hit. */
    private BitSet narrowestMissed(BitSet chosen, BitSet excluded) {
        BitSet narrowest = null;
        for (BitSet set : sets) {
            if (set.intersects(chosen)) continue;
            BitSet left = (BitSet) set.clone();
            left.andNot(excluded);
            if (narrowest == null || left.cardinality() < narrowest.cardinality()) narrowest = left;
        }
        return narrowest;
    }

    private BitSet withoutSurplus() {
        for (int element = best.length() - 1; element >= 0; element--) {
            if (!best.get(element)) continue;
            best.clear(element);
            if (sets.stream().anyMatch(set -> !set.intersects(best))) best.set(element);
        }
        return best;
    }
}
