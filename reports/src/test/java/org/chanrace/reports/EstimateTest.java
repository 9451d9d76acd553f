package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EstimateTest {
    /** By hand: mean 12, sd √10, t(4; 0.975) = 2.776, so 2.776 × √10 / √5 = 3.926. */
    @Test
    void aMeanHasStudentsInterval() {
        Estimate estimate = Estimate.of(8, 10, 12, 14, 16);
        assertThat(estimate.mean()).isCloseTo(12, within(1e-12));
        assertThat(estimate.halfWidth().orElseThrow()).isCloseTo(2.7764451 * Math.sqrt(10) / Math.sqrt(5), within(1e-5));
        assertThat(estimate.isSure()).isTrue();
        assertThat(Estimate.of(-1, 2).isSure()).isFalse();
    }

    @Test
    void oneRunHasNone() {
        Estimate estimate = Estimate.of(7);
        assertThat(estimate.mean()).isEqualTo(7);
        assertThat(estimate.halfWidth()).isEmpty();
        assertThat(estimate.isSure()).isFalse();
        assertThatThrownBy(() -> Estimate.of()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runsThatAgreeLeaveNoDoubt() {
        assertThat(Estimate.of(5, 5, 5).halfWidth()).hasValue(0);
    }
}
