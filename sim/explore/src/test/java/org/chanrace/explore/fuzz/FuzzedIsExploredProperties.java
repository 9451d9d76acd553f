package org.chanrace.explore.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Explorer;
import org.chanrace.explore.Settings;
import org.chanrace.explore.Small;
import org.chanrace.explore.SmallInstance;
import org.chanrace.model.scenario.Scenario;

/** A random order is one of all orders. */
class FuzzedIsExploredProperties {
    private static final long BYTES = 8L << 20;

    @Provide
    Arbitrary<String> pairings() {
        return Small.pairings();
    }

    @Property(tries = 60)
    void everyEndingThatFuzzingFindsExploringFinds(@ForAll("pairings") String file, @ForAll long seed) {
        Scenario scenario = Small.of(file);
        Exploration exploration = Explorer.explore(scenario, new Settings(true, BYTES, 1));
        Assume.that(exploration.complete());
        TreeSet<Ending> fuzzed = new TreeSet<>();
        for (Strategy strategy : List.of(Strategy.RANDOM, Strategy.PCT, Strategy.POS))
            new Recipe(seed, strategy, 3).run(SmallInstance.of(scenario), 20, Orders.Seen.NOTHING, ran -> fuzzed.addAll(ran.endings()));
        assertThat(fuzzed).as(file).isNotEmpty();
        assertThat(exploration.found()).extracting(Exploration.Found::ending).as(file).containsAll(fuzzed);
    }
}
