package org.chanrace.explore;

import org.chanrace.explore.Order.Move;

/**
 * Two events, in this order: the second does not happen unless the first has.
 *
 * @param cost how hard it is to understand: of two explanations the cheaper is the plainer
 */
record Pair(Move before, Move after, int cost) {
    private static final int A_PAIR = 1000;
    private static final int A_STEP = 100;
    private static final int LATEST = 99;

    /**
     * A pair of a witness.
     *
     * @param outsiders how many of the two come from outside of the threads; such events are easier to understand than a thread's steps
     * @param choice the number of the choice at which the first was preferred to the second; early ones decide, late ones are symptoms
     */
    static Pair of(Move before, Move after, int outsiders, int choice) {
        return new Pair(before, after, A_PAIR + (2 - outsiders) * A_STEP + Math.min(choice, LATEST));
    }

    /** Whether an order has the second event without having had the first. */
    boolean isViolatedBy(Order order) {
        for (Move move : order.moves()) {
            if (move.isSameAs(before)) return false;
            if (move.isSameAs(after)) return true;
        }
        return false;
    }
}
