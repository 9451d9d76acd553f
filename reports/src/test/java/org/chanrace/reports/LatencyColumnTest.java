package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.model.measure.Measurements;
import org.chanrace.model.measure.Measurements.Throughput;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.junit.jupiter.api.Test;

/** What runs come to together, by hand. */
class LatencyColumnTest {
    private static final Scenario SCENARIO = Samples.open().scenario();

    private static ReportedRun run(long seed, Stage where, long... latencies) {
        LatencyHistogram latency = new LatencyHistogram();
        for (long nanos : latencies) latency.add(nanos);
        Measurements measured = new Measurements(latency, List.of(new Measurements.Spent(where, latency.sumNanos())), List.of(latency.sumNanos(), 0L),
                new Throughput(10, List.of(seed), List.of(0L)), OptionalLong.of(seed), OptionalLong.empty(), OptionalLong.empty());
        return LatencySamples.run(SCENARIO, seed, Outcome.COMPLETED, Optional.of(measured));
    }

    private static LatencyColumn column(String name, ReportedRun... runs) {
        LatencyColumn.Gathering gathering = new LatencyColumn.Gathering(name, SCENARIO, List.of());
        for (ReportedRun run : runs) gathering.add(run);
        return gathering.column();
    }

    @Test
    void eachRunCountsAlikeInTheMeanAndEachFaultInTheDistribution() {
        LatencyColumn column = column("c", run(1, Stage.LATENCY, 1000, 3000), run(2, Stage.SAVE, 8000), run(3, Stage.FAULT));
        assertThat(column.mean().orElseThrow().mean()).isCloseTo((2000 + 8000) / 2.0, within(1e-9));
        assertThat(column.mean().orElseThrow().runs()).as("a run without faults has no mean").isEqualTo(2);
        assertThat(column.latency().count()).isEqualTo(3);
        assertThat(column.latency().meanNanos()).isEqualTo(4000);
        assertThat(column.runs().get(2).meanNanos()).isEqualTo(OptionalDouble.empty());
        assertThat(column.blockedNanos()).containsExactly(4000.0, 0.0);
        assertThat(column.blocked()).hasValue(2000);
        assertThat(column.downtime().orElseThrow().mean()).isCloseTo(2, within(1e-12));
        assertThat(column.postcopy()).isEmpty();
    }

    @Test
    void theBudgetAddsUpToTheMean() {
        LatencyColumn column = column("c", run(1, Stage.LATENCY, 1000, 3000), run(2, Stage.SAVE, 8000), run(3, Stage.FAULT));
        assertThat(column.budgetNanos().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(column.mean().orElseThrow().mean(), within(1e-9));
        assertThat(column.budgetNanos().get(Stage.LATENCY.ordinal())).isEqualTo(1000);
        assertThat(column.largestStages()).containsExactly(Stage.SAVE, Stage.LATENCY);
        assertThat(column.share(Stage.SAVE)).isCloseTo(0.8, within(1e-12));
        for (LatencyColumn published : LatencySamples.compared().columns())
            assertThat(published.budgetNanos().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(published.mean().orElseThrow().mean(), within(1e-3));
    }

    @Test
    void differencesAreOfRunsWithTheSameSeed() {
        LatencyColumn slow = column("slow", run(1, Stage.SAVE, 5000), run(2, Stage.SAVE, 9000), run(3, Stage.SAVE, 1_000_000));
        LatencyColumn quick = column("quick", run(1, Stage.SAVE, 4000), run(2, Stage.SAVE, 6000), run(4, Stage.SAVE, 1));
        LatencyComparison comparison = new LatencyComparison(SCENARIO, "f.yaml", 1, 3, List.of(slow, quick));
        assertThat(comparison.differences(0)).isEmpty();
        LatencyComparison.Difference difference = comparison.differences(1).get(0);
        assertThat(difference.nanos()).isEqualTo(Estimate.of(-1000, -3000));
        assertThat(difference.share()).isCloseTo(-2000 / 7000.0, within(1e-12));
        assertThat(LatencyWords.difference(difference)).isEqualTo("quick is 2.000 ± 12.706 us (29 %) quicker than slow, which may be chance");
    }

    @Test
    void equalColumnsAreSaidToBeEqual() {
        LatencyColumn one = column("one", run(1, Stage.SAVE, 5000), run(2, Stage.SAVE, 9000));
        LatencyColumn other = column("other", run(1, Stage.LATENCY, 5000), run(2, Stage.SAVE, 9000));
        LatencyComparison comparison = new LatencyComparison(SCENARIO, "f.yaml", 1, 2, List.of(one, other));
        assertThat(comparison.shownDifferences()).extracting(LatencyWords::difference).containsExactly("other takes as long as one");
    }

    @Test
    void ofManyColumnsEachIsComparedWithTheFirst() {
        LatencyComparison many = LatencySamples.many();
        assertThat(many.shownDifferences()).hasSize(7).allMatch(d -> d.than() == many.columns().get(0));
        assertThat(many.differences(3)).hasSize(3);
        assertThat(LatencySamples.compared().shownDifferences()).hasSize(3);
    }

    @Test
    void throughputsAreAddedInTheLongerInterval() {
        Throughput sum = Throughputs.sum(new Throughput(10, List.of(1L, 2L, 3L), List.of(0L, 0L, 5L)), new Throughput(20, List.of(10L, 20L, 30L), List.of(0L, 1L, 0L)));
        assertThat(sum).isEqualTo(new Throughput(20, List.of(13L, 23L, 30L), List.of(0L, 6L, 0L)));
        assertThat(Throughputs.sum(new Throughput(1, List.of(), List.of()), sum)).isEqualTo(sum);
        assertThatThrownBy(() -> Throughputs.sum(new Throughput(3, List.of(1L), List.of(1L)), sum)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSentenceNamesTheStageThatHasMost() {
        LatencyComparison compared = LatencySamples.compared();
        assertThat(LatencyWords.most(compared.columns().get(0))).startsWith("most of the mean, 82 %, is “in the send buffer”: behind");
        assertThat(LatencyWords.most(compared.columns().get(2))).startsWith("no stage has most of the mean; the largest are “latency” (33 %)");
        assertThat(LatencyWords.most(LatencySamples.alone().columns().get(0))).isEqualTo("no faults: the guest did not get to the destination");
        assertThat(LatencyWords.most(column("c", run(1, Stage.SAVE, 0)))).isEqualTo("faults take no time");
    }

    @Test
    void bucketsAreNamedAsQemuNamesThem() {
        assertThat(List.of(LatencyWords.bucket(0), LatencyWords.bucket(1), LatencyWords.bucket(7), LatencyWords.bucket(10), LatencyWords.bucket(13), LatencyWords.bucket(20), LatencyWords.bucket(23)))
                .containsExactly("< 2 us", "2–4 us", "128–256 us", "1–2 ms", "8–16 ms", "1–2 s", "≥ 8 s");
    }

    @Test
    void theTextHasAsManyColumnsSideBySideAsFit() {
        String text = new LatencyText(140).comparison(LatencySamples.many());
        assertThat(text.lines().filter(line -> line.startsWith("  completed"))).hasSize(2);
        assertThat(text.lines()).allMatch(line -> line.length() <= 140);
        assertThat(new LatencyText(80).comparison(LatencySamples.many()).lines().filter(line -> line.startsWith("  completed"))).hasSize(8);
        assertThat(Map.of(1, "seed 7", 5, "seeds 1 to 5")).containsEntry(LatencySamples.alone().seeds(), LatencyWords.seeds(LatencySamples.alone()))
                .containsEntry(LatencySamples.compared().seeds(), LatencyWords.seeds(LatencySamples.compared()));
    }
}
