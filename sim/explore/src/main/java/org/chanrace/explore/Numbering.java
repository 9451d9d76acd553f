package org.chanrace.explore;

import org.chanrace.model.Steps;

/**
 * Names the events of a run, in the order in which they are handled: the n-th of its lane. What is about buffers has a numbering of its own, as if it came by a
 * lane of its own, because how much of it there is depends on what comes earlier or later.
 */
final class Numbering {
    private final Steps steps;
    private final int[] named;

    Numbering(Steps steps) {
        this.steps = steps;
        this.named = new int[2 * steps.lanes()];
    }

    /** The lane of an event's name. */
    int lane(int lane, long event) {
        return steps.isAboutBuffers(lane, event) ? steps.lanes() + lane : lane;
    }

    /** The lane by which an event comes that has this lane in its name. */
    int actual(int nameLane) {
        return nameLane % steps.lanes();
    }

    /** The number of the next event with this lane in its name, from 1. */
    int next(int nameLane) {
        return ++named[nameLane];
    }
}
