package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.trace.TraceEvent;
import org.chanrace.model.verdict.ConnectionFate;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More than one attempt: migrations begun anew, resumes at odd moments, and networks that break in between. */
class AttemptsTest {
    private static final String SURROUNDINGS = """
            machine: pc-q35-8.0
            capabilities: [postcopy-ram, postcopy-preempt]
            host: {wake-up: 100 us}
            """;
    private static final String SMALL = "guest: {memory: 4 MiB, dirty-rate: 20 MB/s}\n"
            + "parameters: {max-bandwidth: 30 MB/s, max-postcopy-bandwidth: 60 MB/s, downtime-limit: 1 ms}\n";
    private static final String SLOW = "parameters: {max-bandwidth: 30 MB/s, max-postcopy-bandwidth: 10 MB/s, downtime-limit: 1 ms}\n";

    private static RunResult run(String release, String rest) {
        LoadedFile file = ScenarioLoader.parse("source: " + release + "\ndestination: " + release + "\n" + SURROUNDINGS + rest, "x.yaml", Path.of("."));
        assertThat(file.problems()).extracting(Problem::text).isEmpty();
        Scenario scenario = file.scenarios().get(0).scenario();
        return Simulation.of(scenario).run(1, true);
    }

    private static List<String> notes(RunResult result) {
        return result.trace().orElseThrow().events().stream().filter(TraceEvent.Noted.class::isInstance).map(e -> ((TraceEvent.Noted) e).what()).toList();
    }

    private static RunResult migrateAgain(String release, String relay) {
        return run(release, SMALL + "network: {relay: natural}\nevents:\n  - {after: active, by: 100 ms, do: cancel}\n  - {after: cancelled, by: 500 ms, do: migrate, relay: "
                + relay + "}\n  - {after: active, occurrence: 2, do: start-postcopy}\n");
    }

    /**
     * R32, as real binaries did it: the PONG of the first attempt opens the gate of the second, and preempt overtakes main. Up to 10.0 it is
     * taken for main; from 10.1 on the destination's main loop hangs.
     */
    @ParameterizedTest
    @CsvSource({"8.0.0, postcopy-active, ANSWERS", "8.2.0, postcopy-active, ANSWERS", "9.2.0, postcopy-active, ANSWERS", "10.0.13, postcopy-active, ANSWERS",
            "11.1.3, postcopy-device, HUNG"})
    void aPongOfTheFirstAttemptOpensTheGateOfTheSecond(String release, String sourceStatus, Monitor destination) {
        RunResult swapped = migrateAgain(release, "swap");
        assertThat(swapped.verdict().outcome()).isEqualTo(Outcome.POSTCOPY_STALL);
        assertThat(swapped.verdict().guestRunsOn()).isEqualTo(GuestLocation.NEITHER);
        assertThat(swapped.verdict().sourceStatus()).isEqualTo(sourceStatus);
        assertThat(swapped.verdict().destinationMonitor()).isEqualTo(destination);
        assertThat(swapped.connections()).extracting(ConnectionFate::channel).containsExactly("main", "main", "preempt");
        assertThat(swapped.connections()).extracting(ConnectionFate::attempt).containsExactly(1, 2, 2);

        assertThat(migrateAgain(release, "natural").verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        RunResult onlyOne = run(release, SMALL + "network: {relay: swap}\nevents:\n  - {after: active, do: start-postcopy}\n");
        assertThat(onlyOne.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aDestinationThatIsGoneIsStartedAnewAndGetsEverythingAgain() {
        RunResult result = run("9.2.0", SMALL + "events:\n  - {after: active, by: 100 ms, do: cancel}\n  - {after: cancelled, by: 500 ms, do: migrate}\n");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.verdict().messages()).contains("destination: exits: loading failed");
        assertThat(notes(result)).contains("is started anew, and listens", "migrate, once more");
        long pages = result.trace().orElseThrow().events().stream().filter(e -> e instanceof TraceEvent.Sent s && s.connection() == 2 && s.what().contains("page 0x3ff")).count();
        assertThat(pages).as("the firmware's page, which is never written again, is sent again").isEqualTo(1);
    }

    @Test
    void aDestinationThatHasHeardOfNothingIsUsedAsItIs() {
        RunResult result = run("9.2.0", SMALL + "network: {relay: {drop: {connection: 1}}}\nevents:\n  - {at: 1 s, do: cancel}\n  - {after: cancelled, by: 500 ms, do: migrate}\n");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(notes(result)).doesNotContain("is started anew, and listens");
    }

    @ParameterizedTest
    @CsvSource({"'{after: active, by: 10 ms, do: migrate}', migrate is refused in active", "'{after: completed, do: migrate}', 'migrate is refused in completed, with the guest stopped'"})
    void aMigrationIsBegunAnewOnlyWhenTheLastOneFailed(String event, String says) {
        RunResult result = run("9.2.0", SMALL + "events:\n  - " + event + "\n");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.verdict().messages()).contains("source: " + says);
        assertThat(result.connections()).extracting(ConnectionFate::attempt).containsOnly(1);
    }

    /** Which relay an attempt goes through does not depend on which of the events comes first. */
    @Test
    void eachAttemptHasTheRelayOfItsEvent() {
        RunResult result = run("9.2.0", SMALL + "network: {relay: natural}\nevents:\n  - {after: postcopy-paused, do: recover, relay: swap}\n  - {after: cancelled, by: 500 ms, do: migrate, relay: {drop: {connection: 1}}}\n"
                + "  - {after: active, by: 100 ms, do: cancel}\n");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.PRECOPY_STALL);
        assertThat(notes(result)).contains("connection 2 (main) reaches the relay, which keeps it");
    }

    /** R16 (b), as real binaries did it. */
    @ParameterizedTest
    @CsvSource({"8.0.0, SOURCE_CRASH", "8.2.0, SOURCE_CRASH", "9.0.0, SOURCE_CRASH", "9.1.0, COMPLETED"})
    void aSecondResumeMeetsTheFirst(String release, Outcome outcome) {
        RunResult result = run(release, SLOW + """
                events:
                  - {after: active, by: 100 ms, do: start-postcopy}
                  - {after: postcopy-active, by: 100 ms, do: break-network}
                  - {after: postcopy-paused, by: 100 ms, do: resume}
                  - {after: postcopy-paused, by: 100050 us, do: resume}
                """);
        assertThat(result.verdict().outcome()).isEqualTo(outcome);
    }

    /** Of two connects the first that succeeds makes the recovery, whichever was begun first. */
    @Test
    void aSecondResumeTakesOverFromAFirstThatIsHeldUp() {
        RunResult result = run("8.2.0", SMALL.replace("4 MiB", "16 MiB") + """
                events:
                  - {after: active, do: start-postcopy}
                  - {after: postcopy-active, by: 50 ms, do: break-network}
                  - {after: postcopy-paused, by: 10 ms, do: cut-network}
                  - {after: postcopy-paused, by: 20 ms, do: resume}
                  - {after: postcopy-paused, by: 30 ms, do: restore-network}
                  - {after: postcopy-paused, by: 40 ms, do: resume}
                """);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.connections()).extracting(ConnectionFate::channel).containsExactly("main", "preempt", "main", "main", "preempt");
        assertThat(result.connections()).extracting(ConnectionFate::takenFor).containsExactly("main", "preempt", "none", "main", "preempt");
    }

    /** R40, as real binaries did it: up to 8.1 the source is stuck, later it is paused again. */
    @ParameterizedTest
    @CsvSource({"8.1.0, POSTCOPY_STALL, postcopy-recover", "8.2.0, POSTCOPY_PAUSED, postcopy-paused", "10.0.13, POSTCOPY_PAUSED, postcopy-paused"})
    void aResumeBeforeTheDestinationHasNoticed(String release, Outcome outcome, String sourceStatus) {
        RunResult result = run(release, SLOW + """
                events:
                  - {after: active, by: 100 ms, do: start-postcopy}
                  - {after: postcopy-active, by: 100 ms, do: cut-network}
                  - {after: postcopy-active, by: 200 ms, do: pause}
                  - {after: postcopy-active, by: 210 ms, do: restore-network}
                  - {after: postcopy-paused, by: 15 ms, do: resume}
                """);
        assertThat(result.verdict().outcome()).isEqualTo(outcome);
        assertThat(result.verdict().sourceStatus()).isEqualTo(sourceStatus);
        assertThat(result.verdict().messages()).contains("destination: migrate-recover is refused in postcopy-active", "destination: Extra incoming migration connection; ignoring");
    }

    @Test
    void aBreakEndsAConnectUnderWay() {
        RunResult result = run("9.2.0", SMALL + "network: {latency: 20 ms}\nevents:\n  - {at: 10 ms, do: break-network}\n  - {after: failed, by: 500 ms, do: migrate}\n");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.verdict().messages()).contains("source: failed to connect");
    }

    @Test
    void aBreakDoesNothingToConnectionsThatAreNotOpenYet() {
        RunResult result = run("9.2.0", SMALL + "events:\n  - {at: 0 s, do: probe, hold: 1 ms}\n  - {at: 50 us, do: break-network}\n  - {after: active, by: 1 s, do: cancel}\n");
        assertThat(result.connections()).extracting(ConnectionFate::channel).containsExactly("main", "probe");
        assertThat(result.connections().get(0).closedBy()).isNotEqualTo("network");
    }

    /** R31: SHUT is on its way, and the destination has closed, when the network breaks. */
    @ParameterizedTest
    @ValueSource(strings = {"to-source", "both"})
    void aBreakCanLoseTheLastWord(String loses) {
        String migration = SMALL + "network: {latency: 20 ms}\nguest: {memory: 4 MiB, dirty-rate: 0 B/s}\nevents:\n  - {after: active, do: start-postcopy}\n";
        String once = migration.replace("guest: {memory: 4 MiB, dirty-rate: 20 MB/s}\n", "");
        RunResult whole = run("9.2.0", once);
        assertThat(whole.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        long shut = whole.trace().orElseThrow().events().stream().filter(e -> e instanceof TraceEvent.Sent s && s.what().equals("SHUT")).findFirst().orElseThrow().nanos();
        String at = "  - {at: " + (shut + 1_000_000) + " ns, do: break-network";
        assertThat(run("9.2.0", once + at + "}\n").verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(run("9.2.0", once + at + ", loses: to-destination}\n").verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(run("9.2.0", once + at + ", loses: " + loses + "}\n").verdict().outcome()).isEqualTo(Outcome.SPLIT_BRAIN);
    }

    /** A break of one channel leaves the other connections alone: what both sides make of it is a pause, by their own doing. */
    @Test
    void aBreakOfOneChannelIsNoneOfTheOthers() {
        String events = "events:\n  - {after: active, by: 100 ms, do: start-postcopy}\n  - {after: postcopy-active, by: 50 ms, do: break-network, channel: preempt}\n";
        RunResult result = run("10.0.0", SLOW + events);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.POSTCOPY_PAUSED);
        assertThat(result.connections()).extracting(ConnectionFate::channel).containsExactly("main", "preempt");
        assertThat(result.connections().get(0).closedBy()).isNotEqualTo("network");
        assertThat(result.connections().get(1).closedBy()).isEqualTo("network");
        assertThat(notes(result)).contains("preempt is broken");
    }

    /** From the stop of the guest to the end of the package nothing but the migration thread has its turn on the source, so a cancel comes too late. */
    @Test
    void noCommandComesBetweenTheStopOfTheGuestAndTheEndOfThePackage() {
        String migration = SLOW + "events:\n  - {after: active, by: 100 ms, do: start-postcopy}\n";
        RunResult whole = run("11.1.0", migration);
        long stop = whole.trace().orElseThrow().events().stream().filter(e -> e instanceof TraceEvent.Noted n && n.what().equals("stops the guest")).findFirst().orElseThrow().nanos();
        RunResult cancelled = run("11.1.0", migration + "  - {at: " + (stop + 500_000) + " ns, do: cancel}\n");
        assertThat(cancelled.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(cancelled.verdict().messages()).contains("source: migrate_cancel is refused: postcopy has started");
    }
}
