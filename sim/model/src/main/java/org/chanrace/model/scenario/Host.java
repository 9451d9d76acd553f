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
 */
public record Host(Distribution wakeUp, long perPageNanos, long deviceStateNanos, long startDelayNanos) {
    /**
     * Two cores that others use as well, as in the observed runs (timing.md): mostly a fraction of a millisecond, at times a
     * few milliseconds, rarely some tenths of a second.
     */
    public static final Host DEFAULT = new Host(
            new Distribution.Mixture(java.util.List.of(
                    new Distribution.Mixture.Part(0.88, new Distribution.Lognormal(120_000, 0.7)),
                    new Distribution.Mixture.Part(0.11, new Distribution.Exponential(2_500_000)),
                    new Distribution.Mixture.Part(0.01, new Distribution.Exponential(250_000_000)))),
            400, 5_000_000, 3_000_000);

    public Host {
        Objects.requireNonNull(wakeUp);
        if (perPageNanos < 0 || deviceStateNanos < 0 || startDelayNanos < 0) throw new IllegalArgumentException("a time is negative");
    }
}
