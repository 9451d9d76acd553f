package org.chanrace.model.qemu;

import java.util.Arrays;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.guest.Workload;
import org.chanrace.model.network.Sampler;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.trace.Actor;

/**
 * The guest's vCPUs that run its workload, on the destination, in postcopy: they touch pages, and stand still where one is missing. A vCPU that has waited
 * for a page touches it, and then thinks until its next touch, as after any other.
 *
 * <p>The first thing that the first vCPU touches is the firmware, the last page of memory: so did the guests of the observed runs
 * ({@code pc.bios}, which the background stream sends last). Then the workload goes on from where it was on the source. A vCPU is an
 * event source only as long as pages are missing.
 */
final class Vcpus implements Stateful {
    private static final long FIRMWARE = 1;
    private static final long WORKLOAD = 2;
    /** Argument: the page. */
    private static final long TOUCH = 3;

    final QemuThread thread = new QemuThread(Actor.DESTINATION_VCPUS);
    private final Workload workload;
    private final int pages;
    private final int workingSet;
    private final int count;
    private final long perTouch;
    private final Think think;
    private final Sampler wakeUp;
    private final int[] faultedOn;
    /** How often they touch a page that is missing, in all, when that is counted; -1 when they go on at their rate. */
    private final int faults;
    private int faultsLeft;
    private Destination d;

    Vcpus(Guest guest, Paging paging, Workload workload) {
        this.workload = workload;
        this.pages = guest.pages();
        this.workingSet = guest.workingSetPages();
        this.count = guest.threads();
        this.perTouch = workload.nanosPerTouch() == Long.MAX_VALUE ? 0 : workload.nanosPerTouch() * count;
        this.think = new Think(guest.touching().think().orElse(new Distribution.Constant(perTouch)));
        this.wakeUp = new Sampler(paging.wakeUp(), "destination vCPUs", "wake-up");
        this.faultedOn = new int[count];
        this.faults = guest.steps().map(Guest.Steps::faults).orElse(-1);
    }

    void attach(Destination destination) {
        d = destination;
    }

    void reseed(long seed) {
        think.reseed(seed);
        wakeUp.reseed(seed);
    }

    void reset() {
        thread.reset(false);
        Arrays.fill(faultedOn, -1);
        faultsLeft = faults;
    }

    void start(long now) {
        thread.exists = true;
        if (faultsLeft == 0) return;
        for (int v = 0; v < count; v++) d.lanes.append(d.map.destinationVcpu + v, now, v == 0 ? FIRMWARE << 56 : WORKLOAD << 56);
    }

    /** The vCPUs no longer fault. */
    void stop(long now) {
        for (int v = 0; v < count; v++) {
            d.lanes.drop(d.map.destinationVcpu + v);
            d.ledger.abandoned(v);
        }
        thread.goOn(now, d.recorder);
        thread.exists = false;
    }

    void step(int v, long event, long now) {
        if (faults >= 0) {
            stepOnce(v, event, now);
            return;
        }
        if (event >>> 56 == FIRMWARE) {
            touch(v, pages - 1, now);
            return;
        }
        if (event >>> 56 == TOUCH) {
            touch(v, (int) event, now);
            return;
        }
        if (workload.goesBack()) stepSequentially(v, now);
        else goOn(v, 0, now);
    }

    /** The vCPU makes touches of pages that are here, these {@code before} among them, until it comes to one that is missing. */
    private void goOn(int v, long before, long now) {
        if (isIdle()) return;
        long touches = workload.skip(v, d.received);
        // Nothing that it wants is missing.
        if (touches == Workload.FOREVER) return;
        long at = now + think.over(before + touches);
        int page = workload.found();
        if (page == Workload.NONE) d.lanes.append(d.map.destinationVcpu + v, at, WORKLOAD << 56);
        else if (at == d.kernel.now()) touch(v, page, at);
        else d.lanes.append(d.map.destinationVcpu + v, at, (TOUCH << 56) | page);
    }

    private boolean isIdle() {
        return d.received.size() == pages || workload.nanosPerTouch() == Long.MAX_VALUE;
    }

    /** Touches the firmware or, when that is here, the next page of the working set that is missing, if there is a fault left. */
    private void stepOnce(int v, long event, long now) {
        int page = pages - 1;
        if (event >>> 56 != FIRMWARE || d.received.contains(page)) {
            page = nextMissing(workload.position(0));
            if (page < 0) page = nextMissing(0);
        }
        if (page < 0 || faultsLeft == 0) return;
        faultsLeft--;
        touch(v, page, now);
    }

    /** The next page of the working set that is missing and that nobody waits for yet; -1 when there is none. */
    private int nextMissing(int from) {
        for (int page = d.received.nextAbsent(from); page < workingSet; page = d.received.nextAbsent(page + 1)) if (!isAwaited(page)) return page;
        return -1;
    }

    private boolean isAwaited(int page) {
        for (int other : faultedOn) if (other == page) return true;
        return false;
    }

    /** Skips the pages that are here: goes to the next that is missing, in the time that it takes to get there. */
    private void stepSequentially(int v, long now) {
        if (isIdle()) return;
        int at = workload.position(v);
        int missing = d.received.nextAbsent(at);
        if (missing == at) {
            touch(v, at, now);
            return;
        }
        long touches;
        if (missing < workingSet) touches = missing - at;
        else {
            missing = d.received.nextAbsent(0);
            // Nothing of the working set is missing: the guest has all that it wants.
            if (missing >= workingSet) return;
            touches = workingSet - at + missing;
        }
        workload.moveTo(v, missing);
        d.lanes.append(d.map.destinationVcpu + v, now + touches * perTouch, WORKLOAD << 56);
    }

    private void touch(int v, int page, long now) {
        if (d.received.contains(page)) {
            if (faults >= 0 || workload.goesBack()) d.lanes.append(d.map.destinationVcpu + v, now, WORKLOAD << 56);
            else goOn(v, 1, now);
            return;
        }
        faultedOn[v] = page;
        d.ledger.touched(v, page, now);
        if (!thread.waitsFor(Wait.PAGE)) thread.waitFor(Wait.PAGE, -1, now, d.recorder, d.names);
        d.postcopy.pages.faulted(page, now);
    }

    /** Puts them into the order of what they wait for and what they do next: apart from that they are alike. */
    void sort() {
        for (int v = 1; v < count; v++)
            for (int w = v; w > 0 && compare(w, w - 1) < 0; w--) {
                int page = faultedOn[w];
                faultedOn[w] = faultedOn[w - 1];
                faultedOn[w - 1] = page;
                d.lanes.swap(d.map.destinationVcpu + w, d.map.destinationVcpu + w - 1);
            }
    }

    /** Which vCPU comes to stand at this place when they are sorted. */
    int atPlace(int place) {
        for (int v = 0; v < count; v++) {
            int before = 0;
            for (int w = 0; w < count; w++) if (compare(w, v) < 0 || (compare(w, v) == 0 && w < v)) before++;
            if (before == place) return v;
        }
        throw new IllegalArgumentException("no such vCPU: " + place);
    }

    private int compare(int a, int b) {
        if (faultedOn[a] != faultedOn[b]) return Integer.compare(faultedOn[a], faultedOn[b]);
        return Long.compare(next(a), next(b));
    }

    private long next(int v) {
        int lane = d.map.destinationVcpu + v;
        return d.lanes.size(lane) == 0 ? -1 : d.lanes.peek(lane);
    }

    /** The first page from {@code from} to below {@code to} that a vCPU waits for; {@code to} when there is none. */
    int nextAwaited(int from, int to) {
        int next = to;
        for (int v = 0; v < count; v++) if (faultedOn[v] >= from && faultedOn[v] < next) next = faultedOn[v];
        return next;
    }

    /**
     * These pages are in place: vCPUs that waited for one of them go on.
     *
     * @param at from when on they are, now or later
     */
    void placed(int from, int to, long at) {
        boolean anyWaits = false;
        for (int v = 0; v < count; v++) {
            if (faultedOn[v] >= from && faultedOn[v] < to) {
                faultedOn[v] = -1;
                runsAgain(v, at + wakeUp.next());
            }
            anyWaits |= faultedOn[v] >= 0;
        }
        // A trace goes forward in time: that they go on is written down when it is decided.
        if (!anyWaits) thread.goOn(d.kernel.now(), d.recorder);
    }

    private void runsAgain(int v, long at) {
        d.ledger.resolved(v, at);
        if (faults >= 0) {
            if (faultsLeft != 0) d.lanes.append(d.map.destinationVcpu + v, at, WORKLOAD << 56);
        } else if (workload.goesBack()) d.lanes.append(d.map.destinationVcpu + v, at + perTouch, WORKLOAD << 56);
        else goOn(v, 1, at);
    }

    @Override
    public void save(StateWriter state) {
        thread.save(state);
        for (int page : faultedOn) state.put(page);
        state.put(faultsLeft);
        if (faults < 0) think.save(state);
        wakeUp.save(state);
    }

    @Override
    public void load(StateReader state) {
        thread.load(state);
        for (int v = 0; v < count; v++) faultedOn[v] = state.nextInt();
        faultsLeft = state.nextInt();
        if (faults < 0) think.load(state);
        wakeUp.load(state);
    }
}
