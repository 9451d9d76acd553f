package org.chanrace.cli;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.chanrace.model.verdict.RunResult;
import org.jctools.queues.varhandle.MpscBlockingConsumerVarHandleArrayQueue;

/**
 * Worker threads that make the runs of a batch, and the one writer that gets them back in order.
 *
 * <p>Workers take numbers in ascending order and hand what is finished through a many-producers, one-consumer queue to the
 * writer, the thread that called {@link #work}. The writer keeps what came too early in a ring. At most {@code window} runs are
 * taken but not yet written, so one slow run cannot make the ring, or the heap, overflow; the lowest number is always among
 * those in work, so it cannot deadlock either.
 *
 * <p><b>Caveat.</b> A run cannot be stopped half way. After an interruption the workers, which are daemons, are left to themselves.
 */
final class Crew {
    private static final long PATIENCE_MILLIS = 100;

    private final int workers;
    private final Supplier<Engine> engines;
    private final Interruption interruption;

    /** The writer's side. */
    interface Writer {
        /** Takes the next one in order; after an interruption some numbers may be missing. */
        void write(Finished finished) throws IOException;

        /** Nothing has come for a while, or all that came has been written. */
        void idle() throws IOException;
    }

    /**
     * @param workers how many threads, 1 or more
     * @param engines called once for each of them
     * @param interruption makes {@link #work} return early
     */
    Crew(int workers, Supplier<Engine> engines, Interruption interruption) {
        if (workers < 1) throw new IllegalArgumentException("at least one worker");
        this.workers = workers;
        this.engines = engines;
        this.interruption = interruption;
    }

    /**
     * Makes all runs of a batch and returns when all are written, or when it was interrupted and what was finished is written.
     *
     * @param window how many runs may be taken but not written, at least 1
     * @throws IOException what the writer threw; the workers have been told to stop then
     */
    void work(Batch batch, int window, Writer writer) throws IOException {
        new Shift(batch, Math.max(window, workers)).work(writer);
    }

    /** One batch in work. */
    private final class Shift {
        private final Batch batch;
        private final Finished[] early;
        private final MpscBlockingConsumerVarHandleArrayQueue<Finished> queue;
        private final Semaphore room;
        private final AtomicLong next = new AtomicLong();
        private final ReadWriteLock memory = new ReentrantReadWriteLock();
        private volatile boolean over;
        private long written;

        Shift(Batch batch, int window) {
            this.batch = batch;
            early = new Finished[window];
            queue = new MpscBlockingConsumerVarHandleArrayQueue<>(Math.max(2, window));
            room = new Semaphore(window);
        }

        void work(Writer writer) throws IOException {
            for (int i = 1; i <= Math.min(workers, batch.size()); i++) {
                Engine engine = engines.get();
                Thread thread = new Thread(() -> makeRuns(engine), "worker-" + i);
                thread.setDaemon(true);
                thread.start();
            }
            try {
                while (written < batch.size() && !interruption.requested()) {
                    Finished finished = queue.poll();
                    if (finished == null) {
                        writer.idle();
                        finished = queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                    }
                    if (finished != null) inOrder(finished, writer);
                }
                if (written < batch.size()) writeWhatIsThere(writer);
                writer.idle();
            } catch (InterruptedException e) {
                interruption.request();
                writeWhatIsThere(writer);
            } finally {
                over = true;
                room.release(workers);
            }
        }

        private void inOrder(Finished finished, Writer writer) throws IOException {
            early[slot(finished.number())] = finished;
            for (Finished head = early[slot(written)]; head != null; head = early[slot(written)]) {
                early[slot(written)] = null;
                written++;
                room.release();
                writer.write(head);
                if (written == batch.size()) return;
            }
        }

        private void writeWhatIsThere(Writer writer) throws IOException {
            for (Finished finished = queue.poll(); finished != null; finished = queue.poll()) early[slot(finished.number())] = finished;
            for (int i = 0; i < early.length; i++) {
                Finished finished = early[slot(written + i)];
                if (finished != null) writer.write(finished);
            }
        }

        private int slot(long number) {
            return (int) (number % early.length);
        }

        private void makeRuns(Engine engine) {
            while (true) {
                room.acquireUninterruptibly();
                long number = next.getAndIncrement();
                if (over || interruption.requested() || number >= batch.size()) return;
                if (!queue.offer(make(engine, number))) throw new IllegalStateException("the window keeps the queue from filling up");
            }
        }

        private Finished make(Engine engine, long number) {
            Item item = batch.items().apply(number);
            try {
                memory.readLock().lock();
                try {
                    return ran(engine, number, item);
                } finally {
                    memory.readLock().unlock();
                }
            } catch (OutOfMemoryError e) {
                return makeAlone(engine, number, item);
            } catch (StackOverflowError e) {
                return new Finished.TooLarge(number, item, "the run is nested too deeply for the stack of a thread");
            } catch (Throwable fault) {
                return new Finished.Broke(number, item, fault);
            }
        }

        /** Once more with nothing beside it: it may have been another run that used up the heap, and that must not show. */
        private Finished makeAlone(Engine engine, long number, Item item) {
            memory.writeLock().lock();
            try {
                return ran(engine, number, item);
            } catch (OutOfMemoryError e) {
                long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
                return new Finished.TooLarge(number, item,
                        "the run does not fit into a heap of " + mebibytes + " MiB; give Java more (CHANRACE_JAVA_OPTIONS=-Xmx…) or the guest less memory");
            } catch (StackOverflowError e) {
                return new Finished.TooLarge(number, item, "the run is nested too deeply for the stack of a thread");
            } catch (Throwable fault) {
                return new Finished.Broke(number, item, fault);
            } finally {
                memory.writeLock().unlock();
            }
        }

        private Finished ran(Engine engine, long number, Item item) {
            RunResult result = engine.run(item.scenario(), item.seed(), item.withTrace());
            return new Finished.Ran(number, item, result);
        }
    }
}
