package org.chanrace.model;

import org.chanrace.model.guest.PageSet;

/** What a simulation's processes hold after a run, for properties that results alone cannot show. */
public final class Inside {
    private Inside() {}

    /** Pages that the source still has to send, all of them or the rest. */
    public static PageSet dirty(Simulation simulation) {
        PageSet dirty = simulation.processes().source().dirty();
        PageSet all = new PageSet(dirty.limit());
        all.copyFrom(dirty);
        simulation.processes().source().addHeldTo(all);
        return all;
    }

    /** Pages that are in place on the destination. */
    public static PageSet received(Simulation simulation) {
        return simulation.processes().destination().received();
    }

    /** Whether the source has begun the switch to postcopy. */
    public static boolean switching(Simulation simulation) {
        return simulation.processes().source().switching();
    }
}
