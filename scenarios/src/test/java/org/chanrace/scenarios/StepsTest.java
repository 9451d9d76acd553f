package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.chanrace.model.Simulation;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guests that act in steps, and the smallest instances: four pages and no time at all. */
class StepsTest {
    private static final String SMALL = """
            capabilities: [postcopy-ram, postcopy-preempt]
            parameters: {max-bandwidth: unlimited, max-postcopy-bandwidth: unlimited, downtime-limit: 0 s}
            network: {latency: 0 s, bandwidth: unlimited, send-buffer: unlimited, receive-buffer: unlimited}
            host: {wake-up: 0 s, per-page: 0 s, device-state: 0 s, start-delay: 0 s}
            """;

    private static RunResult run(String source, String destination, String rest) {
        LoadedFile file = ScenarioLoader.parse("source: " + source + "\ndestination: " + destination + "\nmachine: pc-q35-7.1\n" + rest, "x.yaml", Path.of("."));
        assertThat(file.problems()).extracting(Problem::text).isEmpty();
        return Simulation.of(file.scenarios().get(0).scenario()).run(1, true);
    }

    private static String small(int writes, int faults, int deviceFaults) {
        return SMALL + "guest: {memory: 16 KiB, dirty-rate: 0 B/s, warm-up: 0 s, steps: {writes: " + writes + ", faults: " + faults + ", device-faults: " + deviceFaults + "}}\n";
    }

    private static List<String> sent(RunResult result, String what) {
        return result.trace().orElseThrow().events().stream().filter(e -> e instanceof TraceEvent.Sent s && s.what().startsWith(what)).map(e -> ((TraceEvent.Sent) e).what()).toList();
    }

    @ParameterizedTest
    @CsvSource({"7.1.0, 7.1.0, COMPLETED", "7.2.0, 8.2.0, COMPLETED", "8.0.0, 8.0.0, COMPLETED", "10.0.0, 10.1.0, COMPLETED", "11.1.0, 11.1.0, COMPLETED",
            "'{release: 8.2.0, properties: {x-preempt-pre-7-2: off}}', 7.2.0, PRECOPY_STALL"})
    void theSmallestInstanceEndsAsTheLargeOne(String source, String destination, Outcome outcome) {
        for (int faults : new int[] {0, 2})
            assertThat(run(source, destination, small(2, faults, 1) + "events: [{after: active, do: start-postcopy}]\n").verdict().outcome()).isEqualTo(outcome);
    }

    @Test
    void precopyOfTheSmallestInstance() {
        assertThat(run("9.2.0", "9.2.0", small(0, 0, 0)).verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    /** Each write is one page, in turn, and goes to the dirty log; a page that was written has content, others are zero, but for the firmware's. */
    @Test
    void writesGoRoundTheWorkingSet() {
        assertThat(sent(beforeTheFirstPass(2), "page")).containsExactly("pages 0x0..0x1", "page 0x3", "pages 0x0..0x1");
        assertThat(sent(beforeTheFirstPass(2), "zero page")).containsExactly("zero page 0x2");
        assertThat(sent(beforeTheFirstPass(64), "page")).containsExactly("pages 0x0..0x3", "pages 0x0..0x2");
        assertThat(sent(beforeTheFirstPass(0), "zero page")).containsExactly("zero pages 0x0..0x2");
        // Where nothing takes time the source is done with its first pass before the guest's turn comes: what it wrote goes in a second one.
        assertThat(sent(run("9.2.0", "9.2.0", small(2, 0, 0)), "page")).containsExactly("page 0x3", "pages 0x0..0x1");
    }

    private static RunResult beforeTheFirstPass(int writes) {
        return run("9.2.0", "9.2.0", small(writes, 0, 0).replace("start-delay: 0 s", "start-delay: 1 ms"));
    }

    /** Faults are counted, the firmware's among them; without any, nothing is asked for. */
    @ParameterizedTest
    @CsvSource({"0", "1", "3"})
    void noMoreFaultsThanThereAreSteps(int faults) {
        RunResult result = run("9.2.0", "9.2.0", "capabilities: [postcopy-ram]\nparameters: {max-bandwidth: 1 MB/s, max-postcopy-bandwidth: 1 MB/s, downtime-limit: 0 s}\nhost: {wake-up: 0 s}\n"
                + "guest: {memory: 4 MiB, dirty-rate: 43 MB/s, vcpus: 2, steps: {faults: " + faults + "}}\nevents: [{after: active, do: start-postcopy}]\n");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(sent(result, "REQ_PAGES")).hasSize(faults);
    }

    @Test
    void aDeviceThatWaitsForAPageIsExplained() {
        String late = "capabilities: [postcopy-ram, postcopy-preempt]\nnetwork: {relay: {delay: {connection: 2, by: 2500 ms}}}\nguest: {steps: {device-faults: 1}}\n"
                + "parameters: {max-bandwidth: 30 MB/s}\nhost: {wake-up: 0 s}\nevents: [{after: active, by: 50 ms, do: start-postcopy}]\n";
        String source = "{release: 8.0.0, properties: {x-preempt-pre-7-2: off}}";
        Verdict verdict = run(source, "8.0.0", late).verdict();
        assertThat(verdict.outcome()).isEqualTo(Outcome.POSTCOPY_STALL);
        assertThat(verdict.cycle()).extracting(Verdict.ThreadWait::thread).containsExactly("destination main loop", "destination preempt thread");
        assertThat(verdict.cycle()).extracting(Verdict.ThreadWait::awaited).containsExactly("destination preempt thread", "destination main loop");
        assertThat(verdict.reason()).contains("is blocked loading a device").contains("which the main loop, blocked as it is, does not accept");
        // With preempt there before the package, or not in the game at all, the page comes.
        assertThat(run("8.0.0", "8.0.0", late.replace("{delay: {connection: 2, by: 2500 ms}}", "natural")).verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(run(source, "9.0.0", late).verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(run(source, "8.0.0", late.replace(", postcopy-preempt", "").replace("{delay: {connection: 2, by: 2500 ms}}", "natural")).verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(run(source, "8.0.0", late.replace("device-faults: 1", "device-faults: 0")).verdict().guestRunsOn()).isEqualTo(org.chanrace.model.verdict.GuestLocation.DESTINATION);
    }
}
