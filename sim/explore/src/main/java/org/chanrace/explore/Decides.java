package org.chanrace.explore;

/** How much of its ending a set of constraints decides about an order; each value includes those before it. */
public enum Decides {
    /** Whether it ends {@linkplain Ending#isBad badly} or well. */
    GOOD_OR_BAD,
    /** And with which outcome. */
    OUTCOME,
    /** And where the guest runs then, and whether the monitors answer: the whole {@link Ending}. */
    ENDING;

    /** Whether two endings are alike as far as this goes. */
    public boolean isAlike(Ending a, Ending b) {
        return switch (this) {
            case GOOD_OR_BAD -> a.isBad() == b.isBad();
            case OUTCOME -> a.isBad() == b.isBad() && a.outcome() == b.outcome();
            case ENDING -> a.equals(b);
        };
    }
}
