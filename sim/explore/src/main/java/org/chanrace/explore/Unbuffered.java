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
 * An order without what tells of room in buffers, as it is where buffers hold all that is written: the instance whose events take time is one of these,
 * since there acknowledgements, which are no events where nothing takes time, would come between.
 */
final class Unbuffered {
    private final Order order;
    private final Map<Long, Move> renamed;

    private Unbuffered(Order order, Map<Long, Move> renamed) {
        this.order = order;
        this.renamed = renamed;
    }

    /** @param small the instance that the order is of */
    static Unbuffered of(Scenario small, Order order) {
        Steps steps = Simulation.of(small).steps();
        steps.begin(0);
        int[] numbers = new int[steps.lanes()];
        List<Move> moves = new ArrayList<>();
        Map<Long, Move> renamed = new TreeMap<>();
        for (Move move : order.moves()) {
            if (!steps.isAboutBuffers(move.lane())) {
                Move bare = new Move(move.lane(), ++numbers[move.lane()], move.words(), move.chosen());
                moves.add(bare);
                renamed.put(name(move), bare);
            }
            steps.handle(move.lane());
        }
        return new Unbuffered(new Order(moves), renamed);
    }

    Order order() {
        return order;
    }

    /** Those of these pairs that are left, with the names that their events have here. */
    List<Precedence> pairs(List<Precedence> pairs) {
        return pairs.stream().flatMap(pair -> Optional.ofNullable(renamed.get(name(pair.before())))
                .flatMap(before -> Optional.ofNullable(renamed.get(name(pair.after()))).map(after -> new Precedence(before, after))).stream()).toList();
    }

    private static long name(Move move) {
        return (long) move.lane() << 32 | move.number();
    }
}
