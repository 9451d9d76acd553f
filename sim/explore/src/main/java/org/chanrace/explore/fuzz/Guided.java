package org.chanrace.explore.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Steps;

/**
 * The default order, but for certain events that come as soon as they can, one after the other.
 *
 * <p>The default is the lowest ready lane that brings no disturbance; while the next event of the guide is not ready, the order goes on by default. A
 * shorter guide is an order nearer to the default. One that names every choice of an order is that order.
 */
final class Guided implements Picker {
    private final List<Event> guide;
    private final List<Integer> followed = new ArrayList<>();
    private Steps steps;
    private int next;
    private int choice;

    /**
     * An event by its name.
     *
     * @param lane the lane that brings it
     * @param number which one of that lane's events it is, from 1
     */
    record Event(int lane, int number) {}

    Guided(List<Event> guide) {
        this.guide = List.copyOf(guide);
    }

    @Override
    public void begin(Steps of, RandomStream stream, int length) {
        steps = of;
        next = 0;
        choice = 0;
        followed.clear();
    }

    @Override
    public int pick(int[] ready, int count, int[] events) {
        int position = choice++;
        int byDefault = byDefault(ready, count);
        for (; next < guide.size(); next++) {
            Event wanted = guide.get(next);
            if (events[wanted.lane()] >= wanted.number()) continue;
            if (events[wanted.lane()] == wanted.number() - 1 && contains(ready, count, wanted.lane())) {
                next++;
                if (wanted.lane() != byDefault) followed.add(position);
                return wanted.lane();
            }
            if (byDefault != NOTHING) return byDefault;
        }
        return byDefault;
    }

    private int byDefault(int[] ready, int count) {
        for (int i = 0; i < count; i++) if (!steps.isDisturbance(ready[i])) return ready[i];
        return NOTHING;
    }

    private static boolean contains(int[] ready, int count, int lane) {
        for (int i = 0; i < count; i++) if (ready[i] == lane) return true;
        return false;
    }

    /** Which choices, from 0, were those of the guide and not what would have come by default. */
    List<Integer> followed() {
        return List.copyOf(followed);
    }
}
