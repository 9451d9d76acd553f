package org.chanrace.model.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Access;
import org.chanrace.model.scenario.Guest.Touching;
import org.chanrace.model.scenario.Guest.Touching.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Skipping to the next missing page gives what touching one page after the other gives: in distribution, or, where nothing is random, exactly. */
class SkipTest {
    private static final int PAGES = 600;
    private static final int WORKING_SET = 500;
    private static final int SAMPLES = 10_000;
    /** With a given seed nothing is left to chance; a false law gives far less. */
    private static final double SIGNIFICANCE = 0.001;

    private static Workload workload(Access access, int threads, double exponent, int stride, Kind... mix) {
        return workload(access, WORKING_SET, threads, exponent, stride, mix);
    }

    private static Workload workload(Access access, int workingSet, int threads, double exponent, int stride, Kind... mix) {
        Touching touching = new Touching(threads, Optional.of(new Distribution.Constant(100)), 1, true, 0.1, 0.9, exponent, stride, List.of(mix));
        Workload workload = new Workload(new Guest(PAGES * 4096L, workingSet * 4096L, 4096, 4, access, 0, 0, Optional.empty(), touching));
        workload.reset(7, 0);
        return workload;
    }

    private static Workload plain(Access access) {
        return workload(access, 1, 1, 17);
    }

    static Stream<Workload> scattered() {
        return Stream.of(
                plain(Access.RANDOM), plain(Access.HOT_SET), plain(Access.ZIPF), workload(Access.ZIPF, 1, 0.6, 1), workload(Access.ZIPF, 1, 1.4, 1),
                workload(Access.MIX, 1, 1, 1, new Kind(Access.RANDOM, 3), new Kind(Access.ZIPF, 1), new Kind(Access.HOT_SET, 0.5)),
                workload(Access.MIX, 1, 1, 17, new Kind(Access.RANDOM, 1), new Kind(Access.STRIDED, 2)));
    }

    static Stream<Workload> walks() {
        return Stream.of(plain(Access.SEQUENTIAL), plain(Access.STRIDED), workload(Access.STRIDED, 1, 1, 30), workload(Access.STRIDED, 1, 1, 500), workload(Access.STRIDED, 1, 1, 1234));
    }

    private static PageSet missing(int... pages) {
        PageSet here = new PageSet(PAGES);
        here.fill();
        for (int page : pages) here.remove(page);
        return here;
    }

    /** From many missing pages to one. */
    private static List<PageSet> states() {
        PageSet none = new PageSet(PAGES);
        PageSet half = new PageSet(PAGES);
        half.addRange(0, WORKING_SET / 2);
        PageSet some = new PageSet(PAGES);
        some.fill();
        for (int page = 0; page < WORKING_SET; page += 13) some.remove(page);
        return List.of(none, half, some, missing(3, 30, 31, 32, 270, 271, 499, 550), missing(41));
    }

    private static long touchOneByOne(Workload workload, PageSet here, int[] found) {
        for (long touches = 0;; touches++) {
            found[0] = workload.nextPage(0);
            if (!here.contains(found[0])) return touches;
        }
    }

    private static long skip(Workload workload, PageSet here, int[] found) {
        for (long touches = 0;;) {
            touches += workload.skip(0, here);
            found[0] = workload.found();
            if (found[0] != Workload.NONE) return touches;
        }
    }

    /** Counts by class: classes that are rare in both samples are taken together. */
    private static void alike(TreeMap<Integer, long[]> counts) {
        long[] restA = {0, 0};
        TreeMap<Integer, long[]> classes = new TreeMap<>();
        for (var entry : counts.entrySet()) {
            long[] n = entry.getValue();
            if (n[0] + n[1] >= 40) classes.put(entry.getKey(), n);
            else {
                restA[0] += n[0];
                restA[1] += n[1];
            }
        }
        if (restA[0] + restA[1] >= 40) classes.put(-1, restA);
        if (classes.size() < 2) return;
        long[] a = classes.values().stream().mapToLong(n -> n[0]).toArray();
        long[] b = classes.values().stream().mapToLong(n -> n[1]).toArray();
        assertThat(new ChiSquareTest().chiSquareTestDataSetsComparison(a, b)).isGreaterThan(SIGNIFICANCE);
    }

    private static void count(TreeMap<Integer, long[]> counts, int what, int sample) {
        counts.computeIfAbsent(what, w -> new long[2])[sample]++;
    }

    /** Classes that are about as wide as the number is large. */
    private static int classOf(long touches) {
        return touches < 8 ? (int) touches : 8 * (63 - Long.numberOfLeadingZeros(touches)) + (int) (touches >>> (60 - Long.numberOfLeadingZeros(touches)) & 7);
    }

    @ParameterizedTest
    @MethodSource("scattered")
    void asManyTouchesAndTheSamePagesAsOneByOne(Workload workload) {
        int[] found = new int[1];
        for (PageSet here : states()) {
            TreeMap<Integer, long[]> touches = new TreeMap<>();
            TreeMap<Integer, long[]> pages = new TreeMap<>();
            for (int i = 0; i < SAMPLES; i++) {
                count(touches, classOf(touchOneByOne(workload, here, found)), 0);
                count(pages, found[0], 0);
                count(touches, classOf(skip(workload, here, found)), 1);
                assertThat(here.contains(found[0])).isFalse();
                count(pages, found[0], 1);
            }
            alike(touches);
            alike(pages);
        }
    }

    /** Pages arrive while a thread goes on: it meets the same ones, as late, as when it is followed touch by touch. */
    @ParameterizedTest
    @MethodSource("scattered")
    void pagesThatArriveMeanwhileAreMetNoMore(Workload workload) {
        PageSet here = new PageSet(PAGES);
        TreeMap<Integer, long[]> moments = new TreeMap<>();
        TreeMap<Integer, long[]> pages = new TreeMap<>();
        for (int i = 0; i < SAMPLES; i++) {
            arrived(here, 0);
            long touches = 0;
            int page = workload.nextPage(0);
            while (here.contains(page)) {
                arrived(here, ++touches);
                if (here.size() == PAGES) break;
                page = workload.nextPage(0);
            }
            count(moments, here.size() == PAGES ? -2 : classOf(touches), 0);
            if (here.size() < PAGES) count(pages, page, 0);

            arrived(here, 0);
            touches = 0;
            for (;;) {
                long skipped = workload.skip(0, here);
                if (skipped == Workload.FOREVER) break;
                touches += skipped;
                arrived(here, touches);
                if (workload.found() == Workload.NONE) continue;
                if (!here.contains(workload.found())) break;
                arrived(here, ++touches);
            }
            count(moments, here.size() == PAGES ? -2 : classOf(touches), 1);
            if (here.size() < PAGES) count(pages, workload.found(), 1);
        }
        assertThat(moments.keySet()).as("some come to nothing, some to something").hasSizeGreaterThan(10);
        alike(moments);
        alike(pages);
    }

    /** What is here after so many touches: at first all but a few, of which one more arrives every ten touches. */
    private static void arrived(PageSet here, long touches) {
        here.fill();
        for (int i = 0; i < 24; i++) if (touches < 10L * (i + 1)) here.remove(i * 20 + 2);
    }

    @ParameterizedTest
    @MethodSource("walks")
    void aWalkIsSkippedThroughExactly(Workload workload) {
        StateWriter state = new StateWriter();
        for (PageSet here : states()) {
            state.clear();
            workload.save(state);
            long skipped = workload.skip(0, here);
            int found = workload.found();
            workload.load(new StateReader().of(state.toBytes(), 0));
            if (skipped == Workload.FOREVER) {
                for (int i = 0; i < 2 * WORKING_SET; i++) assertThat(here.contains(workload.nextPage(0))).isTrue();
                continue;
            }
            int[] expected = new int[1];
            assertThat(touchOneByOne(workload, here, expected)).isEqualTo(skipped);
            assertThat(expected[0]).isEqualTo(found);
        }
    }

    @Test
    void whoHasAllThatItWantsTouchesNothingMissing() {
        PageSet here = new PageSet(PAGES);
        here.addRange(0, WORKING_SET);
        Stream.concat(scattered(), walks()).forEach(workload -> assertThat(workload.skip(0, here)).isEqualTo(Workload.FOREVER));
    }

    @Test
    void aThreadOfAWalkGoesItsOwnWay() {
        Workload workload = workload(Access.SEQUENTIAL, 4, 1, 1);
        PageSet here = new PageSet(PAGES);
        for (int t = 0; t < 4; t++) {
            assertThat(workload.skip(t, here)).isZero();
            assertThat(workload.found()).isEqualTo(WORKING_SET * t / 4);
        }
        here.addRange(0, WORKING_SET - 1);
        assertThat(workload.skip(3, here)).isEqualTo(WORKING_SET - 1 - (WORKING_SET * 3 / 4 + 1));
        assertThat(workload.found()).isEqualTo(WORKING_SET - 1);
        assertThat(workload.skip(3, here)).as("once round").isEqualTo(WORKING_SET - 1);
    }

    @Test
    void aMissingPageAmongMillionsIsFound() {
        int pages = 5_000_000;
        PageSet here = new PageSet(pages);
        here.fill();
        here.remove(4_321_098);
        Touching touching = new Touching(1, Optional.of(new Distribution.Constant(100)), 1, true, 0.1, 0.9, 1, 17, List.of());
        for (Access access : new Access[] {Access.RANDOM, Access.HOT_SET, Access.ZIPF, Access.STRIDED, Access.SEQUENTIAL}) {
            Workload workload = new Workload(new Guest(pages * 4096L, pages * 4096L, 4096, 1, access, 0, 0, Optional.empty(), touching));
            workload.reset(1, 0);
            assertThat(workload.skip(0, here)).isPositive();
            assertThat(workload.found()).isEqualTo(4_321_098);
        }
    }
}
