package org.chanrace.explore;

import org.chanrace.explore.Order.Move;

/**
 * Two events of a witness, in this order: the second does not happen unless the first has.
 *
 * @param before the first, as it stands in the witness, and its name in any order
 * @param after what could have come instead of it, and its name in any order
 * @param cost how hard it is to understand: of two explanations the cheaper is the plainer
 */
record Pair(Move before, Name first, Move after, Name second, int cost) {
    private static final int A_PAIR = 1000;
    private static final int LATEST = 99;

    /**
     * A pair of a witness.
     *
     * @param place of the first in the witness
     * @param technicality of the two events, from 0
     * @param choice the number of the event at which the first was preferred to the second; early ones decide, late ones are symptoms
     */
    static Pair of(Order witness, int place, Move after, int technicality, int choice) {
        Move before = witness.moves().get(place);
        int cost = A_PAIR + technicality + Math.min(choice, LATEST);
        return new Pair(before, Name.of(before, witness, place), after, Name.of(after, witness, place), cost);
    }

    /** Whether an order has the second event without having had the first. */
    boolean isViolatedBy(Order order) {
        return second.placeIn(order) < first.placeIn(order);
    }
}
