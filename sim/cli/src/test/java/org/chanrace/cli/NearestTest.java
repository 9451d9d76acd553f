package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void findsTheNameThatIsFewestSlipsAway() {
        List<String> names = List.of("7.1.0", "7.2.0", "8.0.0", "8.0-rc1");
        assertThat(Nearest.to("7.2", names)).contains("7.2.0");
        assertThat(Nearest.to("8.0rc1", names)).contains("8.0-rc1");
        assertThat(Nearest.to("8.0-r1c", names)).contains("8.0-rc1");
    }

    @Test
    void isSilentWhenNothingIsNear() {
        assertThat(Nearest.to("windows", List.of("7.1.0", "7.2.0"))).isEmpty();
        assertThat(Nearest.to("7", List.of())).isEmpty();
    }

    @Test
    void aSwapOfTwoLettersIsOneSlip() {
        assertThat(Nearest.to("rnu", List.of("ran", "run"))).contains("run");
    }
}
