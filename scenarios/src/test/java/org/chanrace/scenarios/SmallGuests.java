package org.chanrace.scenarios;

import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Scenario;

/** Scenarios with guests of at most {@value #MEMORY_MAX} bytes: the same story, for tests that run each of them many times or keep its trace. */
final class SmallGuests {
    private static final long MEMORY_MAX = 64L << 20;
    private static final long MEMORY_SMALL = 16L << 20;

    private SmallGuests() {}

    /** The scenario itself, or with a guest that has a part of its memory, and of that as much in its working set. */
    static Scenario of(Scenario s) {
        Guest g = s.guest();
        if (g.memory() <= MEMORY_MAX) return s;
        long memory = Math.max(MEMORY_SMALL, 4 * g.pageSize());
        long workingSet = (long) ((double) g.workingSet() / g.memory() * memory) / g.pageSize() * g.pageSize();
        Guest small = new Guest(memory, workingSet, g.pageSize(), g.vcpus(), g.access(), g.dirtyRate(), g.warmUpNanos(), g.steps(), g.touching());
        return new Scenario(s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), small, s.host(), s.events(),
                s.limits(), s.expectation(), s.bounds(), s.failsIn(), s.passesIn());
    }
}
