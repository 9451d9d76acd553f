package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chanrace.model.Simulation;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLimitsTest {
    /** Whoever is to raise a limit has to know which. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {events: 1000}                          | the limit of 1,000 events was reached before the migration ended
            {virtual-time: 100 ms}                  | the limit of 0.1 s of virtual time was reached before the migration ended
            {virtual-time: 1 min, quiet: 10 s, events: 20} | the limit of 20 events was reached before the migration ended
            """)
    void theLimitThatWasReachedIsNamed(String limit, String reason) {
        String text = "source: 8.0.0\ndestination: 8.0.0\nmachine: pc-q35-8.0\nlimit: " + limit + "\n";
        Verdict verdict = Simulation.of(ScenarioLoader.parse(text, "x.yaml", Path.of(".")).scenarios().get(0).scenario()).run(1, false).verdict();
        assertThat(verdict.outcome()).isEqualTo(Outcome.LIMIT);
        assertThat(verdict.reason()).isEqualTo(reason);
    }
}
