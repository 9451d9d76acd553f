package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What QEMU does not accept: settings, with which no migration begins, and commands, after which it goes on as before. */
class RefusalsTest {
    private static final String SIDES = "source: 8.0.0\ndestination: 8.0.0\nmachine: pc-q35-8.0\nguest: {memory: 1 MiB}\n";

    private static Scenario scenario(String text) {
        LoadedFile file = ScenarioLoader.parse(text, "x.yaml", Path.of("."));
        assertThat(file.problems()).isEmpty();
        return file.scenarios().get(0).scenario();
    }

    private static RunResult run(String text) {
        return Simulation.of(scenario(text)).run(1, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            capabilities: [postcopy-preempt]         | source: migrate-set-capabilities is refused: postcopy-preempt needs postcopy-ram; destination: migrate-set-capabilities is refused: postcopy-preempt needs postcopy-ram
            parameters: {downtime-limit: 2001 s}     | source: migrate-set-parameters is refused: downtime-limit is at most 2000 s
            """)
    void whereSettingsAreRefusedNothingIsOpened(String settings, String reason) {
        RunResult result = run(SIDES + settings + "\nnetwork: {relay: swap}\nevents: [{at: 1 s, do: probe}, {after: active, do: start-postcopy}, {at: 2 s, do: migrate}]\n");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.verdict().reason()).isEqualTo(reason);
        assertThat(result.verdict().sourceStatus()).isEqualTo("none");
        assertThat(result.verdict().guestRunsOn()).isEqualTo(GuestLocation.SOURCE);
        assertThat(List.of(result.verdict().sourceMonitor(), result.verdict().destinationMonitor())).containsOnly(Monitor.ANSWERS);
        assertThat(result.verdict().waits()).isEmpty();
        assertThat(result.connections()).isEmpty();
        assertThat(result.events()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.1.0", "7.2.0", "9.0.0", "10.1.0", "11.1.0"})
    void everyReleaseThatKnowsPreemptRefusesItWithoutPostcopy(String release) {
        String sides = "source: RELEASE\ndestination: {release: RELEASE, capabilities: [postcopy-preempt]}\nmachine: pc-q35-7.1\ncapabilities: [postcopy-ram]\n".replace("RELEASE", release);
        assertThat(run(sides).verdict().reason()).isEqualTo("destination: migrate-set-capabilities is refused: postcopy-preempt needs postcopy-ram");
    }

    @Test
    void theLongestDowntimeLimitIsAccepted() {
        assertThat(run(SIDES + "parameters: {downtime-limit: 2000 s}\n").verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    /** However its order is chosen: there is nothing to choose. */
    @Test
    void thereIsNoOrderOfWhatIsRefused() {
        Steps steps = Simulation.of(scenario(SIDES + "capabilities: [postcopy-preempt]\n")).steps();
        steps.begin(1);
        assertThat(steps.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(steps.connectionsOpened()).isZero();
        assertThat(steps.refusals()).isEqualTo(2);
    }

    @Test
    void aMigrationGoesOnAfterACommandThatIsRefused() {
        RunResult started = run(SIDES + "events: [{at: 0 s, do: start-postcopy}]\n");
        assertThat(started.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(started.verdict().messages()).containsExactly("source: migrate-start-postcopy is refused: postcopy-ram is not set");
    }

    /** QEMU looks at all values before it takes one: the bandwidth stays as small as it was. */
    @Test
    void ofParametersThatAreRefusedNoneIsTaken() {
        String slow = SIDES.replace("1 MiB", "16 MiB") + "limit: {virtual-time: 10 s}\nparameters: {max-bandwidth: 1 MB/s}\nevents: [{after: active, do: set-parameters, parameters: {max-bandwidth: 1 GB/s%s}}]\n";
        RunResult taken = run(slow.formatted(""));
        RunResult refused = run(slow.formatted(", downtime-limit: 1 h"));
        assertThat(refused.verdict().messages()).containsExactly("source: migrate-set-parameters is refused: downtime-limit is at most 2000 s");
        assertThat(taken.verdict().messages()).isEmpty();
        assertThat(List.of(taken.verdict().outcome(), refused.verdict().outcome())).containsExactly(Outcome.COMPLETED, Outcome.LIMIT);
    }
}
