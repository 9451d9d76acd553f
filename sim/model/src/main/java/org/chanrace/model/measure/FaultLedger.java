package org.chanrace.model.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Follows each page fault through its stages, and adds up what they took.
 *
 * <p>A vCPU has at most one fault at a time. A stage that ends is charged with the time since the stage before it ended, so the stages of a fault
 * add up to its latency, exactly. Nothing is allocated per fault.
 *
 * <p>As in QEMU's own report, and in what was published, a fault counts when the source was asked for its page: not when the background stream had brought it
 * before the fault thread came to ask. The vCPU stood still for that as well.
 */
public final class FaultLedger {
    private static final int NOTHING = -1;
    private static final int MAX_INTERVALS = 1 << 10;
    private static final long FIRST_INTERVAL = 10_000_000L;
    private static final Stage[] STAGES = Stage.values();

    private final int[] page;
    private final long[] touchedAt;
    private final long[] last;
    /** The latest stage that has ended, of those up to {@link Stage#SAVE}; the others may come in turn, once for each part of a page. */
    private final int[] reached;
    private final boolean[] asked;
    /** The page of a fault that was as good as over before it was asked for, and how long it took; the page is not in place yet, so it may still be asked for. */
    private final int[] over;
    private final long[] took;
    private final long[] spent;
    private final long[] blocked;
    private final long[] total = new long[STAGES.length];
    private final LatencyHistogram latency = new LatencyHistogram();
    private final long[] main = new long[MAX_INTERVALS];
    private final long[] preempt = new long[MAX_INTERVALS];
    private long interval;
    private int intervals;
    private int open;
    private long stoppedAt;
    private long ranAt;
    private long completeAt;
    private long overAt;

    /** @param vcpus that may fault */
    public FaultLedger(int vcpus) {
        page = new int[vcpus];
        touchedAt = new long[vcpus];
        last = new long[vcpus];
        reached = new int[vcpus];
        asked = new boolean[vcpus];
        over = new int[vcpus];
        took = new long[vcpus];
        spent = new long[vcpus * STAGES.length];
        blocked = new long[vcpus];
        reset();
    }

    /** Back to the beginning of a run. */
    public void reset() {
        Arrays.fill(page, NOTHING);
        Arrays.fill(over, NOTHING);
        Arrays.fill(blocked, 0);
        Arrays.fill(total, 0);
        latency.clear();
        Arrays.fill(main, 0, intervals, 0);
        Arrays.fill(preempt, 0, intervals, 0);
        interval = FIRST_INTERVAL;
        intervals = open = 0;
        stoppedAt = ranAt = completeAt = overAt = NOTHING;
    }

    /** A vCPU touches a page that is missing. */
    public void touched(int vcpu, int missing, long now) {
        if (page[vcpu] == NOTHING) open++;
        page[vcpu] = missing;
        over[vcpu] = NOTHING;
        asked[vcpu] = false;
        touchedAt[vcpu] = last[vcpu] = now;
        reached[vcpu] = NOTHING;
        Arrays.fill(spent, vcpu * STAGES.length, (vcpu + 1) * STAGES.length, 0);
    }

    /** Whether anybody waits for a page: if not, {@link #passed} has nothing to do. */
    public boolean isOpen() {
        return open > 0;
    }

    /**
     * A stage of the fault on this page has ended, for all who wait for it. What ended before they came, or out of order, is nothing to them: each who touches a
     * page has it asked for again, and those who came earlier are further on. Nor is what happens to a page on its way before all of it was written: of
     * one that is sent in parts, the parts that overtake the writing of the rest.
     */
    public void passed(int of, Stage stage, long at) {
        if (open > 0) passed(of, of + 1, stage, at);
    }

    /** A stage has ended for all who wait for a page from {@code from} to below {@code to}. */
    public void passed(int from, int to, Stage stage, long at) {
        if (open == 0) return;
        for (int v = 0; v < page.length; v++) {
            if (page[v] < from || page[v] >= to || at < last[v] || !isNext(v, stage)) continue;
            spent[v * STAGES.length + stage.ordinal()] += at - last[v];
            last[v] = at;
            reached[v] = Math.min(stage.ordinal(), Stage.SAVE.ordinal());
        }
    }

    private boolean isNext(int vcpu, Stage stage) {
        return isSent(vcpu) ? stage.compareTo(Stage.SAVE) > 0 : stage.ordinal() > reached[vcpu] && stage.compareTo(Stage.SAVE) <= 0;
    }

    private boolean isSent(int vcpu) {
        return reached[vcpu] == Stage.SAVE.ordinal();
    }

    /** The connections are gone, and with them all that was on its way: what is waited for has to be asked for again. */
    public void interrupted() {
        Arrays.fill(reached, NOTHING);
    }

    /** The source is asked for this page: the faults of all who wait for it count. */
    public void asked(int of) {
        for (int v = 0; v < page.length; v++) {
            if (page[v] == of) asked[v] = true;
            else if (over[v] == of) count(v);
        }
    }

    /** The vCPU runs again, now or later: its fault is over. */
    public void resolved(int vcpu, long at) {
        if (page[vcpu] == NOTHING) return;
        over[vcpu] = page[vcpu];
        page[vcpu] = NOTHING;
        open--;
        long until = Math.max(at, last[vcpu]);
        took[vcpu] = until - touchedAt[vcpu];
        blocked[vcpu] += took[vcpu];
        spent[vcpu * STAGES.length + Stage.VCPU_WAKE.ordinal()] += until - last[vcpu];
        if (asked[vcpu]) count(vcpu);
    }

    private void count(int vcpu) {
        over[vcpu] = NOTHING;
        latency.add(took[vcpu]);
        int first = vcpu * STAGES.length;
        if (isSent(vcpu)) for (int s = 0; s < STAGES.length; s++) total[s] += spent[first + s];
        else total[Stage.ON_ITS_WAY.ordinal()] += took[vcpu];
    }

    /** The vCPU's fault is given up: it will not be answered, and does not count. */
    public void abandoned(int vcpu) {
        if (page[vcpu] == NOTHING) return;
        page[vcpu] = NOTHING;
        open--;
    }

    /** The link has carried bytes toward the destination. */
    public void carried(boolean onPreempt, long bytes, long at) {
        while (at / interval >= MAX_INTERVALS) {
            for (int i = 0; i < MAX_INTERVALS / 2; i++) {
                main[i] = main[2 * i] + main[2 * i + 1];
                preempt[i] = preempt[2 * i] + preempt[2 * i + 1];
            }
            Arrays.fill(main, MAX_INTERVALS / 2, MAX_INTERVALS, 0);
            Arrays.fill(preempt, MAX_INTERVALS / 2, MAX_INTERVALS, 0);
            interval *= 2;
            intervals = (intervals + 1) / 2;
        }
        int at0 = (int) (at / interval);
        intervals = Math.max(intervals, at0 + 1);
        if (onPreempt) preempt[at0] += bytes;
        else main[at0] += bytes;
    }

    /** The source has stopped the guest. */
    public void stopped(long now) {
        stoppedAt = now;
    }

    /** The guest runs on the destination, for the first time. */
    public void ran(long now) {
        if (ranAt == NOTHING) ranAt = now;
    }

    /** The destination has all pages. */
    public void complete(long now) {
        if (completeAt == NOTHING) completeAt = now;
    }

    /** The source is through. */
    public void over(long now) {
        if (overAt == NOTHING) overAt = now;
    }

    /** What was measured so far. */
    public Measurements measurements() {
        List<Measurements.Spent> budget = new ArrayList<>();
        for (Stage stage : STAGES) budget.add(new Measurements.Spent(stage, total[stage.ordinal()]));
        return new Measurements(
                latency.copy(), budget, list(blocked, blocked.length), new Measurements.Throughput(interval, list(main, intervals), list(preempt, intervals)),
                between(stoppedAt, ranAt), between(ranAt, completeAt), between(0, overAt));
    }

    private static OptionalLong between(long from, long to) {
        return from == NOTHING || to == NOTHING ? OptionalLong.empty() : OptionalLong.of(to - from);
    }

    private static List<Long> list(long[] values, int n) {
        List<Long> list = new ArrayList<>(n);
        for (int i = 0; i < n; i++) list.add(values[i]);
        return list;
    }
}
