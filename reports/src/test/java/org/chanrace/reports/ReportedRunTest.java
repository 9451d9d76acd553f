package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportedRunTest {
    @Test
    void everyDeviationIsASentence() {
        assertThat(Samples.completed().deviations()).containsExactly(
                "expected outcome postcopy-stall or split-brain, got completed",
                "expected guest-runs-on neither, got destination",
                "expected destination-monitor hung, got answers");
        assertThat(Samples.completed().asExpected()).isFalse();
    }

    @Test
    void asExpectedWhenEverythingGivenAgrees() {
        assertThat(Samples.hung().deviations()).isEmpty();
        assertThat(Samples.hung().asExpected()).isTrue();
    }

    @Test
    void whoeverExpectsNothingIsNotDisappointedButWantsAnExplanation() {
        assertThat(Samples.open().asExpected()).isTrue();
        assertThat(Samples.open().wantsExplanation()).isTrue();
        assertThat(Samples.swapped().wantsExplanation()).isFalse();
    }

    @Test
    void itNamesTheCommandsThatMakeItAgain() {
        assertThat(Samples.hung().replayCommand()).isEmpty();
        assertThat(Samples.completed().replayCommand()).contains("chanrace replay 'report of today/capsules/8.2-to-9.0-seed7.capsule.yaml'");
        assertThat(Samples.completed().againCommand()).isEqualTo("chanrace run library/recovered/eight-two-to-nine.yaml --seed 7 --trace");
        ReportedRun run = Samples.hung();
        assertThat(new ReportedRun(run.scenario(), "it's.capsule.yaml", run.result(), Optional.of("it's.capsule.yaml")).againCommand())
                .as("its scenario stands nowhere else").isEqualTo("chanrace replay 'it'\\''s.capsule.yaml' --trace");
    }

    @Test
    void aStatusDeviates() {
        assertThat(Samples.saying("x").deviations()).containsExactly("expected outcome completed, got precopy-stall", "expected source-status x!, got x");
    }
}
