package org.chanrace.explore;

import java.util.Arrays;

/**
 * One state of one {@linkplain org.chanrace.model.Parties party}, and all that was learnt of it: what it does about each of its lanes, how it is when it was sent
 * something, which of its lanes commute. Known once, whatever the others are like, and by all threads.
 *
 * <p>Whoever looks something up takes no lock: what is found was there as a whole, and what was written meanwhile may be missed, and is learnt again. Only one
 * thread writes at a time.
 */
final class Party {
    /** What of an event that cannot be told of one party alone. */
    static final Step TOGETHER = new Step(null, new Message[0]);

    private static final int LONGS_PER_JUDGEMENT = 3;
    private static final long[] NO_JUDGEMENTS = {};

    final int number;
    final int process;
    final byte[] lanes;
    final Inside inside;
    /** Its fingerprint. */
    final long high;

    final long low;
    /** As {@link About}. */
    final long facts;

    final int[] ready;
    final boolean hasToGoOn;
    final boolean guestRuns;
    final boolean switching;
    /** Two for each lane that is ready: when nothing more is left out of states, and when something is. */
    private final Step[] steps;

    private volatile Received received = Received.NOTHING;
    /** Groups of three: the facts that were asked for, which of them were true, and what the judgement was. */
    private volatile long[] judgements = NO_JUDGEMENTS;

    private volatile Party canonical;
    private volatile Party canonicalWithLess;

    /** A process, without the lanes that lead to it: one for all parties in which it is the same. */
    record Inside(byte[] bytes, long high, long low) {}

    /**
     * What can be said of a party when it is there.
     *
     * @param facts those that are true because of it
     * @param ready its lanes whose heads may be handled, in ascending order
     * @param hasToGoOn whether one of them is no disturbance
     * @param guestRuns whether the guest runs here
     * @param switching whether it is a source that has begun to switch to postcopy
     */
    record About(long facts, int[] ready, boolean hasToGoOn, boolean guestRuns, boolean switching) {}

    /**
     * What a party was sent, by whoever.
     *
     * @param to the process of the party
     */
    record Message(int number, int to, byte[] bytes) {}

    /**
     * What comes of an event.
     *
     * @param after the party that has handled it
     * @param sent what each of the others was sent that was sent anything
     */
    record Step(Party after, Message[] sent) {}

    /** By the number of a message what a party is when it was sent that: open addressing, at most half of it taken. */
    private record Received(int size, int[] messages, Party[] after) {
        static final Received NOTHING = new Received(0, new int[] {-1, -1}, new Party[2]);

        int slot(int message) {
            int slot = message & messages.length - 1;
            while (messages[slot] >= 0 && messages[slot] != message) slot = slot + 1 & messages.length - 1;
            return slot;
        }

        Received with(int message, Party party) {
            int slots = 2 * size == messages.length ? 2 * messages.length : messages.length;
            Received more = new Received(size + 1, new int[slots], new Party[slots]);
            Arrays.fill(more.messages, -1);
            for (int i = 0; i < messages.length; i++) if (messages[i] >= 0) more.put(messages[i], after[i]);
            more.put(message, party);
            return more;
        }

        private void put(int message, Party party) {
            int slot = slot(message);
            messages[slot] = message;
            after[slot] = party;
        }
    }

    Party(int number, int process, byte[] lanes, Inside inside, long high, long low, About about) {
        this.number = number;
        this.process = process;
        this.lanes = lanes;
        this.inside = inside;
        this.high = high;
        this.low = low;
        this.facts = about.facts;
        this.ready = about.ready;
        this.hasToGoOn = about.hasToGoOn;
        this.guestRuns = about.guestRuns;
        this.switching = about.switching;
        this.steps = new Step[2 * ready.length];
    }

    /** What comes of the head of the lane that is the k-th of those that are ready; null when that was not learnt yet. */
    Step stepOrNull(int k, boolean leavesOut) {
        return steps[leavesOut ? 2 * k + 1 : 2 * k];
    }

    /** Whether this was new. */
    boolean learn(int k, boolean leavesOut, Step step) {
        int at = leavesOut ? 2 * k + 1 : 2 * k;
        if (steps[at] != null) return false;
        steps[at] = step;
        return true;
    }

    /** The party when it was sent this; null when that was not learnt yet. */
    Party afterOrNull(Message message) {
        Received all = received;
        return all.after[all.slot(message.number)];
    }

    boolean learn(Message message, Party after) {
        if (afterOrNull(message) != null) return false;
        received = received.with(message.number, after);
        return true;
    }

    /** What was judged when these facts were true, or others that differ in what makes no difference; {@code unknown} when nothing was. */
    int judgement(long facts, int unknown) {
        long[] all = judgements;
        for (int i = 0; i < all.length; i += LONGS_PER_JUDGEMENT) if ((facts & all[i]) == all[i + 1]) return (int) all[i + 2];
        return unknown;
    }

    boolean learn(long asked, long facts, int judgement) {
        long[] all = judgements;
        for (int i = 0; i < all.length; i += LONGS_PER_JUDGEMENT) if ((facts & all[i]) == all[i + 1]) return false;
        long[] more = Arrays.copyOf(all, all.length + LONGS_PER_JUDGEMENT);
        more[all.length] = asked;
        more[all.length + 1] = facts & asked;
        more[all.length + 2] = judgement;
        judgements = more;
        return true;
    }

    /** The party as it is kept in a state; null when that was not learnt yet. */
    Party canonicalOrNull(boolean leavesOut) {
        return leavesOut ? canonicalWithLess : canonical;
    }

    void learnCanonical(boolean leavesOut, Party party) {
        if (leavesOut) canonicalWithLess = party;
        else canonical = party;
    }
}
