package org.chanrace.explore;

import java.util.List;
import java.util.Objects;

/**
 * Moments at which the events of an order can come.
 *
 * @param moments for each event of the order its virtual time, ns: the earliest of this order
 * @param longer what takes longer for it than the least that it can
 * @param ran whether a run by time with these durations had this order, and ended so
 */
public record Timing(List<Long> moments, List<Longer> longer, boolean ran) {
    public Timing {
        moments = List.copyOf(moments);
        longer = List.copyOf(longer);
    }

    /**
     * An event that comes later after its cause than it could.
     *
     * @param nanos how long after
     * @param leastNanos how long at least
     */
    public record Longer(Order.Move move, long nanos, long leastNanos) {
        public Longer {
            Objects.requireNonNull(move);
        }
    }
}
