package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;

/**
 * How quickly the hosts run their threads.
 *
 * @param wakeUp from the moment a thread could run until it runs, drawn for each wake-up of a main loop or a new thread
 * @param perPageNanos CPU time to save or to place one page, ns
 * @param deviceStateNanos to save, and again to load, the devices' state, ns
 * @param startDelayNanos RAM set-up on the source before it becomes active, ns
 * @param paging what the steps of a page fault cost beside that
 * @param relay how late a relay is
 */
public record Host(Distribution wakeUp, long perPageNanos, long deviceStateNanos, long startDelayNanos, Paging paging, RelayWakeUps relay) {
    /**
     * Two cores that others use as well, as in the observed runs. Of 224 wake-ups in their traces (a command, a worker that connects, the main
     * loop that hears of it, the migration thread, the destination's main loop) half took less than 0.5 ms, one in four more than 1.5, one in
     * ten more than 7, six more than 20 ms, and the longest 89 ms.
     */
    public static final Host DEFAULT = new Host(
            new Distribution.Mixture(List.of(
                    new Distribution.Mixture.Part(0.745, new Distribution.Lognormal(300_000, 1.1)),
                    new Distribution.Mixture.Part(0.23, new Distribution.Exponential(5_500_000)),
                    new Distribution.Mixture.Part(0.025, new Distribution.Exponential(45_000_000)))),
            400, 5_000_000, 3_000_000, Paging.NONE, RelayWakeUps.DEFAULT);

    /** Hosts whose relay wakes up as their threads do. */
    public Host(Distribution wakeUp, long perPageNanos, long deviceStateNanos, long startDelayNanos, Paging paging) {
        this(wakeUp, perPageNanos, deviceStateNanos, startDelayNanos, paging, RelayWakeUps.like(wakeUp));
    }

    /** As above, and a page fault's steps take no time of their own. */
    public Host(Distribution wakeUp, long perPageNanos, long deviceStateNanos, long startDelayNanos) {
        this(wakeUp, perPageNanos, deviceStateNanos, startDelayNanos, Paging.NONE);
    }

    /** The same with another cost of each page, ns. */
    public Host withPerPageNanos(long other) {
        return new Host(wakeUp, other, deviceStateNanos, startDelayNanos, paging, relay);
    }

    /** The same with other costs of page faults. */
    public Host with(Paging other) {
        return new Host(wakeUp, perPageNanos, deviceStateNanos, startDelayNanos, other, relay);
    }

    public Host {
        Objects.requireNonNull(wakeUp);
        Objects.requireNonNull(paging);
        Objects.requireNonNull(relay);
        if (perPageNanos < 0 || deviceStateNanos < 0 || startDelayNanos < 0) throw new IllegalArgumentException("a time is negative");
    }
}
