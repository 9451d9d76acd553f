package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** {@link Lanes} beside a model that is too simple to be wrong. */
class LanesProperties {
    private static final int MOST_LANES = 19;

    /** One call. Lanes are taken modulo their number. */
    sealed interface Call {
        int lane();

        record Append(int lane, long due, long event) implements Call {}

        /** Takes the earliest event. */
        record TakeEarliest(int lane) implements Call {}

        /** Takes from a certain lane if that is ready, as other strategies than by time do. */
        record Take(int lane) implements Call {}

        /** Takes from a lane that is ready, and puts back what came. */
        record PutBack(int lane) implements Call {}

        record Close(int lane, int why) implements Call {}

        record Open(int lane) implements Call {}

        record Hold(int lane, long until) implements Call {}

        record Drop(int lane) implements Call {}

        record Clear(int lane) implements Call {}
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void lanesBehaveAsTheModel(@ForAll @IntRange(min = 1, max = MOST_LANES) int count, @ForAll("calls") List<Call> calls) {
        Lanes lanes = new Lanes(new int[count]);
        Model model = new Model(count);
        for (Call call : calls) {
            apply(call, call.lane() % count, lanes, model);
            assertSame(lanes, model);
        }
    }

    /** The tree is brought up to date lazily: it must not matter whether anybody looks in between. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void lookingChangesNothing(@ForAll @IntRange(min = 1, max = MOST_LANES) int count, @ForAll("calls") List<Call> calls) {
        Lanes lanes = new Lanes(new int[count]);
        Model model = new Model(count);
        for (Call call : calls) apply(call, call.lane() % count, lanes, model);
        assertSame(lanes, model);
    }

    /** Of many lanes, more than a word has bits. Whatever stood in lanes before, what was saved of others is what they have after loading it. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsLoadedIsWhatWasSaved(@ForAll @IntRange(min = 1, max = 200) int count, @ForAll("calls") List<Call> calls, @ForAll("calls") List<Call> elsewhere) {
        Lanes lanes = new Lanes(new int[count]);
        Lanes used = new Lanes(new int[count]);
        Model model = new Model(count);
        Model other = new Model(count);
        for (Call call : calls) apply(call, call.lane() * 11 % count, lanes, model);
        for (Call call : elsewhere) apply(call, call.lane() * 11 % count, used, other);
        StateWriter state = new StateWriter();
        lanes.save(state);
        used.load(new StateReader().of(state.buffer(), 0));
        assertSame(used, model);
        StateWriter again = new StateWriter();
        used.save(again);
        assertThat(again.toBytes()).isEqualTo(state.toBytes());
    }

    private static void apply(Call call, int lane, Lanes lanes, Model model) {
        if (call instanceof Call.Append append) {
            lanes.append(lane, append.due(), append.event());
            model.append(lane, append.due(), append.event());
        } else if (call instanceof Call.TakeEarliest) {
            int earliest = model.earliest();
            assertThat(lanes.earliest()).isEqualTo(earliest);
            if (earliest >= 0) assertThat(lanes.take(earliest)).isEqualTo(model.take(earliest));
        } else if (call instanceof Call.Take) {
            if (model.ready(lane)) assertThat(lanes.take(lane)).isEqualTo(model.take(lane));
        } else if (call instanceof Call.PutBack) {
            if (!model.ready(lane)) return;
            long due = model.pending.get(lane).get(0).due();
            lanes.putBack(lane, due, lanes.take(lane));
        } else if (call instanceof Call.Close close) {
            lanes.close(lane, close.why());
            model.reason[lane] = close.why();
        } else if (call instanceof Call.Open) {
            lanes.open(lane);
            model.reason[lane] = 0;
        } else if (call instanceof Call.Hold hold) {
            lanes.holdUntil(lane, hold.until());
            model.floor[lane] = hold.until();
        } else if (call instanceof Call.Drop) {
            lanes.drop(lane);
            model.pending.get(lane).clear();
        } else if (call instanceof Call.Clear) {
            lanes.clear();
            model.clear();
        }
    }

    private static void assertSame(Lanes lanes, Model model) {
        assertThat(lanes.earliest()).isEqualTo(model.earliest());
        List<Integer> ready = new ArrayList<>();
        for (int lane = lanes.nextReady(0); lane >= 0; lane = lanes.nextReady(lane + 1)) ready.add(lane);
        assertThat(ready).isEqualTo(IntStream.range(0, lanes.count()).filter(model::ready).boxed().toList());
        for (int lane = 0; lane < lanes.count(); lane++) {
            List<Model.Pending> pending = model.pending.get(lane);
            assertThat(lanes.size(lane)).isEqualTo(pending.size());
            assertThat(lanes.reason(lane)).isEqualTo(model.reason[lane]);
            assertThat(lanes.ready(lane)).isEqualTo(model.ready(lane));
            assertThat(lanes.dueAt(lane)).isEqualTo(model.dueAt(lane));
            for (int i = 0; i < pending.size(); i++) assertThat(lanes.pending(lane, i)).isEqualTo(pending.get(i).event());
            if (!pending.isEmpty()) assertThat(lanes.peek(lane)).isEqualTo(pending.get(0).event());
        }
    }

    @Provide
    Arbitrary<List<Call>> calls() {
        Arbitrary<Integer> lane = Arbitraries.integers().between(0, MOST_LANES - 1);
        // Few lanes and a small range of times: full rings and ties are what is interesting.
        Arbitrary<Integer> often = Arbitraries.integers().between(0, 2);
        Arbitrary<Long> time = Arbitraries.longs().between(0, 50);
        return Arbitraries.frequencyOf(
                        Tuple.of(12, Combinators.combine(often, time, Arbitraries.longs()).as(Call.Append::new)),
                        Tuple.of(6, Combinators.combine(lane, time, Arbitraries.longs()).as(Call.Append::new)),
                        Tuple.of(8, lane.map(Call.TakeEarliest::new)),
                        Tuple.of(2, often.map(Call.Take::new)),
                        Tuple.of(2, often.map(Call.PutBack::new)),
                        Tuple.of(2, Combinators.combine(lane, Arbitraries.integers().between(1, 3)).as(Call.Close::new)),
                        Tuple.of(3, lane.map(Call.Open::new)),
                        Tuple.of(2, Combinators.combine(lane, time).as(Call.Hold::new)),
                        Tuple.of(1, lane.map(Call.Drop::new)))
                .list()
                .ofMaxSize(150)
                .flatMap(calls -> Arbitraries.integers().between(0, 9).map(n -> {
                    List<Call> some = new ArrayList<>(calls);
                    if (n == 0) some.add(calls.size() / 2, new Call.Clear(0));
                    return some;
                }));
    }

    /** Lists, searched from end to end. */
    private static final class Model {
        record Pending(long due, long event) {}

        final List<List<Pending>> pending = new ArrayList<>();
        final int[] reason;
        final long[] floor;

        Model(int count) {
            reason = new int[count];
            floor = new long[count];
            for (int lane = 0; lane < count; lane++) pending.add(new ArrayList<>());
        }

        void clear() {
            for (int lane = 0; lane < reason.length; lane++) {
                pending.get(lane).clear();
                reason[lane] = 0;
                floor[lane] = 0;
            }
        }

        void append(int lane, long due, long event) {
            List<Pending> fifo = pending.get(lane);
            fifo.add(new Pending(fifo.isEmpty() ? due : Math.max(due, fifo.get(fifo.size() - 1).due()), event));
        }

        boolean ready(int lane) {
            return !pending.get(lane).isEmpty() && reason[lane] == 0;
        }

        long dueAt(int lane) {
            return ready(lane) ? Math.max(floor[lane], pending.get(lane).get(0).due()) : Lanes.NEVER;
        }

        int earliest() {
            int best = -1;
            for (int lane = 0; lane < reason.length; lane++)
                if (ready(lane) && (best < 0 || dueAt(lane) < dueAt(best))) best = lane;
            return best;
        }

        long take(int lane) {
            return pending.get(lane).remove(0).event();
        }
    }
}
