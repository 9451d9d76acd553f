package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;

/**
 * The run of pages that a thread of the destination has taken up and places, one after the other. When each is in place is known from the beginning, so
 * there is no event for it: who looks is told what is there by then.
 */
final class Placing implements Stateful {
    private int from;
    private int to;
    /** When the page at {@link #first} is in place, and how long the next one takes, ns. */
    private long firstAt;
    private long eachNanos;
    private int first;

    void clear() {
        from = to = first = 0;
        firstAt = eachNanos = 0;
    }

    /** Begins with a run, of which the first page is in place at {@code at}, and each further one {@code nanos} later. */
    void begin(int firstPage, int end, long at, long nanos) {
        from = first = firstPage;
        to = end;
        firstAt = at;
        eachNanos = nanos;
    }

    boolean isDone() {
        return from == to;
    }

    /** Whether a page is about to be placed. */
    boolean holds(int page) {
        return page >= from && page < to;
    }

    /** When a page of the run is in place. */
    long momentOf(int page) {
        return firstAt + (page - first) * eachNanos;
    }

    /** When all are in place. */
    long end() {
        return momentOf(to - 1);
    }

    /** The first page that is not in place. */
    int from() {
        return from;
    }

    /** The page behind the last one that is in place now. */
    int placedBefore(long now) {
        if (from == to || momentOf(from) > now) return from;
        return eachNanos == 0 ? to : first + 1 + (int) Math.min(to - first - 1, (now - firstAt) / eachNanos);
    }

    /** The pages before this one have been seen to. */
    void goOn(int page) {
        from = page;
    }

    void addTo(PageSet pages) {
        pages.addRange(from, to);
    }

    @Override
    public void save(StateWriter state) {
        state.put(from);
        state.put(to);
        state.put(first);
        state.put(firstAt);
        state.put(eachNanos);
    }

    @Override
    public void load(StateReader state) {
        from = state.nextInt();
        to = state.nextInt();
        first = state.nextInt();
        firstAt = state.next();
        eachNanos = state.next();
    }
}
