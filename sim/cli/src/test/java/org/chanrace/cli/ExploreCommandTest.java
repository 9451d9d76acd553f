package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments to bytes and exit codes, on scenarios so small that every order of them is tried at once. */
class ExploreCommandTest {
    private static final String SMALL = "explore: {pages: 2, precopy-rounds: 0, faults: 1, device-faults: 0}";
    private static final String POSTCOPY = "events: [{after: active, do: start-postcopy}]";

    /** The race of two connections that are opened together. */
    private static final String SWAP = """
            name: swap
            title: Preempt overtakes main
            source: 7.2.0
            destination: 7.2.0
            machine: pc-q35-7.2
            capabilities: [postcopy-ram, postcopy-preempt]
            """ + POSTCOPY + "\n" + SMALL + "\n";

    /** Preempt is opened later. */
    private static final String LATE = """
            name: late
            source: 10.0.0
            destination: 10.0.0
            machine: pc-q35-10.0
            capabilities: [postcopy-ram, postcopy-preempt]
            """ + POSTCOPY + "\n" + SMALL + "\n";

    /** Nothing but precopy, on a network that may break. */
    private static final String BREAK = """
            name: break
            title: The network breaks in precopy
            source: 8.2.0
            destination: 8.2.0
            machine: pc-q35-8.2
            explore: {pages: 2, precopy-rounds: 1, network-cuts: 1}
            """;

    /** A packet may take longer than three others and two wake-ups, or not. */
    private static final String STEADY = SWAP.replace("swap", "steady").replace("explore:", "network: {latency: {uniform: {from: 100 us, to: 300 us}}}\nhost: {wake-up: 20 us}\nexplore:");
    private static final String JITTERY = STEADY.replace("steady", "jittery").replace("300 us", "400 us");

    @TempDir
    private Path folder;

    private final Shell shell = Shell.simulating();

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void threeScenariosSayWhatTheySaid(String format) throws IOException {
        file("a.yaml", SWAP + "---\n" + LATE + "---\n" + BREAK);
        Shell.Said said = run("--format", format);
        assertThat(said.code()).isEqualTo(1);
        Golden.check("explore." + format, said.out().replace(folder + "/", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void whatTimesAllowIsSaidAsItWas(String format) throws IOException {
        file("a.yaml", STEADY + "---\n" + JITTERY);
        Shell.Said said = run("--timed", "--format", format);
        assertThat(said.code()).isEqualTo(1);
        Golden.check("explore-timed." + format, said.out().replace(folder + "/", ""));
    }

    /** That it never leaves is what some endings rest on. */
    @Test
    void aStrangerStaysAsLongAsItLikes() throws IOException {
        String probed = "name: probed\nsource: 10.1.0\ndestination: 10.1.0\nmachine: q35\nexplore: {pages: 2, precopy-rounds: 0}\nevents: [{at: 1 ms, do: probe, hold: 300 ms}]\n";
        file("a.yaml", probed);
        String out = run("--no-explain").out();
        assertThat(out).contains("  operator      a stranger connects at any moment, says nothing and stays as long as it likes, also to the end\n");
        assertThat(out).contains("(probe), which says nothing").doesNotContain("closes after");
        assertThat(run("--no-explain", "--timed").out())
                .contains("  operator      a stranger connects at any moment, says nothing and closes after 300 ms or stays to the end\n");
    }

    /** How long an event takes would depend on when it comes; among all orders are those of the standstill. */
    @Test
    void standstillsDoNotGoWithTimes() throws IOException {
        String still = STEADY.replace(POSTCOPY, "events: [{after: active, do: start-postcopy}, {at: 1 s, do: stand-still, for: 1 s}]");
        assertThat(still).contains("stand-still");
        file("a.yaml", still + "---\n" + JITTERY);
        Shell.Said said = run("--timed");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("a.yaml:1").contains("--timed does not go with stand-still").contains("jittery");
        file("a.yaml", STEADY);
        String without = run("--no-explain", "--format", "json").out();
        file("a.yaml", still);
        assertThat(outcomes(run("--no-explain", "--format", "json").out())).isEqualTo(outcomes(without));
    }

    @Test
    void whatTimesDoNotAllowIsNoDeviation() throws IOException {
        file("a.yaml", STEADY);
        assertThat(run("--no-explain").code()).isEqualTo(1);
        Shell.Said said = run("--timed");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("no order that these latencies allow, within these bounds, ends otherwise than completed").contains("a packet, one way: 100 us to 300 us");
    }

    @Test
    void byTimeItTakesTheSameOptions() throws IOException {
        file("a.yaml", JITTERY);
        String out = run("--timed", "--format", "json").out();
        assertThat(run("--timed", "--format", "json", "--jobs", "4").out()).isEqualTo(out);
        assertThat(run("--timed", "--format", "json", "--jobs", "1").out()).isEqualTo(out);
        assertThat(outcomes(run("--timed", "--format", "json", "--no-reduction").out())).isEqualTo(outcomes(out));
        assertThat(Json.field(out, "timed")).isEqualTo("true");
        Shell.Said little = run("--timed", "--max-memory", "16 KiB");
        assertThat(little.code()).isEqualTo(4);
        assertThat(little.out()).contains("so far, no order that these latencies allow ends at all");
        Path report = folder.resolve("report");
        run("--timed", "--out", report.toString());
        assertThat(Files.readString(report.resolve("junit.xml"))).contains("jittery (7.2.0 → 7.2.0, timed)");
        assertThat(Files.readString(report.resolve("index.html"))).contains("Run by time, with durations that the scenario allows.");
        Shell.Said replayed = shell.run("replay", report.resolve("capsules").toString());
        assertThat(replayed.code()).as(replayed.out()).isZero();
    }

    @Test
    void byTimeNoDisturbanceIsToBeHad() throws IOException {
        file("a.yaml", JITTERY);
        for (String least : List.of("sum", "max")) {
            Shell.Said said = run("--timed", "--disturbance", least);
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.out()).isEmpty();
            assertThat(said.err()).contains("--disturbance does not go with --timed");
        }
        assertThat(run("--timed", "--disturbance", "none").out()).isEqualTo(run("--timed").out());
    }

    @Test
    void aPairingThatCannotFailIsZero() throws IOException {
        file("a.yaml", LATE);
        Shell.Said said = run();
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("no order of this pairing within these bounds ends otherwise than completed").contains("completed is reachable");
        assertThat(said.err().lines()).hasSize(2).first().asString().matches("chanrace: .* → .*\\): [0-9,]+ states in [0-9.]+ s");
        assertThat(said.err()).contains("\nchanrace: explored 1 of 1 pairings");
    }

    @Test
    void oneThatCanIsOneAndItsShortestOrderIsShown() throws IOException {
        file("a.yaml", SWAP);
        Shell.Said said = run();
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("2 of 3 endings are bad").contains("1. operator: migrate-start-postcopy").contains("1. the source's migration thread looks whether to switch").contains("decided by").contains("parting").contains("least delays");
    }

    @Test
    void whatARunIsToEndInIsToBeFoundWhenItShouldNotHappen() throws IOException {
        file("a.yaml", SWAP + "expect: precopy-stall\n");
        Shell.Said said = run("--no-explain");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("that some order ends precopy-stall: so it is");
        file("a.yaml", SWAP + "expect: split-brain\n");
        assertThat(run("--no-explain").out()).contains("expected an order that ends split-brain, and there is none");
        for (String good : new String[] {"completed", "[completed, precopy-stall]", "failed"}) {
            file("a.yaml", SWAP + "expect: " + good + "\n");
            assertThat(run("--no-explain").out()).as(good).contains("expected no order that ends badly");
        }
    }

    @Test
    void diagramsAreThereWithoutAPage() throws IOException {
        file("a.yaml", SWAP);
        Shell.Said said = run("--format", "mermaid");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).startsWith("### ").contains("```mermaid\nsequenceDiagram\n").contains(": the nearest order that completes\n").doesNotContain("explored");
        assertThat(said.out().lines().filter(line -> line.startsWith("```"))).hasSize(8);
    }

    @Test
    void theListsOfAScenarioSayWhatIsExpectedOfEachPairing() throws IOException {
        file("a.yaml", SWAP + "fails-in: [7.2.0, 8.0.0 -> 7.2.0]\n");
        Shell.Said said = run("--format", "json", "--no-explain");
        assertThat(said.out().lines()).hasSize(2);
        for (String line : said.out().lines().toList()) {
            assertThat(Json.field(line, "expected")).isEqualTo("fails");
            assertThat(Json.field(line, "verdict")).isEqualTo("pass");
        }
        assertThat(said.code()).isZero();
        file("a.yaml", SWAP + "passes-in: [7.2.0]\n");
        assertThat(run("--no-explain").code()).isEqualTo(1);
    }

    @Test
    void whatAScenarioIsToFindIsExpected() throws IOException {
        file("a.yaml", SWAP.replace("{pages", "{finds: [precopy-stall], pages"));
        assertThat(run("--no-explain").code()).isZero();
        file("a.yaml", SWAP.replace("{pages", "{finds: [guest-corrupt], pages"));
        Shell.Said said = run("--no-explain");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("expected an order that ends guest-corrupt, and there is none");
    }

    @Test
    void tooLittleMemoryIsInconclusiveAndFour() throws IOException {
        file("a.yaml", LATE);
        Shell.Said said = run("--max-memory", "1 KiB");
        assertThat(said.code()).isEqualTo(4);
        assertThat(said.out()).containsPattern("inconclusive: [\\d,]+ states? seen, frontier [\\d,]+; so far, ").contains("1 inconclusive");
        assertThat(said.err()).contains("--max-memory");
        Shell.Said json = run("--max-memory", "1 KiB", "--format", "json");
        assertThat(Json.field(json.out(), "verdict")).isEqualTo("inconclusive");
        assertThat(Json.field(json.out(), "complete")).isEqualTo("false");
        assertThat(Integer.parseInt(Json.field(json.out(), "frontier"))).isPositive();
    }

    @Test
    void somethingNotAsExpectedWeighsMoreThanSomethingInconclusive() throws IOException {
        file("a.yaml", LATE);
        file("b.yaml", LATE.replace("late", "never").replace("{pages", "{finds: [split-brain], pages").replace("faults: 1", "faults: 0"));
        assertThat(run("--no-explain", "--max-memory", "1 KiB").code()).isEqualTo(4);
        assertThat(run("--no-explain").code()).isEqualTo(1);
    }

    @Test
    void aBadFileIsNamedAndTheGoodOnesAreExplored() throws IOException {
        file("a.yaml", LATE);
        file("b.yaml", LATE + "netwrok: {latency: 100 us}\n");
        file("c.yaml", LATE.replace("late", "later"));
        Shell.Said said = run("--format", "json");
        List<String> lines = said.out().lines().toList();
        assertThat(said.code()).isEqualTo(2);
        assertThat(lines).hasSize(3);
        assertThat(Json.field(lines.get(0), "scenario")).isEqualTo("late");
        assertThat(Json.field(lines.get(1), "error")).contains("netwrok").contains("network");
        assertThat(Json.field(lines.get(2), "scenario")).isEqualTo("later");
        assertThat(run().out()).contains("b.yaml:").contains("netwrok").contains("2 as expected, 0 not as expected, 1 error");
    }

    @Test
    void theOutputDoesNotDependOnTheNumberOfWorkers() throws IOException {
        file("a.yaml", SWAP.replace("pages: 2, precopy-rounds: 0", "pages: 3, precopy-rounds: 1, network-cuts: 1") + "---\n" + LATE);
        for (String format : new String[] {"text", "json"}) {
            Shell.Said one = run("--format", format, "--jobs", "1", "--no-explain");
            Shell.Said four = run("--format", format, "--jobs", "4", "--no-explain");
            assertThat(four.out()).isEqualTo(one.out()).isNotEmpty();
            assertThat(four.code()).isEqualTo(one.code());
        }
    }

    /** Three pages do not fit into buffers of two, so that a source can be stuck in a write: without reduction as with it, and for the same reasons. */
    @Test
    void withoutReductionItEndsAlikeAndIsExplainedAlike() throws IOException {
        file("a.yaml", SWAP.replace("pages: 2, precopy-rounds: 0, faults: 1", "pages: 3, precopy-rounds: 1, faults: 0"));
        Shell.Said reduced = run("--format", "json");
        Shell.Said full = run("--format", "json", "--no-reduction");
        assertThat(full.code()).isEqualTo(reduced.code()).isEqualTo(1);
        assertThat(outcomes(full.out())).isEqualTo(outcomes(reduced.out())).contains("precopy-stall", "destination-crash");
        assertThat(reduced.out()).contains("\"with_reduction\":null", "waits for room in the send buffer").doesNotContain("\"explanation\":null,\"disturbance\":null,\"disturbance_sought\":true");
        assertThat(orders(full.out())).isEqualTo(orders(reduced.out()));
        int states = Integer.parseInt(Json.field(reduced.out(), "states"));
        assertThat(Integer.parseInt(Json.field(full.out(), "states"))).isGreaterThan(10 * states);
        assertThat(full.out()).contains("\"with_reduction\":{\"complete\":true,\"states\":" + states + ",").contains("\"contradicts\":false");
        assertThat(Json.names(full.out(), "with_reduction")).isEqualTo(Json.documented("The same with reduction"));
    }

    /** What is said of the endings, but for in how many states there is each. */
    private static String orders(String line) {
        return line.substring(line.indexOf("\"outcomes\":")).replaceAll("\"sought\":(true|false),\"states\":[0-9]+", "");
    }

    @Test
    void withoutReductionItMayBeInconclusiveAndSaysSo() throws IOException {
        file("a.yaml", LATE);
        Shell.Said said = run("--no-reduction", "--max-memory", "512KiB");
        assertThat(said.code()).isEqualTo(4);
        assertThat(said.out()).contains("  answer        inconclusive: ").contains("  reduction     none: orders that differ only in events that commute were tried, too. With it: ")
                .contains("these among them").contains("1 inconclusive");
    }

    private static List<String> outcomes(String line) {
        return Stream.of(line.split("\"outcome\":\"")).skip(1).map(rest -> rest.substring(0, rest.indexOf('"'))).toList();
    }

    @Test
    void outWritesThreeFiles() throws IOException {
        file("a.yaml", SWAP + "---\n" + LATE);
        Path out = folder.resolve("report");
        Shell.Said said = run("--format", "json", "--out", out.toString());
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("index.html", "results.jsonl", "junit.xml", "capsules");
        }
        assertThat(Files.readString(out.resolve("results.jsonl"))).isEqualTo(said.out());
        assertThat(Files.readString(out.resolve("junit.xml"))).contains("tests=\"2\"", "failures=\"1\"");
        assertThat(Files.readString(out.resolve("index.html"))).contains("<svg", "The smallest delays", "sequenceDiagram").endsWith("</html>\n");
    }

    @Test
    void everyOrderThatIsShownHasACapsuleThatReplaysIt() throws IOException {
        file("a.yaml", SWAP + "fails-in: [7.2.0, 8.0.0 -> 7.2.0]\n---\n" + LATE);
        Path capsules = folder.resolve("kept");
        Shell.Said said = run("--capsules", capsules.toString());
        try (Stream<Path> files = Files.list(capsules)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "swap-7.2.0-to-7.2.0-precopy-stall.capsule.yaml", "swap-7.2.0-to-7.2.0-destination-crash.capsule.yaml",
                            "swap-8.0.0-to-7.2.0-precopy-stall.capsule.yaml", "swap-8.0.0-to-7.2.0-precopy-stall-2.capsule.yaml");
        }
        assertThat(said.out()).contains("chanrace replay " + capsules + "/swap-7.2.0-to-7.2.0-precopy-stall.capsule.yaml");
        Shell.Said replayed = shell.run("replay", capsules.toString());
        assertThat(replayed.code()).isZero();
        assertThat(replayed.out()).contains("4 capsules: 4 the same, 0 different");
    }

    /** As far as anything that is shown tells of a moment, it tells of an event; only with times allowed there are times. */
    @Test
    void anOrderHasEventsAndNoTimes() throws IOException {
        file("a.yaml", JITTERY);
        Path out = folder.resolve("report");
        run("--out", out.toString(), "--disturbance", "none");
        assertThat(Files.readString(out.resolve("index.html"))).contains(">event</text>").doesNotContain(">time, s</text>").doesNotContain(" us later");
        String replayed = shell.run("replay", out.resolve("capsules").toString(), "--trace").out();
        assertThat(replayed).containsPattern("accepted at event \\d+, taken for main").containsPattern("\nevent  ").doesNotContain("time, s").doesNotContain(" later").doesNotContainPattern("\\d\\.\\d{6}");
        run("--timed", "--out", out.toString());
        assertThat(Files.readString(out.resolve("index.html"))).contains(">time, s</text>").doesNotContain(">event</text>");
    }

    @Test
    void anOrderWithBreaksAndLostPacketsReplaysToo() throws IOException {
        file("a.yaml", BREAK + "---\n" + SWAP.replace("{pages", "{syn-losses: 1, pages"));
        Path capsules = folder.resolve("kept");
        String shown = run("--no-explain", "--capsules", capsules.toString()).out();
        Shell.Said replayed = shell.run("replay", capsules.toString());
        assertThat(replayed.code()).as(replayed.out()).isZero();
        long kept = shown.lines().filter(line -> line.contains("chanrace replay")).count();
        assertThat(kept).isGreaterThan(2);
        assertThat(replayed.out()).contains(kept + " capsules: " + kept + " the same, 0 different");
    }

    @Test
    void onceInterruptedNothingMoreIsExplored() throws IOException {
        file("a.yaml", SWAP);
        Interruption interruption = new Interruption();
        interruption.request();
        Shell.Said said = Shell.simulating().interruption(interruption).run("explore", folder.toString(), "--format", "json");
        assertThat(said.code()).isEqualTo(130);
        assertThat(said.out()).isEqualTo("{\"partial\":true,\"finished\":0,\"planned\":1}\n");
        assertThat(said.err()).contains("interrupted: 0 of 1 pairings were explored");
    }

    @Test
    void aTerminalIsToldHowFarItIsAndTheDataIsTheSame() throws IOException {
        file("a.yaml", SWAP);
        Shell.Said said = Shell.simulating().onTerminal().run("explore", folder.toString(), "--color", "never");
        assertThat(said.out()).isEqualTo(run().out());
    }

    @Test
    void quietLeavesOutWhatIsAsExpected() throws IOException {
        file("a.yaml", LATE);
        Shell.Said said = run("--quiet");
        assertThat(said.out()).isEqualTo("1 pairing: 1 as expected, 0 not as expected\n");
        assertThat(said.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--max-memory=12", "--max-memory=-1MiB", "--max-memory=0B", "--max-memory=900TiB", "--jobs=0", "--disturbance=some", "--format=junit", "--tiemd"})
    void badUsageIsTwo(String option) throws IOException {
        file("a.yaml", LATE);
        Shell.Said said = run(option);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("chanrace: ").endsWith("try: chanrace explore --help\n").hasLineCount(2);
    }

    @Test
    void helpNamesTheExitCodes() {
        assertThat(shell.run("explore", "--help").out()).contains("--no-reduction").contains("--max-memory").contains("inconclusive");
        assertThat(shell.run("--help").out()).contains("explore").contains("run").contains("releases");
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Shell.Said run(String... more) {
        return shell.run(Stream.concat(Stream.of("explore", folder.toString()), Stream.of(more)).toArray(String[]::new));
    }
}
