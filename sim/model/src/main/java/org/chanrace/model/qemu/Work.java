package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;

/**
 * What a thread that sends pages is at: since when, and how long each small page of it takes. So it can be said at any moment how far it has come, without
 * an event for each page.
 */
final class Work implements Stateful {
    enum Kind {
        NONE,
        /** Collects the pages from {@link #from} to below {@link #to}. */
        RUN,
        /** Collects the parts from {@link #from} to below {@link #to} of {@link #page}. */
        PARTS,
        /** Writes a file's buffer to its socket. */
        FLUSH
    }

    private static final Kind[] KINDS = Kind.values();

    Kind kind = Kind.NONE;
    int page;
    int from;
    int to;
    boolean zero;
    long start;
    /** For one small page, ns. */
    private long unitNanos;
    /** Small pages in a page, or in a part. */
    private int units;

    void clear() {
        kind = Kind.NONE;
        page = from = to = units = 0;
        zero = false;
        start = unitNanos = 0;
    }

    void run(int first, int end, boolean areZero, long now, long nanosEach, int smallPages) {
        set(Kind.RUN, 0, first, end, areZero, now, nanosEach, smallPages);
    }

    void parts(int of, int first, int end, long now, long nanosEach, int smallPages) {
        set(Kind.PARTS, of, first, end, false, now, nanosEach, smallPages);
    }

    void flush(long now, long nanos) {
        set(Kind.FLUSH, 0, 0, 1, false, now, nanos, 1);
    }

    private void set(Kind what, int of, int first, int end, boolean areZero, long now, long nanosEach, int smallPages) {
        kind = what;
        page = of;
        from = first;
        to = end;
        zero = areZero;
        start = now;
        unitNanos = nanosEach;
        units = smallPages;
    }

    boolean is(Kind what) {
        return kind == what;
    }

    /** Whether it goes through small pages, each of which begins under the lock of the dirty bitmap. */
    boolean collects() {
        return kind == Kind.RUN || kind == Kind.PARTS;
    }

    /** When it is done. */
    long end() {
        return start + unitNanos * units * (to - from);
    }

    /** How many small pages it has begun with; one that it would begin with now it has not. */
    private long begun(long now) {
        long all = (long) units * (to - from);
        return unitNanos == 0 ? all : Math.min(all, (now - start + unitNanos - 1) / unitNanos);
    }

    /** When the small page is done that it is at. */
    long smallPageEnds(long now) {
        return start + begun(now) * unitNanos;
    }

    /** Since when it has been at its small page, ns; 0 at the moment when it would begin with the next. */
    long inSmallPage(long now) {
        return unitNanos == 0 ? 0 : (now - start) % unitNanos;
    }

    /** The page, or part, behind the one that it is at. */
    int next(long now) {
        return from + (int) ((begun(now) + units - 1) / units);
    }

    @Override
    public void save(StateWriter state) {
        state.put(kind.ordinal());
        if (kind == Kind.NONE) return;
        state.put(page);
        state.put(from);
        state.put(to);
        state.put(zero);
        state.put(start);
        state.put(unitNanos);
        state.put(units);
    }

    @Override
    public void load(StateReader state) {
        clear();
        kind = KINDS[state.nextInt()];
        if (kind == Kind.NONE) return;
        page = state.nextInt();
        from = state.nextInt();
        to = state.nextInt();
        zero = state.nextTruth();
        start = state.next();
        unitNanos = state.next();
        units = state.nextInt();
    }
}
