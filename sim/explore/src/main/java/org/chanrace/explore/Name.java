package org.chanrace.explore;

import java.util.Objects;
import org.chanrace.explore.Order.Move;

/**
 * What an event is called in whatever order it stands: the n-th of its lane that is told in these words. Its number in the lane would not do, since that also
 * counts what has nothing to do with it: how often a thread looked before, or an answer that came in between.
 *
 * @param time which one it is, from 1
 */
record Name(int lane, String words, int time) {
    Name {
        Objects.requireNonNull(words);
    }

    /** The name of an event that could come after the first few events of an order. */
    static Name of(Move move, Order order, int after) {
        int time = 1;
        for (Move earlier : order.moves().subList(0, after)) if (earlier.lane() == move.lane() && earlier.words().equals(move.words())) time++;
        return new Name(move.lane(), move.words(), time);
    }

    /** Where it stands in an order; the largest integer when it does not happen. */
    int placeIn(Order order) {
        int left = time;
        for (int i = 0; i < order.moves().size(); i++) {
            Move move = order.moves().get(i);
            if (move.lane() == lane && move.words().equals(words) && --left == 0) return i;
        }
        return Integer.MAX_VALUE;
    }
}
