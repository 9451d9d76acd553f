package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chanrace.kernel.RandomStream;
import org.junit.jupiter.api.Test;

/** Zones against the sets of their solutions, where these are few enough to be listed. */
class ZoneTest {
    private static final int LAST = 5;
    private static final int TRIES = 3000;

    @Test
    void demandsAreWhatIsLeftOfTheSolutions() {
        RandomStream random = RandomStream.of("zone", "demands");
        int empty = 0;
        for (int i = 0; i < TRIES; i++) {
            Zone zone = box();
            Set<String> left = solutions(zone);
            for (int k = 0; k < 3; k++) {
                int a = draw(random, 4);
                int b = (a + 1 + draw(random, 3)) % 4;
                long bound = draw(random, 2 * LAST) - LAST;
                left.removeIf(s -> at(s, a) - at(s, b) > bound);
                boolean possible = zone.demand(a, b, bound);
                assertThat(possible).isEqualTo(!left.isEmpty());
                if (!possible) {
                    empty++;
                    break;
                }
                assertThat(solutions(zone)).isEqualTo(left);
            }
        }
        assertThat(empty).isPositive();
    }

    @Test
    void aUnionIsThereIfItHasNoSolutionOfItsOwn() {
        RandomStream random = RandomStream.of("zone", "union");
        int unions = 0;
        int inclusions = 0;
        for (int i = 0; i < TRIES; i++) {
            Zone one = any(random);
            Zone other = any(random);
            Set<String> both = solutions(one);
            assertThat(one.includes(other)).isEqualTo(both.containsAll(solutions(other)));
            inclusions += one.includes(other) ? 1 : 0;
            both.addAll(solutions(other));
            Optional<Zone> union = one.union(other);
            if (union.isPresent()) {
                unions++;
                assertThat(solutions(union.get())).isEqualTo(both);
            } else assertThat(isConvex(both)).isFalse();
        }
        assertThat(unions).isBetween(1, TRIES - 1);
        assertThat(inclusions).isBetween(1, TRIES - 1);
    }

    /** What is left of the past is which of two moments is the later one, and that they are not after what is pending. */
    @Test
    void ofThePastOnlyTheOrderIsLeft() {
        RandomStream random = RandomStream.of("zone", "where");
        int checked = 0;
        int lost = 0;
        for (int i = 0; i < TRIES; i++) {
            Zone zone = any(random);
            // Variables 1 and 2 are over by the time of 3.
            if (!zone.demand(1, 3, 0) || !zone.demand(2, 3, 0)) continue;
            boolean atOnce = zone.most(1, 2) == 0 && zone.most(2, 1) == 0;
            if (!atOnce && zone.most(1, 2) >= 0 && zone.most(2, 1) >= 0) continue;
            checked++;
            Zone abstracted = zone.where(List.of(1, 2), List.of(3), 0);
            assertThat(abstracted.includes(zone)).isTrue();
            assertThat(abstracted.most(0, 3)).isEqualTo(zone.most(0, 3));
            assertThat(abstracted.most(3, 0)).isEqualTo(zone.most(3, 0));
            assertThat(abstracted.most(1, 3)).isLessThanOrEqualTo(0);
            assertThat(abstracted.most(3, 1)).isGreaterThanOrEqualTo(Zone.NONE);
            for (int[] pair : new int[][] {{1, 2}, {2, 1}}) assertThat(Long.signum(abstracted.most(pair[0], pair[1]))).isEqualTo(Long.signum(zone.most(pair[0], pair[1])));
            if (!zone.includes(abstracted)) lost++;
        }
        assertThat(checked).isPositive();
        assertThat(lost).isPositive();
    }

    @Test
    void aPackedZoneIsTheSame() {
        RandomStream random = RandomStream.of("zone", "packed");
        int inclusions = 0;
        for (int i = 0; i < TRIES; i++) {
            Zone one = any(random);
            one.add(1, draw(random, 1 << 30), draw(random, 2) == 0 ? Zone.NONE : 1L << 50);
            Zone other = any(random);
            other.add(1, draw(random, 1 << 30), draw(random, 2) == 0 ? Zone.NONE : 1L << 50);
            PackedZone packed = PackedZone.of(one);
            Zone unpacked = packed.unpack();
            for (int a = 0; a < one.size(); a++) for (int b = 0; b < one.size(); b++) assertThat(unpacked.most(a, b)).isEqualTo(one.most(a, b));
            assertThat(packed.includes(other)).isEqualTo(one.includes(other));
            assertThat(packed.isIn(other)).isEqualTo(other.includes(one));
            assertThat(packed.includes(other, 4)).isEqualTo(one.of(new int[] {0, 1, 2, 3}).includes(other.of(new int[] {0, 1, 2, 3})));
            inclusions += packed.includes(other, 4) ? 1 : 0;
        }
        assertThat(inclusions).isBetween(1, TRIES - 1);
    }

    @Test
    void aVariableComesAfterAnotherOne() {
        Zone zone = new Zone();
        int first = zone.add(0, 2, 4);
        int second = zone.add(first, 1, Zone.NONE);
        assertThat(zone.most(second, 0)).isGreaterThanOrEqualTo(Zone.NONE);
        assertThat(-zone.most(0, second)).isEqualTo(3);
        assertThat(zone.demand(second, 0, 3)).isTrue();
        assertThat(zone.most(first, 0)).isEqualTo(2);
        assertThat(zone.demand(0, first, -3)).isFalse();
        Zone last = zone.of(new int[] {second, first});
        assertThat(last.size()).isEqualTo(2);
        assertThat(last.most(0, 1)).isEqualTo(1);
    }

    /** Three variables from 0 to {@value #LAST} after the first. */
    private static Zone box() {
        Zone zone = new Zone();
        for (int v = 0; v < 3; v++) zone.add(0, 0, LAST);
        return zone;
    }

    private static Zone any(RandomStream random) {
        while (true) {
            Zone zone = box();
            boolean possible = true;
            for (int k = 0; k < 2 && possible; k++) {
                int a = draw(random, 4);
                possible = zone.demand(a, (a + 1 + draw(random, 3)) % 4, draw(random, 2 * LAST) - LAST);
            }
            if (possible) return zone;
        }
    }

    /** Whether the least zone around these solutions has no other one. */
    private static boolean isConvex(Set<String> solutions) {
        Zone hull = box();
        for (int a = 0; a < 4; a++)
            for (int b = 0; b < 4; b++) {
                int later = a;
                int earlier = b;
                hull.demand(a, b, solutions.stream().mapToLong(s -> at(s, later) - at(s, earlier)).max().orElseThrow());
            }
        return solutions(hull).equals(solutions);
    }

    private static Set<String> solutions(Zone zone) {
        Set<String> all = new TreeSet<>();
        for (int x = 0; x <= LAST; x++)
            for (int y = 0; y <= LAST; y++)
                for (int z = 0; z <= LAST; z++) {
                    String solution = "0" + x + y + z;
                    boolean in = true;
                    for (int a = 0; a < 4; a++) for (int b = 0; b < 4; b++) in &= at(solution, a) - at(solution, b) <= zone.most(a, b);
                    if (in) all.add(solution);
                }
        return all;
    }

    private static long at(String solution, int variable) {
        return solution.charAt(variable) - '0';
    }

    private static int draw(RandomStream random, int below) {
        return (int) (random.nextDouble() * below);
    }
}
