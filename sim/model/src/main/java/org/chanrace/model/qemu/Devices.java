package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.scenario.Guest;

/**
 * The devices whose state is in the package. While it is loaded one of them may touch a page of the guest; where that is missing, the
 * main loop, which loads it, is blocked until the page is placed (specification of QEMU's behaviour, R08).
 */
final class Devices implements Stateful {
    private static final int NONE = -1;

    private final int faults;
    private Destination d;
    private int left;
    /** The page that the main loop is blocked on. */
    private int page;

    Devices(Guest guest) {
        this.faults = guest.steps().map(Guest.Steps::deviceFaults).orElse(0);
    }

    void attach(Destination destination) {
        d = destination;
    }

    void reset() {
        left = faults;
        page = NONE;
    }

    /** The package is being loaded from now on. */
    void load(long now) {
        for (int i = 0; i < left; i++) d.lanes.append(d.map.destinationDevices, now, 0);
    }

    /** The package has been loaded, or the process is gone: no device touches anything for its sake any more. */
    void loaded() {
        page = NONE;
        d.lanes.drop(d.map.destinationDevices);
    }

    void touch(long now) {
        left--;
        // The last one: the background stream comes to it last, so that it is the request which brings it.
        int missing = d.received.limit() - 1;
        while (missing >= 0 && d.received.contains(missing)) missing--;
        if (missing < 0) return;
        page = missing;
        d.note(d.mainLoop, -1, "a device that is loaded touches page 0x" + Integer.toHexString(missing), now);
        d.turns.block(Wait.DEVICE_PAGE, -1, now);
        d.postcopy.pages.faulted(missing, now);
    }

    /** Whether the main loop waits for a page. */
    boolean isWaiting() {
        return page != NONE;
    }

    /** These pages have been placed: a main loop that waited for one of them goes on. */
    void placed(int from, int to, long now) {
        if (page < from || page >= to) return;
        page = NONE;
        d.turns.unblock(now);
    }

    @Override
    public void save(StateWriter state) {
        state.put(left);
        state.put(page);
    }

    @Override
    public void load(StateReader state) {
        left = state.nextInt();
        page = state.nextInt();
    }
}
