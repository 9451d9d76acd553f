package org.chanrace.model.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.junit.jupiter.api.Test;

/** What exploring is told has its limits. */
class BoundsTest {
    private static final OptionalInt NOTHING = OptionalInt.empty();

    private static Bounds bounds(OptionalInt pages, OptionalInt deviceFaults, OptionalInt networkCuts, List<Bounds.Command> operator) {
        return new Bounds(pages, NOTHING, NOTHING, deviceFaults, NOTHING, networkCuts, NOTHING, Optional.of(operator), Optional.empty());
    }

    @Test
    void numbersHaveRanges() {
        assertThat(bounds(OptionalInt.of(64), OptionalInt.of(1), OptionalInt.of(8), Collections.nCopies(8, Bounds.Command.RESUME)).pages()).hasValue(64);
        for (int pages : new int[] {0, 65}) assertThatIllegalArgumentException().isThrownBy(() -> bounds(OptionalInt.of(pages), NOTHING, NOTHING, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> bounds(NOTHING, OptionalInt.of(2), NOTHING, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> bounds(NOTHING, NOTHING, OptionalInt.of(-1), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> bounds(NOTHING, NOTHING, NOTHING, Collections.nCopies(9, Bounds.Command.RESUME)));
    }

    @Test
    void stepsHaveRanges() {
        assertThat(new Guest.Steps(64, 64, 1).writes()).isEqualTo(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new Guest.Steps(65, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Guest.Steps(0, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Guest.Steps(0, 0, 2));
    }

    @Test
    void aPairingIsShippedWhenANameStandsForBothReleases() {
        Release shipped = Releases.shipped().find("8.0.0").orElseThrow();
        Release other = Releases.shipped().find("8.2.0").orElseThrow();
        assertThat(new Pairing(shipped, shipped).text()).isEqualTo("8.0.0");
        assertThat(new Pairing(shipped, other).text()).isEqualTo("8.0.0 -> 8.2.0");
        assertThat(new Pairing(shipped, other).isShipped()).isTrue();
        assertThat(new Pairing(Releases.derive("mine", shipped, Map.of()), shipped).isShipped()).isFalse();
        assertThat(new Pairing(shipped, Releases.derive("mine", shipped, Map.of())).isShipped()).isFalse();
    }
}
