package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanrace.explore.Order.Move;

/**
 * Which orders are meant: those that respect some pairs, and in which exactly certain disturbances happen.
 *
 * <p>Whether an event may come depends, beside the state, on how often the lanes of the pairs have brought what these name. As far as they matter, these
 * numbers belong to a state of a restricted exploration.
 */
final class Restriction {
    private static final int[] NONE = {};

    /** What a lane may say, and how often at most it matters that it has. */
    private record Saying(int lane, String words, int enough) {}

    private record Rule(int before, int beforeTime, int after, int afterTime) {}

    private final boolean[] forbidden;
    private final List<Move> required;
    private final boolean reduced;
    private final List<Saying> sayings = new ArrayList<>();
    /** By lane, the indices of its sayings. */
    private final int[][] ofLane;
    /** All rules, and by saying those that may hold it back. */
    private final Rule[] rules;

    private final Rule[][] holding;

    /**
     * @param forbidden for each lane whether nothing that it brings may happen
     * @param required the disturbances that must have happened at the end
     */
    Restriction(boolean[] forbidden, List<Move> required, List<Pair> pairs) {
        this(forbidden, required, pairs, pairs.isEmpty());
    }

    private Restriction(boolean[] forbidden, List<Move> required, List<Pair> pairs, boolean reduced) {
        this.forbidden = forbidden;
        this.required = required;
        this.reduced = reduced;
        this.ofLane = new int[forbidden.length][];
        this.rules = pairs.stream().map(pair -> new Rule(saying(pair.first()), pair.first().time(), saying(pair.second()), pair.second().time())).toArray(Rule[]::new);
        this.holding = new Rule[sayings.size()][];
        for (int i = 0; i < holding.length; i++) {
            int saying = i;
            holding[i] = Arrays.stream(rules).filter(rule -> rule.after() == saying).toArray(Rule[]::new);
        }
        for (int lane = 0; lane < ofLane.length; lane++) {
            List<Integer> indices = new ArrayList<>();
            for (int i = 0; i < sayings.size(); i++) if (sayings.get(i).lane() == lane) indices.add(i);
            ofLane[lane] = indices.isEmpty() ? NONE : indices.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private int saying(Name name) {
        for (int i = 0; i < sayings.size(); i++) {
            Saying known = sayings.get(i);
            if (known.lane() != name.lane() || !known.words().equals(name.words())) continue;
            sayings.set(i, new Saying(known.lane(), known.words(), Math.max(known.enough(), name.time())));
            return i;
        }
        sayings.add(new Saying(name.lane(), name.words(), name.time()));
        return sayings.size() - 1;
    }

    /** The same disturbances, with these pairs. */
    Restriction with(List<Pair> pairs) {
        return new Restriction(forbidden, required, pairs, reduced && pairs.isEmpty());
    }

    /** The same disturbances may happen, but need not. */
    Restriction withoutRequirements() {
        return new Restriction(forbidden, List.of(), List.of());
    }

    /** The same, of which every order is tried. */
    Restriction unreduced() {
        return new Restriction(forbidden, required, List.of(), false);
    }

    /**
     * Whether events that commute may be handled at once: nothing depends on which came first, or does no longer.
     *
     * @param times how often each of the things has been said
     */
    boolean isReduced(int[] times) {
        return reduced || (sayings.size() > 0 && isOver(times));
    }

    /** Whether no pair holds anything back any more: the first of each has come. */
    private boolean isOver(int[] times) {
        for (Rule rule : rules) if (times[rule.before()] < rule.beforeTime() && times[rule.after()] < rule.afterTime()) return false;
        return true;
    }

    /** The disturbances that have to happen. */
    List<Move> required() {
        return required;
    }

    /** Whether nothing that this lane brings may ever happen. */
    boolean forbids(int lane) {
        return forbidden[lane];
    }

    /** Whether it matters what this lane brings. */
    boolean listensTo(int lane) {
        return ofLane[lane].length > 0;
    }

    /** The number of things whose times are counted. */
    int counters() {
        return sayings.size();
    }

    /** The number of the thing that a lane says; below 0 when it is none of those whose times are counted. */
    int saying(int lane, String words) {
        for (int saying : ofLane[lane]) if (sayings.get(saying).words().equals(words)) return saying;
        return -1;
    }

    /**
     * Whether an event may not be handled now.
     *
     * @param saying the number of what it says; may be below 0
     * @param times how often each of the things has been said
     */
    boolean holdsBack(int saying, int[] times) {
        if (saying < 0) return false;
        for (Rule rule : holding[saying])
            if (times[saying] == rule.afterTime() - 1 && times[rule.before()] < rule.beforeTime()) return true;
        return false;
    }

    /**
     * Counts an event that is handled, up to where more of its kind make no difference.
     *
     * @param saying the number of what it says; may be below 0
     * @return whether it was counted
     */
    boolean count(int saying, int[] times) {
        if (saying < 0 || times[saying] >= sayings.get(saying).enough()) return false;
        times[saying]++;
        return true;
    }

    /**
     * Whether every disturbance has happened that must have.
     *
     * @param handled how many events each lane has brought
     */
    boolean isMet(int[] handled) {
        for (Move move : required) if (handled[move.lane()] < move.number()) return false;
        return true;
    }
}
