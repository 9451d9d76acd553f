package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CrewTest {
    private final Interruption interruption = new Interruption();

    @Test
    void resultsComeInOrderWhateverTheOrderInWhichTheyWereFinished() throws IOException {
        // Number 0 is held until number 1 to 5 have been made: the window is full of results that came too early.
        Semaphore others = new Semaphore(0);
        List<Long> written = work(4, 6, batch(50), (scenario, seed, traced) -> {
            if (seed == 0) others.acquireUninterruptibly(5);
            else others.release();
            return Results.completed(scenario, seed, traced);
        });
        assertThat(written).containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList());
    }

    @Test
    void atMostAWindowOfRunsIsTakenButNotWritten() throws IOException {
        int window = 5;
        AtomicInteger pending = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Engine engine = (scenario, seed, traced) -> {
            most.accumulateAndGet(pending.incrementAndGet(), Math::max);
            return Results.completed(scenario, seed, traced);
        };
        new Crew(3, () -> engine, interruption).work(batch(500), window, each(finished -> pending.decrementAndGet()));
        // The place of a run is free again just before it is written.
        assertThat(most.get()).isBetween(1, window + 1);
    }

    @Test
    void aRunThatOverflowsItsStackHarmsNoOther() throws IOException {
        List<Finished> all = new ArrayList<>();
        Engine engine = (scenario, seed, traced) -> {
            if (seed == 3) throw new StackOverflowError();
            return Results.completed(scenario, seed, traced);
        };
        new Crew(2, () -> engine, interruption).work(batch(10), 4, each(all::add));
        assertThat(all).hasSize(10);
        assertThat(all.get(3)).isInstanceOf(Finished.TooLarge.class);
        assertThat(all).filteredOn(Finished.Ran.class::isInstance).hasSize(9);
    }

    @Test
    void aRunThatFindsNoMemoryIsTriedOnceMoreWithNothingBesideIt() throws IOException {
        AtomicInteger beside = new AtomicInteger();
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger besideTheSecond = new AtomicInteger();
        List<Finished> all = new ArrayList<>();
        Engine engine = (scenario, seed, traced) -> {
            if (seed == 7) {
                if (attempts.incrementAndGet() == 1) throw new OutOfMemoryError("taken by another run");
                besideTheSecond.set(beside.get());
                return Results.completed(scenario, seed, traced);
            }
            beside.incrementAndGet();
            try {
                return Results.completed(scenario, seed, traced);
            } finally {
                beside.decrementAndGet();
            }
        };
        new Crew(4, () -> engine, interruption).work(batch(40), 40, each(all::add));
        assertThat(attempts).hasValue(2);
        assertThat(besideTheSecond).hasValue(0);
        assertThat(all).hasSize(40).allMatch(Finished.Ran.class::isInstance);
    }

    @Test
    void aRunThatDoesNotFitSaysWhatToDo() throws IOException {
        List<Finished> all = new ArrayList<>();
        Engine engine = (scenario, seed, traced) -> {
            throw new OutOfMemoryError();
        };
        new Crew(1, () -> engine, interruption).work(batch(1), 1, each(all::add));
        assertThat(all).hasSize(1);
        assertThat(((Finished.TooLarge) all.get(0)).why()).contains("MiB").contains("-Xmx");
    }

    @Test
    void anInterruptionWritesWhatIsFinishedAndWaitsForNothing() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        Engine engine = (scenario, seed, traced) -> {
            if (seed == 2) await(never);
            return Results.completed(scenario, seed, traced);
        };
        List<Long> written = new ArrayList<>();
        new Crew(2, () -> engine, interruption).work(batch(10), 10, new Crew.Writer() {
            @Override
            public void write(Finished finished) {
                written.add(finished.number());
            }

            @Override
            public void idle() {
                if (written.size() == 2) interruption.request(); // 0 and 1 are written, 2 hangs
            }
        });
        never.countDown();
        assertThat(written).startsWith(0L, 1L).doesNotContain(2L).isSorted();
    }

    @Test
    void aWriterThatFailsEndsTheWork() {
        assertThatThrownBy(() -> new Crew(2, () -> Results::completed, interruption).work(batch(1000), 4, each(finished -> {
            throw new IOException("No space left on device");
        }))).isInstanceOf(IOException.class);
    }

    @Test
    void nothingToDoIsDoneAtOnce() throws IOException {
        assertThat(work(4, 4, batch(0), Results::completed)).isEmpty();
    }

    private List<Long> work(int workers, int window, Batch batch, Engine engine) throws IOException {
        List<Long> written = new ArrayList<>();
        new Crew(workers, () -> engine, interruption).work(batch, window, each(finished -> written.add(finished.number())));
        return written;
    }

    private static Batch batch(long size) {
        return new Batch(size, number -> new Item("a.yaml", 1, Scenarios.named("a"), number, false));
    }

    private interface Each {
        void take(Finished finished) throws IOException;
    }

    private static Crew.Writer each(Each each) {
        return new Crew.Writer() {
            @Override
            public void write(Finished finished) throws IOException {
                each.take(finished);
            }

            @Override
            public void idle() {}
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
