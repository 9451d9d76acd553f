package org.chanrace.model.qemu;

import org.chanrace.model.guest.PageSet;
import org.chanrace.model.measure.Stage;
import org.chanrace.model.network.Wire;

/** Where the steps of a page fault take no time: a page is asked for when it is touched, and in place when it comes; then the thread is busy for as long as it takes. */
final class MissingPagesAtOnce extends MissingPages {
    /** A zero page is mapped, not copied. */
    private static final int ZERO_SHARE = 4;

    MissingPagesAtOnce(Destination destination) {
        super(destination);
    }

    @Override
    void reseed(long seed) {}

    @Override
    void clear() {}

    @Override
    void faulted(int page, long now) {
        d.ledger.asked(page);
        if (requested.add(page) && canAsk()) ask(fault, page, now);
    }

    @Override
    void step(int page, long now) {
        throw new IllegalStateException("the fault thread takes no time here");
    }

    @Override
    boolean wakesFor(long record, boolean onPreempt, long now) {
        return false;
    }

    @Override
    long place(long record, int from, int to, boolean onPreempt, long now) {
        d.ledger.passed(from, to, Stage.PLACE, now);
        placed(from, to, now, now);
        return now + loadingNanos(record);
    }

    @Override
    void wake(int from, int to, long now) {
        d.vcpus.placed(from, to, now);
    }

    @Override
    void settle(long now) {}

    @Override
    void settleAll(long now) {}

    @Override
    void lookAgain() {}

    @Override
    void addTakenUpTo(PageSet pages) {}

    @Override
    long loadingNanos(long record) {
        return switch (Wire.kind(record)) {
            case Wire.ZERO_PAGES -> Wire.pages(record) * (d.costs.perPageNanos / ZERO_SHARE);
            case Wire.PAGE_PART -> Wire.isLastPart(record) ? d.costs.perPageNanos : 0;
            default -> Wire.pages(record) * d.costs.perPageNanos;
        };
    }
}
