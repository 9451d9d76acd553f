package org.chanrace.explore.fuzz;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chanrace.explore.Explorer;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.OrderingCore;
import org.chanrace.explore.Settings;
import org.chanrace.explore.Witness;
import org.chanrace.explore.fuzz.Guided.Event;
import org.chanrace.generate.Choices;
import org.chanrace.generate.Shrinker;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;

/** Makes what was found small: first the scenario, then the order. The same finding stays the same finding. */
final class Smaller {
    private static final int SCENARIOS_TRIED = 200;
    private static final int ORDERS_TRIED = 600;
    /** Runs of a smaller scenario in which the finding has to come up again. */
    private static final int RUNS = 10;
    /** For looking through all orders of a small instance for a shorter one. Enough for a hundred thousand states. */
    private static final long MEMORY_BYTES = 8L << 20;
    /** A guide of so few events is not worth looking for a shorter one. */
    private static final int SHORT = 3;
    /** By time, a run takes a hundred times as long as an order. */
    private static final int TIMED_SCENARIOS_TRIED = 80;
    private static final int TIMED_RUNS = 2;
    /** Events of all runs by time that are made for a smaller scenario: about a second. */
    private static final long TIMED_EVENTS = 4_000_000;

    private final Subjects subjects;

    private final BooleanSupplier hurry;

    /** @param hurry whether things are to be left as large as they are */
    Smaller(Subjects subjects, BooleanSupplier hurry) {
        this.subjects = subjects;
        this.hurry = hurry;
    }

    /**
     * The finding.
     *
     * @param choices of the scenario
     * @param run which run of the seed found it, from 0
     * @param schedule how many runs had been made until then
     */
    Finding of(Recipe recipe, int[] choices, int run, Hit hit, long schedule) {
        String key = hit.key();
        boolean timed = recipe.strategy() == Strategy.TIME;
        Predicate<int[]> fails = timed ? new Briefly(recipe, run, key, choices)::fails : c -> find(recipe, subject(recipe, c), run, key, ran -> {}).isPresent();
        int[] smallest = Shrinker.shrink(choices, c -> !hurry.getAsBoolean() && fails.test(c), timed ? TIMED_SCENARIOS_TRIED : SCENARIOS_TRIED).choices();
        Scenario subject = subject(recipe, smallest);
        Ran ran = find(recipe, subject, run, key, each -> {}).orElseThrow();
        return timed ? timed(recipe, subject, ran, schedule) : ordered(recipe, subject, ran, schedule);
    }

    private static Optional<Ran> find(Recipe recipe, Scenario subject, int run, String key, Consumer<Ran> each) {
        return recipe.find(subject, runs(recipe), run, key, each);
    }

    /** Looks for a finding in runs by time of other scenarios, as long as there are events left for it, and in none that takes longer than the one that has it. */
    private final class Briefly {
        private final Recipe recipe;
        private final int run;
        private final String key;
        private final long longest;
        private long left = TIMED_EVENTS;

        Briefly(Recipe recipe, int run, String key, int[] choices) {
            this.recipe = recipe;
            this.run = run;
            this.key = key;
            this.longest = find(recipe, subject(recipe, choices), run, key, ran -> {}).orElseThrow().length();
        }

        boolean fails(int[] choices) {
            if (left <= 0) return false;
            Scenario brief = TimedRuns.brief(subject(recipe, choices), Math.min(longest, left));
            Optional<Ran> found = find(recipe, brief, run, key, ran -> left -= ran.length());
            // What was broken off would go on otherwise without the limit.
            return found.isPresent() && found.get().endings().stream().noneMatch(ending -> ending.outcome() == Outcome.LIMIT);
        }
    }

    private static int runs(Recipe recipe) {
        return recipe.strategy() == Strategy.TIME ? TIMED_RUNS : RUNS;
    }

    private Scenario subject(Recipe recipe, int[] choices) {
        return recipe.subject(subjects.generate(Choices.replay(choices)));
    }

    private static Finding timed(Recipe recipe, Scenario scenario, Ran ran, long schedule) {
        Simulation simulation = Simulation.of(scenario);
        int[] picks = simulation.schedule(ran.runSeed());
        return finding(ran.hit().orElseThrow(), recipe, scenario, ran.runSeed(), schedule, Optional.empty(), List.of(), Optional.empty(), picks, simulation.run(ran.runSeed(), true));
    }

    private Finding ordered(Recipe recipe, Scenario small, Ran found, long schedule) {
        String key = found.hit().orElseThrow().key();
        Orders orders = new Orders(small);
        Predicate<List<Event>> fails = guide -> follow(orders, new Guided(guide)).hit().filter(h -> h.key().equals(key)).isPresent();
        Predicate<List<Event>> worthIt = guide -> !hurry.getAsBoolean() && fails.test(guide);
        List<Event> guide = reduced(found.events(), worthIt);
        if (guide.size() > SHORT && !hurry.getAsBoolean()) guide = shortest(small, found.hit().orElseThrow(), worthIt).map(other -> reduced(other, worthIt)).filter(shorterThan(guide)).orElse(guide);
        Guided guided = new Guided(guide);
        Ran ran = follow(orders, guided);
        Hit hit = ran.hit().orElseThrow();
        Witness witness = Explorer.witness(small, true, hit.ending(), ran.choices());
        List<Move> moves = witness.order().moves();
        int[] chosen = IntStream.range(0, moves.size()).filter(i -> moves.get(i).chosen()).toArray();
        List<Integer> decisive = guided.followed().stream().filter(choice -> choice < chosen.length).map(choice -> chosen[choice]).toList();
        return finding(hit, recipe, small, 0, schedule, Optional.of(witness), decisive, hit.endsBadly() ? core(small, witness) : Optional.empty(), witness.order().schedule(), witness.result());
    }

    private Optional<OrderingCore> core(Scenario small, Witness witness) {
        return hurry.getAsBoolean() ? Optional.empty() : Cores.of(small, witness);
    }

    private static Predicate<List<Event>> shorterThan(List<Event> guide) {
        return other -> other.size() < guide.size();
    }

    /** The choices of the shortest order that fails like this, undisturbed if possible, among those that a bounded look through all orders comes to. */
    private static Optional<List<Event>> shortest(Scenario small, Hit hit, Predicate<List<Event>> fails) {
        if (!hit.endsBadly()) return Optional.empty();
        return Explorer.ofSmall(small, new Settings(true, MEMORY_BYTES, 1)).found().stream()
                .filter(f -> f.ending().outcome() == hit.ending().outcome()).sorted(Comparator.comparing(f -> f.ending().disturbed()))
                .map(f -> f.witness().order().choices().stream().map(move -> new Event(move.lane(), move.number())).toList()).filter(fails).findFirst();
    }

    private static Finding finding(
            Hit hit, Recipe recipe, Scenario scenario, long runSeed, long schedule, Optional<Witness> witness, List<Integer> decisive, Optional<OrderingCore> core, int[] picks, RunResult result) {
        return new Finding(
                hit.key(), hit.ending(), hit.endsBadly(), hit.violation(), hit.reason(), recipe.seed(), schedule, recipe.strategy(), scenario, runSeed, witness.map(Witness::order), decisive, core, picks,
                result);
    }

    private static Ran follow(Orders orders, Guided guided) {
        return orders.run(guided, RandomStream.of("fuzz", "unused"), 0);
    }

    /**
     * A guide from which nothing can be taken away: blocks are tried first, then single events (Zeller, Hildebrandt: "Simplifying and isolating
     * failure-inducing input", IEEE TSE 2002).
     */
    private static List<Event> reduced(List<Event> found, Predicate<List<Event>> fails) {
        List<Event> guide = found;
        int tries = 0;
        for (int block = Math.max(1, guide.size()); block > 0; block /= 2) {
            for (int at = 0; at < guide.size() && tries < ORDERS_TRIED;) {
                List<Event> without = without(guide, at, Math.min(guide.size(), at + block));
                tries++;
                if (fails.test(without)) guide = without;
                else at += block;
            }
        }
        return guide;
    }

    private static List<Event> without(List<Event> guide, int from, int to) {
        return Stream.concat(guide.subList(0, from).stream(), guide.subList(to, guide.size()).stream()).toList();
    }
}
