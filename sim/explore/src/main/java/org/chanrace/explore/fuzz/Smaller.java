package org.chanrace.explore.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.chanrace.explore.Explorer;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.Witness;
import org.chanrace.generate.Choices;
import org.chanrace.generate.Shrinker;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;

/** Makes what was found small: first the scenario, then the order. The same finding stays the same finding. */
final class Smaller {
    private static final int SCENARIOS_TRIED = 250;
    private static final int ORDERS_TRIED = 600;

    private final Subjects subjects;

    Smaller(Subjects subjects) {
        this.subjects = subjects;
    }

    /**
     * The finding.
     *
     * @param choices of the scenario
     * @param schedule how many runs had been made until then
     */
    Finding of(Recipe recipe, int[] choices, Hit hit, long schedule) {
        String key = hit.key();
        int[] smallest = Shrinker.shrink(choices, c -> find(recipe, c, key).isPresent(), SCENARIOS_TRIED).choices();
        Scenario subject = subject(recipe, smallest);
        Ran ran = recipe.find(subject, FuzzSettings.RUNS_PER_SEED, key).orElseThrow();
        return recipe.strategy() == Strategy.TIME ? timed(recipe, subject, ran, schedule) : ordered(recipe, subject, ran, schedule);
    }

    private Optional<Ran> find(Recipe recipe, int[] choices, String key) {
        return recipe.find(subject(recipe, choices), FuzzSettings.RUNS_PER_SEED, key);
    }

    private Scenario subject(Recipe recipe, int[] choices) {
        return recipe.subject(subjects.generate(Choices.replay(choices)));
    }

    private static Finding timed(Recipe recipe, Scenario scenario, Ran ran, long schedule) {
        Simulation simulation = Simulation.of(scenario);
        int[] picks = simulation.schedule(ran.runSeed());
        return finding(ran.hit().orElseThrow(), recipe, scenario, ran.runSeed(), schedule, Optional.empty(), List.of(), picks, simulation.run(ran.runSeed(), true));
    }

    private static Finding ordered(Recipe recipe, Scenario small, Ran found, long schedule) {
        String key = found.hit().orElseThrow().key();
        Orders orders = new Orders(small);
        int[] guide = shortest(found.choices(), g -> follow(orders, new Guided(g)).hit().filter(h -> h.key().equals(key)).isPresent());
        Guided guided = new Guided(guide);
        Ran ran = follow(orders, guided);
        Hit hit = ran.hit().orElseThrow();
        Witness witness = Explorer.witness(small, true, hit.ending(), ran.choices());
        List<Move> moves = witness.order().moves();
        int[] chosen = IntStream.range(0, moves.size()).filter(i -> moves.get(i).chosen()).toArray();
        List<Integer> decisive = guided.followed().stream().filter(choice -> choice < chosen.length).map(choice -> chosen[choice]).toList();
        return finding(hit, recipe, small, 0, schedule, Optional.of(witness), decisive, witness.order().schedule(), witness.result());
    }

    private static Finding finding(
            Hit hit, Recipe recipe, Scenario scenario, long runSeed, long schedule, Optional<Witness> witness, List<Integer> decisive, int[] picks, org.chanrace.model.verdict.RunResult result) {
        return new Finding(
                hit.key(), hit.ending(), hit.endsBadly(), hit.violation(), hit.reason(), recipe.seed(), schedule, recipe.strategy(), scenario, runSeed, witness.map(Witness::order), decisive, picks,
                result);
    }

    private static Ran follow(Orders orders, Guided guided) {
        return orders.run(guided, RandomStream.of("fuzz", "unused"), 0);
    }

    /**
     * A guide from which nothing can be taken away: blocks are tried first, then single picks (Zeller, Hildebrandt: "Simplifying and isolating
     * failure-inducing input", IEEE TSE 2002). The guide that was found is right as it is; if even that is not so, it is the whole of it.
     */
    private static int[] shortest(int[] found, Predicate<int[]> fails) {
        int[] guide = found;
        int tries = 0;
        for (int block = Math.max(1, guide.length); block > 0; block /= 2) {
            for (int at = 0; at < guide.length && tries < ORDERS_TRIED;) {
                int[] without = without(guide, at, Math.min(guide.length, at + block));
                tries++;
                if (fails.test(without)) guide = without;
                else at += block;
            }
        }
        return guide;
    }

    private static int[] without(int[] guide, int from, int to) {
        return IntStream.concat(Arrays.stream(guide, 0, from), Arrays.stream(guide, to, guide.length)).toArray();
    }
}
