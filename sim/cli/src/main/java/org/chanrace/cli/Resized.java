package org.chanrace.cli;

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
    static Scenario of(Scenario scenario, long memory) {
        Guest guest = scenario.guest();
        long pages = Math.round((double) guest.workingSetPages() * (memory / guest.pageSize()) / guest.pages());
        return scenario.with(guest.sized(memory, pages * guest.pageSize())).withoutExpectation();
    }
}
