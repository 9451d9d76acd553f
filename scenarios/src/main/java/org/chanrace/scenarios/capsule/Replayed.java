package org.chanrace.scenarios.capsule;

import java.util.Objects;
import java.util.Optional;
import org.chanrace.model.Comparison;
import org.chanrace.model.Departure;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/**
 * A capsule and what became of its run when it was made again.
 *
 * @param capsule what was recorded
 * @param now the run now, and where it leaves the recorded schedule
 * @param inRecordedOrder of a run by time that leaves its schedule: the run in the recorded order instead, as far as that is possible
 */
public record Replayed(Capsule capsule, Comparison now, Optional<Comparison> inRecordedOrder) {
    public Replayed {
        Objects.requireNonNull(capsule);
        Objects.requireNonNull(now);
        Objects.requireNonNull(inRecordedOrder);
    }

    /** Makes a run in an order that somebody chose: only the schedule decides, and the clock ticks with each pick. */
    public interface OrderEngine {
        /** @param schedule lane numbers, first pick first; may be anything */
        Comparison follow(Scenario scenario, int[] schedule, boolean withTrace);
    }

    /** Whether the capsule replayed byte for byte: the same digest, the same outcome, and, where there is a schedule, in its order. */
    public boolean isSame() {
        return hasSameDigest() && hasSameOutcome() && departure().isEmpty();
    }

    /** Whether everything that was done is the same. */
    public boolean hasSameDigest() {
        return now.result().filter(result -> result.digest().equals(capsule.digest())).isPresent();
    }

    /** Whether it ends as it did, in whatever way it came there. */
    public boolean hasSameOutcome() {
        return now.result().filter(result -> result.verdict().outcome() == capsule.outcome()).isPresent();
    }

    /** Where the run parts from what was recorded; empty when it does not, or when the schedule was left out. */
    public Optional<Departure> departure() {
        return now.departure();
    }

    /**
     * Makes a capsule's run again.
     *
     * @param orders makes those that are {@linkplain Drive#BY_ORDER by order}
     * @param withTrace whether its result has a trace
     */
    public static Replayed of(Capsule capsule, OrderEngine orders, boolean withTrace) {
        if (capsule.drive() == Drive.BY_ORDER)
            return new Replayed(capsule, orders.follow(capsule.scenario(), capsule.schedule(), withTrace), Optional.empty());
        Simulation simulation = Simulation.of(capsule.scenario());
        if (capsule.picks() == 0) {
            RunResult result = simulation.run(capsule.seed(), withTrace);
            return new Replayed(capsule, new Comparison(Optional.of(result), Optional.empty()), Optional.empty());
        }
        Comparison now = simulation.compare(capsule.schedule(), capsule.seed(), withTrace);
        Optional<Comparison> recorded = now.departure().map(departure -> simulation.follow(capsule.schedule(), capsule.seed(), false));
        return new Replayed(capsule, now, recorded);
    }
}
