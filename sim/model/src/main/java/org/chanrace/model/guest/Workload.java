package org.chanrace.model.guest;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.util.FastMath;
import org.chanrace.kernel.RandomStream;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Guest.Access;
import org.chanrace.model.scenario.Guest.Touching;

/**
 * Which pages the guest touches, and how fast.
 *
 * <p>On the source the workload runs in one piece: {@link #runUntil} works out all writes up to a moment. There touches come at their mean rate. On the
 * destination each thread goes on by itself, from where it was: {@link #skip} works out how many touches it makes before one of a page that is missing.
 * Neither goes through the touches one by one when there are many.
 */
public final class Workload implements Stateful {
    /** No page. */
    public static final int NONE = -1;
    /** More touches than any run lasts for: no page that is missing is ever touched. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** Touches of a mix that go in an order in part are gone through, so many at a time. */
    private static final int FEW_TOUCHES = 1 << 12;
    /** From so many scattered touches on, and half as many as there are pages, it is quicker to go through the pages. */
    private static final long MANY_TOUCHES = 1 << 16;

    private final int pages;
    private final int threads;
    private final double writes;
    private final boolean goesBack;
    /** Touches on the source come so many at a time, one from each of so many threads. */
    private final long periodNanos;
    private final int touchesPerPeriod;
    private final long nanosPerTouch;
    private final boolean inSteps;
    private final Scatter scatterOrNull;
    private final List<Walk> walks = new ArrayList<>();
    /** Share of all touches that belong to each walk; the rest is scattered. */
    private final double[] share;
    private final RandomStream stream = RandomStream.of("guest", "access");
    private final RandomStream skips = RandomStream.of("guest", "access on the destination");
    /** The thread whose turn it is on the source. */
    private int turn;
    private long ranUntil;
    private int found;

    /** @param guest whose workload this is */
    public Workload(Guest guest) {
        Touching touching = guest.touching();
        this.pages = guest.workingSetPages();
        this.threads = guest.threads();
        this.writes = touching.writes();
        this.inSteps = guest.steps().isPresent();
        this.goesBack = touching.think().isEmpty() && guest.access() == Access.SEQUENTIAL;
        boolean idle = pages == 0 || (touching.think().isEmpty() && guest.dirtyRate() == 0);
        if (touching.think().isPresent()) {
            this.periodNanos = idle ? Long.MAX_VALUE : Math.max(1, touching.think().get().expectedNanos());
            this.touchesPerPeriod = threads;
        } else {
            this.periodNanos = idle ? Long.MAX_VALUE : Math.max(1, FastMath.round(1e9 * guest.pageSize() / guest.dirtyRate()));
            this.touchesPerPeriod = 1;
        }
        this.nanosPerTouch = idle ? Long.MAX_VALUE : Math.max(1, periodNanos / touchesPerPeriod);
        List<Touching.Kind> kinds = pages == 0 ? List.of() : guest.access() == Access.MIX ? touching.mix() : List.of(new Touching.Kind(guest.access(), 1));
        List<Scatter.Part> parts = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (Touching.Kind kind : kinds) {
            double weight = kind.weight();
            switch (kind.access()) {
                case SEQUENTIAL, STRIDED -> {
                    walks.add(new Walk(pages, kind.access() == Access.SEQUENTIAL ? 1 : touching.stride(), threads));
                    shares.add(weight);
                }
                case RANDOM -> parts.add(new Scatter.Part(weight, new Law.Uniform(pages)));
                case HOT_SET -> {
                    int hot = (int) Math.max(1, FastMath.round(pages * touching.hotShare()));
                    if (touching.hotTouches() > 0) parts.add(new Scatter.Part(weight * touching.hotTouches(), new Law.Uniform(hot)));
                    if (touching.hotTouches() < 1) parts.add(new Scatter.Part(weight * (1 - touching.hotTouches()), new Law.Uniform(pages)));
                }
                case ZIPF -> parts.add(new Scatter.Part(weight, new Law.Zipf(pages, touching.exponent())));
                case MIX -> throw new IllegalArgumentException("a mix of mixes");
            }
        }
        double total = 0;
        for (Touching.Kind kind : kinds) total += kind.weight();
        this.share = new double[walks.size()];
        for (int w = 0; w < share.length; w++) share[w] = shares.get(w) / total;
        this.scatterOrNull = parts.isEmpty() ? null : new Scatter(parts);
    }

    /** Back to the beginning, for a run with this seed. */
    public void reset(long seed, long startedAt) {
        stream.reseed(seed);
        skips.reseed(seed);
        for (Walk walk : walks) walk.reset();
        turn = 0;
        ranUntil = startedAt;
    }

    /** Mean time from one touch to the next while nothing stalls, of the guest as a whole, ns; {@link Long#MAX_VALUE} for an idle guest. */
    public long nanosPerTouch() {
        return nanosPerTouch;
    }

    // On the source.

    /** Adds the pages written up to {@code now} to {@code log} and to {@code written}. */
    public void runUntil(long now, PageSet log, PageSet written) {
        if (nanosPerTouch == Long.MAX_VALUE || now <= ranUntil) return;
        long periods = (now - ranUntil) / periodNanos;
        ranUntil += periods * periodNanos;
        long touches = periods * touchesPerPeriod;
        if (touches == 0) return;
        if (scatterOrNull == null && walks.size() == 1) walk(walks.get(0), touches, log, written);
        else if (touches <= Math.max(MANY_TOUCHES, pages / 2)) runOneByOne(touches, log, written);
        else runMany(touches, log, written);
    }

    private void runOneByOne(long touches, PageSet log, PageSet written) {
        for (long i = 0; i < touches; i++) {
            int page = next(turn, stream);
            turn = turn + 1 == threads ? 0 : turn + 1;
            if (writes < 1 && stream.nextDouble() >= writes) continue;
            log.add(page);
            written.add(page);
        }
    }

    private void runMany(long touches, PageSet log, PageSet written) {
        long scattered = touches;
        for (int w = 0; w < walks.size(); w++) {
            long n = FastMath.round(touches * share[w]);
            scattered -= n;
            walk(walks.get(w), n, log, written);
        }
        if (scatterOrNull != null) scatterOrNull.addMany(scattered * writes, stream, log, written);
    }

    /** Each thread makes its part of so many touches. */
    private void walk(Walk walk, long touches, PageSet log, PageSet written) {
        for (int t = 0; t < threads; t++) {
            int place = t - turn < 0 ? t - turn + threads : t - turn;
            long own = touches / threads + (place < touches % threads ? 1 : 0);
            if (own > 0) walk.run(t, own, writes, stream, log, written);
        }
        turn = (int) ((turn + touches) % threads);
    }

    private int next(int thread, RandomStream from) {
        if (walks.isEmpty()) return scatterOrNull.next(from);
        int last = walks.size() - 1;
        if (scatterOrNull == null && last == 0) return walks.get(0).next(thread);
        double u = from.nextDouble();
        for (int w = 0; w <= last; w++) {
            u -= share[w];
            if (u < 0 || (w == last && scatterOrNull == null)) return walks.get(w).next(thread);
        }
        return scatterOrNull.next(from);
    }

    // On the destination.

    /** The page that a thread touches next. */
    public int nextPage(int thread) {
        return next(thread, skips);
    }

    /**
     * Lets a thread go on until it touches a page that is missing. Pages that arrive while it does so make no difference to how likely it is to come to the
     * page that was found, for it is the first of those that are missing now; whether it is still missing then is for the caller to see.
     *
     * @param here the pages that are here
     * @return how many touches it makes before: of pages that are here. {@link #FOREVER} when it has all that it will ever touch
     */
    public long skip(int thread, PageSet here) {
        if (walks.isEmpty()) {
            long touches = scatterOrNull.skip(here, skips);
            found = scatterOrNull.found();
            return touches;
        }
        if (here.countAbsent(0, pages) == 0) return FOREVER;
        if (walks.size() == 1 && scatterOrNull == null) {
            long touches = walks.get(0).skip(thread, here);
            found = walks.get(0).found();
            return touches;
        }
        for (int touches = 0; touches < FEW_TOUCHES; touches++) {
            found = next(thread, skips);
            if (!here.contains(found)) return touches;
        }
        found = NONE;
        return FEW_TOUCHES;
    }

    /** The page that the latest {@link #skip} has found; {@link #NONE} when it was broken off after the touches that it returned, and is to be made again from there. */
    public int found() {
        return found;
    }

    /** Whether a thread that has waited for a page comes back to it after a period: so it does where it goes through its pages one after the other at a rate. */
    public boolean goesBack() {
        return goesBack;
    }

    /** Where a thread of a workload in an order is. */
    public int position(int thread) {
        return walks.isEmpty() ? 0 : walks.get(0).position(thread);
    }

    /** Puts a thread of a workload in an order elsewhere. */
    public void moveTo(int thread, int page) {
        walks.get(0).moveTo(thread, page);
    }

    @Override
    public void save(StateWriter state) {
        stream.save(state);
        // Whoever acts in steps walks nowhere, and draws nothing.
        if (!inSteps) {
            skips.save(state);
            for (Walk walk : walks) walk.save(state);
            state.put(turn);
        }
        state.put(ranUntil);
    }

    @Override
    public void load(StateReader state) {
        stream.load(state);
        if (!inSteps) {
            skips.load(state);
            for (Walk walk : walks) walk.load(state);
            turn = state.nextInt();
        }
        ranUntil = state.next();
    }
}
