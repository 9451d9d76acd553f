package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;

/**
 * How late the program is that relays connections: an ordinary one on a host that others use as well, and no part of QEMU.
 *
 * @param take from the moment a connection waits in its accept queue until it takes it; connections are taken in order, so one that is
 *     taken late holds up those behind it
 * @param passOn from there, or from the moment another one has been passed on that it waited for, until it dials on
 * @param timer how much later than asked for a timer wakes it up: of a connection that it delays, and of the longest time that it holds
 *     one back for another
 */
public record RelayWakeUps(Distribution take, Distribution passOn, Distribution timer) {
    private static final Distribution AT_ONCE = new Distribution.Constant(0);

    /**
     * The relay of the observed runs, from its records and QEMU's traces beside them.
     * <ul>
     * <li>take: 51 connections of the traces waited 0.7 ms in the median and 5 ms in one of ten, 2 of them more than 0.3 s. From the migrate
     *     command until the relay had main took more than 100 ms in 19 of 566 runs, more than 300 in 9, more than 500 in 5; of 224 wake-ups
     *     within QEMU none took so long. From there until it had preempt, where that is opened next, took 2.8 ms in the median of 189 runs, 15 ms
     *     in one of ten, more than 100 ms in 6: the same comes of these distributions
     * <li>passOn: 1,172 connections, 0.3 ms in the median, 12 ms in one of twenty, more than 100 ms in 4
     * <li>timer: 173 times, 2.9 ms late in the median, 37 ms in one of ten, more than 100 ms in 9, more than 500 ms in 3
     * </ul>
     */
    public static final RelayWakeUps DEFAULT = new RelayWakeUps(
            mixture(0.355, new Distribution.Lognormal(60_000, 0.9), 0.60, 2_500_000, 0.045, 320_000_000),
            mixture(0.856, new Distribution.Lognormal(250_000, 1.2), 0.14, 10_000_000, 0.004, 430_000_000),
            mixture(0.71, new Distribution.Lognormal(1_750_000, 0.85), 0.225, 24_000_000, 0.065, 420_000_000));

    public RelayWakeUps {
        Objects.requireNonNull(take);
        Objects.requireNonNull(passOn);
        Objects.requireNonNull(timer);
    }

    /** A relay that wakes up as threads do, once for each connection. */
    public static RelayWakeUps like(Distribution wakeUp) {
        return new RelayWakeUps(AT_ONCE, wakeUp, wakeUp);
    }

    private static Distribution mixture(double mostly, Distribution of, double often, long oftenNanos, double rarely, long rarelyNanos) {
        return new Distribution.Mixture(List.of(
                new Distribution.Mixture.Part(mostly, of), new Distribution.Mixture.Part(often, new Distribution.Exponential(oftenNanos)),
                new Distribution.Mixture.Part(rarely, new Distribution.Exponential(rarelyNanos))));
    }
}
