package org.chanrace.explore.fuzz;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jctools.queues.varhandle.MpscBlockingConsumerVarHandleArrayQueue;

/**
 * Workers that make the runs of seeds; they are handed out in the order of the seeds.
 *
 * <p>At most a window of seeds is under way, so a slow one cannot make the heap overflow. A worker cannot be stopped half way: they are daemons, and are
 * left to themselves.
 */
final class Seeds {
    private static final int PER_WORKER = 16;
    private static final long PATIENCE_MILLIS = 50;

    private final Subjects subjects;
    private final FuzzSettings settings;
    private final MpscBlockingConsumerVarHandleArrayQueue<Done> queue;
    private final Done[] early;
    private final Semaphore room;
    private final AtomicLong next = new AtomicLong();
    private volatile boolean over;
    private long taken;

    /**
     * A seed that is done, or the fault that kept it from being.
     *
     * @param number which seed, from 0
     */
    private record Done(long number, SeedRuns runsOrNull, Throwable faultOrNull) {}

    Seeds(Subjects subjects, FuzzSettings settings) {
        this.subjects = subjects;
        this.settings = settings;
        int window = PER_WORKER * settings.jobs();
        queue = new MpscBlockingConsumerVarHandleArrayQueue<>(Math.max(2, window));
        early = new Done[window];
        room = new Semaphore(window);
        for (int i = 1; i <= settings.jobs(); i++) {
            Thread thread = new Thread(this::work, "fuzzer-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The next seed in order; empty when it is enough before that one is done. */
    Optional<SeedRuns> next(BooleanSupplier enough) {
        try {
            while (early[slot(taken)] == null) {
                Done done = queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (done != null) early[slot(done.number())] = done;
                // Also while later seeds keep coming: the one that is waited for may take long.
                if (early[slot(taken)] == null && enough.getAsBoolean()) return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        Done done = early[slot(taken)];
        early[slot(taken)] = null;
        taken++;
        room.release();
        if (done.faultOrNull() != null) throw new IllegalStateException("seed " + (settings.seed() + done.number()) + ": " + done.faultOrNull(), done.faultOrNull());
        return Optional.of(done.runsOrNull());
    }

    private int slot(long number) {
        return (int) (number % early.length);
    }

    private void work() {
        while (true) {
            room.acquireUninterruptibly();
            long number = next.getAndIncrement();
            if (over || number >= settings.seeds()) return;
            if (!queue.offer(make(number))) throw new IllegalStateException("the window keeps the queue from filling up");
        }
    }

    private Done make(long number) {
        try {
            return new Done(number, SeedRuns.of(settings.seed() + number, settings.runs(number), subjects, settings), null);
        } catch (Throwable fault) {
            return new Done(number, null, fault);
        }
    }

    void stop() {
        over = true;
        room.release(settings.jobs());
    }
}
