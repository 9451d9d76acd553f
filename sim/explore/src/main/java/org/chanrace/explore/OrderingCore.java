package org.chanrace.explore;

import java.util.List;
import org.chanrace.explore.Order.Move;

/**
 * The few pairs "this before that" which decide how a witness ends: every order of the small instance that respects them, and in which exactly these
 * disturbances happen, ends as the witness does. (Orders are those in which a system call and a command take effect when they are made, which they do.)
 *
 * <p>They stand level by level: those that decide {@linkplain Decides#GOOD_OR_BAD whether it ends badly} first, then those that decide, together with the
 * ones before, {@linkplain Decides#OUTCOME the outcome}, then those that decide {@linkplain Decides#ENDING the rest}. A level without a constraint of its own
 * is decided by those before it; without any before it, by nothing: every order ends so.
 *
 * @param constraints in this order; empty when every order ends alike
 * @param disturbances the disturbances of the witness, which happen in all orders that are meant, in whatever order; no other does
 * @param sealed after so many choices of the witness every continuation ends as it does
 * @param reduced whether the constraints were reduced to the end: each is necessary, and of all sets of constraints of the witness that decide as much, none is
 *     plainer (fewer pairs; events that come from outside of a thread; events that are choices; early ones). Otherwise the limits were reached: those without
 *     {@link Constraint#otherwise} may not be needed
 * @param trials sets of constraints that were tried
 * @param states states that were visited for it
 */
public record OrderingCore(List<Constraint> constraints, List<Move> disturbances, int sealed, boolean reduced, int trials, long states) {
    public OrderingCore {
        constraints = List.copyOf(constraints);
        disturbances = List.copyOf(disturbances);
    }

    /** The constraints that decide this much: those of this level and those of the levels before it. */
    public List<Constraint> upTo(Decides level) {
        return constraints.stream().filter(c -> c.decides().compareTo(level) <= 0).toList();
    }

    /** Whether every order, with these disturbances, ends alike as far as this level goes. */
    public boolean isEveryOrder(Decides level) {
        return upTo(level).isEmpty();
    }
}
