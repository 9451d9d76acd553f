package org.chanrace.explore.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Order;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.Witness;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;

/**
 * What a run that was kept comes to when it is made again, with the laws of every state checked.
 *
 * @param key what is wrong with it, as {@link Finding#key} says it; empty when nothing is
 * @param ending how it ends; empty for an order at whose end it is not over
 * @param endsBadly whether that is what is wrong
 * @param reason what is wrong, as a sentence; may be empty
 * @param skipped picks of an order that had nothing to handle: none unless the model is another one
 */
public record Again(Optional<String> key, Optional<Ending> ending, boolean endsBadly, String reason, int skipped) {
    /** Makes a run by time again. */
    public static Again byTime(Scenario scenario, long seed) {
        return of(new TimedRuns(scenario).run(seed), 0);
    }

    /**
     * Makes an order again, as far as it is possible.
     *
     * @param picks the lanes of all events; may be anything
     */
    public static Again byOrder(Scenario scenario, int[] picks) {
        Exactly exactly = new Exactly(picks);
        return of(Orders.exact(scenario).run(exactly, RandomStream.of("fuzz", "none"), 0), exactly.skipped);
    }

    /** What decides how an order ends, as {@link Finding#decidedBy} has it of what was found. */
    public static Optional<String> decidedBy(Scenario small, int[] picks, Ending ending) {
        Steps steps = Simulation.of(small).steps();
        int[] numbers = new int[steps.lanes()];
        List<Move> moves = new ArrayList<>();
        steps.begin(0);
        for (int lane : picks) {
            moves.add(new Move(lane, ++numbers[lane], steps.words(lane), true));
            steps.handle(lane);
        }
        Witness witness = new Witness(ending, new Order(moves), Simulation.of(small).replayOrder(picks, false));
        return Cores.of(small, witness).flatMap(core -> Finding.decidedBy(ending, core));
    }

    private static Again of(Ran ran, int skipped) {
        Optional<Ending> last = ran.endings().isEmpty() ? Optional.empty() : Optional.of(ran.endings().get(ran.endings().size() - 1));
        return new Again(ran.hit().map(Hit::key), ran.hit().map(Hit::ending).or(() -> last), ran.hit().filter(Hit::endsBadly).isPresent(), ran.hit().map(Hit::reason).orElse(""), skipped);
    }

    /** Whether something is wrong. */
    public boolean fails() {
        return key.isPresent();
    }

    /** The picks of a list and nothing else; those that are not possible are left out. */
    private static final class Exactly implements Picker {
        private final int[] picks;
        private int next;
        private int skipped;

        Exactly(int[] picks) {
            this.picks = picks;
        }

        @Override
        public void begin(Steps steps, RandomStream stream, int length) {
            next = skipped = 0;
        }

        @Override
        public int pick(int[] ready, int count, int[] events) {
            while (next < picks.length) {
                int lane = picks[next++];
                for (int i = 0; i < count; i++) if (ready[i] == lane) return lane;
                skipped++;
            }
            return NOTHING;
        }
    }
}
