package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.scenario.Scenario;

/**
 * Looks, among the orders that a restriction lets pass, for one that ends in a certain way. One thread, and within an {@link Effort}.
 *
 * <p>Depth first it follows a given order as long as it can and parts from it as late as it can: what it finds, it finds soon, and it differs little. Breadth
 * first it finds a shortest one.
 */
final class RestrictedSearch {
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

    RestrictedSearch(Scenario small, Effort effort) {
        this.walker = new RestrictedWalker(small);
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
        return fromBeginning(restriction, sought, effort.statesPerTrial());
    }

    /** The same, visiting so many states at most. */
    Result fromBeginning(Restriction restriction, Predicate<Ending> sought, long atMost) {
        walker.restrict(restriction);
        walker.begin();
        return depthFirst(sought, new Visited(), atMost);
    }

    /**
     * Looks on from where the walker is, depth first.
     *
     * @param visited states from which the search is known to find nothing; when it finds nothing, all that it saw is among them
     */
    Result depthFirst(Predicate<Ending> sought, Visited visited) {
        return depthFirst(sought, visited, effort.statesPerTrial());
    }

    private Result depthFirst(Predicate<Ending> sought, Visited visited, long atMost) {
        beginTrial(atMost);
        List<Frame> frames = new ArrayList<>();
        int[] next = new int[64];
        int[] path = new int[64];
        if (!walker.visit(visited)) return new Result(Optional.empty(), true);
        count();
        if (isSought(sought)) return new Result(Optional.of(new int[0]), true);
        frames.add(frame());
        boolean here = true;
        while (!frames.isEmpty()) {
            int depth = frames.size() - 1;
            Frame frame = frames.get(depth);
            if (next[depth] == frame.lanes().length) {
                frames.remove(depth);
                here = false;
                continue;
            }
            if (!mayGoOn()) return new Result(Optional.empty(), false);
            if (!here) walker.load(frame.place());
            int lane = frame.lanes()[next[depth]++];
            walker.pick(lane);
            here = false;
            if (!walker.visit(visited)) continue;
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

    /** What can be picked here, what the followed order has soonest first. */
    private Frame frame() {
        int[] lanes = choices();
        if (walker.steps().guestRunsTwice()) lanes = new int[0];
        int[] sorted = Arrays.stream(lanes).boxed().sorted(Comparator.comparingInt(this::place)).mapToInt(Integer::intValue).toArray();
        return new Frame(walker.place(), sorted);
    }

    private int place(int lane) {
        int number = walker.handled(lane);
        return number < places[lane].length ? places[lane][number] : Integer.MAX_VALUE;
    }

    private int[] choices() {
        int[] lanes = new int[walker.lanes()];
        int count = 0;
        for (int lane = 0; lane < lanes.length; lane++) if (walker.mayPick(lane)) lanes[count++] = lane;
        return Arrays.copyOf(lanes, count);
    }

    /**
     * Looks on from where the walker is, breadth first, for a shortest order, under a restriction that listens to nothing and requires nothing.
     *
     * @param visited as for {@link #depthFirst}
     * @param notLane the first choice is another one
     */
    Result breadthFirst(Predicate<Ending> sought, Visited visited, int notLane) {
        beginTrial(effort.statesPerTrial());
        Ancestry ancestry = new Ancestry();
        Snapshots level = new Snapshots();
        Snapshots next = new Snapshots();
        add(level, ancestry.add(-1, 0));
        walker.visit(visited);
        while (level.size() > 0) {
            for (int i = 0; i < level.size(); i++) {
                walker.load(level.block(i), level.offset(i));
                boolean first = level.state(i) == 0;
                for (int lane : choices()) {
                    if (first && lane == notLane) continue;
                    if (!mayGoOn()) return new Result(Optional.empty(), false);
                    walker.load(level.block(i), level.offset(i));
                    walker.pick(lane);
                    if (!walker.visit(visited)) continue;
                    count();
                    int state = ancestry.add(level.state(i), lane);
                    if (isSought(sought)) return new Result(Optional.of(ancestry.path(state)), true);
                    if (!walker.steps().guestRunsTwice()) add(next, state);
                }
            }
            Snapshots done = level;
            level = next;
            next = done;
            next.clear();
        }
        return new Result(Optional.empty(), true);
    }

    private void add(Snapshots to, int state) {
        byte[] saved = walker.save();
        to.add(state, saved, 0, saved.length);
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
