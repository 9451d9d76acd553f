package org.chanrace.model.qemu;

import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.network.Wire;
import org.chanrace.model.qemu.Behaviour.FlushAccepted;
import org.chanrace.model.qemu.Behaviour.PreemptWait;
import org.chanrace.model.qemu.Destination.Reader;

/**
 * What the incoming coroutine, on the main loop, makes of what it reads from main: memory, and then either the package, behind which the listen thread reads
 * on, or the devices' state, which ends the migration (specification of QEMU's behaviour, section 4).
 */
final class IncomingStream implements Stateful {
    /** The steps of the main loop that end in something. */
    static final int DEVICES_LOADED = 1;
    static final int RUN = 2;
    private static final int PING_RUNS = 0x42;

    private final Destination d;
    private final long deviceStateNanos;
    private boolean packageWaits;
    private boolean packageAsksForPing42;

    IncomingStream(Destination destination, long deviceStateNanos) {
        this.d = destination;
        this.deviceStateNanos = deviceStateNanos;
    }

    void reset() {
        packageWaits = packageAsksForPing42 = false;
    }

    /** Whether a record changes nothing that anybody else looks at. */
    boolean commutes(int kind) {
        return switch (kind) {
            case Wire.HEADER, Wire.POSTCOPY_ADVISE, Wire.RAM_SETUP, Wire.SECTION_EOS, Wire.OPEN_RETURN_PATH, Wire.PING, Wire.PAGES, Wire.ZERO_PAGES, Wire.PAGE_PART, Wire.RAM_DISCARD -> true;
            case Wire.MULTIFD_FLUSH -> d.behaviour.flushAccepted() != FlushAccepted.NEVER;
            default -> false;
        };
    }

    void record(long event, long now) {
        switch (Wire.kind(event)) {
            case Wire.HEADER, Wire.POSTCOPY_ADVISE, Wire.RAM_SETUP, Wire.SECTION_EOS -> {}
            case Wire.OPEN_RETURN_PATH -> d.returnPathOpen = true;
            case Wire.PING -> d.pong(d.mainLoop, Wire.argument(event), now);
            case Wire.PAGES, Wire.ZERO_PAGES, Wire.PAGE_PART -> {
                d.received.addRange(Wire.firstPage(event), Wire.firstPage(event) + Wire.pagesCompleted(event));
                d.turns.keepBusyUntil(now + d.postcopy.pages.loadingNanos(event));
            }
            case Wire.MULTIFD_FLUSH -> {
                if (d.behaviour.flushAccepted() == FlushAccepted.NEVER) d.loadFailed("Unknown combination of migration flags: 0x200", now);
            }
            case Wire.RAM_DISCARD -> {
                // The source has noted them.
                d.lanes.lookBeyond();
                d.received.removeAll(d.bitmaps.discarded());
                d.pong(d.mainLoop, 2, now);
            }
            case Wire.PACKAGED -> {
                packageAsksForPing42 = Wire.argument(event) == 1;
                packageArrived(now);
            }
            case Wire.DEVICE_STATE -> {
                // Behind the EOF byte nothing is read: what happens to the connection no longer matters.
                d.setReader(d.main, Reader.NOBODY);
                loadsDevicesFor(RUN, now);
            }
            case Wire.FIN, Wire.RST -> d.loadFailed("load of migration failed: Input/output error", now);
            default -> d.loadFailed("Not a migration stream", now);
        }
    }

    private void packageArrived(long now) {
        if (d.behaviour.preemptWait() == PreemptWait.PREEMPT_THREAD_AND_PACKAGE && d.behaviour.preempt() && d.preempt < 0) {
            // The coroutine yields, over and over, so the monitor answers and connections are accepted.
            packageWaits = true;
            d.setReader(d.main, Reader.NOBODY);
            d.mainLoop.waitFor(Wait.PREEMPT_BEFORE_PACKAGE, -1, now, d.recorder, d.names);
            return;
        }
        loadPackage(now);
    }

    /** The preempt channel has arrived: a package that waits for it is loaded. */
    void packageMayLoad(long now) {
        if (!packageWaits) return;
        packageWaits = false;
        d.mainLoop.goOn(now, d.recorder);
        d.setReader(d.main, Reader.COROUTINE);
        loadPackage(now);
    }

    private void loadPackage(long now) {
        d.note(d.mainLoop, d.main, "LISTEN", now);
        if (d.behaviour.preemptWait() == PreemptWait.LISTEN_COMMAND && d.behaviour.preempt()) {
            if (d.preemptArrived == 0) {
                d.turns.block(Wait.PREEMPT_IN_LISTEN, -1, now);
                return;
            }
            d.preemptArrived--;
        }
        d.postcopy.listen(now);
        d.devices.load(now);
        d.turns.loads();
        loadsDevicesFor(DEVICES_LOADED, now);
    }

    private void loadsDevicesFor(int step, long now) {
        d.turns.keepBusyUntil(now + deviceStateNanos);
        d.lanes.append(d.map.destinationMainLoop, now + deviceStateNanos, Wire.event(step, 0, 0));
    }

    /** The package has been loaded: the guest runs, and lacks pages. */
    void packageIsLoaded(long now) {
        d.devices.loaded();
        d.turns.hasLoaded();
        d.pong(d.mainLoop, 3, now);
        if (packageAsksForPing42) d.pong(d.mainLoop, PING_RUNS, now);
        d.running = true;
        d.runGuest(now);
        d.mainLoop.waitFor(Wait.CONNECTIONS, -1, now, d.recorder, d.names);
        d.postcopy.devicesAreLoaded(now);
    }

    /** Everything has been loaded, without postcopy. */
    void allIsLoaded(long now) {
        if (d.returnPathOpen) d.sockets.write(d.mainLoop.actor, d.main, Wire.SHUT, 0, now);
        d.ended = true;
        d.setStatus(Status.COMPLETED, d.mainLoop, now);
        d.runGuest(now);
        d.close(d.main, now);
        d.close(d.preempt, now);
        d.mainLoop.waitFor(Wait.CONNECTIONS, -1, now, d.recorder, d.names);
    }

    @Override
    public void save(StateWriter state) {
        state.put(packageWaits);
        state.put(packageAsksForPing42);
    }

    @Override
    public void load(StateReader state) {
        packageWaits = state.nextTruth();
        packageAsksForPing42 = state.nextTruth();
    }
}
