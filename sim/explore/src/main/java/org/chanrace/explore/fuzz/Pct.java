package org.chanrace.explore.fuzz;

import java.util.Arrays;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Steps;

/**
 * Lanes have random priorities, and the ready one with the highest is picked; at d - 1 random moments the lane that was just picked becomes the
 * least important one (PCT: Burckhardt, Kothari, Musuvathi, Nagarakatte: "A randomized scheduler with probabilistic guarantees of finding bugs",
 * ASPLOS 2010).
 *
 * <p>With n lanes that ever have an event and at most k choices, an ending that d ordering constraints between lanes decide is found by one order with
 * probability at least 1 / (n · kᵈ⁻¹). The paper proves it of threads; a lane is one here, since its events come in a fixed order.
 */
final class Pct implements Picker {
    private final int depth;
    private RandomStream stream;
    private long[] priority = new long[0];
    private int[] changes = new int[0];
    private int choice;
    private long lowest;

    /** @param depth d, at least 1 */
    Pct(int depth) {
        this.depth = depth;
    }

    @Override
    public void begin(Steps steps, RandomStream from, int length) {
        stream = from;
        priority = new long[steps.lanes()];
        for (int lane = 0; lane < priority.length; lane++) priority[lane] = 1 + stream.nextLong(Long.MAX_VALUE - 1);
        changes = new int[depth - 1];
        for (int i = 0; i < changes.length; i++) changes[i] = stream.nextInt(Math.max(1, length));
        Arrays.sort(changes);
        choice = 0;
        lowest = 0;
    }

    @Override
    public int pick(int[] ready, int count, int[] events) {
        int best = ready[0];
        for (int i = 1; i < count; i++) if (priority[ready[i]] > priority[best]) best = ready[i];
        // Two changes at the same moment are one, as in the paper.
        if (Arrays.binarySearch(changes, choice++) >= 0) priority[best] = --lowest;
        return best;
    }
}
