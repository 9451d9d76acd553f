package org.chanrace.model.qemu;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Wire;

/**
 * A QEMUFile that pages are written to: collects them, and is written to its socket when it is full.
 *
 * <p>Pages with content are not copied into its buffer but pointed at: a small page is two entries, its header and its content, of the 64 of
 * one {@code writev}. Zero pages are headers alone, next to each other in the buffer of 32 KiB. So from 7.0 to 11.1.
 */
final class OutgoingFile implements Stateful {
    /** Small pages with content in one write. */
    static final int SMALL_PAGES = 64 / 2;
    /** Zero pages in one write. */
    static final int ZERO_PAGES = Wire.PART_BYTES / (Wire.PAGE_HEADER_BYTES + 1);

    private final Source s;
    private long[] records = new long[16];
    private int size;
    private int content;
    private int zeros;
    private long bytes;

    OutgoingFile(Source source) {
        this.s = source;
    }

    void clear() {
        size = content = zeros = 0;
        bytes = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return content >= SMALL_PAGES || zeros >= ZERO_PAGES;
    }

    /** How many more small pages go into it before it is full, at least 1. */
    int room(boolean zero) {
        return Math.max(1, zero ? ZERO_PAGES - zeros : SMALL_PAGES - content);
    }

    /** What the next write comes to, bytes. */
    long bytes() {
        return bytes;
    }

    void add(long record) {
        long length = s.sockets.bytes(record);
        bytes += length;
        if (Wire.kind(record) == Wire.ZERO_PAGES) zeros += Wire.pages(record) * s.costs.smallPages;
        else content += (int) (length / (Wire.SMALL_PAGE_BYTES + Wire.PAGE_HEADER_BYTES));
        if (size > 0 && isNext(records[size - 1], record)) {
            records[size - 1] += Wire.pages(record);
            return;
        }
        if (size == records.length) records = Arrays.copyOf(records, 2 * size);
        records[size++] = record;
    }

    /** Whether a run goes on where the one before it ends, and the two are no longer than a record may be. */
    private boolean isNext(long last, long record) {
        int kind = Wire.kind(record);
        if (kind != Wire.kind(last) || Wire.connection(record) != Wire.connection(last) || kind == Wire.PAGE_PART) return false;
        if (Wire.firstPage(last) + Wire.pages(last) != Wire.firstPage(record)) return false;
        int longest = kind == Wire.ZERO_PAGES ? Wire.MAX_RUN : Wire.SMALL_PAGES_IN_PART / s.costs.smallPages;
        return Wire.pages(last) + Wire.pages(record) <= longest;
    }

    /** Writes everything to the socket; whether it took it without an error. */
    boolean write(QemuThread by, long now) {
        boolean written = true;
        for (int i = 0; i < size; i++) written &= s.write(by, records[i], now);
        clear();
        return written;
    }

    /** Everything that is in it. */
    void forEach(LongConsumer each) {
        for (int i = 0; i < size; i++) each.accept(records[i]);
    }

    @Override
    public void save(StateWriter state) {
        state.put(size);
        for (int i = 0; i < size; i++) state.putBits(records[i]);
    }

    @Override
    public void load(StateReader state) {
        clear();
        for (int left = state.nextInt(); left > 0; left--) add(state.nextBits());
    }
}
