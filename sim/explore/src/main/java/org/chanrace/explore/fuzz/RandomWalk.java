package org.chanrace.explore.fuzz;

import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Steps;

/**
 * Every ready lane is as likely as any other, each time.
 *
 * <p>An order with n choices among k lanes each has probability k⁻ⁿ: what needs one lane to be slow all the time is hardly ever found.
 */
final class RandomWalk implements Picker {
    private RandomStream stream;

    @Override
    public void begin(Steps steps, RandomStream from, int length) {
        stream = from;
    }

    @Override
    public int pick(int[] ready, int count, int[] events) {
        return ready[stream.nextInt(count)];
    }
}
