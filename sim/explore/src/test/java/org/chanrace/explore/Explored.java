package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.ScenarioLoader;

/** Scenarios for tests, and what exploring and explaining them gives: done once for all tests of a class loader. */
final class Explored {
    private static final Map<String, Exploration> EXPLORATIONS = new LinkedHashMap<>();

    private Explored() {}

    /** The first scenario of a library file. */
    static Scenario library(String file) {
        return only(ScenarioLoader.load(Path.of("../../scenarios/library").resolve(file), file));
    }

    /** Postcopy with preempt, from one release to another. */
    static Scenario preempt(String source, String destination, String machine) {
        return written("""
                source: %s
                destination: %s
                machine: %s
                capabilities: [postcopy-ram, postcopy-preempt]
                events: [{after: active, by: 1 s, do: start-postcopy}]
                """.formatted(source, destination, machine));
    }

    static Scenario written(String yaml) {
        return only(ScenarioLoader.parse("name: written\n" + yaml, "written.yaml", Path.of(".")));
    }

    private static Scenario only(LoadedFile file) {
        assertThat(file.problems()).isEmpty();
        return file.scenarios().stream().map(Loaded::scenario).findFirst().orElseThrow();
    }

    static synchronized Exploration of(String file) {
        return EXPLORATIONS.computeIfAbsent(file, f -> Explorer.explore(library(f), Settings.DEFAULT));
    }

    static Exploration.Found found(Exploration exploration, Outcome outcome) {
        return exploration.found().stream().filter(f -> f.ending().outcome() == outcome).findFirst().orElseThrow();
    }

    /** How it ends so with the guest there. */
    static Explanation explained(Exploration exploration, Outcome outcome, GuestLocation guest) {
        return Explanations.of(exploration, exploration.found().stream().filter(f -> f.ending().outcome() == outcome && f.ending().guestRunsOn() == guest).findFirst().orElseThrow(),
                Effort.DEFAULT);
    }

    static Explanation explained(Exploration exploration, Outcome outcome) {
        return Explanations.of(exploration, found(exploration, outcome), Effort.DEFAULT);
    }
}
