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

    /** A host as it comes: what the language takes for the costs that a scenario leaves out. */
    public static final Paging DEFAULT = new Paging(
            new Distribution.Lognormal(12_000, 0.6), 4_000, 5_000, 2_000, 1_000, 500, 2_000, 2_000, 3_200, 8_000_000_000L);

    public Paging {
        Objects.requireNonNull(wakeUp);
        if (faultNanos < 0 || requestNanos < 0 || lookupNanos < 0 || saveNanos < 0 || lockedNanos < 0 || sendNanos < 0 || receiveNanos < 0 || placeNanos < 0 || copyRate < 0)
            throw new IllegalArgumentException("a cost is negative");
    }

    /** Copying so many bytes, ns. */
    public long copyNanos(long bytes) {
        return copyRate == 0 ? 0 : bytes * 1_000_000_000L / copyRate;
    }
}
