package org.chanrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A run is its start and its schedule. */
class ReplayProperties {
    private final Bouncing model = new Bouncing();

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aScheduleReplaysExactly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int tokens, @ForAll @IntRange(max = 60) int passes) {
        Schedule schedule = new Schedule();
        model.start(seed, tokens, passes).runByTime(schedule);
        long digest = model.kernel.digest();
        long nanos = model.kernel.now();
        int[] script = schedule.toArray();
        assertThat(script).hasSize((int) model.kernel.events()).hasSize(tokens * (passes + 1));

        Schedule again = new Schedule();
        End end = model.start(seed, tokens, passes).kernel.run(new Scripted(script), Limits.NONE, again);
        assertThat(end).isEqualTo(End.STALLED);
        assertThat(model.kernel.digest()).isEqualTo(digest);
        assertThat(model.kernel.now()).isEqualTo(nanos);
        assertThat(again.toArray()).isEqualTo(script);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyOrderIsARunAndReplays(@ForAll long seed, @ForAll long order, @ForAll @IntRange(min = 1, max = 9) int tokens) {
        Schedule schedule = new Schedule();
        RandomStream stream = RandomStream.of("test", "order").reseed(order);
        model.start(seed, tokens, 30).kernel.run(lanes -> anyReady(lanes, stream), Limits.NONE, schedule);
        long digest = model.kernel.digest();
        model.start(seed, tokens, 30).kernel.run(new Scripted(schedule.toArray()), Limits.NONE, null);
        assertThat(model.kernel.digest()).isEqualTo(digest);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void timeNeverGoesBack(@ForAll long seed, @ForAll long order, @ForAll @IntRange(min = 1, max = 9) int tokens) {
        RandomStream stream = RandomStream.of("test", "order").reseed(order);
        List<Long> times = new ArrayList<>();
        Bouncing started = model.start(seed, tokens, 30);
        started.kernel.run(
                lanes -> anyReady(lanes, stream),
                Limits.NONE,
                (lane, event, now) -> times.add(now));
        assertThat(times).isSorted();
    }

    @Example
    void aScriptThatDoesNotBelongToTheRunIsRefused() {
        assertThatThrownBy(() -> model.start(1, 1, 0).kernel.run(new Scripted(new int[] {0, 3}), Limits.NONE, null))
                .isInstanceOf(Scripted.ScriptMismatch.class)
                .hasMessage("step 1 of the schedule picks lane 3, which has nothing to handle");
        assertThatThrownBy(() -> model.start(1, 1, 0).kernel.run(new Scripted(new int[] {5}), Limits.NONE, null))
                .isInstanceOf(Scripted.ScriptMismatch.class);
        assertThatThrownBy(() -> model.start(1, 1, 0).kernel.run(new Scripted(new int[] {-1}), Limits.NONE, null))
                .isInstanceOf(Scripted.ScriptMismatch.class);
    }

    @Example
    void aClosedLaneIsNotInAnyScript() {
        model.start(1, 1, 0).lanes.close(0, 1);
        assertThatThrownBy(() -> model.kernel.run(new Scripted(new int[] {0}), Limits.NONE, null))
                .isInstanceOf(Scripted.ScriptMismatch.class);
    }

    @Example
    void afterTheEndOfItsScriptNoLaneIsPicked() {
        End end = model.start(1, 5, 0).kernel.run(new Scripted(new int[] {2, 1}), Limits.NONE, null);
        assertThat(end).isEqualTo(End.STALLED);
        assertThat(model.kernel.events()).isEqualTo(2);
    }

    private static int anyReady(Lanes lanes, RandomStream stream) {
        int ready = 0;
        int picked = -1;
        for (int lane = 0; lane < lanes.count(); lane++)
            if (lanes.ready(lane) && stream.nextInt(++ready) == 0) picked = lane;
        return picked;
    }
}
