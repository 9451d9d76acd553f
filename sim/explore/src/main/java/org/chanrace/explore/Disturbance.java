package org.chanrace.explore;

import java.util.List;
import java.util.Objects;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/**
 * The smallest delays that make an ending happen by time: which packet of which connection has to be late by how much, at least.
 *
 * <p>A packet that is late holds up what follows it in the same direction of the same connection, as a queue on the way does. What the operator and the
 * guest do may be done at any moment and costs nothing.
 *
 * @param timed the {@linkplain TimedInstance timed instance} that was disturbed
 * @param ending what it ends in
 * @param measure what is least
 * @param delays the packets that are late, in the order in which they arrive; none when the ending comes without
 * @param moments when the operator and the guest act, where it is not as soon as they can
 * @param withheld what the operator and the guest could do, and do not do
 * @param forced the pairs of events whose order the delays force; no smaller delays do, and without any one of them the least delays no
 *     longer lead to this ending
 * @param roundTripNanos the time of a packet to the destination and of its answer, without delays, ns
 * @param result the run by time with these delays, with its trace
 */
public record Disturbance(
        Scenario timed, Ending ending, Measure measure, List<Delay> delays, List<Moment> moments, List<Withheld> withheld, List<Precedence> forced, long roundTripNanos, RunResult result) {
    public Disturbance {
        Objects.requireNonNull(timed);
        Objects.requireNonNull(ending);
        Objects.requireNonNull(measure);
        delays = List.copyOf(delays);
        moments = List.copyOf(moments);
        withheld = List.copyOf(withheld);
        forced = List.copyOf(forced);
        Objects.requireNonNull(result);
    }

    /** What is to be least. */
    public enum Measure {
        /** The sum of all delays. */
        SUM,
        /** The largest delay, and among those with the same largest one the sum. */
        MAX
    }

    /**
     * One packet that is late.
     *
     * @param connection its number, from 1
     * @param channel what the source opened it as
     * @param hop which hop of it, from 1 at the source
     * @param toDestination its direction
     * @param number which packet of that direction of that hop it is, from 1
     * @param step what it is: {@code ACK}, {@code record 5: PACKAGED …}
     * @param nanos by how much it is late, above 0
     */
    public record Delay(int connection, String channel, int hop, boolean toDestination, int number, String step, long nanos) {
        public Delay {
            Objects.requireNonNull(channel);
            Objects.requireNonNull(step);
        }
    }

    /**
     * When something happens that may happen at any moment.
     *
     * @param move what
     * @param nanos virtual time, ns
     */
    public record Moment(Move move, long nanos) {
        public Moment {
            Objects.requireNonNull(move);
        }
    }

    /**
     * What does not happen, although it may at any moment.
     *
     * @param lane the lane that would bring it
     * @param number from which one of its events on none comes, from 1
     */
    public record Withheld(int lane, int number) {}

    /** These delays and moments, for a simulation of the timed instance. */
    public Delays in(Simulation simulation) {
        Delays all = momentsIn(simulation);
        for (Delay late : delays) all.late(late.connection() - 1, late.hop() - 1, late.toDestination(), late.number(), late.nanos());
        return all;
    }

    /** Only the moments, for a simulation of the timed instance. */
    Delays momentsIn(Simulation simulation) {
        Delays all = simulation.delays();
        for (Moment moment : moments) all.at(moment.move().lane(), moment.move().number(), moment.nanos());
        for (Withheld never : withheld) all.never(never.lane(), never.number());
        return all;
    }

    /** The sum of all delays, ns. */
    public long sumNanos() {
        return delays.stream().mapToLong(Delay::nanos).sum();
    }

    /** The largest delay, ns; 0 when there is none. */
    public long maxNanos() {
        return delays.stream().mapToLong(Delay::nanos).max().orElse(0);
    }
}
