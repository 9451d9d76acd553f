package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.chanrace.explore.Order.Move;

/**
 * Looks, among the orders that a restriction lets pass, for one that ends in a certain way. One thread, and within an {@link Effort}.
 *
 * <p>Depth first it follows a given order as long as it can and parts from it as late as it can: what it finds, it finds soon, and it differs little. Breadth
 * first it finds a shortest one.
 */
final class RestrictedSearch {
    private static final int[] NONE = {};

    private final RestrictedWalker walker;
    private final Effort effort;
    /** Where each event stands in the order that is followed, by lane and number. */
    private final int[][] places;
    private long visitedInAll;
    private long allowedInAll;
    private int trials;
    private long allowedNow;

    /**
     * What came out.
     *
     * @param choices those of the order that was found, from where the search began
     * @param complete whether there is none if none was found
     */
    record Result(Optional<int[]> choices, boolean complete) {
        boolean isNone() {
            return complete && choices.isEmpty();
        }
    }

    private record Frame(RestrictedWalker.Place place, int[] lanes) {}

    RestrictedSearch(StateGraph graph, Effort effort) {
        this.walker = new RestrictedWalker(graph);
        this.effort = effort;
        this.allowedInAll = effort.states();
        this.places = new int[walker.lanes()][0];
    }

    RestrictedWalker walker() {
        return walker;
    }

    /** Says which order to follow. */
    void follow(Order order) {
        List<Move> moves = order.moves();
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            if (places[move.lane()].length < move.number()) places[move.lane()] = Arrays.copyOf(places[move.lane()], move.number());
            places[move.lane()][move.number() - 1] = i;
        }
    }

    /** Allows what follows to visit this part of the states that are still to be had. */
    void allow(double part) {
        allowedInAll = visitedInAll + (long) (part * (effort.states() - visitedInAll));
    }

    int trials() {
        return trials;
    }

    long states() {
        return visitedInAll;
    }

    /** Looks from the beginning, depth first. */
    Result fromBeginning(Restriction restriction, Predicate<Ending> sought) {
        return fromBeginning(restriction, sought, new Visited(), effort.statesPerTrial());
    }

    /**
     * The same, visiting so many states at most.
     *
     * @param barren as for {@link #depthFirst}
     */
    Result fromBeginning(Restriction restriction, Predicate<Ending> sought, Visited barren, long atMost) {
        walker.restrict(restriction);
        walker.begin();
        return depthFirst(sought, barren, atMost);
    }

    /**
     * Looks on from where the walker is, depth first.
     *
     * @param barren states from which nothing that is sought can be reached, whatever the pairs, because none of them holds anything back any more; those that
     *     are seen to be so are added
     */
    Result depthFirst(Predicate<Ending> sought, Visited barren) {
        return depthFirst(sought, barren, effort.statesPerTrial());
    }

    private Result depthFirst(Predicate<Ending> sought, Visited barren, long atMost) {
        beginTrial(atMost);
        Seen seen = new Seen(barren);
        List<Frame> frames = new ArrayList<>();
        int[] next = new int[64];
        int[] path = new int[64];
        if (!seen.add(0)) return new Result(Optional.empty(), true);
        count();
        if (isSought(sought)) return new Result(Optional.of(new int[0]), true);
        frames.add(frame());
        boolean here = true;
        while (!frames.isEmpty()) {
            int depth = frames.size() - 1;
            Frame frame = frames.get(depth);
            if (next[depth] == frame.lanes().length) {
                frames.remove(depth);
                seen.isDone(depth);
                here = false;
                continue;
            }
            if (!mayGoOn()) return new Result(Optional.empty(), false);
            if (!here) walker.load(frame.place());
            int lane = frame.lanes()[next[depth]++];
            walker.pick(lane);
            here = false;
            if (!seen.add(depth + 1)) continue;
            count();
            if (depth + 2 > next.length) {
                next = Arrays.copyOf(next, 2 * next.length);
                path = Arrays.copyOf(path, 2 * path.length);
            }
            path[depth] = lane;
            if (isSought(sought)) return new Result(Optional.of(Arrays.copyOf(path, depth + 1)), true);
            frames.add(frame());
            next[depth + 1] = 0;
            here = true;
        }
        return new Result(Optional.empty(), true);
    }

    /** What a search depth first has seen. */
    private final class Seen {
        private static final int NONE = -1;

        private final Visited barren;
        private final Visited held = new Visited();
        /** States behind one of those, not yet done with, in which no pair holds anything back any more; at what depth that is. */
        private final Visited free = new Visited();

        private int freeFrom = NONE;

        Seen(Visited barren) {
            this.barren = barren;
        }

        /** Adds the state in which the walker is; whether it is to be gone on from. */
        boolean add(int depth) {
            walker.fingerprint();
            if (!walker.isReduced()) return held.add(walker.high(), walker.low());
            if (barren.contains(walker.high(), walker.low())) return false;
            if (freeFrom == NONE) freeFrom = depth;
            return free.add(walker.high(), walker.low());
        }

        /** Nothing was found behind the state at this depth. */
        void isDone(int depth) {
            if (depth != freeFrom) return;
            barren.addAll(free);
            free.clear();
            freeFrom = NONE;
        }
    }

    /** What can be picked here, what the followed order has soonest first. */
    private Frame frame() {
        int[] lanes = walker.guestRunsTwice() ? NONE : walker.choices();
        for (int i = 1; i < lanes.length; i++) {
            int lane = lanes[i];
            int at = i;
            for (; at > 0 && place(lanes[at - 1]) > place(lane); at--) lanes[at] = lanes[at - 1];
            lanes[at] = lane;
        }
        return new Frame(walker.place(), lanes);
    }

    private int place(int lane) {
        int number = walker.handled(lane);
        return number < places[lane].length ? places[lane][number] : Integer.MAX_VALUE;
    }

    /**
     * Looks on from where the walker is, breadth first, for a shortest order, under a restriction that listens to nothing and requires nothing.
     *
     * @param visited states from which the search is known to find nothing; when it finds nothing, all that it saw is among them
     * @param first which lanes the first choice may be
     */
    Result breadthFirst(Predicate<Ending> sought, Visited visited, IntPredicate first) {
        beginTrial(effort.statesPerTrial());
        Ancestry ancestry = new Ancestry();
        // The states that were found, by their numbers in the ancestry: what they are to the walker.
        int[] found = new int[64];
        walker.visit(visited);
        found[ancestry.add(-1, 0)] = walker.state();
        for (int from = 0; from < ancestry.size(); from++) {
            walker.loadState(found[from]);
            if (from > 0 && walker.guestRunsTwice()) continue;
            for (int lane : walker.choices()) {
                if (from == 0 && !first.test(lane)) continue;
                if (!mayGoOn()) return new Result(Optional.empty(), false);
                walker.loadState(found[from]);
                walker.pick(lane);
                if (!walker.visit(visited)) continue;
                count();
                int state = ancestry.add(from, lane);
                if (isSought(sought)) return new Result(Optional.of(ancestry.path(state)), true);
                if (state == found.length) found = Arrays.copyOf(found, 2 * state);
                found[state] = walker.state();
            }
        }
        return new Result(Optional.empty(), true);
    }

    private boolean isSought(Predicate<Ending> sought) {
        return walker.isEnd() && sought.test(walker.ending());
    }

    private void beginTrial(long atMost) {
        trials++;
        allowedNow = visitedInAll + Math.min(atMost, effort.statesPerTrial());
    }

    private void count() {
        visitedInAll++;
    }

    private boolean mayGoOn() {
        return visitedInAll < allowedNow && visitedInAll < allowedInAll;
    }
}
