package org.chanrace.scenarios;

import java.nio.file.Path;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Drive;

/** Random capsules, and one of a real run. */
final class CapsuleArbitraries {
    /** A run of a tiny guest that stalls, in some hundred picks. */
    static final String STALLS = """
            name: swapped
            source: 7.2.0
            destination: 7.2.0
            machine: pc-q35-7.2
            capabilities: [postcopy-ram, postcopy-preempt]
            parameters: {max-bandwidth: 200 KB/s}
            network: {relay: swap, send-buffer: 1 KiB, receive-buffer: 1 KiB}
            guest: {memory: 96 KiB, working-set: 64 KiB, dirty-rate: 400 KB/s}
            host: {wake-up: {mixture: [{weight: 1, of: {empirical: {values: 90 120.5 300 us}}}]}}
            limit: {events: 5000}
            expect: completed
            """;

    private CapsuleArbitraries() {}

    /** The scenario {@link #STALLS}. */
    static Scenario stalls() {
        return ScenarioLoader.parse(STALLS, "stalls.yaml", Path.of(".")).scenarios().get(0).scenario();
    }

    /** The capsule of a run of {@link #STALLS}. */
    static Capsule example() {
        Simulation simulation = Simulation.of(stalls());
        return Capsule.byTime("1.2.3", "expected outcome completed, got precopy-stall", stalls(), simulation.schedule(7), simulation.run(7, false));
    }

    /** Capsules of any scenario with any schedule, which need not be one of its own. Some are of other models. */
    static Arbitrary<Capsule> capsules() {
        Arbitrary<String> notes = Arbitraries.oneOf(Arbitraries.of("", "~", "null", "a: b # c", "\"", "über 😀"),
                Arbitraries.strings().filter(t -> t.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)));
        Arbitrary<String> digests = Arbitraries.longs().map(d -> String.format(Locale.ROOT, "%016x", d));
        Arbitrary<Integer> models = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(ModelVersion.CURRENT)), Tuple.of(1, Arbitraries.integers().between(1, Integer.MAX_VALUE)));
        return ScenarioArbitraries.scenarios().flatMap(scenario -> Combinators
                .combine(Arbitraries.of("0.1.0", "1.2.3-SNAPSHOT", "unpackaged", "7"), models, notes, Arbitraries.of(Drive.class), Arbitraries.longs(),
                        schedules(Simulation.laneCount(scenario)), digests, Arbitraries.of(Outcome.class))
                .as((product, model, note, drive, seed, schedule, digest, outcome) ->
                        new Capsule(product, model, note, drive, seed, schedule, digest, outcome, scenario)))
                .withoutEdgeCases();
    }

    /** Schedules as runs have them: some lanes, the same again, a few in turn for a while. */
    static Arbitrary<int[]> schedules(int lanes) {
        Arbitrary<int[]> once = Arbitraries.integers().between(0, lanes - 1).array(int[].class).ofMaxSize(20);
        Arbitrary<int[]> again = Combinators.combine(once, Arbitraries.integers().between(1, 60)).as((group, times) -> {
            int[] all = new int[group.length * times];
            for (int i = 0; i < all.length; i++) all[i] = group[i % group.length];
            return all;
        });
        return Arbitraries.oneOf(once, again).list().ofMaxSize(6).map(parts -> parts.stream().flatMapToInt(java.util.Arrays::stream).toArray());
    }
}
