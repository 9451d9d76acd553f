package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever differs between two runs shows in their digests. */
class DigestProperties {
    private record Step(int lane, long event, long nanos) {}

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyFieldOfEveryEventCounts(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 6) Integer> numbers,
            @ForAll @IntRange(min = 0, max = 19) int which,
            @ForAll @IntRange(min = 1, max = 1000) int by) {
        List<Step> steps = steps(numbers);
        int i = which % steps.size();
        Step old = steps.get(i);
        List<Step> otherLane = changed(steps, i, new Step((old.lane() + 1 + by % 6) % 7, old.event(), old.nanos()));
        List<Step> otherEvent = changed(steps, i, new Step(old.lane(), old.event() + by, old.nanos()));
        List<Step> otherTime = changed(steps, i, new Step(old.lane(), old.event(), old.nanos() + by));
        assertThat(List.of(digest(steps), digest(otherLane), digest(otherEvent), digest(otherTime))).doesNotHaveDuplicates();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theOrderCounts(@ForAll @Size(min = 2, max = 20) List<@IntRange(min = 0, max = 6) Integer> numbers) {
        List<Step> steps = steps(numbers);
        List<Step> turned = new ArrayList<>(steps);
        Collections.reverse(turned);
        Assume.that(!turned.equals(steps));
        assertThat(digest(turned)).isNotEqualTo(digest(steps));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theLengthCounts(@ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 6) Integer> numbers) {
        List<Step> steps = steps(numbers);
        assertThat(digest(steps.subList(0, steps.size() - 1))).isNotEqualTo(digest(steps));
    }

    private static List<Step> steps(List<Integer> numbers) {
        List<Step> steps = new ArrayList<>();
        for (int number : numbers) steps.add(new Step(number, number * 5L, 10));
        return steps;
    }

    private static List<Step> changed(List<Step> steps, int i, Step step) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(i, step);
        return changed;
    }

    /** One step after the other: each is appended only when the one before has been handled. */
    private static long digest(List<Step> steps) {
        Lanes lanes = new Lanes(new int[7]);
        Kernel kernel = new Kernel(lanes, (lane, event, now) -> {});
        for (Step step : steps) {
            lanes.append(step.lane(), step.nanos(), step.event());
            kernel.run(ByTime.INSTANCE, Limits.NONE, null);
        }
        return kernel.digest();
    }
}
