package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Counts what the JVM says it allocates: a million events in steady state allocate nothing. */
class AllocationTest {
    private static final int EVENTS = 1_000_000;
    /** Far below one byte for each event, and room for what a run as a whole may cost: its limits, a box here and there. */
    private static final long SMALL_BYTES = 10_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocatedBytes(Runnable work) {
        assumeTrue(threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled(), "this JVM does not count");
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        work.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    @Test
    void theCounterCounts() {
        long[][] kept = new long[1][];
        assertThat(allocatedBytes(() -> kept[0] = new long[100_000])).isGreaterThanOrEqualTo(800_000);
    }

    @Test
    void aMillionEventsAllocateNothing() {
        Lanes lanes = new Lanes(new int[16]);
        Kernel kernel = new Kernel(lanes, (lane, event, now) -> {
            if (lane == 3) lanes.holdUntil(3, now + 5);
            if (lane == 5) {
                lanes.close(5, 1);
                lanes.append(6, now + 1, event);
            } else {
                if (lane == 6) lanes.open(5);
                lanes.append((int) (event + now) & 15, now + 1 + (event & 7), event);
            }
        });
        // Deep lanes, so that rings have grown before it counts; lane 6 opens lane 5 again whenever it has anything.
        for (int i = 0; i < 2000; i++) lanes.append(i & 15, i, i);
        run(kernel, EVENTS);
        assertThat(allocatedBytes(() -> run(kernel, EVENTS))).isLessThan(SMALL_BYTES);
        assertThat(kernel.events()).isEqualTo(2L * EVENTS);
    }

    @Test
    void aRunInAUsedArenaAllocatesNothingPerEvent() {
        Bouncing model = new Bouncing();
        model.start(1, 200, 5000).runByTime(null);
        assertThat(allocatedBytes(() -> model.start(1, 200, 5000).runByTime(null))).isLessThan(SMALL_BYTES);
        assertThat(model.kernel.events()).isEqualTo(200 * 5001);
    }

    private static void run(Kernel kernel, int events) {
        Limits limits = new Limits(kernel.events() + events, Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThat(kernel.run(ByTime.INSTANCE, limits, null)).isEqualTo(End.EVENT_LIMIT);
    }
}
