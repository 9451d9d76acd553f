package org.chanrace.explore.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.chanrace.explore.SmallInstance;
import org.chanrace.kernel.RandomStream;
import org.chanrace.model.scenario.Scenario;

/**
 * How the runs of a seed are made of a scenario. The streams of its random numbers are addressed by the seed and by the number of the run, so a run
 * depends on nothing else.
 *
 * @param seed the seed
 * @param strategy how orders are chosen
 * @param depth for {@link Strategy#PCT}, how many ordering constraints are aimed at, from 1
 */
record Recipe(long seed, Strategy strategy, int depth) {
    private static final int DEPTH_MAX = 4;
    private static final long RUN_SEEDS = 1_000_000;

    static Recipe of(long seed, FuzzSettings settings) {
        RandomStream stream = RandomStream.of("fuzz", "strategy").reseed(seed);
        Strategy strategy = settings.strategies().get(stream.nextInt(settings.strategies().size()));
        return new Recipe(seed, strategy, 1 + stream.nextInt(DEPTH_MAX));
    }

    /** What is run: by time the scenario as it is, else the small instance of it. */
    Scenario subject(Scenario scenario) {
        return strategy == Strategy.TIME ? TimedRuns.patient(scenario) : SmallInstance.of(scenario);
    }

    /** Makes runs of a subject, the first ones of this seed. */
    void run(Scenario subject, int runs, Orders.Seen seen, Consumer<Ran> each) {
        Series series = new Series(subject, seen);
        for (int i = 0; i < runs; i++) each.accept(series.run(i));
    }

    /**
     * The first of so many runs that comes out wrong in this way.
     *
     * @param likely the run to begin with, from 0
     * @param each hears of each run that is made for it
     */
    Optional<Ran> find(Scenario subject, int runs, int likely, String key, Consumer<Ran> each) {
        Series series = new Series(subject, Orders.Seen.NOTHING);
        return IntStream.range(0, runs).map(i -> (likely + i) % FuzzSettings.RUNS_PER_SEED).mapToObj(series::run).peek(each).filter(ran -> ran.hit().filter(hit -> hit.key().equals(key)).isPresent()).findFirst();
    }

    private final class Series {
        private final Optional<TimedRuns> timed;
        private final Optional<Orders> orders;
        private final Picker picker = picker();
        private final int length;

        Series(Scenario subject, Orders.Seen seen) {
            boolean byTime = strategy == Strategy.TIME;
            timed = byTime ? Optional.of(new TimedRuns(subject)) : Optional.empty();
            orders = byTime ? Optional.empty() : Optional.of(new Orders(subject));
            length = orders.map(o -> o.run(new Guided(List.of()), RandomStream.of("fuzz", "default"), 0).choices().length).orElse(0);
            orders.ifPresent(o -> o.tell(seen));
        }

        Ran run(int number) {
            RandomStream stream = RandomStream.of("fuzz", "run " + number).reseed(seed);
            if (timed.isPresent()) return timed.get().run(1 + stream.nextLong(RUN_SEEDS));
            return orders.orElseThrow().run(picker, stream, length);
        }
    }

    private Picker picker() {
        return switch (strategy) {
            case RANDOM, TIME -> new RandomWalk();
            case PCT -> new Pct(depth);
            case POS -> new PartialOrderSampling();
        };
    }
}
