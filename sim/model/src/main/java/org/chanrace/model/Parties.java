package org.chanrace.model;

import java.util.Arrays;
import org.chanrace.kernel.Kernel;
import org.chanrace.kernel.Lanes;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.qemu.Assembly;

/**
 * The parties of a run one at a time: a <i>party</i> is a process and the lanes that lead to it. What one does about the head of one of its lanes follows from
 * its own state alone, and so can be learnt once for all states of the others: how it is afterwards, and what it sent them.
 *
 * <p>That this is so of an event is not taken for granted. A process that asks for a lane which leads to another one, or for what may still {@linkplain Ahead come}, or
 * says that it {@linkplain Lanes#lookBeyond looks} at what another one has noted, is found out, and then all parties have to be there. Judgements about what a
 * process may do at once depend on facts about the others, and say on which.
 *
 * <p>It shares its arena with the {@link Steps} and the {@link Simulation} that it belongs to: one of them is used at a time. Only runs in which the clock stands
 * still, with a guest that acts in steps, are made of parties alone: for others there is an exception.
 */
public final class Parties {
    /** Where nothing can be said unless all parties are there. */
    public static final int UNSURE = -2;

    private static final int NONE = -1;

    private final Simulation simulation;
    private final Steps steps;
    private final Kernel kernel;
    private final Lanes lanes;
    private final Ahead ahead;
    private final Assembly qemu;
    private final StateWriter surroundings = new StateWriter(true);
    private byte[] surroundingsAtFirst;
    private long asked;

    Parties(Simulation simulation, Steps steps, Kernel kernel, Lanes lanes, Ahead ahead, Assembly qemu) {
        this.simulation = simulation;
        this.steps = steps;
        this.kernel = kernel;
        this.lanes = lanes;
        this.ahead = ahead;
        this.qemu = qemu;
    }

    /** How many parties there are; they are numbered from 0. */
    public int count() {
        return Simulation.PARTS - 1;
    }

    /** The processes as a whole, when all parties are there. */
    public Steps steps() {
        return steps;
    }

    /** Goes to the beginning of the run, with all parties there. */
    public void begin() {
        together();
        steps.begin(0);
        writeSurroundings();
        surroundingsAtFirst = surroundings.toBytes();
    }

    /** Puts the lanes that lead to a party into a state that {@link #saveLanes} has written; nobody else's change. */
    public void loadLanes(int party, StateReader state) {
        lanes.loadOf(party, state);
    }

    /** Puts a party's process into a state that {@link #saveProcess} has written. */
    public void loadProcess(int party, StateReader state) {
        simulation.stateful(party).load(state);
    }

    /** Writes the lanes that lead to a party. */
    public void saveLanes(int party, StateWriter state) {
        lanes.saveOf(party, state);
    }

    /**
     * Writes a party's process.
     *
     * @param facts what is true because of any party
     */
    public void saveProcess(int party, long facts, StateWriter state) {
        ahead.assume(facts);
        lanes.watch(party);
        simulation.stateful(party).save(state);
        boolean isSure = !lanes.lookedBeyond();
        together();
        if (!isSure) throw new IllegalStateException("how a process is written depends on lanes that do not lead to it");
    }

    /** The facts that are true because of this party, which is there. */
    public long facts(int party) {
        return ahead.facts(party);
    }

    /** Whether more is left out of the states of parties than when other facts are true: once it is, it always will be. */
    public static boolean leavesOut(long facts) {
        return !Ahead.migrations(facts);
    }

    /**
     * Handles the head of a ready lane with nobody there but the party that it leads to: the others' lanes are emptied, and hold what they are sent.
     *
     * @return whether what came of it follows from this party's state alone; otherwise nothing that was done counts
     */
    public boolean handleAlone(int lane) {
        lanes.forgetAllBut(lanes.process(lane));
        ahead.assume(0);
        lanes.watch(lanes.process(lane));
        kernel.step(lane);
        boolean isAlone = !lanes.lookedBeyond() && ahead.asked() == 0;
        together();
        checkSurroundings();
        return isAlone;
    }

    /** Writes what a party was sent by the one that has {@linkplain #handleAlone handled} an event; whether there was anything. */
    public boolean saveSent(int party, StateWriter state) {
        return lanes.saveSent(party, state);
    }

    /** Lets come to a party that is there what {@link #saveSent} has written. */
    public void receive(StateReader sent) {
        lanes.receive(sent);
    }

    /** Handles the head of a ready lane with all parties there. */
    public void handleTogether(int lane) {
        together();
        kernel.step(lane);
        checkSurroundings();
    }

    /**
     * Which of the lanes that are ready of a party that is there is the first whose head {@linkplain Steps#commutes commutes}, from 0; -1 for none; {@link #UNSURE}.
     *
     * @param facts what is true because of any party
     */
    public int firstThatCommutes(int party, int[] ready, long facts) {
        asked = 0;
        int first = NONE;
        lanes.watch(party);
        for (int k = 0; k < ready.length && first == NONE; k++) {
            ahead.assume(facts);
            if (kernel.commutes(ready[k])) first = k;
            asked |= ahead.asked();
        }
        if (lanes.lookedBeyond()) first = UNSURE;
        together();
        return first;
    }

    /** The facts on which it depended what {@link #firstThatCommutes} has said last: whether others are true has made no difference. */
    public long asked() {
        return asked;
    }

    private void together() {
        ahead.look();
        lanes.watch(NONE);
    }

    private void writeSurroundings() {
        surroundings.clear();
        simulation.saveSurroundings(surroundings);
    }

    private void checkSurroundings() {
        writeSurroundings();
        if (!Arrays.equals(surroundings.buffer(), 0, surroundings.size(), surroundingsAtFirst, 0, surroundingsAtFirst.length))
            throw new IllegalStateException("an event has changed what belongs to no process");
    }

    /** Whether the guest runs in a party, which is there. */
    public boolean guestRuns(int party) {
        return party == LaneMap.SOURCE && qemu.source().guestRuns() || party == LaneMap.DESTINATION && qemu.destination().guestRuns();
    }

    /** Puts vCPUs, which are alike, into a fixed order, in a party that is there. */
    public void canonicalise(int party) {
        if (party == LaneMap.DESTINATION) steps.canonicalise();
    }
}
