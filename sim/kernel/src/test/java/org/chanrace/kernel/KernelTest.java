package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTest {
    private static final Limits NONE = Limits.NONE;

    private final Lanes lanes = new Lanes(new int[] {0, 1});
    private final List<String> seen = new ArrayList<>();

    private Kernel recording() {
        return new Kernel(
                lanes,
                (lane, event, now) -> seen.add("a" + event + "@" + now),
                (lane, event, now) -> seen.add("b" + event + "@" + now));
    }

    @Test
    void eventsReachTheProcessOfTheirLaneInTheOrderOfTime() {
        Kernel kernel = recording();
        lanes.append(1, 20, 2);
        lanes.append(0, 10, 1);
        lanes.append(0, 30, 3);
        assertThat(kernel.run(ByTime.INSTANCE, NONE, null)).isEqualTo(End.STALLED);
        assertThat(seen).containsExactly("a1@10", "b2@20", "a3@30");
        assertThat(kernel.now()).isEqualTo(30);
        assertThat(kernel.events()).isEqualTo(3);
    }

    @Test
    void timeNeverGoesBack() {
        Kernel kernel = new Kernel(
                lanes,
                (lane, event, now) -> {
                    seen.add("a" + event + "@" + now);
                    lanes.open(1);
                },
                (lane, event, now) -> seen.add("b" + event + "@" + now));
        lanes.append(1, 5, 1);
        lanes.close(1, 1);
        lanes.append(0, 10, 2);
        kernel.run(ByTime.INSTANCE, NONE, null);
        assertThat(seen).containsExactly("a2@10", "b1@10");
    }

    @Test
    void aClosedLaneStallsTheRun() {
        Kernel kernel = recording();
        lanes.append(1, 5, 1);
        lanes.close(1, 9);
        assertThat(kernel.run(ByTime.INSTANCE, NONE, null)).isEqualTo(End.STALLED);
        assertThat(kernel.events()).isZero();
        assertThat(lanes.reason(1)).isEqualTo(9);
        lanes.open(1);
        kernel.run(ByTime.INSTANCE, NONE, null);
        assertThat(seen).containsExactly("b1@5");
    }

    @Test
    void aProcessEndsTheRunAfterItsEvent() {
        Kernel[] kernel = new Kernel[1];
        kernel[0] = new Kernel(lanes, (lane, event, now) -> kernel[0].finish(), (lane, event, now) -> {});
        lanes.append(1, 1, 1);
        lanes.append(0, 2, 2);
        lanes.append(1, 3, 3);
        assertThat(kernel[0].run(ByTime.INSTANCE, NONE, null)).isEqualTo(End.FINISHED);
        assertThat(kernel[0].now()).isEqualTo(2);
        assertThat(lanes.size(1)).isEqualTo(1);
    }

    @Test
    void theLimitOnEventsIsExact() {
        Kernel kernel = recording();
        for (int i = 1; i <= 5; i++) lanes.append(0, i, i);
        assertThat(kernel.run(ByTime.INSTANCE, new Limits(3, 100, Long.MAX_VALUE), null)).isEqualTo(End.EVENT_LIMIT);
        assertThat(seen).containsExactly("a1@1", "a2@2", "a3@3");
        assertThat(kernel.run(ByTime.INSTANCE, new Limits(5, 100, Long.MAX_VALUE), null)).isEqualTo(End.STALLED);
        assertThat(seen).hasSize(5);
    }

    @Test
    void whatIsDueAfterTheLimitOfTimeIsNotHandled() {
        Kernel kernel = recording();
        lanes.append(0, 100, 1);
        lanes.append(0, 101, 2);
        assertThat(kernel.run(ByTime.INSTANCE, new Limits(100, 100, Long.MAX_VALUE), null)).isEqualTo(End.TIME_LIMIT);
        assertThat(seen).containsExactly("a1@100");
        assertThat(lanes.size(0)).isEqualTo(1);
    }

    @Test
    void eventsWithoutProgressAreQuiet() {
        Kernel kernel = recording();
        for (int i = 1; i <= 10; i++) lanes.append(0, 10L * i, i);
        assertThat(kernel.run(ByTime.INSTANCE, new Limits(100, 1000, 35), null)).isEqualTo(End.QUIET);
        assertThat(seen).containsExactly("a1@10", "a2@20", "a3@30");
    }

    @Test
    void progressKeepsARunFromBeingQuiet() {
        Kernel[] kernel = new Kernel[1];
        kernel[0] = new Kernel(
                lanes,
                (lane, event, now) -> {
                    seen.add("a" + event + "@" + now);
                    if (event == 3) kernel[0].progress();
                },
                (lane, event, now) -> {});
        for (int i = 1; i <= 10; i++) lanes.append(0, 10L * i, i);
        assertThat(kernel[0].run(ByTime.INSTANCE, new Limits(100, 1000, 35), null)).isEqualTo(End.QUIET);
        assertThat(seen).hasSize(6).endsWith("a6@60");
    }

    @Test
    void aRunOfWhichNothingIsExpectedYetIsNotQuiet() {
        Kernel[] kernel = new Kernel[1];
        kernel[0] = new Kernel(
                lanes,
                (lane, event, now) -> {
                    seen.add("a" + event + "@" + now);
                    if (event == 1) kernel[0].expectNothingUntil(1000);
                    // Progress meanwhile does not make it less.
                    if (event == 2) kernel[0].progress();
                },
                (lane, event, now) -> {});
        lanes.append(0, 10, 1);
        lanes.append(0, 20, 2);
        lanes.append(0, 1035, 3);
        lanes.append(0, 1036, 4);
        assertThat(kernel[0].run(ByTime.INSTANCE, new Limits(100, 10_000, 35), null)).isEqualTo(End.QUIET);
        assertThat(seen).containsExactly("a1@10", "a2@20", "a3@1035");
    }

    @Test
    void aRunWithoutALimitOfQuietIsNeverQuiet() {
        Kernel kernel = recording();
        lanes.append(0, Long.MAX_VALUE - 1, 1);
        assertThat(kernel.run(ByTime.INSTANCE, NONE, null)).isEqualTo(End.STALLED);
        assertThat(seen).hasSize(1);
    }

    @Test
    void limitsAreAboveZero() {
        assertThatThrownBy(() -> new Limits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theListenerSeesEachEventBeforeItsProcess() {
        Kernel kernel = recording();
        lanes.append(1, 7, 4);
        kernel.run(ByTime.INSTANCE, NONE, (lane, event, now) -> seen.add("lane " + lane + " event " + event + " at " + now));
        assertThat(seen).containsExactly("lane 1 event 4 at 7", "b4@7");
    }

    @Test
    void aResetArenaRunsAsAFreshOne() {
        Bouncing used = new Bouncing();
        used.start(3, 4, 50).runByTime(null);
        used.start(1, 4, 50).runByTime(null);
        Bouncing fresh = new Bouncing();
        fresh.start(1, 4, 50).runByTime(null);
        assertThat(used.kernel.digest()).isEqualTo(fresh.kernel.digest());
        assertThat(used.kernel.events()).isEqualTo(fresh.kernel.events()).isEqualTo(4 * 51);
        assertThat(used.kernel.now()).isEqualTo(fresh.kernel.now());
    }

    @Test
    void aResetArenaHasForgottenThatItWasFinished() {
        Kernel[] kernel = new Kernel[1];
        kernel[0] = new Kernel(lanes, (lane, event, now) -> kernel[0].finish(), (lane, event, now) -> {});
        lanes.append(0, 1, 1);
        kernel[0].run(ByTime.INSTANCE, NONE, null);
        kernel[0].reset();
        assertThat(kernel[0].now()).isZero();
        assertThat(kernel[0].events()).isZero();
        assertThat(kernel[0].run(ByTime.INSTANCE, NONE, null)).isEqualTo(End.STALLED);
    }

    @Test
    void aRunCutIntoPiecesIsTheSameRun() {
        Bouncing whole = new Bouncing();
        whole.start(5, 3, 40).runByTime(null);
        Bouncing pieces = new Bouncing().start(5, 3, 40);
        int runs = 0;
        End end = End.EVENT_LIMIT;
        while (end == End.EVENT_LIMIT) end = pieces.kernel.run(ByTime.INSTANCE, new Limits(++runs * 7L, Long.MAX_VALUE - 1, Long.MAX_VALUE), null);
        assertThat(runs).isGreaterThan(10);
        assertThat(end).isEqualTo(End.STALLED);
        assertThat(pieces.kernel.digest()).isEqualTo(whole.kernel.digest());
    }

    @Test
    void theDigestIsTheSameOnEveryJvm() {
        Bouncing model = new Bouncing();
        model.start(1, 4, 50).runByTime(null);
        assertThat(Long.toHexString(model.kernel.digest())).isEqualTo("80be4f378fa040bd");
    }
}
