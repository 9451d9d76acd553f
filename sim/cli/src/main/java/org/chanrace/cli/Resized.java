package org.chanrace.cli;

import java.util.List;
import java.util.Optional;
import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Scenario;

/** A scenario with a larger or smaller guest. */
final class Resized {
    private Resized() {}

    /**
     * The scenario with so much memory and a working set of the same share of it, in whole pages; without what was expected of it.
     *
     * @throws IllegalArgumentException when there can be no such guest
     */
    static Scenario of(Scenario s, long memory) {
        Guest g = s.guest();
        long pages = Math.round((double) g.workingSetPages() * (memory / g.pageSize()) / g.pages());
        Guest guest = new Guest(memory, pages * g.pageSize(), g.pageSize(), g.vcpus(), g.access(), g.dirtyRate(), g.warmUpNanos(), g.steps(), g.touching());
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), guest, s.host(), s.events(), s.limits(),
                Optional.empty(), s.bounds(), List.of(), List.of());
    }
}
