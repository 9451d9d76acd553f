package org.chanrace.model.scenario;

import java.util.Objects;

/**
 * What the steps of a postcopy page fault cost on the hosts, beside {@link Host#perPageNanos}. A small page is one of 4 KiB.
 *
 * @param wakeUp from the moment a waiting thread could run until it runs: fault, return-path, migration, listen and preempt thread, vCPU; drawn for
 *     each wake-up
 * @param faultNanos from the guest's access until the fault thread can be woken: exit from the guest, userfaultfd's queue, ns
 * @param requestNanos the fault thread's work on one fault: reads it, looks whether it is asked for, writes the request, ns
 * @param lookupNanos the return-path thread's work on one request before the page is sent or queued, ns
 * @param saveNanos the sending thread's work on one small page, without copying, ns
 * @param lockedNanos how much of the work on one small page the migration thread does under the lock of the dirty bitmap, ns
 * @param sendNanos one system call that writes to a socket, without copying, ns
 * @param receiveNanos one system call that reads from a socket, at most 32 KiB, without copying, ns
 * @param placeNanos one page placed (UFFDIO_COPY, UFFDIO_ZEROPAGE), without copying, ns
 * @param copyRate of copying memory by one thread, bytes/s; 0 for at once
 */
public record Paging(
        Distribution wakeUp, long faultNanos, long requestNanos, long lookupNanos, long saveNanos, long lockedNanos, long sendNanos, long receiveNanos,
        long placeNanos, long copyRate) {
    /** Nothing takes time. */
    public static final Paging NONE = new Paging(new Distribution.Constant(0), 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * A server as it comes, with the kernel's mitigations on and cores that sleep: what the language takes for the costs that a scenario leaves out. None of
     * it was measured on the hosts of the published latencies.
     *
     * <ul>
     * <li>wakeUp: inter-processor interrupt, leaving a shallow idle state, scheduling: 2 to 5 us from a core that polls, 10 to 20 us from one that sleeps
     *     in C1 or C1E, now and then much more. Assumed.
     * <li>faultNanos: an EPT violation, KVM's look at the page tables with the fault of the host's memory, userfaultfd's queue. An exit alone takes about 1 us.
     *     Assumed.
     * <li>requestNanos: poll and read of userfaultfd, the lock and the tree of requested pages, the message: three system calls. Assumed.
     * <li>lookupNanos, saveNanos, lockedNanos: no system calls: looks up a RAM block, scans a bitmap, looks whether a page is zero (4 KiB at 8 GB/s: 0.5 us).
     *     Assumed.
     * <li>sendNanos, receiveNanos: a system call costs 0.2 to 2 us before it does anything (entry, mitigations), TCP's own work on one segment about as
     *     much.
     * <li>placeNanos: userfaultfd's own latencies, averages of 4 KiB: UFFDIO_COPY about 3.5 to 4 us, UFFDIO_ZEROPAGE about 2.5 us (Caldwell et al.,
     *     FluidMem, ICDCS 2020); less half a microsecond for the copy, which is charged by copyRate.
     * <li>copyRate: one core copies 5 to 12 GB/s of what is not in its cache. Assumed.
     * </ul>
     */
    public static final Paging DEFAULT = new Paging(
            new Distribution.Lognormal(12_000, 0.6), 4_000, 5_000, 2_000, 1_000, 500, 2_000, 2_000, 3_200, 8_000_000_000L);

    public Paging {
        Objects.requireNonNull(wakeUp);
        if (faultNanos < 0 || requestNanos < 0 || lookupNanos < 0 || saveNanos < 0 || lockedNanos < 0 || sendNanos < 0 || receiveNanos < 0 || placeNanos < 0 || copyRate < 0)
            throw new IllegalArgumentException("a cost is negative");
    }

    /** A cost that is the same each time. */
    public enum Cost {
        FAULT,
        REQUEST,
        LOOKUP,
        SAVE,
        LOCKED,
        SEND,
        RECEIVE,
        PLACE,
        /** Bytes/s, where the others are ns. */
        COPY_RATE
    }

    /** One of the costs, ns or bytes/s. */
    public long of(Cost cost) {
        return costs()[cost.ordinal()];
    }

    /** The same with one of the costs changed, ns or bytes/s. */
    public Paging with(Cost cost, long other) {
        long[] c = costs();
        c[cost.ordinal()] = other;
        return new Paging(wakeUp, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]);
    }

    /** The same with another time until a thread runs. */
    public Paging withWakeUp(Distribution other) {
        return new Paging(other, faultNanos, requestNanos, lookupNanos, saveNanos, lockedNanos, sendNanos, receiveNanos, placeNanos, copyRate);
    }

    private long[] costs() {
        return new long[] {faultNanos, requestNanos, lookupNanos, saveNanos, lockedNanos, sendNanos, receiveNanos, placeNanos, copyRate};
    }

    /** Copying so many bytes, ns. */
    public long copyNanos(long bytes) {
        return copyRate == 0 ? 0 : bytes * 1_000_000_000L / copyRate;
    }
}
