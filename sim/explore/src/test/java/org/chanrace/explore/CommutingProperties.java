package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;

/**
 * What the reduction rests on, looked at where it is claimed: in states of random orders in which an event that commutes has been left waiting, so that others
 * came that it is said not to mind. This finds in a second what comparing whole searches finds in hours.
 */
class CommutingProperties {
    private static final int STEPS = 300;
    private static final int LONGEST_WAIT = 40;
    /** A state from which there is more to explore says nothing. */
    private static final int STATES = 4_000;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Small.scenarios();
    }

    /** Whatever else could have come instead of an event that is handled at once leads to no ending that cannot be had after it. */
    @Property(tries = 300)
    void whatIsHandledAtOnceLosesNoEnding(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Scenario small = SmallInstance.of(scenario);
        SplittableRandom random = new SplittableRandom(seed);
        Walker all = new Walker(small, false);
        Walker reduced = new Walker(small, true);
        reduced.begin();
        all.begin();
        settle(all);
        int waiting = -1;
        int left = 0;
        for (int step = 0; step < STEPS && !all.steps().guestRunsTwice(); step++) {
            List<Integer> ready = States.ready(all.steps());
            if (ready.isEmpty()) return;
            if (left-- == 0 || waiting >= 0 && !all.steps().isReady(waiting)) waiting = -1;
            List<Integer> commuting = ready.stream().filter(lane -> isClaimed(all.steps(), lane)).toList();
            if (waiting < 0 && !commuting.isEmpty() && random.nextInt(6) == 0) {
                waiting = commuting.get(random.nextInt(commuting.size()));
                left = random.nextInt(LONGEST_WAIT);
            }
            int atOnce = waiting;
            List<Integer> others = ready.stream().filter(lane -> lane != atOnce).toList();
            if (others.isEmpty()) return;
            byte[] here = States.of(all.steps());
            States.load(all.steps(), here);
            int other = others.get(random.nextInt(others.size()));
            if (!all.steps().isReady(other)) return;
            if (atOnce >= 0 && all.steps().isReady(atOnce) && isClaimed(all.steps(), atOnce)) check(all, reduced, here, atOnce, other);
            all.pick(other);
            settle(all);
        }
    }

    private static void check(Walker all, Walker reduced, byte[] here, int atOnce, int other) {
        String what = all.steps().words(atOnce) + " || " + all.steps().words(other);
        Optional<byte[]> first = after(all, here, atOnce, other);
        Optional<byte[]> second = after(all, here, other, atOnce);
        if (first.isEmpty() || second.isEmpty() || !Arrays.equals(settled(reduced, first.get()), settled(reduced, second.get()))) {
            Set<Ending> instead = endings(reduced, after(all, here, other).orElseThrow());
            Set<Ending> had = endings(reduced, after(all, here, atOnce).orElseThrow());
            if (!instead.isEmpty() && !had.isEmpty()) assertThat(had).as(what).containsAll(instead);
        }
        States.load(all.steps(), here);
    }

    /** That a main loop hears of a connection late is not claimed to lead nowhere else: it is covered by the packet being late that it hears of. */
    private static boolean isClaimed(Steps steps, int lane) {
        return steps.commutes(lane) && !steps.takesEffectAtOnce(lane) && !steps.words(lane).contains("main loop hears");
    }

    /** Calls, commands and the like take effect. */
    private static void settle(Walker walker) {
        for (int lane = 0; lane < walker.lanes(); lane++) {
            if (!walker.steps().isReady(lane) || !walker.steps().takesEffectAtOnce(lane)) continue;
            walker.pick(lane);
            lane = -1;
        }
    }

    private static Optional<byte[]> after(Walker all, byte[] state, int... lanes) {
        States.load(all.steps(), state);
        for (int lane : lanes) {
            if (!all.steps().isReady(lane)) return Optional.empty();
            all.pick(lane);
            settle(all);
        }
        return Optional.of(States.of(all.steps()));
    }

    private static byte[] settled(Walker reduced, byte[] state) {
        States.load(reduced.steps(), state);
        reduced.settle();
        return States.of(reduced.steps());
    }

    /** The endings that can be reached from a state; none when it leads too far. */
    private static Set<Ending> endings(Walker reduced, byte[] from) {
        Set<Ending> endings = new TreeSet<>();
        Visited visited = new Visited();
        Deque<byte[]> open = new ArrayDeque<>(List.of(settled(reduced, from)));
        while (!open.isEmpty()) {
            byte[] state = open.remove();
            States.load(reduced.steps(), state);
            reduced.fingerprint();
            if (!visited.add(reduced.fingerprintHigh(), reduced.fingerprintLow())) continue;
            if (visited.size() > STATES) return Set.of();
            if (States.endingCode(reduced) >= 0) endings.add(reduced.ending());
            if (reduced.steps().guestRunsTwice()) continue;
            for (int lane : States.ready(reduced.steps())) {
                reduced.pick(lane);
                open.add(States.of(reduced.steps()));
                States.load(reduced.steps(), state);
            }
        }
        return endings;
    }
}
