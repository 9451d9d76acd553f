package org.chanrace.explore;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.chanrace.explore.Party.About;
import org.chanrace.explore.Party.Inside;
import org.chanrace.explore.Party.Message;
import org.chanrace.explore.Party.Step;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Parties;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;

/**
 * What parties do: looked up where it is known, and otherwise found out by letting the process itself do it, once. One thread's own, but for what is known.
 *
 * <p>A state is an array of parties, by their processes' numbers. What depends on more than one party is not learnt, and is done with all of them each time.
 */
final class Reactions {
    /** A judgement that needs all parties. */
    static final int UNSURE = Parties.UNSURE;

    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final KnownParties known;
    private final Parties parties;
    private final Steps steps;
    private final Optional<Expectation> finds;
    private final int[] process;
    /** By process the party that is there, and how the process alone is; null where that is not known. */
    private final Party[] there;

    private final Inside[] held;
    private final StateWriter writer = new StateWriter(true);
    private final StateReader reader = new StateReader(true);

    Reactions(Scenario small, KnownParties known) {
        this.known = known;
        this.parties = Simulation.of(small).parties();
        this.steps = parties.steps();
        this.finds = small.bounds().finds();
        this.process = new int[steps.lanes()];
        this.there = new Party[parties.count()];
        this.held = new Inside[parties.count()];
        for (int lane = 0; lane < process.length; lane++) process[lane] = steps.process(lane);
        parties.begin();
    }

    /** How many parties a state has. */
    int parties() {
        return parties.count();
    }

    /** The state at the beginning of the run. */
    Party[] first() {
        parties.begin();
        Arrays.fill(there, null);
        Arrays.fill(held, null);
        Party[] state = new Party[parties()];
        saveAll(state);
        return state;
    }

    /** The facts that are true in a state. */
    static long facts(Party[] state) {
        long facts = 0;
        for (Party party : state) facts |= party.facts;
        return facts;
    }

    /**
     * Handles the head of the lane that is the k-th of those of a party that are ready.
     *
     * @param facts of the state
     */
    void handle(Party[] state, int party, int k, long facts) {
        Party acts = state[party];
        boolean leavesOut = Parties.leavesOut(facts);
        Step step = acts.stepOrNull(k, leavesOut);
        if (step == null) {
            step = act(acts, k, facts);
            known.learn(acts, k, leavesOut, step);
        }
        if (step == Party.TOGETHER) {
            handleTogether(state, acts.ready[k]);
            return;
        }
        state[party] = step.after();
        for (Message sent : step.sent()) state[sent.to()] = after(state[sent.to()], sent);
    }

    private Step act(Party acts, int k, long facts) {
        load(acts);
        Arrays.fill(there, null);
        held[acts.process] = null;
        if (!parties.handleAlone(acts.ready[k])) return Party.TOGETHER;
        Message[] sent = new Message[parties()];
        int count = 0;
        for (int other = 0; other < sent.length; other++) {
            writer.clear();
            if (other != acts.process && parties.saveSent(other, writer)) sent[count++] = known.message(other, writer);
        }
        return new Step(save(acts.process, acts.inside, facts), Arrays.copyOf(sent, count));
    }

    private void handleTogether(Party[] state, int lane) {
        loadAll(state);
        Arrays.fill(there, null);
        Arrays.fill(held, null);
        parties.handleTogether(lane);
        saveAll(state);
    }

    private Party after(Party party, Message sent) {
        Party after = party.afterOrNull(sent);
        if (after != null) return after;
        load(party);
        parties.receive(reader.of(sent.bytes(), 0));
        writer.clear();
        parties.saveLanes(party.process, writer);
        after = known.party(party.process, party.inside, writer, about(party.process));
        there[party.process] = after;
        known.learn(party, sent, after);
        return after;
    }

    /** Which of the lanes of a party that are ready is the first that commutes, from 0; -1 for none, {@link #UNSURE}. */
    int commuting(Party party, long facts) {
        int judgement = party.judgement(facts, UNKNOWN);
        if (judgement != UNKNOWN) return judgement;
        load(party);
        judgement = parties.firstThatCommutes(party.process, party.ready, facts);
        known.learn(party, parties.asked(), facts, judgement);
        return judgement;
    }

    /** The same, said by all parties together. */
    int commutingOf(Party[] state, int party) {
        loadAll(state);
        int[] ready = state[party].ready;
        for (int k = 0; k < ready.length; k++) if (steps.commutes(ready[k])) return k;
        return -1;
    }

    /** The state as it is kept: vCPUs in a fixed order, and what can make no difference any more left out. */
    void canonicalise(Party[] state) {
        long facts = facts(state);
        boolean leavesOut = Parties.leavesOut(facts);
        for (int i = 0; i < state.length; i++) {
            Party canonical = state[i].canonicalOrNull(leavesOut);
            if (canonical == null) {
                load(state[i]);
                there[i] = null;
                held[i] = null;
                parties.canonicalise(i);
                canonical = save(i, state[i].inside, facts);
                state[i].learnCanonical(leavesOut, canonical);
            }
            state[i] = canonical;
        }
    }

    /** How a run ends in this state. */
    Ending ending(Party[] state) {
        return Ending.of(at(state), finds);
    }

    /** Puts the processes into a state. */
    Steps at(Party[] state) {
        loadAll(state);
        return steps;
    }

    private void loadAll(Party[] state) {
        for (Party party : state) load(party);
    }

    private void load(Party party) {
        if (there[party.process] == party) return;
        parties.loadLanes(party.process, reader.of(party.lanes, 0));
        there[party.process] = party;
        // Of parties that follow each other most differ in their lanes alone.
        if (held[party.process] == party.inside) return;
        parties.loadProcess(party.process, reader.of(party.inside.bytes(), 0));
        held[party.process] = party.inside;
    }

    private void saveAll(Party[] state) {
        long facts = 0;
        for (int party = 0; party < state.length; party++) facts |= parties.facts(party);
        for (int party = 0; party < state.length; party++) state[party] = save(party, state[party] == null ? null : state[party].inside, facts);
    }

    private Party save(int party, Inside likelyOrNull, long facts) {
        writer.clear();
        parties.saveProcess(party, facts, writer);
        Inside inside = known.inside(writer, likelyOrNull);
        writer.clear();
        parties.saveLanes(party, writer);
        Party saved = known.party(party, inside, writer, about(party));
        there[party] = saved;
        held[party] = inside;
        return saved;
    }

    private Supplier<About> about(int party) {
        return () -> {
            int[] ready = new int[process.length];
            int count = 0;
            boolean goesOn = false;
            for (int lane = steps.nextReady(0); lane >= 0; lane = steps.nextReady(lane + 1)) {
                if (process[lane] != party) continue;
                ready[count++] = lane;
                goesOn |= !steps.isDisturbance(lane);
            }
            return new About(parties.facts(party), Arrays.copyOf(ready, count), goesOn, parties.guestRuns(party), party == 0 && steps.switching());
        };
    }
}
