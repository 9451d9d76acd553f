package org.chanrace.model.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A page set behaves as a {@link BitSet} does, whatever is done to it and around whatever word boundary. */
class PageSetProperties {
    private enum Kind {
        ADD,
        REMOVE,
        ADD_RANGE,
        REMOVE_RANGE,
        CLEAR,
        FILL,
        ADD_ALL_OF_OTHER,
        REMOVE_ALL_OF_OTHER,
        COPY_OTHER,
        COMPLEMENT_OF_OTHER,
        SWAP
    }

    /** What is done, with two page numbers as shares of the limit, so that an operation fits every limit. */
    private record Operation(Kind kind, int a, int b) {}

    @Provide
    Arbitrary<Operation> operations() {
        Arbitrary<Integer> thousandths = Arbitraries.integers().between(0, 999);
        return Combinators.combine(Arbitraries.of(Kind.class), thousandths, thousandths).as(Operation::new);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void behavesAsABitSet(@ForAll @IntRange(min = 1, max = 300) int limit, @ForAll List<@From("operations") Operation> operations) {
        PageSet set = new PageSet(limit);
        PageSet other = new PageSet(limit);
        BitSet model = new BitSet();
        BitSet otherModel = new BitSet();
        for (Operation operation : operations) {
            int a = operation.a * limit / 1000;
            int from = Math.min(operation.a, operation.b) * limit / 1000;
            int to = (Math.max(operation.a, operation.b) + 1) * limit / 1000;
            switch (operation.kind) {
                case ADD -> {
                    assertThat(set.add(a)).isEqualTo(!model.get(a));
                    model.set(a);
                }
                case REMOVE -> {
                    assertThat(set.remove(a)).isEqualTo(model.get(a));
                    model.clear(a);
                }
                case ADD_RANGE -> {
                    set.addRange(from, to);
                    model.set(from, to);
                }
                case REMOVE_RANGE -> {
                    set.removeRange(from, to);
                    model.clear(from, to);
                }
                case CLEAR -> {
                    set.clear();
                    model.clear();
                }
                case FILL -> {
                    set.fill();
                    model.set(0, limit);
                }
                case ADD_ALL_OF_OTHER -> {
                    set.addAll(other);
                    model.or(otherModel);
                }
                case REMOVE_ALL_OF_OTHER -> {
                    set.removeAll(other);
                    model.andNot(otherModel);
                }
                case COPY_OTHER -> {
                    set.copyFrom(other);
                    model = (BitSet) otherModel.clone();
                }
                case COMPLEMENT_OF_OTHER -> {
                    set.complementOf(other);
                    model = (BitSet) otherModel.clone();
                    model.flip(0, limit);
                }
                case SWAP -> {
                    PageSet set2 = set;
                    set = other;
                    other = set2;
                    BitSet model2 = model;
                    model = otherModel;
                    otherModel = model2;
                }
            }
            same(set, model, limit);
            assertThat(set.next(from, to)).isEqualTo(model.nextSetBit(from) < 0 ? to : Math.min(to, model.nextSetBit(from)));
            assertThat(set.nextAbsent(from, to)).isEqualTo(Math.min(to, model.nextClearBit(from)));
            counted(set, model, from, to);
        }
    }

    private static void counted(PageSet set, BitSet model, int from, int to) {
        int present = model.get(from, to).cardinality();
        assertThat(set.countIn(from, to)).isEqualTo(present);
        assertThat(set.countAbsent(from, to)).isEqualTo(to - from - present);
        for (int place = 0, page = model.nextClearBit(from); page < to; place++, page = model.nextClearBit(page + 1)) {
            if (place % 997 == 0 || place == to - from - present - 1) assertThat(set.absent(from, place)).isEqualTo(page);
        }
    }

    /** Full and empty stretches of any length are skipped, and counted. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void aLargeSetBehavesAsABitSet(@ForAll @IntRange(min = 1, max = 900_000) int limit, @ForAll @Size(max = 12) List<@From("operations") Operation> operations) {
        PageSet set = new PageSet(limit);
        BitSet model = new BitSet();
        for (Operation operation : operations) {
            int from = (int) ((long) Math.min(operation.a, operation.b) * limit / 1000);
            int to = (int) ((long) (Math.max(operation.a, operation.b) + 1) * limit / 1000);
            boolean add = operation.kind == Kind.FILL || operation.kind.ordinal() % 2 == 0;
            if (operation.kind == Kind.FILL) {
                set.fill();
                model.set(0, limit);
            } else if (add) {
                set.addRange(from, to);
                model.set(from, to);
            } else {
                set.removeRange(from, to);
                model.clear(from, to);
            }
            if (from < to && add != set.contains(from)) throw new AssertionError("page " + from);
            assertThat(set.size()).isEqualTo(model.cardinality());
            for (int start : new int[] {0, from, Math.min(limit - 1, to), limit / 2, limit - 1}) {
                assertThat(set.next(start)).isEqualTo(model.nextSetBit(start));
                assertThat(set.nextAbsent(start)).isEqualTo(Math.min(limit, model.nextClearBit(start)));
                assertThat(set.next(start, limit)).isEqualTo(model.nextSetBit(start) < 0 ? limit : model.nextSetBit(start));
            }
            counted(set, model, from, to);
            counted(set, model, 0, limit);
        }
    }

    private static void same(PageSet set, BitSet model, int limit) {
        assertThat(set.limit()).isEqualTo(limit);
        assertThat(set.size()).isEqualTo(model.cardinality());
        for (int page = 0; page < limit; page++) {
            assertThat(set.contains(page)).isEqualTo(model.get(page));
            assertThat(set.next(page)).isEqualTo(model.nextSetBit(page));
            assertThat(set.nextAbsent(page)).isEqualTo(Math.min(limit, model.nextClearBit(page)));
        }
        assertThat(set.next(limit)).isEqualTo(-1);
        assertThat(set.nextAbsent(limit)).isEqualTo(limit);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anEmptyRangeChangesNothing(@ForAll @IntRange(min = 1, max = 300) int limit, @ForAll @IntRange(max = 1000) int at) {
        PageSet set = new PageSet(limit);
        int page = at % limit;
        set.addRange(page, page);
        assertThat(set.size()).isZero();
        set.fill();
        set.removeRange(page, page);
        assertThat(set.size()).isEqualTo(limit);
    }
}
