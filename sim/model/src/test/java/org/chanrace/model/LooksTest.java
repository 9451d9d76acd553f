package org.chanrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.chanrace.model.scenario.Network.Relay;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.Action;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Paging;
import org.chanrace.model.trace.Actor;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the source looks whether to switch: before its first page, and after at most 50 ms of sending. */
class LooksTest {
    private static final long MS = 1_000_000;

    /** In set-up, which takes 3 ms here, the command waits for the first look; behind that, it waits for the end of the slice. */
    @ParameterizedTest
    @ValueSource(strings = {"7.1.0", "7.2.0", "8.0.0", "8.2.0", "9.2.0", "10.0.0", "10.1.0", "11.1.0"})
    void whatIsAskedForDuringSetUpIsDoneBeforeAnyPageIsSent(String release) {
        RunResult early = askedForAt(release, 1 * MS);
        assertThat(first(early, "PACKAGED").orElseThrow()).isLessThan(firstPage(early));
        assertThat(early.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        RunResult late = askedForAt(release, 20 * MS);
        assertThat(first(late, "PACKAGED").orElseThrow()).isGreaterThan(firstPage(late));
        assertThat(switches(late) - active(late)).isGreaterThanOrEqualTo(100 * MS);
        assertThat(late.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    private static RunResult askedForAt(String release, long nanos) {
        List<OperatorEvent> events = List.of(new OperatorEvent(new When.At(nanos), new Action.StartPostcopy()));
        return Simulation.of(Samples.scenario(release, release, "pc-q35-7.1", new Relay.None(), 16_384, events)).run(1, true);
    }

    /** The link carries 50 ms of 4 GiB, and the switch does not wait for the rest. */
    @ParameterizedTest
    @CsvSource({"7.2.0, false", "7.2.0, true", "8.0.0, false", "8.0.0, true", "10.1.0, false", "10.1.0, true"})
    void whatIsAskedForWithinALongPassIsDoneWithin50Ms(String release, boolean stepsTakeTime) {
        Hosts hosts = Hosts.asTheyCome(release, true, 1 << 20).costs(stepsTakeTime ? Paging.DEFAULT : Paging.NONE).until(200 * MS);
        RunResult result = Simulation.of(hosts.scenario()).run(1, true);
        assertThat(switches(result) - active(result)).isBetween(50 * MS, 60 * MS);
    }

    private static long firstPage(RunResult result) {
        return Math.min(first(result, "page").orElseThrow(), first(result, "zero page").orElse(Long.MAX_VALUE));
    }

    private static Optional<Long> first(RunResult result, String what) {
        return result.trace().orElseThrow().events().stream().filter(e -> e instanceof TraceEvent.Sent s && s.what().startsWith(what)).map(TraceEvent::nanos).findFirst();
    }

    private static long active(RunResult result) {
        return result.trace().orElseThrow().events().stream()
                .filter(e -> e instanceof TraceEvent.StatusChanged s && s.actor() == Actor.SOURCE_MIGRATION && s.status().equals("active")).findFirst().orElseThrow().nanos();
    }

    private static long switches(RunResult result) {
        return result.trace().orElseThrow().events().stream().filter(e -> e instanceof TraceEvent.Noted n && n.what().equals("switches to postcopy")).findFirst().orElseThrow().nanos();
    }
}
