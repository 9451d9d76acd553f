package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Linear programs small enough for every point to be looked at: of difference constraints, so that some least point has whole numbers. */
class LinearProgramProperties {
    private static final int VARIABLES = 3;
    private static final int MOST_NANOS = 4;
    /** A least variable is at most as much as all demands together ask for, one after the other. */
    private static final int LARGEST = VARIABLES * MOST_NANOS;

    @Property(tries = 1000)
    void theLeastIsTheLeastOfAllPoints(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Form> demands = new ArrayList<>();
        for (int i = random.nextInt(7); i > 0; i--) demands.add(demand(random));
        Form objective = Form.ZERO;
        for (int v = 0; v < VARIABLES; v++) if (random.nextInt(4) > 0) objective = objective.plus(Form.of(v));

        Optional<double[]> point = LinearProgram.minimum(objective, demands, VARIABLES);
        Optional<Long> least = least(objective, demands);
        assertThat(point.isPresent()).isEqualTo(least.isPresent());
        if (point.isEmpty()) return;
        assertThat(LinearProgram.nanos(LinearProgram.value(objective, point.get()))).isEqualTo(least.get());
        for (Form demand : demands) assertThat(LinearProgram.value(demand, point.get())).isGreaterThanOrEqualTo(-LinearProgram.TOLERANCE);
        for (double variable : point.get()) assertThat(variable).isGreaterThanOrEqualTo(-LinearProgram.TOLERANCE);
    }

    private static Form demand(SplittableRandom random) {
        Form demand = Form.ZERO.plus(random.nextInt(-MOST_NANOS, MOST_NANOS + 1));
        if (random.nextInt(4) > 0) demand = demand.plus(Form.of(random.nextInt(VARIABLES)));
        if (random.nextInt(4) > 0) demand = demand.minus(Form.of(random.nextInt(VARIABLES)));
        return demand;
    }

    private static Optional<Long> least(Form objective, List<Form> demands) {
        Optional<Long> least = Optional.empty();
        long[] at = new long[VARIABLES];
        while (true) {
            if (demands.stream().allMatch(demand -> value(demand, at) >= 0)) {
                long value = value(objective, at);
                least = Optional.of(least.map(known -> Math.min(known, value)).orElse(value));
            }
            int v = 0;
            while (v < VARIABLES && at[v] == LARGEST) at[v++] = 0;
            if (v == VARIABLES) return least;
            at[v]++;
        }
    }

    private static long value(Form form, long[] at) {
        long nanos = form.nanos();
        for (int i = 0; i < form.variables().length; i++) nanos += form.counts()[i] * at[form.variables()[i]];
        return nanos;
    }

    /** Forms beside arrays with a number for each variable. */
    @Property(tries = 300)
    void sumsAndDifferencesAreThoseOfEachVariable(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Form form = Form.ZERO;
        int[] counts = new int[5];
        long nanos = 0;
        for (int i = random.nextInt(12); i > 0; i--) {
            int v = random.nextInt(counts.length);
            long more = random.nextInt(-3, 4);
            boolean adds = random.nextBoolean();
            form = (adds ? form.plus(Form.of(v)) : form.minus(Form.of(v))).plus(more);
            counts[v] += adds ? 1 : -1;
            nanos += more;
        }
        int[] found = new int[counts.length];
        for (int i = 0; i < form.variables().length; i++) found[form.variables()[i]] = form.counts()[i];
        assertThat(found).isEqualTo(counts);
        assertThat(Arrays.stream(form.counts()).noneMatch(c -> c == 0)).isTrue();
        assertThat(form.nanos()).isEqualTo(nanos);
        assertThat(form.isNeverNegative()).isEqualTo(nanos >= 0 && Arrays.stream(counts).allMatch(c -> c >= 0));
    }
}
