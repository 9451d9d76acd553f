package org.chanrace.explore;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;

/**
 * What came out of trying every order of a scenario's small instance.
 *
 * @param scenario what was asked for
 * @param small the {@linkplain SmallInstance small instance} of it that was explored; by time with its proxies and its relay
 * @param complete whether every state was visited; otherwise the memory ran out, and there may be more endings
 * @param states states visited, those in between of events that commute not counted
 * @param transitions steps from a state to a state
 * @param depth choices on the longest of the shortest ways to a state
 * @param frontier states found that were not gone on from; 0 when complete
 * @param bytes of memory that the states took
 * @param found the endings that can be reached, good ones and bad ones, in a fixed order
 * @param timed whether only those orders count that the durations of the scenario allow
 * @param ineffective those of the small instance's events that take effect in no order, of alternatives the first: what nothing bad is known of for want of an
 *     order in which it happens. Empty when not complete
 * @param reduced what came out with reduction, when this is what came out without: where it came to the same ending, the order is its
 */
public record Exploration(
        Scenario scenario, Scenario small, boolean complete, int states, long transitions, int depth, int frontier, long bytes, List<Found> found, boolean timed,
        List<OperatorEvent> ineffective, Optional<Exploration> reduced) {
    public Exploration {
        Objects.requireNonNull(reduced);
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(small);
        found = List.copyOf(found);
        ineffective = List.copyOf(ineffective);
        if (!complete && !ineffective.isEmpty()) throw new IllegalArgumentException("that something happens in no order is known when all were tried");
    }

    /** With reduction, or with none beside it that has. */
    public Exploration(
            Scenario scenario, Scenario small, boolean complete, int states, long transitions, int depth, int frontier, long bytes, List<Found> found, boolean timed,
            List<OperatorEvent> ineffective) {
        this(scenario, small, complete, states, transitions, depth, frontier, bytes, found, timed, ineffective, Optional.empty());
    }

    /**
     * Runs that end alike.
     *
     * @param states the number of states in which they end
     * @param witness a shortest one
     */
    public record Found(long states, Witness witness) {
        public Found {
            Objects.requireNonNull(witness);
        }

        /** How they end. */
        public Ending ending() {
            return witness.ending();
        }
    }

    /** The endings that should not happen. */
    public List<Found> bad() {
        return found.stream().filter(f -> f.ending().isBad()).toList();
    }

    /** Whether some order completes: what guards a proof that nothing bad can happen against a model in which nothing can happen. */
    public boolean completes() {
        return found.stream().anyMatch(f -> f.ending().outcome() == Outcome.COMPLETED);
    }

    /** This one, which was made without reduction, beside the one of the same instance with it. Of an ending that both came to the order is the reduced one's, which leaves out what commutes. */
    Exploration beside(Exploration withReduction) {
        List<Found> orders = found.stream().map(f -> withReduction.of(f.ending()).map(r -> new Found(f.states(), r.witness())).orElse(f)).toList();
        return new Exploration(scenario, small, complete, states, transitions, depth, frontier, bytes, orders, timed, ineffective, Optional.of(withReduction));
    }

    private Optional<Found> of(Ending ending) {
        return found.stream().filter(f -> f.ending().equals(ending)).findFirst();
    }

    /** Whether the order of this ending leaves out what commutes, as an explanation does. */
    public boolean isReduced(Found one) {
        return reduced.isEmpty() || reduced.get().of(one.ending()).isPresent();
    }

    /** Whether there is an ending with reduction and none without, or the other way round, although the search for it was brought to an end: then chanrace is wrong. */
    public boolean contradictsReduction() {
        return reduced.isPresent() && (complete && !hasAllOf(reduced.get()) || reduced.get().complete && !reduced.get().hasAllOf(this));
    }

    private boolean hasAllOf(Exploration other) {
        return other.found.stream().allMatch(f -> of(f.ending()).isPresent());
    }

    /** The endings that the scenario is about: those that its bounds name, or all bad ones when they name none. */
    public List<Found> sought() {
        return scenario.bounds().finds().isEmpty() ? bad() : found.stream().filter(f -> f.ending().sought()).toList();
    }
}
