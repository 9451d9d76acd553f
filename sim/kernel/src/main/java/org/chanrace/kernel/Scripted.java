package org.chanrace.kernel;

/**
 * Replay: the lanes are picked in the order that a script names.
 *
 * <p>A script that names a lane that is not ready does not belong to this run: {@link ScriptMismatch}. After the script's end
 * no lane is picked.
 */
public final class Scripted implements Strategy {
    private final int[] script;
    private int next;

    /** @param script lane numbers, first pick first */
    public Scripted(int[] script) {
        this.script = script.clone();
    }

    @Override
    public int pick(Lanes lanes) {
        if (next == script.length) return -1;
        int lane = script[next];
        if (lane < 0 || lane >= lanes.count() || !lanes.ready(lane)) throw new ScriptMismatch(next, lane);
        next++;
        return lane;
    }

    /** The script does not belong to this run. */
    public static final class ScriptMismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int step;
        private final int lane;

        ScriptMismatch(int step, int lane) {
            super("step " + step + " of the schedule picks lane " + lane + ", which has nothing to handle");
            this.step = step;
            this.lane = lane;
        }

        /** The index in the script of the pick that is not possible. */
        public int step() {
            return step;
        }

        /** The lane that it names, which may be none of this run's. */
        public int lane() {
            return lane;
        }
    }
}
