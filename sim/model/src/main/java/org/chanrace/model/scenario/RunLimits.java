package org.chanrace.model.scenario;

/**
 * Where a run is broken off.
 *
 * @param virtualNanos virtual time, ns
 * @param quietNanos how long nothing may move before the run counts as standing still, ns
 * @param events events handled
 */
public record RunLimits(long virtualNanos, long quietNanos, long events) {
    /** 60 s, 4.5 s without movement, a thousand million events. */
    public static final RunLimits DEFAULT = new RunLimits(60_000_000_000L, 4_500_000_000L, 1_000_000_000L);

    public RunLimits {
        if (virtualNanos <= 0 || quietNanos <= 0 || events <= 0) throw new IllegalArgumentException("limits are above 0");
    }
}
