package org.chanrace.kernel;

/** The discrete-event simulator: the earliest open head wins, ties by lane number. */
public enum ByTime implements Strategy {
    /** The strategy has no state. */
    INSTANCE;

    @Override
    public int pick(Lanes lanes) {
        return lanes.earliest();
    }
}
