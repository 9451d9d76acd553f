package org.chanrace.explore;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.chanrace.explore.Party.About;
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
    private final StateWriter writer = new StateWriter(true);
    private final StateReader reader = new StateReader(true);

    Reactions(Scenario small, KnownParties known) {
        this.known = known;
        this.parties = Simulation.of(small).parties();
        this.steps = parties.steps();
        this.finds = small.bounds().finds();
        this.process = new int[steps.lanes()];
        for (int lane = 0; lane < process.length; lane++) process[lane] = steps.process(lane);
        parties.begin();
    }

    int parties() {
        return parties.count();
    }

    /** The process that a lane leads to. */
    int process(int lane) {
        return process[lane];
    }

    /** The state at the beginning of the run. */
    Party[] first() {
        parties.begin();
        Party[] state = new Party[parties()];
        saveAll(state);
        return state;
    }

    static long facts(Party[] state) {
        long facts = 0;
        for (Party party : state) facts |= party.about.facts();
        return facts;
    }

    /** Handles the head of the lane that is the k-th of those of a party that are ready. */
    void handle(Party[] state, int party, int k) {
        Party acts = state[party];
        boolean leavesOut = Parties.leavesOut(facts(state));
        Step step = acts.stepOrNull(k, leavesOut);
        if (step == null) {
            step = act(acts, k, facts(state));
            known.learn(acts, k, leavesOut, step);
        }
        if (step == Party.TOGETHER) {
            loadAll(state);
            parties.handleTogether(acts.about.ready()[k]);
            saveAll(state);
            return;
        }
        state[party] = step.after();
        int[] to = step.to();
        for (int i = 0; i < to.length; i++) state[to[i]] = after(state[to[i]], step.sent()[i], facts(state));
    }

    private Step act(Party acts, int k, long facts) {
        load(acts);
        if (!parties.handleAlone(acts.about.ready()[k])) return Party.TOGETHER;
        int[] to = new int[parties()];
        Message[] sent = new Message[to.length];
        int count = 0;
        for (int other = 0; other < to.length; other++) {
            writer.clear();
            if (other == acts.process || !parties.saveSent(other, writer)) continue;
            to[count] = other;
            sent[count++] = known.message(writer);
        }
        parties.keepOnly(acts.process);
        return new Step(save(acts.process, facts), Arrays.copyOf(to, count), Arrays.copyOf(sent, count));
    }

    private Party after(Party party, Message sent, long facts) {
        Party after = party.afterOrNull(sent);
        if (after != null) return after;
        load(party);
        parties.receive(reader.of(sent.bytes(), 0));
        after = save(party.process, facts);
        known.learn(party, sent, after);
        return after;
    }

    /** The first of a party's lanes that commutes; -1 when there is none, {@link #UNSURE}. */
    int commuting(Party party, long facts) {
        int judgement = party.judgement(facts, UNKNOWN);
        if (judgement != UNKNOWN) return judgement;
        load(party);
        judgement = parties.firstThatCommutes(party.process, facts);
        known.learn(party, parties.asked(), facts, judgement);
        return judgement;
    }

    /** The same, said by all parties together. */
    int commutingOf(Party[] state, int party) {
        loadAll(state);
        for (int lane : state[party].about.ready()) if (steps.commutes(lane)) return lane;
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
                parties.canonicalise(i);
                canonical = save(i, facts);
                state[i].learnCanonical(leavesOut, canonical);
            }
            state[i] = canonical;
        }
    }

    /** How a run ends in this state. */
    Ending ending(Party[] state) {
        loadAll(state);
        return Ending.of(steps, finds);
    }

    /** Puts the processes into a state. */
    Steps at(Party[] state) {
        loadAll(state);
        return steps;
    }

    private void load(Party party) {
        parties.clear();
        parties.load(reader.of(party.bytes, 0));
    }

    private void loadAll(Party[] state) {
        parties.clear();
        for (Party party : state) parties.load(reader.of(party.bytes, 0));
    }

    private void saveAll(Party[] state) {
        long facts = 0;
        for (int party = 0; party < state.length; party++) facts |= parties.facts(party);
        for (int party = 0; party < state.length; party++) state[party] = save(party, facts);
    }

    private Party save(int party, long facts) {
        writer.clear();
        parties.save(party, facts, writer);
        return known.party(party, writer, about(party));
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
