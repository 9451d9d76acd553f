package org.chanrace.explore;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.chanrace.explore.Order.Move;

/**
 * The few pairs "this before that" which decide how a witness ends: every order of the small instance that respects them, and in which exactly these
 * disturbances happen, ends as the witness does, as far as {@code decided} goes. (Orders are those in which a system call and a command take effect when they are
 * made, which they do.)
 *
 * <p>They stand level by level: those that decide {@linkplain Decides#GOOD_OR_BAD whether it ends badly} first, then those that decide, together with the
 * ones before, {@linkplain Decides#OUTCOME the outcome}, then those that decide {@linkplain Decides#ENDING the rest}. A level without a constraint of its own
 * is decided by those before it; without any before it, by nothing: every order ends so.
 *
 * @param constraints in this order
 * @param disturbances the disturbances of the witness, which happen in all orders that are meant, in whatever order; no other does
 * @param sealed after so many choices of the witness every continuation ends as it does, as far as was seen
 * @param decided how much of the ending the constraints were seen to decide, by trying every order that respects them; empty when nothing was seen to be decided,
 *     and then there are no constraints
 * @param refuted whether no pairs decide more than that: an order was found that agrees with the witness in all pairs of what it chose and could have chosen, and
 *     ends otherwise. If not, and something is not decided, the limits were reached
 * @param reduced whether all is decided, and each constraint was seen to be necessary. Otherwise those without {@link Constraint#otherwise} may not be needed
 * @param trials sets of constraints that were tried
 * @param states states that were visited for it
 */
public record OrderingCore(
        List<Constraint> constraints, List<Move> disturbances, int sealed, Optional<Decides> decided, boolean refuted, boolean reduced, int trials, long states) {
    public OrderingCore {
        constraints = List.copyOf(constraints);
        disturbances = List.copyOf(disturbances);
        Objects.requireNonNull(decided);
        if (decided.isEmpty() && !constraints.isEmpty()) throw new IllegalArgumentException("constraints that decide nothing");
    }

    /** Whether this much was seen to be decided. */
    public boolean decides(Decides level) {
        return decided.isPresent() && level.compareTo(decided.get()) <= 0;
    }

    /** The constraints that decide this much, if it is decided: those of this level and those of the levels before it. */
    public List<Constraint> upTo(Decides level) {
        return constraints.stream().filter(c -> c.decides().compareTo(level) <= 0).toList();
    }

    /** Whether every order, with these disturbances, ends alike as far as this level goes. */
    public boolean isEveryOrder(Decides level) {
        return decides(level) && upTo(level).isEmpty();
    }
}
