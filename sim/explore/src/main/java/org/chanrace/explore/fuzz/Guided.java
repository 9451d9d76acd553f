package org.chanrace.explore.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Steps;

/**
 * Picks the lanes of a list, in its order, leaving out those that have nothing to handle; after its end the lowest lane, but no disturbance: the
 * default order. A shorter list is an order nearer to the default.
 */
final class Guided implements Picker {
    private final int[] guide;
    private final List<Integer> followed = new ArrayList<>();
    private Steps steps;
    private int next;
    private int choice;

    Guided(int[] guide) {
        this.guide = guide;
    }

    @Override
    public void begin(Steps of, RandomStream stream, int length) {
        steps = of;
        next = 0;
        choice = 0;
        followed.clear();
    }

    @Override
    public int pick(int[] ready, int count) {
        int position = choice++;
        while (next < guide.length) {
            int wanted = guide[next++];
            if (!contains(ready, count, wanted)) continue;
            followed.add(position);
            return wanted;
        }
        for (int i = 0; i < count; i++) if (!steps.isDisturbance(ready[i])) return ready[i];
        return NOTHING;
    }

    private static boolean contains(int[] ready, int count, int lane) {
        for (int i = 0; i < count; i++) if (ready[i] == lane) return true;
        return false;
    }

    /** Which choices, from 0, were those of the list. */
    List<Integer> followed() {
        return List.copyOf(followed);
    }
}
