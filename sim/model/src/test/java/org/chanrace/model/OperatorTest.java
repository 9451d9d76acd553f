package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTest {
    /** What a wake-up takes in the samples. */
    private static final long WAKE_UP_NANOS = 100_000;

    private static final long SLICE_NANOS = 100_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"7.2.0", "8.0-rc1", "8.2.0", "11.1.3"})
    void aCommandGivenAsASliceOfPrecopyEndsCountsFromTheNextOne(String release) {
        // The sample gives it three slices after the source became active, to the nanosecond.
        RunResult result = Simulation.of(Samples.postcopy(release, release, "pc-q35-7.1", new Relay.None(), 16_384)).run(1, true);
        long given = when(result, Actor.OPERATOR, "migrate-start-postcopy");
        assertThat(when(result, Actor.SOURCE_MAIN_LOOP, "migrate-start-postcopy")).isEqualTo(given + WAKE_UP_NANOS);
        assertThat(when(result, Actor.SOURCE_MIGRATION, "switches to postcopy")).isEqualTo(given + SLICE_NANOS);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void theSourceIsToldToResumeWhenTheDestinationListensAgain() {
        Scenario scenario = Samples.scenario("10.1.3", "10.1.3", "pc-q35-10.1", new Relay.Natural(), 16_384, List.of(
                new OperatorEvent(new When.After("active", 1, 300_000_000), new Action.StartPostcopy()),
                new OperatorEvent(new When.After("postcopy-active", 1, 100_000_000), new Action.BreakNetwork()),
                new OperatorEvent(new When.After("postcopy-paused", 1, 0), new Action.Recover(new Relay.Natural()))));
        RunResult result = Simulation.of(scenario).run(1, true);
        long given = when(result, Actor.OPERATOR, "migrate-recover, migrate resume");
        assertThat(when(result, Actor.DESTINATION_MAIN_LOOP, "migrate-recover: listens again")).isEqualTo(given + WAKE_UP_NANOS);
        assertThat(when(result, Actor.SOURCE_MAIN_LOOP, "migrate resume=true")).isEqualTo(given + 2 * WAKE_UP_NANOS);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    private static long when(RunResult result, Actor actor, String what) {
        return result.trace().orElseThrow().events().stream()
                .filter(e -> e instanceof TraceEvent.Noted noted && noted.actor() == actor && noted.what().equals(what))
                .mapToLong(TraceEvent::nanos).findFirst().orElseThrow();
    }
}
