package org.chanrace.model.guest;

import java.util.Arrays;
import org.apache.commons.math3.util.ArithmeticUtils;
import org.apache.commons.math3.util.FastMath;
import org.chanrace.kernel.RandomStream;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/** Touches in an order: each thread goes round the working set in steps of the same length, the threads one behind the other at equal distances. */
final class Walk implements Stateful {
    private final int pages;
    private final int stride;
    /** After so many steps a thread is where it was. */
    private final int round;
    private final int[] position;
    private int found;

    /**
     * @param pages of the working set, at least 1
     * @param stride from each page to the next, pages
     */
    Walk(int pages, int stride, int threads) {
        this.pages = pages;
        this.stride = stride % pages;
        this.round = pages / ArithmeticUtils.gcd(pages, this.stride);
        this.position = new int[threads];
    }

    void reset() {
        for (int t = 0; t < position.length; t++) position[t] = (int) ((long) pages * t / position.length);
    }

    private int behind(int at, long steps) {
        return (int) ((at + steps % round * stride) % pages);
    }

    /** The page that a thread touches next. */
    int next(int thread) {
        int page = position[thread];
        position[thread] = behind(page, 1);
        return page;
    }

    int position(int thread) {
        return position[thread];
    }

    void moveTo(int thread, int page) {
        position[thread] = page == pages ? 0 : page;
    }

    /** As {@link Workload#skip}: from each page the next one that is missing is looked for, and how many steps lead to it or beyond. */
    long skip(int thread, PageSet here) {
        long touches = 0;
        for (int at = position[thread]; touches < round; ) {
            int missing = here.nextAbsent(at, pages);
            if (missing == at) {
                found = at;
                position[thread] = behind(at, 1);
                return touches;
            }
            int steps = stride == 0 ? 1 : (missing - at + stride - 1) / stride;
            touches += steps;
            at = behind(at, steps);
        }
        return Workload.FOREVER;
    }

    int found() {
        return found;
    }

    /** The thread makes so many touches; each adds its page with this probability. */
    void run(int thread, long touches, double probability, RandomStream stream, PageSet log, PageSet written) {
        int from = position[thread];
        position[thread] = behind(from, touches);
        long rounds = touches / round;
        int rest = (int) (touches % round);
        if (stride == 1) {
            // The rest comes by once more often.
            int end = from + rest;
            add(from, Math.min(end, pages), probability, rounds + 1, stream, log, written);
            add(0, end - pages, probability, rounds + 1, stream, log, written);
            add(Math.max(0, end - pages), from, probability, rounds, stream, log, written);
            add(end, pages, probability, rounds, stream, log, written);
            return;
        }
        if (rounds > 0 && round == pages && probability == 1) {
            Chance.add(0, pages, 1, stream, log, written);
            return;
        }
        int at = from;
        for (int step = 0; step < (rounds > 0 ? round : rest); step++) {
            double chance = several(probability, step < rest ? rounds + 1 : rounds);
            if (chance == 1 || stream.nextDouble() < chance) {
                log.add(at);
                written.add(at);
            }
            at = behind(at, 1);
        }
    }

    private static void add(int from, int to, double probability, long times, RandomStream stream, PageSet log, PageSet written) {
        if (from < to && times > 0) Chance.add(from, to, several(probability, times), stream, log, written);
    }

    /** That something of this probability comes in one of so many times. */
    private static double several(double probability, long times) {
        return times == 1 || probability == 1 ? probability : -FastMath.expm1(times * FastMath.log1p(-probability));
    }

    @Override
    public void save(StateWriter state) {
        for (int at : position) state.put(at);
    }

    @Override
    public void load(StateReader state) {
        Arrays.setAll(position, t -> state.nextInt());
    }
}
