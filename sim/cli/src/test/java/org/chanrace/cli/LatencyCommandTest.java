package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments to bytes and exit codes. Measurements are made up: a fault takes 100 us and 10 us more for each letter of the release's name, 1 ms without preempt. */
class LatencyCommandTest {
    private static final String PREEMPT_PROPERTY = "x-preempt-pre-7-2";

    @TempDir
    private Path folder;

    private final ConcurrentSkipListSet<String> runs = new ConcurrentSkipListSet<>();

    private RunResult measure(Scenario scenario, long seed, boolean traced) {
        runs.add(scenario.source().release().name() + ">" + scenario.destination().release().name() + " " + scenario.machine() + " " + scenario.source().capabilities() + " "
                + scenario.source().properties() + " " + seed);
        if (scenario.name().contains("broken")) throw new IllegalStateException("a fault of ours");
        if (scenario.name().contains("stall")) return Results.result(scenario, seed, traced, Outcome.POSTCOPY_STALL);
        boolean preempt = scenario.source().has(Capability.POSTCOPY_PREEMPT);
        return Results.afterFault(scenario, seed, preempt ? 100_000 + 10_000L * scenario.source().release().name().length() + seed * 1000 : 1_000_000 + seed * 2000);
    }

    @Test
    void withoutMoreAScenarioIsMeasuredAsItIs() throws IOException {
        file("a.yaml", Scenarios.text("plain", "title: How long does the guest wait?"));
        Shell.Said said = run();
        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).startsWith("plain  (" + folder + "/a.yaml, seeds 1 to 5)\n  How long does the guest wait?\n")
                .containsPattern("completed +5 of 5\n").containsPattern("mean +153\\.0 ± 2\\.0 us\n").containsPattern("128–256 us +5 +100 %").contains("7.2.0: most of the mean, 100 %");
        assertThat(runs).hasSize(5);
    }

    @Test
    void releasesStandSideBySideWithTheSameSeeds() throws IOException {
        file("a.yaml", Scenarios.text("plain"));
        Shell.Said said = run("--compare", "7.2.0,8.0-rc1", "--no-preempt", "--seed", "3", "--runs", "2", "--format", "json");
        List<String> lines = said.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(field(lines, "column")).containsExactly("no preempt", "7.2.0", "8.0-rc1");
        assertThat(field(lines, "preempt")).containsExactly("false", "true", "true");
        assertThat(field(lines, "machine")).containsOnly("pc-q35-7.2");
        assertThat(field(lines, "fault_latency_mean_us")).containsExactly("1007", "153.5", "173.5");
        assertThat(lines.get(2)).contains("\"differences\":[{\"than\":\"no preempt\",\"mean_us\":-833.5,\"half_width_us\":6.353,").contains(
                "{\"than\":\"7.2.0\",\"mean_us\":20,\"half_width_us\":0,\"percent\":13.029,\"runs\":2}");
        assertThat(runs).hasSize(6).filteredOn(run -> run.endsWith(" 3")).hasSize(3);
        assertThat(run("--compare", "7.2.0,8.0-rc1").out()).contains("8.0-rc1 is 20.00 ± 0.00 us (13 %) slower than 7.2.0\n");
    }

    @Test
    void whatAReleaseDoesNotKnowIsLeftOutAndSaid() throws IOException {
        file("a.yaml", Scenarios.text("plain").replace("source: 7.2.0", "source: {release: 10.1.0, properties: {" + PREEMPT_PROPERTY + ": on}}")
                .replace("destination: 7.2.0", "destination: 10.1.0").replace("pc-q35-7.2", "pc-q35-10.1") + "events: [{after: postcopy-recover-setup, do: break-network}]\n");
        Shell.Said said = run("--compare", "7.0.0, 7.2.0->10.1.0,10.1.0:8.2.0,10.1.0", "--runs", "1", "--no-preempt");
        assertThat(said.out())
                .contains("  7.0.0: without " + PREEMPT_PROPERTY + ", which 7.0.0 does not know\n")
                .contains("  7.0.0: without postcopy-preempt, which 7.0.0 does not know\n")
                .contains("  7.0.0: pc-q35-7.0, the newest machine type that is known there: pc-q35-10.1 is not\n")
                .contains("  7.0.0: nothing is done after postcopy-recover-setup, a status that 7.0.0 never has\n")
                .contains("  7.0.0: has no postcopy-preempt anyway: one more column without it would say the same\n")
                .contains("  7.2.0 -> 10.1.0: pc-q35-7.2, the newest").contains("  10.1.0 -> 8.2.0: pc-q35-8.2, the newest")
                .doesNotContain("  10.1.0: without").doesNotContain("no preempt");
        assertThat(runs).containsExactlyInAnyOrder(
                "7.0.0>7.0.0 pc-q35-7.0 [POSTCOPY_RAM] {} 1", "7.2.0>10.1.0 pc-q35-7.2 [POSTCOPY_RAM, POSTCOPY_PREEMPT] {} 1",
                "10.1.0>8.2.0 pc-q35-8.2 [POSTCOPY_RAM, POSTCOPY_PREEMPT] {x-preempt-pre-7-2=true} 1",
                "10.1.0>10.1.0 pc-q35-10.1 [POSTCOPY_RAM, POSTCOPY_PREEMPT] {x-preempt-pre-7-2=true} 1");
    }

    @Test
    void eachPropertyHasReleasesOfItsOwn() throws IOException {
        file("a.yaml", Scenarios.text("plain").replace("source: 7.2.0", "source: {release: 7.2.0, properties: {x-postcopy-preempt-break-huge: off}}"));
        assertThat(run("--compare", "7.1.0,8.0.0", "--runs", "1").out()).doesNotContain("7.1.0: without").contains("  8.0.0: without x-postcopy-preempt-break-huge, which 8.0.0 does not know\n");
        assertThat(runs).containsExactlyInAnyOrder("7.1.0>7.1.0 pc-q35-7.1 [POSTCOPY_RAM, POSTCOPY_PREEMPT] {x-postcopy-preempt-break-huge=false} 1",
                "8.0.0>8.0.0 pc-q35-7.2 [POSTCOPY_RAM, POSTCOPY_PREEMPT] {} 1");
    }

    @Test
    void onlyTheScenarioAsItIsHasToMeetItsExpectation() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        Shell.Said said = run("--runs", "2");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("7.2.0 ends: postcopy-stall 2\n").contains("7.2.0, seed 2: expected outcome completed, got postcopy-stall\n").doesNotContain("Where the mean goes");
        assertThat(run("--compare", "7.2.0").code()).isEqualTo(1);
        assertThat(run("--compare", "8.0.0,7.2.0->8.0.0").code()).isZero();
        List<String> lines = run("--no-preempt", "--runs", "1", "--format", "json").out().lines().toList();
        assertThat(field(lines, "as_expected")).containsExactly("true", "false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void theOutputDoesNotDependOnTheNumberOfWorkers(String format) throws IOException {
        for (int i = 0; i < 3; i++) file(i + ".yaml", Scenarios.text("scenario-" + i));
        Shell.Said one = run("--format", format, "--compare", "7.2.0,8.0.0,10.1.0", "--no-preempt", "--runs", "20", "--jobs", "1");
        Shell.Said four = run("--format", format, "--compare", "7.2.0,8.0.0,10.1.0", "--no-preempt", "--runs", "20", "--jobs", "4");
        assertThat(four.out()).isEqualTo(one.out()).isNotEmpty();
    }

    @Test
    void aBadFileAndAFaultOfOursAreNamedInTheirPlaceAndTheRestIsMeasured() throws IOException {
        file("a.yaml", Scenarios.text("first"));
        file("b.yaml", Scenarios.text("second", "netwrok: {latency: 100 us}"));
        file("c.yaml", Scenarios.text("third"));
        List<String> lines = run("--format", "json").out().lines().toList();
        assertThat(field(lines, "scenario")).containsExactly("first", "", "third");
        assertThat(Json.field(lines.get(1), "error")).contains("netwrok");
        Shell.Said said = run();
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("b.yaml:6:1");
        file("c.yaml", Scenarios.text("broken"));
        Shell.Said broken = run("--compare", "7.2.0,8.0.0", "--runs", "3");
        assertThat(broken.code()).isEqualTo(70);
        assertThat(broken.out().lines().filter(line -> line.contains("internal error"))).hasSize(2);
        assertThat(broken.out()).contains("c.yaml:1:1: broken, 8.0.0, seed 1: internal error: IllegalStateException: a fault of ours").contains("first").doesNotContain("0 of 0");
    }

    @Test
    void outHasThePageAndItsData() throws IOException {
        file("a.yaml", Scenarios.text("plain"));
        Path out = folder.resolve("report/of today");
        Shell.Said said = run("--out", out.toString(), "--format", "json", "--compare", "7.2.0,8.0.0");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("index.html", "results.jsonl");
        }
        assertThat(out.resolve("results.jsonl")).hasContent(said.out());
        assertThat(Files.readString(out.resolve("index.html"))).contains("plain", "Share of the faults that take no longer", "What the connections carried, mean of the runs: 8.0.0").endsWith("</html>\n");
        assertThat(run("--out", file("in-the-way", "").resolve("report").toString()).code()).isEqualTo(2);
    }

    /** A latency of its own, and 1 us more for each 10 us of the network's. */
    private RunResult measureHosts(Scenario scenario, long seed, boolean traced) {
        return Results.afterFault(scenario, seed, 100_000 + seed * 1000 + scenario.network().latency().expectedNanos() / 10 + scenario.guest().memory() / 4096 % 7);
    }

    @Test
    void whichParameterMatters() throws IOException {
        file("a.yaml", Scenarios.text("plain", "network: {latency: 100 us, tcp: linux}"));
        Shell.Said said = Shell.with(this::measureHosts).run("latency", folder.toString(), "--sensitivity", "--runs", "2");
        assertThat(said.code()).isZero();
        List<String> lines = said.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("plain, 7.2.0  (" + folder + "/a.yaml, seeds 1 to 2)");
        assertThat(lines.get(3)).containsPattern("parameter +as it is +halved +doubled");
        assertThat(lines.get(4)).as("what matters most comes first").containsPattern("network\\.latency +100 us +−4\\.5 ± [\\d.]+ % +\\+9\\.0 ± [\\d.]+ %");
        assertThat(said.out()).containsPattern("network\\.tcp\\.queueing +fair +fifo: 0\\.0 %").containsPattern("network\\.tcp\\.overhead +1\\.25 +1: 0\\.0 % +0\\.0 %").doesNotContain("spread");
        Shell.Said few = Shell.with(this::measureHosts).run("latency", folder.toString(), "--sensitivity", "network.bandwidth,network.latency", "--compare", "7.2.0,8.0.0", "--format", "markdown");
        assertThat(few.out()).startsWith("| parameter | as it is | plain, 7.2.0: halved | doubled | plain, 8.0.0: halved | doubled |\n|---|---:|").contains("| `network.latency` | 100 us | −4.4").hasLineCount(5);
        List<String> objects = Shell.with(this::measureHosts).run("latency", folder.toString(), "--sensitivity=network.latency", "--format", "json").out().lines().toList();
        assertThat(field(objects, "change")).containsExactly("halved", "doubled");
        assertThat(field(objects, "difference_us")).containsExactly("-5", "10");
        assertThat(Shell.with(this::measureHosts).run("latency", folder.toString(), "--sensitivity", "network.latncy").err())
                .startsWith("chanrace: --sensitivity: there is no parameter 'network.latncy'; did you mean network.latency?");
    }

    @Test
    void aPathAfterSensitivityIsNotItsList() throws IOException {
        Path file = file("a.yaml", Scenarios.text("plain", "network: {latency: 100 us, tcp: linux}"));
        String whole = Shell.with(this::measureHosts).run("latency", file.toString(), "--sensitivity", "--runs", "1").out();
        assertThat(whole).contains("network.latency", "host.per-page");
        assertThat(Shell.with(this::measureHosts).run("latency", "--runs", "1", "--sensitivity", file.toString()).out()).isEqualTo(whole);
        assertThat(Shell.with(this::measureHosts).run("latency", "--runs", "1", "--sensitivity", folder.toString()).code()).isZero();
        Shell.Said one = Shell.with(this::measureHosts).run("latency", "--runs", "1", "--sensitivity", "network.latency", file.toString());
        assertThat(one.out()).contains("network.latency").doesNotContain("host.per-page");
        Shell.Said missing = Shell.with(this::measureHosts).run("latency", "--sensitivity", "missing.yaml");
        assertThat(missing.out()).as("a file that is not there is not a parameter either").contains("missing.yaml");
        assertThat(missing.err()).doesNotContain("there is no parameter");
    }

    @Test
    void whatWasPublishedStandsBesideIt() throws IOException {
        Path csv = Files.writeString(Files.createDirectory(folder.resolve("csv")).resolve("published.csv"), """
                # somebody's
                us,other,plain
                mean,,204
                0-128,3,1
                128-256,,2
                256-,1,1
                """);
        file("a.yaml", Scenarios.text("plain"));
        file("b.yaml", Scenarios.text("unpublished"));
        Shell.Said said = run("--published", csv.toString(), "--compare", "7.2.0,8.0-rc1", "--format", "markdown");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).isEqualTo("""
                |  | plain, 7.2.0 |
                |---|---:|
                | mean, simulated | 153.0 ± 2.0 us |
                | mean, published | 204.0 us |
                | simulated / published | 0.75 |
                | faults of a run, simulated | 1 |
                | faults, published | 4 |
                | fullest bucket, simulated | 128–256 us: 100 % |
                | fullest bucket, published | 128–256 us: 50 % |
                | 1–4 ms, simulated | 0 % |
                | 1–4 ms, published | 0 % |

                Share of the faults by latency, simulated and published:

                |  | plain, 7.2.0 |
                |---|---:|
                | < 128 us | 0 %, 25 % |
                | 128–256 us | 100 %, 50 % |
                | > 256 us | 0 %, 25 % |
                """);
        assertThat(run("--published", csv.toString()).out()).contains("Where the mean goes").contains("Simulated and published\n\n").containsPattern("simulated / published +0\\.75\n");
        List<String> lines = run("--published", csv.toString(), "--format", "json").out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(Json.field(lines.get(2), "ratio")).isEqualTo("0.7500");
        assertThat(lines.get(2)).contains("{\"from_us\":256,\"to_us\":null,\"simulated_share\":0.000000,\"published_share\":0.250000,\"published_faults\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us\nmean\n", "us,a\nmean\n", "us,a\nmode,3\n", "us,a\n100-200,3\n", "us,a\n128-64,3\n", "us,a\n64-128,-3\n", "us,a\nmean,fast\n", "# nothing\n"})
    void aBadFileOfPublishedFiguresIsNamedWithItsLine(String text) throws IOException {
        file("a.yaml", Scenarios.text("plain"));
        Path csv = Files.writeString(Files.createDirectory(folder.resolve("csv")).resolve("published.csv"), text);
        Shell.Said said = run("--published", csv.toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).containsPattern("^chanrace: .*published\\.csv:[12]: ").hasLineCount(1);
    }

    @Test
    void aFileOfPublishedFiguresThatCannotBeReadIsNamed() throws IOException {
        file("a.yaml", Scenarios.text("plain"));
        Path binary = folder.resolve("jar.csv");
        Files.write(binary, new byte[] {'P', 'K', 3, 4, (byte) 0xff, (byte) 0xfe});
        assertThat(run("--published", binary.toString()).err()).isEqualTo("chanrace: " + binary + ": this file is not UTF-8; published measurements are a CSV file\n");
        assertThat(run("--published", "nowhere.csv").err()).isEqualTo("chanrace: nowhere.csv: there is no such file\n");
    }

    @Test
    void aGuestCanBeMadeSmaller() throws IOException {
        file("a.yaml", Scenarios.text("plain", "guest: {memory: 1 GiB, working-set: 768 MiB, vcpus: 1}", "expect: precopy-stall"));
        List<Long> sets = new ArrayList<>();
        Shell.Said said = Shell.with((scenario, seed, traced) -> {
            sets.add(scenario.guest().workingSet());
            return measureHosts(scenario, seed, traced);
        }).run("latency", folder.toString(), "--memory", "64MiB", "--runs", "1");
        assertThat(said.code()).as("what was expected was of another guest").isZero();
        assertThat(sets).containsExactly(48L << 20);
        assertThat(run("--memory", "64").err()).startsWith("chanrace: --memory: ");
        assertThat(run("--memory", "6 KiB").code()).isEqualTo(2);
        assertThat(run("--memory", "6 KiB").out()).contains("plain: ");
    }

    @Test
    void afterAnInterruptionWhatIsFinishedIsWrittenAndMarked() throws IOException {
        file("a.yaml", Scenarios.text("plain"));
        Interruption interruption = new Interruption();
        Engine engine = (scenario, seed, traced) -> {
            if (seed == 3) interruption.request();
            return measure(scenario, seed, traced);
        };
        Path out = folder.resolve("report");
        Shell.Said said = Shell.with(engine).interruption(interruption).run("latency", folder.resolve("a.yaml").toString(), "--runs", "1000", "--jobs", "1", "--format", "json", "--out", out.toString());
        assertThat(said.code()).isEqualTo(130);
        assertThat(said.err()).contains("interrupted: ").contains(" of 1000 runs were finished");
        List<String> lines = said.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(Json.field(lines.get(1), "partial")).isEqualTo("true");
        assertThat(Files.readString(out.resolve("index.html"))).contains("partial");
    }

    @Test
    void aReleaseThatDoesNotExistGetsASuggestion() throws IOException {
        file("a.yaml", Scenarios.text("plain"));
        Shell.Said said = run("--compare", "7.2.0,8.00");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("chanrace: --compare: there is no release '8.00'; did you mean ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--runs=0", "--runs=20000", "--jobs=0", "--format=html", "--compare=7.2.0->", "--compare=", "--sed=4", "--seed=9223372036854775807", "--sensitivity=host.wake"})
    void badUsageIsTwoAndShort(String option) throws IOException {
        file("a.yaml", Scenarios.text("plain"));
        Shell.Said said = run(option);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("chanrace: ").endsWith("try: chanrace latency --help\n").hasLineCount(2);
    }

    @Test
    void aFolderWithoutScenariosIsBadUsage() {
        Shell.Said said = run();
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("chanrace: no scenario files").hasLineCount(1);
    }

    @Test
    void progressIsForTerminals() throws IOException {
        file("a.yaml", Scenarios.text("plain"));
        Shell.Said said = Shell.with(this::measure).onTerminal().run("latency", folder.toString(), "--runs", "1");
        assertThat(said.out()).isEqualTo(run("--runs", "1").out());
        assertThat(Shell.with(this::measure).onTerminal().environment(Map.of("CI", "true")).run("latency", folder.toString()).err()).isEmpty();
    }

    @Test
    void helpSaysWhatIsCompared() {
        assertThat(Shell.with(this::measure).run("latency", "--help").out()).contains("--compare").contains("--no-preempt").contains("A->B");
    }

    private static List<String> field(List<String> lines, String name) {
        List<String> values = new ArrayList<>();
        try {
            for (String line : lines) values.add(Json.field(line, name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return values;
    }

    private Shell.Said run(String... more) {
        return Shell.with(this::measure).run(Stream.concat(Stream.of("latency", folder.toString()), Stream.of(more)).toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
