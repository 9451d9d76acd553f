package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.explore.Order.Move;

/**
 * Which orders are meant: those that respect some pairs, and in which exactly certain disturbances happen.
 *
 * <p>Whether an event may come depends, beside the state, on how many events the lanes of the pairs have brought. These numbers, as far as they matter, belong
 * to a state of a restricted exploration.
 */
final class Restriction {
    private static final Pair[] NONE = {};

    private final boolean[] forbidden;
    private final List<Move> required;
    private final Pair[][] byAfter;
    private final int[] counted;
    private final int[] enough;

    /**
     * @param forbidden for each lane whether nothing that it brings may happen
     * @param required what must have happened at the end
     */
    Restriction(boolean[] forbidden, List<Move> required, List<Pair> pairs) {
        this.forbidden = forbidden;
        this.required = required;
        int lanes = forbidden.length;
        this.byAfter = new Pair[lanes][];
        int[] largest = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            final int after = lane;
            byAfter[lane] = pairs.stream().filter(p -> p.after().lane() == after).toArray(Pair[]::new);
            if (byAfter[lane].length == 0) byAfter[lane] = NONE;
        }
        for (Pair pair : pairs) {
            largest[pair.before().lane()] = Math.max(largest[pair.before().lane()], pair.before().number());
            largest[pair.after().lane()] = Math.max(largest[pair.after().lane()], pair.after().number());
        }
        for (Move move : required) largest[move.lane()] = Math.max(largest[move.lane()], move.number());
        List<Integer> lanesThatCount = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) if (largest[lane] > 0) lanesThatCount.add(lane);
        this.counted = lanesThatCount.stream().mapToInt(Integer::intValue).toArray();
        this.enough = lanesThatCount.stream().mapToInt(lane -> largest[lane]).toArray();
    }

    /** The same disturbances, with these pairs. */
    Restriction with(List<Pair> pairs) {
        return new Restriction(forbidden, required, pairs);
    }

    /** The same disturbances may happen, but need not. */
    Restriction withoutRequirements() {
        return new Restriction(forbidden, List.of(), List.of());
    }

    /** The disturbances that have to happen. */
    List<Move> required() {
        return required;
    }

    /**
     * Whether the head of a lane may not be handled now.
     *
     * @param handled how many events each lane has brought
     */
    boolean blocks(int lane, int[] handled) {
        if (forbidden[lane]) return true;
        for (Pair pair : byAfter[lane])
            if (handled[lane] == pair.after().number() - 1 && handled[pair.before().lane()] < pair.before().number()) return true;
        return false;
    }

    /** Whether everything has happened that must have. */
    boolean isMet(int[] handled) {
        for (Move move : required) if (handled[move.lane()] < move.number()) return false;
        return true;
    }

    /** The lanes whose events are counted. */
    int[] counted() {
        return counted;
    }

    /** From which number on more events of the i-th of these lanes make no difference. */
    int enough(int i) {
        return enough[i];
    }
}
