package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aStatusDeviates() {
        assertThat(Samples.saying("x").deviations()).containsExactly("expected outcome completed, got precopy-stall", "expected source-status x!, got x");
    }
}
