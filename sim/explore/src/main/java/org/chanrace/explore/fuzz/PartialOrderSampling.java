package org.chanrace.explore.fuzz;

import java.util.Arrays;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Steps;

/**
 * Events have random priorities, and the ready one with the highest is picked; events that race with it then get new ones (POS: Yuan, Yang, Gu:
 * "Partial order aware concurrency sampling", CAV 2018). Two events race when the same process handles them: events of different processes
 * commute.
 *
 * <p>Where a random walk chooses among orders, this chooses among classes of orders that do not differ: one with few conflicts is as likely as its
 * conflicts are few.
 */
final class PartialOrderSampling implements Picker {
    /** No event of this lane has a priority: it is drawn when the event is first seen to be ready. */
    private static final long NONE = -1;

    private Steps steps;
    private RandomStream stream;
    private long[] priority = new long[0];

    @Override
    public void begin(Steps of, RandomStream from, int length) {
        steps = of;
        stream = from;
        priority = new long[steps.lanes()];
        Arrays.fill(priority, NONE);
    }

    @Override
    public int pick(int[] ready, int count, int[] events) {
        int best = -1;
        for (int i = 0; i < count; i++) {
            int lane = ready[i];
            if (priority[lane] == NONE) priority[lane] = stream.nextLong(Long.MAX_VALUE);
            if (best < 0 || priority[lane] > priority[best]) best = lane;
        }
        for (int i = 0; i < count; i++) if (steps.process(ready[i]) == steps.process(best)) priority[ready[i]] = NONE;
        return best;
    }
}
