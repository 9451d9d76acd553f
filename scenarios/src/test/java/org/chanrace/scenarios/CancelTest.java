package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chanrace.model.Simulation;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code migrate_cancel} after the guest was stopped. */
class CancelTest {
    /** migration_completion has noted that the guest ran (vm_was_running, vm_old_state) before it stopped it; postcopy_start had not, up to 8.2. */
    @ParameterizedTest
    @ValueSource(strings = {"7.2.0", "8.0.0", "8.1.0", "8.2.0", "9.0.0", "10.0.0"})
    void whoIsCancelledWhilePrecopyCompletesRunsTheGuestAgain(String release) {
        LoadedFile file = ScenarioLoader.parse(
                """
                machine: q35
                capabilities: [postcopy-ram]
                host: {wake-up: 100 us}
                guest: {memory: 1 MiB, working-set: 0 B}
                network: {relay: {drop: {connection: 1}}}
                events:
                  - {at: 2 s, do: cancel}
                source: %s
                destination: %s
                """.formatted(release, release), "x.yaml", Path.of("."));
        assertThat(file.problems()).extracting(Problem::text).isEmpty();
        RunResult result = Simulation.of(file.scenarios().get(0).scenario()).run(1, false);
        assertThat(result.verdict().sourceStatus()).isEqualTo("cancelled");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.verdict().guestRunsOn()).isEqualTo(GuestLocation.SOURCE);
    }
}
