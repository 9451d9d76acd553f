package org.chanrace.model.scenario;

import java.util.Objects;

/**
 * How quickly the hosts run their threads.
 *
 * @param wakeUp from the moment a thread could run until it runs, drawn for each wake-up of a main loop, a new thread or a
 *     middle box
 * @param perPageNanos CPU time to save or to place one page, ns
 * @param deviceStateNanos to save, and again to load, the devices' state, ns
 * @param startDelayNanos RAM set-up on the source before it becomes active, ns
 * @param paging what the steps of a page fault cost beside that
 */
public record Host(Distribution wakeUp, long perPageNanos, long deviceStateNanos, long startDelayNanos, Paging paging) {
    /**
     * Two cores that others use as well, as in the observed runs: mostly a fraction of a millisecond, at times a few milliseconds
     * (timing.md), and three times in a hundred some tenths of a second (of 190 connections that the relay of those runs was to
     * delay or to hold back, 12 left it more than 150 ms late; of 400 runs, 11 began to connect more than 100 ms late).
     */
    public static final Host DEFAULT = new Host(
            new Distribution.Mixture(java.util.List.of(
                    new Distribution.Mixture.Part(0.87, new Distribution.Lognormal(120_000, 0.7)),
                    new Distribution.Mixture.Part(0.10, new Distribution.Exponential(3_000_000)),
                    new Distribution.Mixture.Part(0.03, new Distribution.Exponential(250_000_000)))),
            400, 5_000_000, 3_000_000);

    /** Hosts on which a page fault's steps take no time of their own. */
    public Host(Distribution wakeUp, long perPageNanos, long deviceStateNanos, long startDelayNanos) {
        this(wakeUp, perPageNanos, deviceStateNanos, startDelayNanos, Paging.NONE);
    }

    /** The same with another cost of each page, ns. */
    public Host withPerPageNanos(long other) {
        return new Host(wakeUp, other, deviceStateNanos, startDelayNanos, paging);
    }

    /** The same with other costs of page faults. */
    public Host with(Paging other) {
        return new Host(wakeUp, perPageNanos, deviceStateNanos, startDelayNanos, other);
    }

    public Host {
        Objects.requireNonNull(wakeUp);
        Objects.requireNonNull(paging);
        if (perPageNanos < 0 || deviceStateNanos < 0 || startDelayNanos < 0) throw new IllegalArgumentException("a time is negative");
    }
}
