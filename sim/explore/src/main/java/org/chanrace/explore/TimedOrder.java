package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;

/**
 * An order of a small instance as one of an instance in which the same takes time. What differs is what is about buffers: where they hold all that is written
 * there is none of it; where they fill up, a kernel hears a latency later of what was read, which is an event of its own.
 */
final class TimedOrder {
    private final Scenario timed;
    private final Order order;
    private final Map<Long, Move> renamed;

    private TimedOrder(Scenario timed, Order order, Map<Long, Move> renamed) {
        this.timed = timed;
        this.order = order;
        this.renamed = renamed;
    }

    /**
     * The order where buffers hold all that is written.
     *
     * @param small the instance that the order is of
     */
    static TimedOrder unlimited(Scenario small, Scenario timed, Order order) {
        Steps steps = Simulation.of(small).steps();
        steps.begin(0);
        Numbering numbering = new Numbering(steps);
        List<Move> moves = new ArrayList<>();
        Map<Long, Move> renamed = new TreeMap<>();
        for (Move move : order.moves()) {
            if (!isAboutBuffers(steps, move.lane())) {
                Move bare = named(numbering, move.lane(), move);
                moves.add(bare);
                renamed.put(key(move), bare);
            }
            steps.handle(move.lane());
        }
        return new TimedOrder(timed, new Order(moves), renamed);
    }

    /**
     * The order where the same buffers fill up; what a kernel hears of them it hears at once. Empty when it is none there, or ends in another way.
     *
     * @param small the instance that the witness is of
     */
    static Optional<TimedOrder> limited(Scenario small, Scenario timed, Witness witness) {
        Steps from = Simulation.of(small).steps();
        from.begin(0);
        Follower to = new Follower(timed);
        Numbering numbering = new Numbering(from);
        Map<Long, Move> renamed = new TreeMap<>();
        for (Move move : witness.order().moves()) {
            int lane = move.lane();
            Move name = named(numbering, numbering.lane(lane, from.event(lane, 0)), move);
            boolean about = isAboutBuffers(from, lane);
            from.handle(lane);
            if (!to.follow(lane, about, move)) return Optional.empty();
            renamed.put(key(move), name);
        }
        if (!Ending.of(to.steps, timed.bounds().finds()).equals(witness.ending())) return Optional.empty();
        return Optional.of(new TimedOrder(timed, new Order(to.moves), renamed));
    }

    /** Goes through an order where things take time; the clock goes on as {@link Causes} has it. */
    private static final class Follower {
        final Steps steps;
        final List<Move> moves = new ArrayList<>();
        private final Numbering numbering;

        Follower(Scenario timed) {
            this.steps = Simulation.of(timed).steps();
            this.numbering = new Numbering(steps);
            steps.begin(0);
        }

        /** Does what comes by this lane, if it can; whether it could. What is about buffers may have been told of in another message. */
        boolean follow(int lane, boolean about, Move move) {
            while (!about && steps.isReady(lane) && isAboutBuffers(steps, lane)) handle(lane, new Move(lane, 1, steps.words(lane), false));
            if (!steps.isReady(lane)) return about;
            if (about && !isAboutBuffers(steps, lane)) return true;
            handle(lane, move);
            for (int told = steps.nextReady(0); told >= 0; told = steps.nextReady(told + 1))
                while (steps.tellsOfRoom(told) && steps.isReady(told)) handle(told, new Move(told, 1, steps.words(told), false));
            return true;
        }

        private void handle(int lane, Move move) {
            moves.add(named(numbering, numbering.lane(lane, steps.event(lane, 0)), move));
            steps.handleAt(lane, Causes.moment(moves.size() - 1));
        }
    }

    private static Move named(Numbering numbering, int nameLane, Move move) {
        return new Move(nameLane, numbering.next(nameLane), move.words(), move.chosen());
    }

    private static boolean isAboutBuffers(Steps steps, int lane) {
        return steps.isAboutBuffers(lane, steps.event(lane, 0));
    }

    private static long key(Move move) {
        return (long) move.lane() << 32 | move.number();
    }

    /** The instance in which the order takes time. */
    Scenario timed() {
        return timed;
    }

    /** The order, where each event has the name that {@link Numbering} gives it. */
    Order order() {
        return order;
    }

    /** Those of these pairs that are left, with the names that their events have here. */
    List<Precedence> pairs(List<Precedence> pairs) {
        return pairs.stream().flatMap(pair -> Optional.ofNullable(renamed.get(key(pair.before())))
                .flatMap(before -> Optional.ofNullable(renamed.get(key(pair.after()))).map(after -> new Precedence(before, after))).stream()).toList();
    }
}
