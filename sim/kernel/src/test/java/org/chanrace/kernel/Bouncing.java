package org.chanrace.kernel;

/**
 * A small model for the tests: processes that pass tokens around, by time, with one lane that is closed now and then.
 *
 * <p>Event: the number of passes that a token still has. Each pass goes to a lane and takes a time that both depend on all
 * that was handled before, so two runs differ for good after the first difference.
 */
final class Bouncing {
    private static final int LANES = 5;
    private static final int BUSY = 1;

    final Lanes lanes = new Lanes(new int[] {0, 0, 1, 1, 2});
    final Kernel kernel = new Kernel(lanes, this::pass, this::pass, this::pass);

    private long state;
    private int closed;

    /** Begins anew with some tokens. */
    Bouncing start(long seed, int tokens, int passes) {
        kernel.reset();
        state = seed;
        closed = -1;
        for (int token = 0; token < tokens; token++) lanes.append(token % LANES, draw(100), passes);
        return this;
    }

    End runByTime(Kernel.Listener listenerOrNull) {
        return kernel.run(ByTime.INSTANCE, Limits.NONE, listenerOrNull);
    }

    private void pass(int lane, long event, long now) {
        state += lane + event * 31 + now * 17;
        if (closed >= 0) {
            lanes.open(closed);
            closed = -1;
        } else if (draw(4) == 0 && event > 1) {
            // The token below goes to another lane, so there is always somebody who opens this one again.
            closed = lane;
            lanes.close(lane, BUSY);
        }
        if (event > 0) lanes.append((lane + 1 + (int) draw(LANES - 1)) % LANES, now + draw(50), event - 1);
    }

    private long draw(int bound) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        return (state >>> 33) % bound;
    }
}
