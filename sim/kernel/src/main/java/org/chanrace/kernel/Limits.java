package org.chanrace.kernel;

/**
 * Where a run is broken off; reaching a limit is a result of its own.
 *
 * @param maxEvents events handled, above 0
 * @param maxVirtualNanos virtual time, ns, above 0
 * @param quietNanos virtual time without {@linkplain Kernel#progress progress}, ns; {@link Long#MAX_VALUE} for no such limit
 */
public record Limits(long maxEvents, long maxVirtualNanos, long quietNanos) {
    /** No limits: for models that always come to an end. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE);

    public Limits {
        if (maxEvents <= 0 || maxVirtualNanos <= 0 || quietNanos <= 0)
            throw new IllegalArgumentException("limits are above 0");
    }
}
