package org.chanrace.model.qemu;

import org.chanrace.model.network.Wire;
import org.chanrace.model.scenario.Host;
import org.chanrace.model.scenario.Paging;

/**
 * What the steps of sending and placing pages cost on these hosts, for pages of one size, ns. A small page is one of 4 KiB, the unit in which RAM is
 * sent and read; a page is one of the guest's, which is placed as a whole.
 */
final class Costs {
    /** A zero page is looked at, not copied. */
    private static final int ZERO_SHARE = 4;
    /** What a QEMUFile asks for with one read, bytes. */
    private static final long READ_BYTES = 32 << 10;

    final Paging paging;
    /** Small pages in a page. */
    final int smallPages;
    /** How many records a page goes in. */
    final int parts;
    final long perPageNanos;
    private final long pageBytes;
    private final boolean takeTime;

    Costs(Host host, long pageBytes) {
        this.paging = host.paging();
        this.perPageNanos = host.perPageNanos();
        this.pageBytes = pageBytes;
        this.smallPages = (int) (pageBytes / Wire.SMALL_PAGE_BYTES);
        this.parts = Wire.parts(pageBytes);
        this.takeTime = !paging.equals(Paging.NONE);
    }

    /** Whether the steps of a page fault take time of their own; if not, threads are at once where they are wanted, and send what they send at once. */
    boolean takeTime() {
        return takeTime;
    }

    /** Whether a page goes in parts. */
    boolean divides() {
        return parts > 1;
    }

    /** Putting one small page into a QEMUFile's buffer. */
    long collect(boolean zero) {
        long nanos = perPageNanos + paging.saveNanos();
        return zero ? nanos / ZERO_SHARE : nanos;
    }

    /** How much of that is done under the lock of the dirty bitmap, at its beginning. */
    long locked(boolean zero) {
        return Math.min(paging.lockedNanos(), collect(zero));
    }

    /** Writing a QEMUFile's buffer to its socket. */
    long flush(long bytes) {
        return paging.sendNanos() + paging.copyNanos(bytes);
    }

    /** Reading a record of so many bytes: system calls of 32 KiB, one at least. */
    long read(long bytes) {
        return Math.max(1, (bytes + READ_BYTES / 2) / READ_BYTES) * paging.receiveNanos() + paging.copyNanos(bytes);
    }

    /** Taking one small page out of a QEMUFile's buffer; if it is not all of its page, into a page that is put together. */
    long unpack(boolean zero) {
        if (zero) return perPageNanos / ZERO_SHARE;
        return perPageNanos + (smallPages == 1 ? 0 : paging.copyNanos(Wire.SMALL_PAGE_BYTES));
    }

    /** Taking one small page out of a QEMUFile's buffer into memory that nobody uses yet. */
    long load(boolean zero) {
        return zero ? perPageNanos / ZERO_SHARE : perPageNanos + paging.copyNanos(Wire.SMALL_PAGE_BYTES);
    }

    /** Placing one page. A zero page of 4 KiB is mapped without copying (UFFDIO_ZEROPAGE). */
    long place(boolean zero) {
        return paging.placeNanos() + (zero && smallPages == 1 ? 0 : paging.copyNanos(pageBytes));
    }
}
