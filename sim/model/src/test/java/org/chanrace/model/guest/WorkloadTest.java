package org.chanrace.model.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Distribution.Constant;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Access;
import org.chanrace.model.scenario.Guest.Touching.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
    private static final int PAGES = 1000;
    private static final int WORKING_SET = 100;
    /** A page each microsecond. */
    private static final long RATE = 4096L * 1_000_000;

    private final PageSet log = new PageSet(PAGES);
    private final PageSet written = new PageSet(PAGES);

    private static Workload workload(Access access, int workingSet, long rate) {
        Guest.Touching d = Guest.Touching.DEFAULT;
        List<Kind> mix = access == Access.MIX ? List.of(new Kind(Access.RANDOM, 3), new Kind(Access.SEQUENTIAL, 1)) : List.of();
        Guest.Touching touching = new Guest.Touching(0, d.think(), d.writes(), false, d.hotShare(), d.hotTouches(), d.exponent(), d.stride(), mix);
        Workload workload = new Workload(new Guest(PAGES * 4096L, workingSet * 4096L, 4096, 1, access, rate, 0, Optional.empty(), touching));
        workload.reset(1, 0);
        return workload;
    }

    private static List<Integer> touches(Workload workload, int n) {
        List<Integer> pages = new ArrayList<>();
        for (int i = 0; i < n; i++) pages.add(workload.nextPage(0));
        return pages;
    }

    @Test
    void sequentialGoesThroughTheWorkingSetAndBeginsAgain() {
        List<Integer> pages = touches(workload(Access.SEQUENTIAL, 3, RATE), 7);
        assertThat(pages).containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    void aSequentialWorkloadCanBePutElsewhere() {
        Workload workload = workload(Access.SEQUENTIAL, 3, RATE);
        workload.moveTo(0, 2);
        assertThat(workload.position(0)).isEqualTo(2);
        assertThat(touches(workload, 2)).containsExactly(2, 0);
        workload.moveTo(0, 3);
        assertThat(workload.position(0)).as("behind the last page is the first").isZero();
    }

    @Test
    void stridedReachesEveryPage() {
        List<Integer> pages = touches(workload(Access.STRIDED, WORKING_SET, RATE), WORKING_SET);
        assertThat(pages.subList(0, 7)).containsExactly(0, 17, 34, 51, 68, 85, 2);
        assertThat(pages).doesNotHaveDuplicates();
    }

    @Test
    void randomTouchesAllPagesAlike() {
        int[] counts = counts(Access.RANDOM, 100_000);
        // The standard deviation of a count is 31.
        for (int page = 0; page < WORKING_SET; page++) assertThat(counts[page]).as("page %d", page).isBetween(840, 1160);
    }

    @Test
    void nineTouchesOfTenGoToTheHotSet() {
        int[] counts = counts(Access.HOT_SET, 100_000);
        int hot = 0;
        for (int page = 0; page < WORKING_SET / 10; page++) hot += counts[page];
        // Of the touches that go anywhere a tenth finds the hot set too.
        assertThat(hot).isBetween(90_600, 91_400);
        for (int page = WORKING_SET / 10; page < WORKING_SET; page++) assertThat(counts[page]).as("page %d", page).isBetween(50, 150);
    }

    @Test
    void zipfTouchesThePageOfRankKOneKthAsOften() {
        int[] counts = counts(Access.ZIPF, 100_000);
        double log101 = StrictMath.log(WORKING_SET + 1);
        for (int rank : new int[] {1, 2, 5, 10, 50}) {
            double expected = 100_000 * StrictMath.log((rank + 1.0) / rank) / log101;
            assertThat((double) counts[rank - 1]).as("rank %d", rank).isBetween(expected * 0.8, expected * 1.2);
        }
    }

    private static int[] counts(Access access, int touches) {
        int[] counts = new int[WORKING_SET];
        for (int page : touches(workload(access, WORKING_SET, RATE), touches)) counts[page]++;
        return counts;
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void neverLeavesTheWorkingSetEvenIfThatIsOnePage(Access access) {
        assertThat(touches(workload(access, 1, RATE), 100)).containsOnly(0);
        assertThat(touches(workload(access, 7, RATE), 1000)).allMatch(page -> page >= 0 && page < 7);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void theSameSeedTouchesTheSamePages(Access access) {
        Workload workload = workload(access, WORKING_SET, RATE);
        List<Integer> first = touches(workload, 200);
        workload.reset(1, 0);
        assertThat(touches(workload, 200)).isEqualTo(first);
        assertThat(touches(workload(access, WORKING_SET, RATE), 200)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void aRunInPiecesWritesWhatARunInOnePieceWrites(Access access) {
        Workload pieces = workload(access, WORKING_SET, RATE);
        PageSet other = new PageSet(PAGES);
        // Instants between touches: what is left of a period counts for the next piece.
        for (long now = 0; now <= 70_000; now += 333) pieces.runUntil(now, log, written);
        pieces.runUntil(70_000, log, written);
        workload(access, WORKING_SET, RATE).runUntil(70_000, other, new PageSet(PAGES));
        assertThat(log.size()).isPositive();
        for (int page = 0; page < PAGES; page++) {
            assertThat(log.contains(page)).isEqualTo(other.contains(page));
            assertThat(written.contains(page)).isEqualTo(log.contains(page));
        }
    }

    @Test
    void aPageIsWrittenWhenItsPeriodIsOver() {
        Workload workload = workload(Access.SEQUENTIAL, WORKING_SET, RATE);
        assertThat(workload.nanosPerTouch()).isEqualTo(1000);
        workload.runUntil(999, log, written);
        assertThat(log.size()).isZero();
        workload.runUntil(1000, log, written);
        assertThat(log.size()).isEqualTo(1);
        workload.runUntil(1999, log, written);
        assertThat(log.size()).isEqualTo(1);
        workload.runUntil(5000, log, written);
        assertThat(log.size()).isEqualTo(5);
    }

    @Test
    void sequentialWritesWrapAround() {
        Workload workload = workload(Access.SEQUENTIAL, WORKING_SET, RATE);
        workload.runUntil(95_000, log, written);
        log.clear();
        workload.runUntil(105_000, log, written);
        assertThat(log.size()).isEqualTo(10);
        assertThat(log.next(0)).isZero();
        assertThat(log.nextAbsent(0)).isEqualTo(5);
        assertThat(log.next(5)).isEqualTo(95);
        assertThat(workload.position(0)).isEqualTo(5);
        assertThat(written.size()).isEqualTo(WORKING_SET);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void inTheLongRunTheWholeWorkingSetIsWrittenAndNothingElse(Access access) {
        workload(access, WORKING_SET, RATE).runUntil(3_600_000_000_000L, log, written);
        assertThat(log.size()).isEqualTo(WORKING_SET);
        assertThat(log.nextAbsent(0)).isEqualTo(WORKING_SET);
    }

    @Test
    void theWorkloadStartsBeforeTheMigration() {
        Workload workload = workload(Access.SEQUENTIAL, WORKING_SET, RATE);
        workload.reset(1, -20_000);
        workload.runUntil(0, log, written);
        assertThat(log.size()).isEqualTo(20);
    }

    @Test
    void anIdleGuestWritesNothing() {
        Workload noRate = workload(Access.RANDOM, WORKING_SET, 0);
        Workload noWorkingSet = workload(Access.RANDOM, 0, RATE);
        for (Workload idle : List.of(noRate, noWorkingSet)) {
            idle.runUntil(3_600_000_000_000L, log, written);
            assertThat(idle.nanosPerTouch()).isEqualTo(Long.MAX_VALUE);
            assertThat(log.size()).isZero();
        }
    }

    // Many touches at once.

    private static final int LARGE = 100_000;

    private static Workload large(Access access, double writes, int threads, Distribution think, Kind... mix) {
        Guest.Touching touching = new Guest.Touching(threads, Optional.of(think), writes, false, 0.1, 0.9, 1, 17, List.of(mix));
        Workload workload = new Workload(new Guest(LARGE * 4096L, LARGE * 4096L, 4096, Math.max(1, threads), access, 0, 0, Optional.empty(), touching));
        workload.reset(3, 0);
        return workload;
    }

    private static PageSet writtenBy(Workload workload, long nanos) {
        PageSet log = new PageSet(LARGE);
        PageSet written = new PageSet(LARGE);
        workload.runUntil(nanos, log, written);
        for (int page = 0; page < LARGE; page++) assertThat(log.contains(page)).isEqualTo(written.contains(page));
        return log;
    }

    /** In each tenth of the working set as many pages are written as one expects who draws page by page, within five standard deviations. */
    private static void inTenths(PageSet log, IntToDoubleFunction touchesExpected) {
        for (int tenth = 0; tenth < 10; tenth++) {
            double mean = 0;
            double variance = 0;
            for (int page = tenth * LARGE / 10; page < (tenth + 1) * LARGE / 10; page++) {
                double p = 1 - StrictMath.exp(-touchesExpected.applyAsDouble(page));
                mean += p;
                variance += p * (1 - p);
            }
            assertThat((double) log.countIn(tenth * LARGE / 10, (tenth + 1) * LARGE / 10)).as("tenth %d", tenth).isCloseTo(mean, within(5 * StrictMath.sqrt(variance) + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {60_000, 150_000, 400_000})
    void manyRandomTouchesWriteAsManyPagesAsOneByOne(long touches) {
        inTenths(writtenBy(large(Access.RANDOM, 1, 1, new Constant(100)), touches * 100), page -> (double) touches / LARGE);
        inTenths(writtenBy(large(Access.RANDOM, 0.25, 4, new Constant(400)), touches * 100), page -> 0.25 * touches / LARGE);
        inTenths(writtenBy(large(Access.HOT_SET, 1, 1, new Constant(100)), touches * 100), page -> (page < LARGE / 10 ? 9.1 : 0.1) * touches / LARGE);
        double harmonic = StrictMath.log(LARGE + 1);
        inTenths(writtenBy(large(Access.ZIPF, 1, 1, new Constant(100)), touches * 100), page -> touches * StrictMath.log((page + 2.0) / (page + 1)) / harmonic);
        inTenths(writtenBy(large(Access.MIX, 1, 1, new Constant(100), new Kind(Access.RANDOM, 1), new Kind(Access.ZIPF, 1)), touches * 100),
                page -> touches / 2.0 * (1.0 / LARGE + StrictMath.log((page + 2.0) / (page + 1)) / harmonic));
    }

    @Test
    void aMixWritesWhatItsKindsWrite() {
        PageSet log = writtenBy(large(Access.MIX, 1, 1, new Constant(100), new Kind(Access.SEQUENTIAL, 1), new Kind(Access.RANDOM, 3)), 20_000_000);
        assertThat(log.nextAbsent(0)).as("50000 pages in a row").isGreaterThanOrEqualTo(50_000);
        assertThat((double) log.countIn(50_000, LARGE)).isCloseTo(50_000 * (1 - StrictMath.exp(-1.5)), within(600.0));
    }

    @Test
    void readsWriteNothing() {
        for (Access access : new Access[] {Access.SEQUENTIAL, Access.STRIDED, Access.RANDOM, Access.HOT_SET, Access.ZIPF})
            for (long nanos : new long[] {1_000_000, 1_000_000_000}) assertThat(writtenBy(large(access, 0, 1, new Constant(100)), nanos).size()).isZero();
    }

    @Test
    void ofAWalkTheShareThatWritesIsWritten() {
        for (Access access : new Access[] {Access.SEQUENTIAL, Access.STRIDED}) {
            // Half a round, then two and a half rounds.
            assertThat((double) writtenBy(large(access, 0.3, 1, new Constant(100)), 5_000_000).size()).isCloseTo(15_000, within(520.0));
            double expected = LARGE / 2 * (1 - 0.7 * 0.7 * 0.7) + LARGE / 2 * (1 - 0.7 * 0.7);
            assertThat((double) writtenBy(large(access, 0.3, 1, new Constant(100)), 25_000_000).size()).isCloseTo(expected, within(800.0));
        }
    }

    @Test
    void eachThreadWalksOnFromWhereItIs() {
        PageSet log = writtenBy(large(Access.SEQUENTIAL, 1, 4, new Constant(100)), 100 * 100);
        for (int t = 0; t < 4; t++) {
            assertThat(log.next(t * LARGE / 4)).isEqualTo(t * LARGE / 4);
            assertThat(log.nextAbsent(t * LARGE / 4)).isEqualTo(t * LARGE / 4 + 100);
        }
        assertThat(log.size()).isEqualTo(400);
    }

    @Test
    void touchesComeAtTheirMeanRate() {
        assertThat(writtenBy(large(Access.SEQUENTIAL, 1, 2, new Distribution.Exponential(500)), 1_000_000).size()).isEqualTo(4000);
        assertThat(large(Access.SEQUENTIAL, 1, 2, new Distribution.Exponential(500)).nanosPerTouch()).isEqualTo(250);
    }
}
