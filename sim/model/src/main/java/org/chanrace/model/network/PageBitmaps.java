package org.chanrace.model.network;

import org.chanrace.model.guest.PageSet;

/**
 * The contents of the two records that hold a bitmap of all pages: copied when the record is written, read when it arrives. At
 * most one of each is on its way at a time. The first is written by the source and is part of its state, the second of the destination's.
 */
public final class PageBitmaps {
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
}
