package org.chanrace.cli;

import java.nio.file.Path;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.ScenarioLoader;

/** Small scenarios for tests. */
final class Scenarios {
    private Scenarios() {}

    /** The text of a scenario with this name; more lines may follow it. */
    static String text(String name, String... more) {
        return """
                name: %s
                source: 7.2.0
                destination: 7.2.0
                machine: pc-q35-7.2
                capabilities: [postcopy-ram, postcopy-preempt]
                """.formatted(name) + String.join("\n", more) + "\n";
    }

    static Scenario named(String name) {
        return ScenarioLoader.parse(text(name), name + ".yaml", Path.of("")).scenarios().get(0).scenario();
    }
}
