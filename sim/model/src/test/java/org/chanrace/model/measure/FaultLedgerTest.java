package org.chanrace.model.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** To which stage the time of a fault is charged, and whose fault a stage is of. */
class FaultLedgerTest {
    private static final int PAGE = 7;

    private final FaultLedger ledger = new FaultLedger(3);

    private Map<Stage, Long> budget() {
        Map<Stage, Long> budget = new EnumMap<>(Stage.class);
        for (Measurements.Spent spent : ledger.measurements().budget()) if (spent.nanos() > 0) budget.put(spent.stage(), spent.nanos());
        return budget;
    }

    private void wholePath(int page, long from) {
        long at = from;
        for (Stage stage : Stage.values()) if (stage.compareTo(Stage.VCPU_WAKE) < 0) ledger.passed(page, stage, at += 10);
    }

    @Test
    void eachStageIsChargedWithTheTimeSinceTheOneBefore() {
        ledger.touched(0, PAGE, 100);
        ledger.asked(PAGE);
        wholePath(PAGE, 100);
        ledger.resolved(0, 260);
        assertThat(budget()).hasSize(16).allSatisfy((stage, nanos) -> assertThat(nanos).as(stage.text()).isEqualTo(10));
        assertThat(ledger.measurements().latency().sumNanos()).isEqualTo(160);
    }

    @Test
    void oneWhoComesLaterHasThePageAskedForAgainAndThatIsNothingToTheFirst() {
        ledger.touched(0, PAGE, 0);
        ledger.asked(PAGE);
        ledger.passed(PAGE, Stage.FAULT, 4);
        ledger.passed(PAGE, Stage.FAULT_THREAD_WAIT, 10);
        ledger.passed(PAGE, Stage.REQUEST, 20);
        ledger.touched(1, PAGE, 1000);
        ledger.passed(PAGE, Stage.FAULT, 1004);
        ledger.passed(PAGE, Stage.FAULT_THREAD_WAIT, 1014);
        ledger.asked(PAGE);
        ledger.passed(PAGE, Stage.REQUEST, 1020);
        // The request of the first arrives, and what becomes of the page from then on both wait for.
        ledger.passed(PAGE, Stage.REQUEST_TRAVELS, 2000);
        ledger.passed(PAGE, Stage.SAVE, 3000);
        ledger.passed(PAGE, Stage.REQUEST_TRAVELS, 3500);
        ledger.passed(PAGE, Stage.LATENCY, 4000);
        ledger.resolved(0, 4000);
        ledger.resolved(1, 4000);
        assertThat(budget()).containsOnly(
                Map.entry(Stage.FAULT, 4L + 4), Map.entry(Stage.FAULT_THREAD_WAIT, 6L + 10), Map.entry(Stage.REQUEST, 10L + 6), Map.entry(Stage.REQUEST_TRAVELS, 1980L + 980),
                Map.entry(Stage.SAVE, 2 * 1000L), Map.entry(Stage.LATENCY, 2 * 1000L));
    }

    @Test
    void thePartsOfAPageTakeTurnsOnceAllAreWritten() {
        ledger.touched(0, PAGE, 0);
        ledger.asked(PAGE);
        ledger.passed(PAGE, Stage.TRANSMISSION, 50);
        ledger.passed(PAGE, Stage.SAVE, 100);
        for (int part = 1; part <= 3; part++) {
            ledger.passed(PAGE, Stage.LINK_WAIT, 100 * part + 30);
            ledger.passed(PAGE, Stage.TRANSMISSION, 100 * part + 100);
        }
        ledger.resolved(0, 450);
        assertThat(budget()).containsOnly(Map.entry(Stage.SAVE, 100L), Map.entry(Stage.LINK_WAIT, 90L), Map.entry(Stage.TRANSMISSION, 210L), Map.entry(Stage.VCPU_WAKE, 50L));
    }

    @Test
    void whatWasOnItsWayBeforeItWasAskedForIsOneThing() {
        ledger.touched(0, PAGE, 0);
        ledger.asked(PAGE);
        ledger.passed(PAGE, Stage.FAULT, 4);
        ledger.passed(PAGE, Stage.LATENCY, 20);
        ledger.resolved(0, 30);
        assertThat(budget()).containsOnly(Map.entry(Stage.ON_ITS_WAY, 30L));
    }

    @Test
    void afterAnInterruptionAPageIsAskedForAndSentAgain() {
        ledger.touched(0, PAGE, 0);
        ledger.asked(PAGE);
        ledger.passed(PAGE, Stage.REQUEST, 10);
        ledger.passed(PAGE, Stage.SAVE, 20);
        ledger.interrupted();
        ledger.passed(PAGE, Stage.LATENCY, 30);
        ledger.passed(PAGE, Stage.REQUEST, 1000);
        ledger.passed(PAGE, Stage.SAVE, 1100);
        ledger.passed(PAGE, Stage.LATENCY, 1150);
        ledger.resolved(0, 1150);
        assertThat(budget()).containsOnly(Map.entry(Stage.REQUEST, 10L + 980), Map.entry(Stage.SAVE, 10L + 100), Map.entry(Stage.LATENCY, 50L));
    }

    @Test
    void whatCameUnaskedDoesNotCountButTheVcpuStoodStill() {
        ledger.touched(0, PAGE, 0);
        ledger.resolved(0, 30);
        ledger.touched(0, PAGE + 1, 40);
        ledger.asked(PAGE);
        ledger.asked(PAGE + 1);
        ledger.resolved(0, 60);
        assertThat(ledger.measurements().latency().sumNanos()).isEqualTo(20);
        assertThat(ledger.measurements().blockedNanos()).containsExactly(50L, 0L, 0L);
    }

    @Test
    void whatIsAskedForWhileItIsPutIntoPlaceCounts() {
        ledger.touched(0, PAGE, 0);
        ledger.resolved(0, 30);
        ledger.asked(PAGE);
        ledger.asked(PAGE);
        assertThat(ledger.measurements().latency().count()).isEqualTo(1);
        assertThat(budget()).containsOnly(Map.entry(Stage.ON_ITS_WAY, 30L));
    }

    @Test
    void whoIsGivenUpDoesNotCount() {
        ledger.touched(0, PAGE, 0);
        ledger.asked(PAGE);
        ledger.touched(1, PAGE + 1, 0);
        ledger.asked(PAGE + 1);
        ledger.abandoned(0);
        wholePath(PAGE, 0);
        wholePath(PAGE + 1, 0);
        ledger.resolved(0, 500);
        ledger.resolved(1, 500);
        assertThat(ledger.measurements().latency().count()).isEqualTo(1);
        assertThat(ledger.measurements().blockedNanos()).containsExactly(0L, 500L, 0L);
        assertThat(ledger.isOpen()).isFalse();
    }
}
