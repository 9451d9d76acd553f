package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chanrace.kernel.StateReader;
import org.chanrace.kernel.StateWriter;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;

/**
 * The states that were come to, and where the events that are ready in each lead: searches that go through the same states again and again, in other orders, let
 * every event be handled once.
 *
 * <p>A state has a number, and so has an event that is ready in it, a <i>step</i>: those of one state follow each other, the lowest lane first. Numbers stand for
 * the order in which things were come to, and say nothing else. A state is a few parts, of which most are those of many other states, too, and are kept once.
 */
final class StateGraph {
    private static final Hasher128 HASHER = Hashing.xxh3_128();
    private static final int UNKNOWN = -1;
    private static final int COMMUTES = 1 << 16;
    private static final int AT_ONCE = 1 << 17;
    private static final int LANE = COMMUTES - 1;
    private static final int HAS_TO_GO_ON = 1;
    private static final int GUEST_RUNS_TWICE = 2;

    private final Steps steps;
    private final Optional<Expectation> finds;
    private final int parts;
    private final StateWriter writer = new StateWriter(true);
    private final StateReader reader = new StateReader(true);

    private final Fingerprints knownParts = new Fingerprints();
    private final Fingerprint fingerprint = new Fingerprint();
    private final List<byte[]> partBytes = new ArrayList<>();
    private final Fingerprints knownStates = new Fingerprints();

    /** By state: its parts, what can be said of it, its first step, the code of its ending. */
    private int[] partsOf;

    private byte[] marks = new byte[256];
    private int[] firstStep = new int[256];
    private int[] endings = new int[256];

    /** By step: its lane and what can be said of it, where it leads, what it is. */
    private int[] stepMarks = new int[1024];

    private int[] leadsTo = new int[1024];
    private int[] words = new int[1024];
    private int stepCount;

    private final Map<String, Integer>[] numberedWords;
    private final List<String> allWords = new ArrayList<>();

    private final boolean[] disturbances;
    /** The parts of the state in which the processes are; before the first, none. */
    private final int[] here;
    private int first = UNKNOWN;

    static StateGraph of(Scenario small) {
        return new StateGraph(Simulation.of(small).steps(), small.bounds().finds());
    }

    /** @param steps nobody else uses them */
    StateGraph(Steps steps, Optional<Expectation> finds) {
        this.steps = steps;
        this.finds = finds;
        this.parts = steps.parts();
        this.here = new int[parts];
        this.partsOf = new int[256 * parts];
        this.numberedWords = numberedWords(steps.lanes());
        this.disturbances = new boolean[steps.lanes()];
        steps.begin(0);
        for (int lane = 0; lane < disturbances.length; lane++) disturbances[lane] = steps.isDisturbance(lane);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, Integer>[] numberedWords(int lanes) {
        Map<String, Integer>[] all = new Map[lanes];
        Arrays.setAll(all, lane -> new LinkedHashMap<String, Integer>());
        return all;
    }

    /** The number of lanes. */
    int lanes() {
        return disturbances.length;
    }

    /** Whether what a lane brings first is a disturbance: strangers' lanes also bring what they do afterwards. */
    boolean bringsDisturbances(int lane) {
        return disturbances[lane];
    }

    /** As {@link Steps#isFromOutside}. */
    boolean isFromOutside(int lane) {
        return steps.isFromOutside(lane);
    }

    /** The state at the beginning of the run. */
    int first() {
        if (first == UNKNOWN) {
            steps.begin(0);
            first = state((1 << parts) - 1);
        }
        return first;
    }

    /** The number of states. */
    int size() {
        return knownStates.size();
    }

    /** The first step from a state. */
    int firstStep(int state) {
        return firstStep[state];
    }

    /** Behind the last step from a state. */
    int endOfSteps(int state) {
        return state + 1 < size() ? firstStep[state + 1] : stepCount;
    }

    /** The step from a state by which a lane brings its head; below 0 when it is not ready. */
    int step(int state, int lane) {
        int end = endOfSteps(state);
        for (int step = firstStep[state]; step < end; step++) if (lane(step) == lane) return step;
        return -1;
    }

    int lane(int step) {
        return stepMarks[step] & LANE;
    }

    /** As {@link Steps#commutes}. */
    boolean commutes(int step) {
        return (stepMarks[step] & COMMUTES) != 0;
    }

    /** As {@link Steps#takesEffectAtOnce}. */
    boolean takesEffectAtOnce(int step) {
        return (stepMarks[step] & AT_ONCE) != 0;
    }

    /** The state that a step leads to. */
    int after(int from, int step) {
        if (leadsTo[step] == UNKNOWN) {
            goTo(from);
            int lane = lane(step);
            int touched = steps.partsOf(lane);
            steps.handle(lane);
            int state = state(touched);
            leadsTo[step] = state;
        }
        return leadsTo[step];
    }

    /** The number of what the step from a state is, which those have in common that the same lane tells in the same words. */
    int words(int state, int step) {
        if (words[step] == UNKNOWN) {
            goTo(state);
            int lane = lane(step);
            words[step] = numberedWords[lane].computeIfAbsent(steps.words(lane), said -> {
                allWords.add(said);
                return allWords.size() - 1;
            });
        }
        return words[step];
    }

    /** The words that have this number. */
    String said(int number) {
        return allWords.get(number);
    }

    /** How many numbers of words there are. */
    int wordCount() {
        return allWords.size();
    }

    /** Whether something is ready that has to happen. */
    boolean hasToGoOn(int state) {
        return (marks[state] & HAS_TO_GO_ON) != 0;
    }

    /** As {@link Steps#guestRunsTwice}. */
    boolean guestRunsTwice(int state) {
        return (marks[state] & GUEST_RUNS_TWICE) != 0;
    }

    /** How the run ends if it ends in this state. */
    Ending ending(int state) {
        if (endings[state] == UNKNOWN) {
            goTo(state);
            endings[state] = Ending.of(steps, finds).code();
        }
        return Ending.of(endings[state]);
    }

    /** One half of the state's fingerprint. */
    long high(int state) {
        return knownStates.high(state);
    }

    /** The other half. */
    long low(int state) {
        return knownStates.low(state);
    }

    private void goTo(int state) {
        for (int part = 0; part < parts; part++) {
            int wanted = partsOf[state * parts + part];
            if (here[part] == wanted) continue;
            steps.loadPart(part, reader.of(partBytes.get(wanted), 0));
            here[part] = wanted;
        }
    }

    /** The number of the state in which the processes are; all but the touched parts, a bit each, are as they were. */
    private int state(int touched) {
        fingerprint.begin(0, 0);
        for (int part = 0; part < parts; part++) {
            if ((touched & 1 << part) != 0) here[part] = savedPart(part);
            fingerprint.add(knownParts.high(here[part]), knownParts.low(here[part]));
        }
        int before = knownStates.size();
        int state = knownStates.number(fingerprint.high(), fingerprint.low());
        if (state == before) describe(state);
        return state;
    }

    private int savedPart(int part) {
        writer.clear();
        steps.savePart(part, writer);
        // Of processes that handle an event almost half are as they were, which is sooner seen than looked up.
        if (here[part] < partBytes.size() && isWritten(partBytes.get(here[part]))) return here[part];
        HashValue128 hash = HASHER.hashBytesTo128Bits(writer.buffer(), 0, writer.size());
        int number = knownParts.number(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
        if (number == partBytes.size()) partBytes.add(Arrays.copyOf(writer.buffer(), writer.size()));
        return number;
    }

    private boolean isWritten(byte[] bytes) {
        return Arrays.equals(bytes, 0, bytes.length, writer.buffer(), 0, writer.size());
    }

    private void describe(int state) {
        if (state == marks.length) {
            marks = Arrays.copyOf(marks, 2 * state);
            firstStep = Arrays.copyOf(firstStep, 2 * state);
            endings = Arrays.copyOf(endings, 2 * state);
            partsOf = Arrays.copyOf(partsOf, 2 * state * parts);
        }
        System.arraycopy(here, 0, partsOf, state * parts, parts);
        firstStep[state] = stepCount;
        endings[state] = UNKNOWN;
        int mark = steps.guestRunsTwice() ? GUEST_RUNS_TWICE : 0;
        for (int lane = steps.nextReady(0); lane >= 0; lane = steps.nextReady(lane + 1)) {
            if (!steps.isDisturbance(lane)) mark |= HAS_TO_GO_ON;
            add(lane | (steps.commutes(lane) ? COMMUTES : 0) | (steps.takesEffectAtOnce(lane) ? AT_ONCE : 0));
        }
        marks[state] = (byte) mark;
    }

    private void add(int stepMark) {
        if (stepCount == leadsTo.length) {
            stepMarks = Arrays.copyOf(stepMarks, 2 * stepCount);
            leadsTo = Arrays.copyOf(leadsTo, 2 * stepCount);
            words = Arrays.copyOf(words, 2 * stepCount);
        }
        stepMarks[stepCount] = stepMark;
        leadsTo[stepCount] = UNKNOWN;
        words[stepCount++] = UNKNOWN;
    }
}
