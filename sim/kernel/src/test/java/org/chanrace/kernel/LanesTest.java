package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LanesTest {
    private static final int FULL = 7;
    private static final int BLOCKED = 8;

    private final Lanes lanes = new Lanes(new int[] {0, 1, 1});

    /** Takes everything that is ready, earliest first; "lane:event@due" for each. */
    private String drain(Lanes from) {
        StringBuilder text = new StringBuilder();
        for (int lane = from.earliest(); lane >= 0; lane = from.earliest()) {
            long due = from.dueAt(lane);
            text.append(text.isEmpty() ? "" : " ").append(lane).append(':').append(from.take(lane)).append('@').append(due);
        }
        return text.toString();
    }

    @Test
    void theEarliestHeadComesFirst() {
        lanes.append(0, 30, 1);
        lanes.append(1, 10, 2);
        lanes.append(2, 20, 3);
        assertThat(drain(lanes)).isEqualTo("1:2@10 2:3@20 0:1@30");
    }

    @Test
    void tiesGoToTheLowerLane() {
        lanes.append(2, 5, 1);
        lanes.append(1, 5, 2);
        lanes.append(0, 5, 3);
        assertThat(drain(lanes)).isEqualTo("0:3@5 1:2@5 2:1@5");
    }

    @Test
    void aLaneNeverReorders() {
        lanes.append(0, 100, 1);
        lanes.append(0, 40, 2);
        lanes.append(0, 120, 3);
        lanes.append(1, 60, 4);
        assertThat(drain(lanes)).isEqualTo("1:4@60 0:1@100 0:2@100 0:3@120");
    }

    @Test
    void anEmptyLaneOwesNothingToWhatWasTakenBefore() {
        lanes.append(0, 100, 1);
        lanes.take(0);
        lanes.append(0, 40, 2);
        assertThat(drain(lanes)).isEqualTo("0:2@40");
    }

    @Test
    void whatIsPutOffComesLaterAndWhatWaitsBehindItNotBefore() {
        lanes.append(0, 10, 1);
        lanes.append(0, 12, 2);
        lanes.append(0, 50, 3);
        lanes.append(1, 20, 4);
        lanes.putOff(0, 25);
        assertThat(drain(lanes)).isEqualTo("1:4@20 0:1@35 0:2@35 0:3@50");
    }

    @Test
    void whatIsPutBackIsTheHeadAgainOnceTheHoldIsOver() {
        lanes.append(0, 10, 1);
        lanes.append(0, 12, 2);
        lanes.append(1, 20, 3);
        lanes.putBack(0, 10, lanes.take(0));
        lanes.holdUntil(0, 30);
        assertThat(lanes.size(0)).isEqualTo(2);
        assertThat(drain(lanes)).isEqualTo("1:3@20 0:1@30 0:2@30");
    }

    @Test
    void aClosedLaneKeepsItsEventsAndItsReason() {
        lanes.append(0, 10, 1);
        lanes.append(1, 20, 2);
        lanes.close(0, FULL);
        assertThat(lanes.reason(0)).isEqualTo(FULL);
        assertThat(lanes.ready(0)).isFalse();
        assertThat(lanes.size(0)).isEqualTo(1);
        assertThat(lanes.dueAt(0)).isEqualTo(Lanes.NEVER);
        assertThat(drain(lanes)).isEqualTo("1:2@20");

        lanes.close(0, BLOCKED);
        assertThat(lanes.reason(0)).isEqualTo(BLOCKED);
        lanes.open(0);
        assertThat(lanes.reason(0)).isZero();
        assertThat(drain(lanes)).isEqualTo("0:1@10");
    }

    @Test
    void aLaneIsClosedForAReason() {
        assertThatThrownBy(() -> lanes.close(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lanes.close(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeldLaneWaitsUntilItsReceiverHasTime() {
        lanes.append(0, 10, 1);
        lanes.append(0, 70, 2);
        lanes.append(1, 30, 3);
        lanes.holdUntil(0, 50);
        assertThat(lanes.ready(0)).isTrue();
        assertThat(drain(lanes)).isEqualTo("1:3@30 0:1@50 0:2@70");
        lanes.holdUntil(0, 5);
        lanes.append(0, 6, 4);
        assertThat(drain(lanes)).isEqualTo("0:4@6");
    }

    @Test
    void whatIsDoneToTheLaneJustTakenCounts() {
        lanes.append(0, 1, 1);
        lanes.append(0, 2, 2);
        lanes.append(1, 3, 3);
        lanes.take(0);
        lanes.close(0, FULL);
        assertThat(lanes.earliest()).isEqualTo(1);
        lanes.open(0);
        lanes.take(0);
        lanes.append(0, 4, 4);
        lanes.append(2, 2, 5);
        assertThat(drain(lanes)).isEqualTo("2:5@2 1:3@3 0:4@4");
    }

    @Test
    void ringsGrowWithoutLosingTheOrder() {
        int taken = 0;
        int appended = 0;
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < 7; i++) lanes.append(0, appended, 1000 + appended++);
            for (int i = 0; i < 3; i++) assertThat(lanes.take(0)).isEqualTo(1000 + taken++);
        }
        assertThat(lanes.size(0)).isEqualTo(appended - taken);
        assertThat(lanes.peek(0)).isEqualTo(1000 + taken);
        for (int i = 0; taken < appended; i++) {
            assertThat(lanes.pending(0, appended - taken - 1)).isEqualTo(1000 + appended - 1);
            assertThat(lanes.dueAt(0)).isEqualTo(taken);
            assertThat(lanes.take(0)).isEqualTo(1000 + taken++);
        }
        assertThat(lanes.earliest()).isEqualTo(-1);
    }

    @Test
    void aDroppedLaneIsEmptyAndCanBeUsedAgain() {
        for (int i = 0; i < 40; i++) lanes.append(0, 1000 + i, i);
        lanes.append(1, 2000, 40);
        lanes.drop(0);
        assertThat(lanes.size(0)).isZero();
        assertThat(lanes.ready(0)).isFalse();
        lanes.append(0, 15, 41);
        lanes.append(0, 16, 42);
        assertThat(drain(lanes)).isEqualTo("0:41@15 0:42@16 1:40@2000");
    }

    @Test
    void clearedLanesAreAsNew() {
        lanes.append(0, 10, 1);
        lanes.append(1, 5, 2);
        lanes.close(1, FULL);
        lanes.holdUntil(2, 1000);
        lanes.take(0);
        lanes.clear();
        assertThat(lanes.earliest()).isEqualTo(-1);
        for (int lane = 0; lane < 3; lane++) {
            assertThat(lanes.size(lane)).isZero();
            assertThat(lanes.reason(lane)).isZero();
            lanes.append(lane, 3 - lane, lane);
        }
        assertThat(drain(lanes)).isEqualTo("2:2@1 1:1@2 0:0@3");
    }

    @Test
    void lanesNameTheirReceivers() {
        assertThat(lanes.count()).isEqualTo(3);
        assertThat(lanes.process(0)).isZero();
        assertThat(lanes.process(2)).isEqualTo(1);
    }

    @Test
    void timeIsExactUpToTheHorizonAndLanesStillRunBeyondIt() {
        long horizon = lanes.horizon();
        assertThat(horizon).isEqualTo((1L << 61) - 2);
        lanes.append(0, horizon - 1, 1);
        lanes.append(2, horizon - 2, 2);
        assertThat(drain(lanes)).isEqualTo("2:2@" + (horizon - 2) + " 0:1@" + (horizon - 1));

        lanes.append(0, Lanes.NEVER - 1, 3);
        lanes.append(1, horizon + 1, 4);
        lanes.append(2, horizon - 1, 5);
        assertThat(drain(lanes)).isEqualTo("2:5@" + (horizon - 1) + " 0:3@" + (Lanes.NEVER - 1) + " 1:4@" + (horizon + 1));
    }

    @Test
    void theHorizonOfAThousandLanesIsAHundredDays() {
        long day = 24L * 3600 * 1_000_000_000;
        assertThat(new Lanes(new int[1024]).horizon() / day).isEqualTo(104);
    }

    @Test
    void anyNumberOfLanes() {
        for (int count = 0; count <= 70; count++) {
            Lanes some = new Lanes(new int[count]);
            assertThat(some.earliest()).isEqualTo(-1);
            for (int lane = 0; lane < count; lane++) some.append(lane, count - lane, lane);
            for (int lane = count - 1; lane >= 0; lane--) {
                assertThat(some.earliest()).isEqualTo(lane);
                some.take(lane);
            }
            assertThat(some.earliest()).isEqualTo(-1);
        }
    }

    @Test
    void whoIsWatchedIsSeenToLookBeyondItsOwnLanes() {
        lanes.watch(1);
        lanes.close(1, FULL);
        lanes.append(0, 10, 1);
        lanes.drop(0);
        lanes.append(2, 10, 1);
        lanes.peek(2);
        assertThat(lanes.lookedBeyond()).isFalse();
        lanes.size(0);
        assertThat(lanes.lookedBeyond()).isTrue();
        lanes.watch(1);
        assertThat(lanes.lookedBeyond()).isFalse();
        lanes.close(0, FULL);
        assertThat(lanes.lookedBeyond()).isTrue();
        lanes.watch(-1);
        lanes.size(0);
        assertThat(lanes.lookedBeyond()).isFalse();
    }

    @Test
    void theLanesOfOneProcessAreTakenDownAndPutBackAlone() {
        lanes.append(0, 10, 1);
        lanes.append(1, 20, 2);
        lanes.close(2, FULL);
        StateWriter state = new StateWriter();
        lanes.saveOf(1, state);
        Lanes others = new Lanes(new int[] {0, 1, 1});
        others.append(0, 5, 7);
        others.append(1, 5, 8);
        others.append(2, 5, 9);
        others.loadOf(1, new StateReader().of(state.toBytes(), 0));
        assertThat(others.reason(2)).isEqualTo(FULL);
        assertThat(drain(others)).isEqualTo("0:7@5 1:2@20");
    }

    @Test
    void onlyTheLanesOfOthersAreForgotten() {
        lanes.append(0, 10, 1);
        lanes.append(1, 20, 2);
        lanes.close(2, FULL);
        lanes.forgetAllBut(0);
        assertThat(lanes.reason(2)).isZero();
        assertThat(drain(lanes)).isEqualTo("0:1@10");
    }

    @Test
    void whatIsSentComesBehindWhatIsThereUnlessTheLaneWasEmptiedFirst() {
        lanes.watch(0);
        lanes.append(1, 30, 3);
        lanes.append(2, 1, 4);
        lanes.drop(2);
        lanes.append(2, 40, 5);
        StateWriter sent = new StateWriter();
        assertThat(lanes.saveSent(1, sent)).isTrue();
        Lanes receiving = new Lanes(new int[] {0, 1, 1});
        receiving.append(1, 50, 1);
        receiving.append(2, 50, 2);
        receiving.receive(new StateReader().of(sent.toBytes(), 0));
        assertThat(drain(receiving)).isEqualTo("2:5@40 1:1@50 1:3@50");
    }

    @Test
    void whoIsSentNothingIsToldNothing() {
        lanes.watch(1);
        lanes.append(1, 30, 3);
        StateWriter sent = new StateWriter();
        assertThat(lanes.saveSent(0, sent)).isFalse();
        assertThat(sent.size()).isZero();
    }

    @Test
    void thatALaneWasEmptiedIsSentThoughNothingCameAfterwards() {
        lanes.watch(1);
        lanes.drop(0);
        StateWriter sent = new StateWriter();
        assertThat(lanes.saveSent(0, sent)).isTrue();
        Lanes receiving = new Lanes(new int[] {0, 1, 1});
        receiving.append(0, 50, 1);
        receiving.receive(new StateReader().of(sent.toBytes(), 0));
        assertThat(receiving.size(0)).isZero();
    }
}
