package org.chanrace.explore;

import java.util.Arrays;
import org.chanrace.model.scenario.Scenario;

/**
 * Goes one step on from states of a small instance, as a {@link Walker} does, but by what is known of their parties: where that is enough no process does
 * anything.
 */
final class Expansion {
    private static final int NONE = -1;

    private final KnownParties known;
    private final Reactions reactions;
    private final boolean reduced;
    private final Party[] from;
    private final Party[] state;
    /** How many of a party's lanes were tried from there. */
    private final int[] tried;
    /** Which party was judged last, by process, when which facts were true, and which of its lanes that are ready commutes. */
    private final Party[] judged;

    private long judgedFacts;
    private final int[] commuting;
    private final Fingerprint fingerprint = new Fingerprint();

    Expansion(Scenario small, boolean reduced, KnownParties known) {
        this.known = known;
        this.reactions = new Reactions(small, known);
        this.reduced = reduced;
        this.from = new Party[reactions.parties()];
        this.state = new Party[reactions.parties()];
        this.tried = new int[reactions.parties()];
        this.judged = new Party[reactions.parties()];
        this.commuting = new int[reactions.parties()];
    }

    /** Goes to the first state in which there is something to choose. */
    void begin() {
        System.arraycopy(reactions.first(), 0, state, 0, state.length);
        arrive();
    }

    /** Takes every step that is possible from these states. */
    void expand(Snapshots states, int first, int last, Visited visited, Candidates into) {
        for (int i = first; i < last; i++) {
            load(states, i);
            long facts = Reactions.facts(from);
            Arrays.fill(tried, 0);
            for (int party = next(); party >= 0; party = next()) {
                int k = tried[party]++;
                System.arraycopy(from, 0, state, 0, state.length);
                reactions.handle(state, party, k, facts);
                arrive();
                into.transitions++;
                into.switching |= isSwitching();
                if (!visited.contains(high(), low())) into.add(high(), low(), states.state(i), from[party].ready[k], endingCode(), state);
            }
        }
    }

    private void load(Snapshots states, int i) {
        for (int party = 0; party < from.length; party++) from[party] = known.party(states.party(i, party));
    }

    /** The party whose lane is the next to be tried, lowest lane first; -1 when there is none. */
    private int next() {
        int next = NONE;
        int least = Integer.MAX_VALUE;
        for (int party = 0; party < from.length; party++) {
            int[] ready = from[party].ready;
            int k = tried[party];
            if (k == ready.length || ready[k] >= least) continue;
            least = ready[k];
            next = party;
        }
        return next;
    }

    private void arrive() {
        if (reduced) settle();
        reactions.canonicalise(state);
        fingerprint();
    }

    /** Handles what commutes, lowest lane first. */
    private void settle() {
        for (int done = 0; done < Walker.MAX_CHAIN; done++) {
            long facts = Reactions.facts(state);
            judge(facts);
            int next = NONE;
            int least = Integer.MAX_VALUE;
            for (int party = 0; party < state.length; party++) {
                if (commuting[party] < 0 || state[party].ready[commuting[party]] >= least) continue;
                least = state[party].ready[commuting[party]];
                next = party;
            }
            if (next < 0) return;
            reactions.handle(state, next, commuting[next], facts);
        }
        throw new IllegalStateException("events that commute follow each other for ever");
    }

    private void judge(long facts) {
        for (int party = 0; party < state.length; party++) {
            if (state[party] == judged[party] && facts == judgedFacts) continue;
            judged[party] = state[party];
            commuting[party] = reactions.commuting(state[party], facts);
            if (commuting[party] != Reactions.UNSURE) continue;
            judged[party] = null;
            commuting[party] = reactions.commutingOf(state, party);
        }
        judgedFacts = facts;
    }

    private void fingerprint() {
        fingerprint.begin(0, 0);
        for (Party party : state) fingerprint.add(party.high, party.low);
    }

    /** One half of the fingerprint of the state that was reached last. */
    long high() {
        return fingerprint.high();
    }

    /** The other half. */
    long low() {
        return fingerprint.low();
    }

    /** The state that was reached last; not a copy. */
    Party[] state() {
        return state;
    }

    private boolean isSwitching() {
        for (Party party : state) if (party.switching) return true;
        return false;
    }

    /** The code of the ending if the run is over here or the guest runs twice, which is an end of its own; -1 otherwise. */
    int endingCode() {
        boolean goesOn = false;
        int guests = 0;
        for (Party party : state) {
            goesOn |= party.hasToGoOn;
            if (party.guestRuns) guests++;
        }
        return guests > 1 || !goesOn ? reactions.ending(state).code() : NONE;
    }
}
