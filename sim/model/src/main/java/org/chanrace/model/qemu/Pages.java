package org.chanrace.model.qemu;

import org.chanrace.kernel.Lanes;
import org.chanrace.model.LaneMap;
import org.chanrace.model.guest.PageSet;
import org.chanrace.model.network.Net;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Destination.Reader;

/**
 * Where the guest's pages are in a state: with the source, which still means to send them, on their way, or at the destination.
 *
 * <p>It looks and changes nothing; nothing that a process does depends on it.
 */
public final class Pages {
    /** No page. */
    public static final int NONE = -1;

    private final Source source;
    private final Destination destination;
    private final Net net;
    private final Lanes lanes;
    private final LaneMap map;
    private final PageSet seen;

    public Pages(Assembly qemu, Lanes lanes, LaneMap map) {
        this.source = qemu.source();
        this.destination = qemu.destination();
        this.net = qemu.net();
        this.lanes = lanes;
        this.map = map;
        this.seen = new PageSet(source.memory.pages());
    }

    /** The number of the guest's pages. */
    public int count() {
        return seen.limit();
    }

    /**
     * The first page that the guest, which runs on the destination alone, takes for its own there while the source has a later one to send;
     * {@link #NONE} when there is none.
     */
    public int oldAtDestination() {
        if (!destination.guestRuns() || source.guestRuns() || source.isGone()) return NONE;
        seen.copyFrom(source.memory.dirty());
        seen.addAll(source.memory.log());
        for (int page = seen.next(0); page >= 0; page = seen.next(page + 1)) if (destination.received().contains(page)) return page;
        return NONE;
    }

    /**
     * The first page that is nowhere: the source does not mean to send it, it is not on its way to a destination that may read it, and it is not
     * there; {@link #NONE} when there is none, or when the guest runs on the source, which has them all, or one of the two is gone.
     */
    public int nowhere() {
        if (source.guestRuns() || source.isGone() || destination.isGone()) return NONE;
        seen.copyFrom(destination.received());
        destination.addTakenUpTo(seen);
        seen.addAll(source.memory.dirty());
        seen.addAll(source.memory.log());
        source.addHeldTo(seen);
        if (seen.size() == seen.limit()) return NONE;
        addPending(map.sourceCalls);
        for (int c = 0; c < map.connections && seen.size() < seen.limit(); c++) {
            if (destination.reader(c) == Reader.KERNEL) continue;
            net.forEachOnItsWay(c, this::add);
            addPending(map.toDestination + c);
        }
        return seen.size() == seen.limit() ? NONE : seen.nextAbsent(0);
    }

    private void addPending(int lane) {
        for (int i = 0; i < lanes.size(lane); i++) add(lanes.pending(lane, i));
    }

    private void add(long record) {
        int complete = Wire.pagesCompleted(record);
        if (complete == 0 || destination.reader(Wire.connection(record)) == Reader.KERNEL) return;
        seen.addRange(Wire.firstPage(record), Wire.firstPage(record) + complete);
    }
}
