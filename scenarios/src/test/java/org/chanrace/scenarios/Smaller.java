package org.chanrace.scenarios;

import org.chanrace.model.scenario.Guest;
import org.chanrace.model.scenario.Scenario;

/** Scenarios with guests of a size that tests can run many times over. */
final class Smaller {
    private static final long LARGE = 128L << 20;
    private static final long MEMORY = 8L << 20;

    private Smaller() {}

    /** The scenario itself, or, when its guest is large, the same with a guest of 8 MiB or of four pages. */
    static Scenario of(Scenario s) {
        Guest g = s.guest();
        long memory = Math.max(MEMORY, 4 * g.pageSize());
        if (g.memory() <= Math.max(LARGE, memory)) return s;
        long workingSet = (long) ((double) g.workingSet() / g.memory() * memory) / g.pageSize() * g.pageSize();
        Guest guest = new Guest(memory, workingSet, g.pageSize(), g.vcpus(), g.access(), g.dirtyRate(), g.warmUpNanos(), g.steps(), g.touching());
        return new Scenario(
                s.name(), s.title(), s.because(), s.source(), s.destination(), s.machine(), s.parameters(), s.tls(), s.network(), guest, s.host(), s.events(), s.limits(),
                s.expectation(), s.bounds(), s.failsIn(), s.passesIn());
    }
}
