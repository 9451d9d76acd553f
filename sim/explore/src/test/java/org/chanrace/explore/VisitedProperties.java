package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The set of fingerprints behaves as a set of pairs does. */
class VisitedProperties {
    /** What the first slots are for. */
    private static final int FEW = 48;

    @Property
    void behavesAsASet(@ForAll @Size(max = 400) List<@LongRange(min = -3, max = 3) Long> halves, @ForAll long spread) {
        Visited visited = new Visited();
        Set<List<Long>> model = new HashSet<>();
        for (int i = 0; i + 1 < halves.size(); i++) {
            long high = halves.get(i);
            long low = halves.get(i + 1) * (spread | 1);
            assertThat(visited.contains(high, low)).isEqualTo(contained(model, high, low));
            assertThat(visited.add(high, low)).isEqualTo(!contained(model, high, low));
            model.add(stored(high, low));
            assertThat(visited.size()).isEqualTo(model.size());
        }
    }

    @Property(tries = 5)
    void growsWithoutLosingAnything(@ForAll long seed) {
        Visited visited = new Visited();
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            assertThat(visited.add(seed + i, i * 0x9E3779B97F4A7C15L)).isTrue();
            if (i >= FEW) assertThat(visited.bytes() / (i + 1.0)).isLessThan(31);
        }
        for (int i = 0; i < n; i++) assertThat(visited.contains(seed + i, i * 0x9E3779B97F4A7C15L)).isTrue();
        assertThat(visited.contains(seed - 1, 1)).isFalse();
    }

    private static boolean contained(Set<List<Long>> model, long high, long low) {
        return model.contains(stored(high, low));
    }

    /** (0, 0) marks an empty slot, and is taken for (0, 1). */
    private static List<Long> stored(long high, long low) {
        return List.of(high, (high | low) == 0 ? 1L : low);
    }
}
