package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Wire;

/** Where the parts of a page that come by one channel are put together: a page is placed as a whole, so all of its parts have to come by the same. */
final class TemporaryPage implements Stateful {
    private static final int NONE = -1;

    private int page = NONE;
    private int parts;

    /** What has come of a page will come again. */
    void clear() {
        page = NONE;
        parts = 0;
    }

    /** Takes a part; whether it is the one that goes on where this channel is ("Non-same host page detected"). */
    boolean take(long record) {
        boolean fits = Wire.partNumber(record) == parts && (parts == 0 || Wire.firstPage(record) == page);
        page = Wire.firstPage(record);
        parts++;
        if (Wire.isLastPart(record)) clear();
        return fits;
    }

    @Override
    public void save(StateWriter state) {
        state.put(page);
        state.put(parts);
    }

    @Override
    public void load(StateReader state) {
        page = state.nextInt();
        parts = state.nextInt();
    }
}
