package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chanrace.reports.ExplorationSamples.COMPLETED;
import static org.chanrace.reports.ExplorationSamples.PAUSED;
import static org.chanrace.reports.ExplorationSamples.STALLED;
import static org.chanrace.reports.ExplorationSamples.exploration;
import static org.chanrace.reports.ExplorationSamples.found;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.model.scenario.Bounds;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.reports.ExploredPairing.Expected;
import org.chanrace.reports.ExploredPairing.Judgement;
import org.junit.jupiter.api.Test;

class ExploredPairingTest {
    @Test
    void passesWhenNothingBadIsReachableAndCompletedIs() {
        assertThat(judged(Expected.PASSES, true, COMPLETED)).isEqualTo(Judgement.PASS);
        assertThat(judged(Expected.PASSES, true, COMPLETED, PAUSED)).as("after a disturbance it may wait for a recovery").isEqualTo(Judgement.PASS);
        assertThat(judged(Expected.PASSES, true, COMPLETED, STALLED)).isEqualTo(Judgement.FAIL);
    }

    @Test
    void whereNothingCompletesNothingIsProved() {
        assertThat(judged(Expected.PASSES, true, PAUSED)).isEqualTo(Judgement.FAIL);
        assertThat(judged(Expected.PASSES, true)).isEqualTo(Judgement.FAIL);
        assertThat(pairing(Expected.PASSES, true, PAUSED).deviations()).containsExactly("expected an order that completes, and there is none");
    }

    @Test
    void failsInWhenSomethingBadIsReachable() {
        assertThat(judged(Expected.FAILS, true, COMPLETED, STALLED)).isEqualTo(Judgement.PASS);
        assertThat(judged(Expected.FAILS, true, STALLED)).as("completed need not be").isEqualTo(Judgement.PASS);
        assertThat(judged(Expected.FAILS, true, COMPLETED, PAUSED)).isEqualTo(Judgement.FAIL);
        assertThat(pairing(Expected.FAILS, true, COMPLETED).deviations()).containsExactly("expected an order that ends badly, and there is none");
    }

    @Test
    void aWitnessDecidesAlsoWhenTheMemoryRanOut() {
        assertThat(judged(Expected.FAILS, false, STALLED)).isEqualTo(Judgement.PASS);
        assertThat(judged(Expected.PASSES, false, STALLED)).isEqualTo(Judgement.FAIL);
        assertThat(judged(Expected.FAILS, false, COMPLETED)).isEqualTo(Judgement.INCONCLUSIVE);
        assertThat(judged(Expected.PASSES, false, COMPLETED)).isEqualTo(Judgement.INCONCLUSIVE);
        assertThat(judged(Expected.PASSES, false)).isEqualTo(Judgement.INCONCLUSIVE);
    }

    @Test
    void onlyTheOutcomesThatTheScenarioFindsCount() {
        assertThat(finding(Outcome.PRECOPY_STALL, Expected.FAILS, COMPLETED, STALLED)).isEqualTo(Judgement.PASS);
        assertThat(finding(Outcome.GUEST_CORRUPT, Expected.FAILS, COMPLETED, STALLED)).isEqualTo(Judgement.FAIL);
        assertThat(finding(Outcome.GUEST_CORRUPT, Expected.PASSES, COMPLETED, STALLED)).as("what it is about is fixed").isEqualTo(Judgement.PASS);
        assertThat(finding(Outcome.POSTCOPY_PAUSED, Expected.FAILS, COMPLETED, PAUSED)).as("it need not be bad").isEqualTo(Judgement.PASS);
    }

    @Test
    void whatIsBadAndWhatTheScenarioIsAboutIsShown() {
        Ending sought = sought(Outcome.POSTCOPY_PAUSED, PAUSED)[0];
        Exploration both = exploration(withFinds(Outcome.POSTCOPY_PAUSED), true, 0, of(COMPLETED), of(STALLED), of(sought));
        assertThat(ExploredPairing.notable(both)).extracting(Found::ending).containsExactly(STALLED, sought);
        assertThat(ExploredPairing.notable(exploration(Samples.open().scenario(), true, 0, of(COMPLETED), of(STALLED), of(PAUSED)))).extracting(Found::ending).containsExactly(STALLED);
    }

    @Test
    void whatIsToBeShownNamesWhatTheScenarioFinds() {
        Exploration any = exploration(Samples.open().scenario(), true, 0, of(COMPLETED));
        assertThat(new ExploredPairing("a.yaml", Expected.FAILS, any).aim()).isEqualTo("that it can fail");
        assertThat(new ExploredPairing("a.yaml", Expected.PASSES, any).aim()).isEqualTo("that it cannot fail, and can complete");
        assertThat(new ExploredPairing("a.yaml", Expected.FAILS, any).aimInShort()).isEqualTo("can fail");
        assertThat(new ExploredPairing("a.yaml", Expected.PASSES, any).aimInShort()).isEqualTo("cannot fail");
        Exploration good = exploration(withFinds(Outcome.COMPLETED), true, 0, founds(sought(Outcome.COMPLETED, COMPLETED)));
        ExploredPairing reachable = new ExploredPairing("a.yaml", Expected.FAILS, good);
        assertThat(reachable.aim()).as("of what should happen nobody says that it fails").isEqualTo("that some order ends completed");
        assertThat(reachable.aimInShort()).isEqualTo("can end completed");
        assertThat(reachable.asExpected()).isTrue();
        Exploration stall = exploration(withFinds(Outcome.PRECOPY_STALL), true, 0, of(COMPLETED));
        assertThat(new ExploredPairing("a.yaml", Expected.PASSES, stall).aim()).isEqualTo("that no order ends precopy-stall, and some order completes");
        assertThat(new ExploredPairing("a.yaml", Expected.PASSES, stall).aimInShort()).isEqualTo("cannot end precopy-stall");
    }

    /** Statuses, and what is waited for, are no part of an ending but for whether it is sought. */
    @Test
    void endingsThatDifferInBeingSoughtAloneAreToldApart() throws IOException {
        Ending sought = sought(Outcome.PRECOPY_STALL, STALLED)[0];
        ExploredPairing alike = new ExploredPairing("a.yaml", Expected.FAILS, exploration(withFinds(Outcome.PRECOPY_STALL), true, 0, of(COMPLETED), of(STALLED), of(sought)));
        assertThat(text(alike).lines().filter(line -> line.contains("precopy-stall") && line.contains("hung ")))
                .map(line -> line.strip().replaceAll(" +", " ")).containsExactly("✗ precopy-stall source answers hung no no 1 1", "✗ precopy-stall source answers hung no yes 1 1");
        assertThat(text(alike)).contains("disturbed  sought  steps").contains("  precopy-stall; the guest runs on the source; the destination's monitor is hung\n")
                .contains("  precopy-stall; the guest runs on the source; the destination's monitor is hung; as it is sought\n");
        assertThat(html(alike)).contains("<th>disturbed</th><th>sought</th>").contains("<td>no</td><td>yes</td>").contains("<h3>precopy-stall; the guest runs on the source; the destination&#x27;s monitor is hung; as it is sought</h3>");
        assertThat(ExplorationJson.line(alike)).contains("\"sought\":true").contains("\"sought\":false");

        ExploredPairing one = new ExploredPairing("a.yaml", Expected.FAILS, exploration(withFinds(Outcome.PRECOPY_STALL), true, 0, of(COMPLETED), of(sought)));
        assertThat(text(one)).doesNotContain("sought");
        assertThat(html(one)).doesNotContain("sought");
        assertThat(ExplorationJson.line(one)).contains("\"sought\":true");
    }

    @Test
    void withoutReductionItIsPutBesideWhatThereIsWithIt() throws IOException {
        ExploredPairing same = beside(true, true, COMPLETED, STALLED);
        assertThat(same.judgement()).isEqualTo(Judgement.FAIL);
        assertThat(unwrapped(same)).contains("With it: 2,904 states, 6,989 transitions, depth 29, 2 endings, which are the same, and their orders are shown").contains("shortest").doesNotContain("without reduction only");
        assertThat(html(same)).contains("<dt>reduction</dt><dd>none: ");
        assertThat(ExplorationJson.line(same)).contains("\"with_reduction\":{\"complete\":true,\"states\":2904,").contains("\"endings\":2,\"contradicts\":false}");
        assertThat(unwrapped(beside(false, true, COMPLETED))).contains("2 endings, these among them, and their orders are shown");
        assertThat(beside(false, true, COMPLETED).judgement()).isEqualTo(Judgement.INCONCLUSIVE);
        assertThat(unwrapped(beside(true, false, COMPLETED, STALLED))).contains("2 endings, when the memory was used up");
    }

    /** Then the reduction is wrong or the search without it, and nothing that is expected is shown by either. */
    @Test
    void endingsThatAreThereOnOneSideOnlyAreAnError() throws IOException {
        String error = "with reduction other endings are found than without, which is an error of chanrace itself";
        ExploredPairing fewer = beside(true, true, COMPLETED);
        assertThat(fewer.judgement()).isEqualTo(Judgement.FAIL);
        assertThat(fewer.deviations()).containsExactly(error);
        ExploredPairing more = beside(true, true, COMPLETED, STALLED, PAUSED);
        assertThat(more.deviations()).first().isEqualTo(error);
        assertThat(unwrapped(more)).contains("WHICH ARE OTHERS");
        assertThat(beside(false, true, COMPLETED, PAUSED).deviations()).as("with reduction all was tried").first().isEqualTo(error);
        assertThat(beside(true, false, PAUSED, COMPLETED, STALLED).deviations()).as("with reduction there may be more").doesNotContain(error);

        ExploredPairing only = new ExploredPairing("a.yaml", Expected.PASSES, unreduced(false, exploration(Samples.open().scenario(), false, 1, of(COMPLETED)), STALLED));
        assertThat(unwrapped(only)).contains("it was found without reduction only: every event is a step, and is not explained");
        assertThat(html(only)).contains("it was found without reduction only");
    }

    /** What was found without reduction, beside two endings that were found with it. */
    private static ExploredPairing beside(boolean complete, boolean withComplete, Ending... endings) {
        return new ExploredPairing("a.yaml", Expected.PASSES, unreduced(complete, exploration(Samples.open().scenario(), withComplete, withComplete ? 0 : 7, of(COMPLETED), of(STALLED)), endings));
    }

    private static Exploration unreduced(boolean complete, Exploration with, Ending... endings) {
        return new Exploration(with.scenario(), with.small(), complete, 1_000_000, 5_000_000, 99, complete ? 0 : 5, 1, List.of(founds(endings)), false, List.of(), Optional.of(with));
    }

    /** Nothing bad was found in what did not happen. */
    @Test
    void whatTakesEffectInNoOrderIsSaid() throws IOException {
        Exploration whole = exploration(Samples.open().scenario(), true, 0, of(COMPLETED));
        OperatorEvent start = new OperatorEvent(new OperatorEvent.When.At(0), new OperatorEvent.Action.StartPostcopy());
        ExploredPairing vain = new ExploredPairing("a.yaml", Expected.PASSES, new Exploration(whole.scenario(), whole.small(), true, whole.states(), whole.transitions(), whole.depth(), 0,
                whole.bytes(), whole.found(), false, List.of(start, start)));
        String sentence = "migrate-start-postcopy takes effect in no order within these bounds: nothing is known of what would follow from it";
        assertThat(text(vain)).containsOnlyOnce("  never happens " + sentence + "\n");
        assertThat(html(vain)).containsOnlyOnce("<p class=\"never\">" + sentence + "</p>");
        assertThat(ExplorationJson.line(vain)).contains("\"never_happens\":[\"migrate-start-postcopy\"]");
        ExploredPairing tried = new ExploredPairing("a.yaml", Expected.PASSES, whole);
        assertThat(text(tried)).doesNotContain("never happens");
        assertThat(html(tried)).doesNotContain("<p class=\"never\">");
        assertThat(ExplorationJson.line(tried)).contains("\"never_happens\":[]");
    }

    /** The text as one line. */
    private static String unwrapped(ExploredPairing pairing) {
        return text(pairing).replaceAll("\\s+", " ");
    }

    private static String text(ExploredPairing pairing) {
        return new ExplorationText(TextReport.Options.PLAIN).pairing(pairing);
    }

    private static String html(ExploredPairing pairing) throws IOException {
        StringBuilder out = new StringBuilder();
        ExplorationHtml.write(List.of(pairing), List.of(), 0, out);
        return out.toString();
    }

    @Test
    void answers() {
        assertThat(answer(true, COMPLETED)).isEqualTo("no order of this pairing within these bounds ends otherwise than completed");
        assertThat(answer(true, COMPLETED, STALLED)).isEqualTo("1 of 2 endings is bad; shortest: 1 step");
        assertThat(answer(true, COMPLETED, PAUSED)).isEqualTo("no order of this pairing within these bounds ends badly: it completes or, after a disturbance, ends postcopy-paused");
        assertThat(answer(true, PAUSED)).isEqualTo("no order of this pairing within these bounds ends badly, and none completes: after a disturbance, it ends postcopy-paused");
        assertThat(answer(true)).isEqualTo("no order of this pairing within these bounds ends at all");
        assertThat(answer(false, COMPLETED)).isEqualTo("inconclusive: 2,904 states seen, frontier 77; so far, no order ends otherwise than completed");
        assertThat(answer(false, STALLED)).isEqualTo("inconclusive: 2,904 states seen, frontier 77; so far, 1 of 1 ending is bad; shortest: 1 step");
    }

    @Test
    void thatNothingCompletesIsLoud() {
        assertThat(ExplorationWords.sometimes(pairing(Expected.PASSES, true, PAUSED).exploration())).startsWith("COMPLETED IS NOT REACHABLE");
        assertThat(ExplorationWords.sometimes(pairing(Expected.PASSES, false, PAUSED).exploration())).isEqualTo("completed was not reached yet");
        assertThat(ExplorationWords.sometimes(pairing(Expected.PASSES, true, COMPLETED).exploration())).isEqualTo("completed is reachable, in 1 step");
    }

    private static String answer(boolean complete, Ending... endings) {
        return ExplorationWords.statement(pairing(Expected.PASSES, complete, endings).exploration());
    }

    private static Judgement judged(Expected expected, boolean complete, Ending... endings) {
        return pairing(expected, complete, endings).judgement();
    }

    private static Judgement finding(Outcome finds, Expected expected, Ending... endings) {
        return new ExploredPairing("a.yaml", expected, exploration(withFinds(finds), true, 0, founds(sought(finds, endings)))).judgement();
    }

    private static Ending[] sought(Outcome finds, Ending... endings) {
        return Arrays.stream(endings)
                .map(e -> new Ending(e.outcome(), e.guestRunsOn(), e.sourceMonitor(), e.destinationMonitor(), e.disturbed(), e.outcome() == finds))
                .toArray(Ending[]::new);
    }

    private static Scenario withFinds(Outcome outcome) {
        Scenario s = Samples.open().scenario();
        OptionalInt none = OptionalInt.empty();
        Bounds bounds = new Bounds(none, none, none, none, none, none, none, Optional.empty(), Optional.of(Expectation.of(outcome)));
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), s.guest(), s.host(), s.events(),
                s.limits(), s.expectation(), bounds, List.of(), List.of());
    }

    private static ExploredPairing pairing(Expected expected, boolean complete, Ending... endings) {
        return new ExploredPairing("a.yaml", expected, exploration(Samples.open().scenario(), complete, complete ? 0 : 77, founds(endings)));
    }

    private static Found[] founds(Ending... endings) {
        return Arrays.stream(endings).map(ExploredPairingTest::of).toArray(Found[]::new);
    }

    private static Found of(Ending ending) {
        return found(1, ending, Samples.open().result(), new org.chanrace.explore.Order.Move(1, 1, "something", true));
    }
}
