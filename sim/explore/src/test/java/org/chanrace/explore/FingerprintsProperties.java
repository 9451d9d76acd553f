package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Numbers are given as a map would give them, by whoever comes first. */
class FingerprintsProperties {
    @Property
    void numbersInTheOrderInWhichTheyCome(@ForAll @Size(max = 2000) List<@LongRange(min = -40, max = 40) Long> halves, @ForAll long spread) {
        Fingerprints fingerprints = new Fingerprints();
        Map<List<Long>, Integer> model = new LinkedHashMap<>();
        for (int i = 0; i + 1 < halves.size(); i++) {
            List<Long> fingerprint = List.of(halves.get(i), halves.get(i + 1) * (spread | 1));
            int number = model.computeIfAbsent(fingerprint, f -> model.size());
            assertThat(fingerprints.number(fingerprint.get(0), fingerprint.get(1))).isEqualTo(number);
            assertThat(fingerprints.size()).isEqualTo(model.size());
        }
        model.forEach((fingerprint, number) -> {
            assertThat(fingerprints.high(number)).isEqualTo(fingerprint.get(0));
            assertThat(fingerprints.low(number)).isEqualTo(fingerprint.get(1));
        });
    }
}
