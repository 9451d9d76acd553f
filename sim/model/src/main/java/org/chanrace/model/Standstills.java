package org.chanrace.model;

import java.util.Arrays;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.kernel.Stateful;
import org.chanrace.model.scenario.OperatorEvent.Action.StandStill.Party;

/**
 * Until when each party's machine stands still.
 *
 * <p>What is due to a party meanwhile, whatever it is, comes when it goes on: a wake-up, a timer, a packet that its kernel would answer. The guest's own time
 * stands still with it: what it is about to do comes later by the whole of the standstill.
 *
 * <p>Left out: a step that a thread is in the midst of, such as loading the devices, takes no longer for a standstill, and is done when it ends if it would
 * have been by then. What is on the wire when its receiver comes to stand still is acknowledged as if it did not. And the other side's TCP does not take
 * the silence for lost packets, which it would send again.
 */
public final class Standstills implements Stateful {
    private static final Party[] PARTIES = Party.values();

    private final long[] until = new long[PARTIES.length];
    private final long[] stood = new long[PARTIES.length];

    void reset() {
        Arrays.fill(until, 0);
        Arrays.fill(stood, 0);
    }

    /**
     * A party stands still from now on.
     *
     * @return by how much longer than it would have done anyway, ns
     */
    long begin(Party party, long now, long nanos) {
        long before = Math.max(now, until[party.ordinal()]);
        long after = Math.max(before, now + nanos);
        until[party.ordinal()] = after;
        stood[party.ordinal()] += after - before;
        return after - before;
    }

    /** The first moment from {@code at} on, which is now or later, at which a party does not stand still, as far as is known now, ns. */
    public long runs(Party party, long at) {
        return Math.max(at, until[party.ordinal()]);
    }

    /** How long a party that runs now has stood still so far, ns. */
    public long stoodStill(Party party) {
        return stood[party.ordinal()];
    }

    @Override
    public void save(StateWriter state) {
        for (Party party : PARTIES) {
            state.put(until[party.ordinal()]);
            state.put(stood[party.ordinal()]);
        }
    }

    @Override
    public void load(StateReader state) {
        for (Party party : PARTIES) {
            until[party.ordinal()] = state.next();
            stood[party.ordinal()] = state.next();
        }
    }
}
