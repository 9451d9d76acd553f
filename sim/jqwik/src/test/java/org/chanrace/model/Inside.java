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

    /** Pages that are in place on the destination or being placed. When a page is in place is noted with the next event there, and a run may break off before. */
    public static PageSet received(Simulation simulation) {
        PageSet received = simulation.processes().destination().received();
        PageSet all = new PageSet(received.limit());
        all.copyFrom(received);
        simulation.processes().destination().addTakenUpTo(all);
        return all;
    }

    /** Whether the destination has begun to place pages, and nobody has looked since whether they are in place. */
    public static boolean isPlacing(Simulation simulation) {
        return received(simulation).size() > simulation.processes().destination().received().size();
    }

    /** Whether the source has begun the switch to postcopy. */
    public static boolean switching(Simulation simulation) {
        return simulation.processes().source().switching();
    }
}
