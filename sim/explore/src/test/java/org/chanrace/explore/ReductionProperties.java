package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.scenario.Scenario;

/** What is left out of the search for good reasons changes nothing that is found. */
class ReductionProperties {
    private static final long BYTES_WITHOUT_REDUCTION = 3L << 19;

    @Provide
    Arbitrary<String> pairings() {
        return Small.pairings();
    }

    /** Without reduction the search may run out of its memory: what it has found until then must be found with reduction too. */
    @Property(tries = 200)
    void reductionFindsTheSameEndings(@ForAll("pairings") String file) {
        Scenario small = SmallInstance.of(Small.of(file));
        Search reduced = new Search(small, new Settings(true, 8 * BYTES_WITHOUT_REDUCTION, 1)).run();
        Search full = new Search(small, new Settings(false, BYTES_WITHOUT_REDUCTION, 1)).run();
        Assume.that(reduced.isComplete());
        Set<Ending> found = reduced.endings().keySet();
        if (full.isComplete()) {
            assertThat(found).as(file).isEqualTo(full.endings().keySet());
            assertThat(reduced.states()).as(file).isLessThanOrEqualTo(full.states());
        } else assertThat(found).as(file).containsAll(full.endings().keySet());
    }

    /** A fingerprint that is put together from parts that were not written again is that of the state written whole. */
    @Property(tries = 50)
    void fingerprintsDoNotDependOnTheWay(@ForAll("pairings") String file, @ForAll long seed) {
        Scenario small = SmallInstance.of(Small.of(file));
        Walker walker = new Walker(small, true);
        walker.begin();
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 60; step++) {
            PartedState before = walker.save();
            byte[] bytes = java.util.Arrays.copyOf(before.bytes(), before.write());
            bytes = java.util.Arrays.copyOf(before.bytes(), bytes.length);
            walker.load(bytes, 0);
            List<Integer> ready = ready(walker);
            if (ready.isEmpty()) return;
            for (int lane : ready) {
                walker.pick(lane);
                PartedState reached = walker.save();
                long high = reached.high();
                long low = reached.low();
                int size = reached.write();
                byte[] whole = java.util.Arrays.copyOf(reached.bytes(), size);
                Walker other = new Walker(small, true);
                other.begin();
                other.load(whole, 0);
                other.forget();
                PartedState again = other.save();
                assertThat(again.high()).as(file).isEqualTo(high);
                assertThat(again.low()).as(file).isEqualTo(low);
                walker.restore();
            }
            walker.pick(ready.get(random.nextInt(ready.size())));
        }
    }

    private static List<Integer> ready(Walker walker) {
        List<Integer> ready = new ArrayList<>();
        for (int lane = 0; lane < walker.lanes(); lane++) if (walker.steps().isReady(lane)) ready.add(lane);
        return ready;
    }
}
