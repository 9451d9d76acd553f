package org.chanrace.explore.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Visited;
import org.chanrace.generate.Choices;
import org.chanrace.generate.Recording;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.scenario.Scenario;

/** What the runs of one seed came to; a function of the seed, the subjects and the settings. */
final class SeedRuns {
    final Recipe recipe;
    /** The choices that the scenario is made of. */
    final int[] choices;
    final Scenario subject;
    final int runs;
    final TreeSet<Ending> endings = new TreeSet<>();
    /** Of each finding the first run that had it, by key, in the order in which they came. */
    final Map<String, Found> found = new LinkedHashMap<>();
    /** Fingerprints of the states that were reached, in pairs of halves. */
    long[] states = new long[256];
    int stateHalves;
    /** Runs that reached kinds of states that no earlier run of this seed had. */
    final List<Reached> reached = new ArrayList<>();
    private final Visited known = new Visited();
    private final Visited situations = new Visited();
    private final TreeSet<Long> newSituations = new TreeSet<>();

    /**
     * A run that came out wrong.
     *
     * @param run which run of the seed it is, from 0
     */
    record Found(int run, Hit hit) {}

    /**
     * A run that reached something.
     *
     * @param ran the run
     * @param situations the kinds of states that it was the first to reach
     */
    record Reached(Ran ran, List<Long> situations) {}

    private SeedRuns(Recipe recipe, int[] choices, Scenario subject, int runs) {
        this.recipe = recipe;
        this.choices = choices;
        this.subject = subject;
        this.runs = runs;
    }

    static SeedRuns of(long seed, int runs, Subjects subjects, FuzzSettings settings) {
        Recording choices = new Recording(Choices.random(RandomStream.of("fuzz", "scenario").reseed(seed)));
        Scenario scenario = subjects.generate(choices);
        Recipe recipe = Recipe.of(seed, settings);
        SeedRuns made = new SeedRuns(recipe, choices.values(), recipe.subject(scenario), runs);
        made.run();
        return made;
    }

    private void run() {
        int[] number = {0};
        recipe.run(subject, runs, this::reached, ran -> {
            endings.addAll(ran.endings());
            ran.hit().ifPresent(hit -> found.putIfAbsent(hit.key(), new Found(number[0], hit)));
            if (!newSituations.isEmpty()) reached.add(new Reached(ran, List.copyOf(newSituations)));
            newSituations.clear();
            number[0]++;
        });
    }

    private void reached(long high, long low, long situation) {
        if (situations.add(situation, 1)) newSituations.add(situation);
        if (!known.add(high, low)) return;
        if (stateHalves == states.length) states = Arrays.copyOf(states, 2 * stateHalves);
        states[stateHalves++] = high;
        states[stateHalves++] = low;
    }
}
