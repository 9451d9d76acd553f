package org.chanrace.model.network;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.PageSet;

/**
 * The contents of the two records that hold a bitmap of all pages: copied when the record is written, read when it arrives. At
 * most one of each is on its way at a time.
 */
public final class PageBitmaps implements Stateful {
    private final PageSet discarded;
    private final PageSet received;

    /** @param pages number of pages of the guest */
    public PageBitmaps(int pages) {
        discarded = new PageSet(pages);
        received = new PageSet(pages);
    }

    /** What {@link Wire#RAM_DISCARD} holds. */
    public PageSet discarded() {
        return discarded;
    }

    /** What {@link Wire#BITMAP} holds. */
    public PageSet received() {
        return received;
    }

    @Override
    public void save(StateWriter state) {
        discarded.save(state);
        received.save(state);
    }

    @Override
    public void load(StateReader state) {
        discarded.load(state);
        received.load(state);
    }
}
