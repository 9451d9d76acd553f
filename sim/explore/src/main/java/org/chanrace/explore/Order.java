package org.chanrace.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * An order of events: the lanes that are picked, first pick first, with what each pick is in words.
 *
 * <p>An event has a name that is the same in every order of the same instance: the n-th that its lane brings. Lanes are FIFOs, so that is a name.
 *
 * @param moves every event, in order
 */
public record Order(List<Move> moves) {
    public Order {
        moves = List.copyOf(moves);
    }

    /**
     * One event.
     *
     * @param lane the lane that brings it
     * @param number which one of that lane's events it is, from 1
     * @param words what it is, as a clause
     * @param chosen whether another event could have come instead; the others commute with whatever could, and follow at once
     */
    public record Move(int lane, int number, String words, boolean chosen) {
        public Move {
            Objects.requireNonNull(words);
        }

        /** Whether this is the same event as another one, in whatever order each stands. */
        public boolean isSameAs(Move other) {
            return lane == other.lane && number == other.number;
        }
    }

    /** The lanes of all events: what replays it. */
    public int[] schedule() {
        int[] lanes = new int[moves.size()];
        Arrays.setAll(lanes, i -> moves.get(i).lane());
        return lanes;
    }

    /** The events that were chosen. */
    public List<Move> choices() {
        return moves.stream().filter(Move::chosen).toList();
    }
}
