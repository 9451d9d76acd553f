package org.chanrace.model.network;

import org.chanrace.model.guest.PageSet;

/**
 * The contents of the two records that hold a bitmap of all pages: copied when the record is written, read when it arrives. At
 * most one of each is on its way at a time. The first is written by the source and is part of its state, the second of the destination's.
 */
public final class PageBitmaps {
    private final int pages;
    // Made when it is first written: few migrations need both, and a guest of a TiB has 32 MiB of bits.
    private PageSet discarded;
    private PageSet received;

    /** @param pages number of pages of the guest */
    public PageBitmaps(int pages) {
        this.pages = pages;
    }

    /** Empties those that there are. */
    public void clear() {
        if (discarded != null) discarded.clear();
        if (received != null) received.clear();
    }

    /** What {@link Wire#RAM_DISCARD} holds. */
    public PageSet discarded() {
        if (discarded == null) discarded = new PageSet(pages);
        return discarded;
    }

    /** What {@link Wire#BITMAP} holds. */
    public PageSet received() {
        if (received == null) received = new PageSet(pages);
        return received;
    }
}
