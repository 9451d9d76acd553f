package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments to bytes and exit codes. Outcomes are made up: a scenario whose name has "stall" stalls on even seeds. */
class RunCommandTest {
    private static final Engine ENGINE = (scenario, seed, traced) -> {
        if (scenario.name().contains("broken")) throw new IllegalStateException("a fault of ours");
        if (scenario.name().contains("huge")) throw new OutOfMemoryError();
        boolean stalls = scenario.name().contains("stall") && seed % 2 == 0;
        return Results.result(scenario, seed, traced, stalls ? Outcome.PRECOPY_STALL : Outcome.COMPLETED);
    };

    @TempDir
    private Path folder;

    private final Shell shell = Shell.with(ENGINE);

    @Test
    void allAsExpectedIsZero() throws IOException {
        file("a.yaml", Scenarios.text("fine", "expect: completed"));
        Shell.Said said = run();
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("fine").contains("completed");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void aRunThatIsNotAsExpectedIsOneAndIsExplained() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        Shell.Said said = run("--seed", "2");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("precopy-stall").contains("the source waits for the destination, which waits for the source").contains("cancel the migration");
        assertThat(said.out()).as("its diagram").contains("SYN");
    }

    @Test
    void failOnChoosesWhatCounts() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: precopy-stall"));
        assertThat(run("--seed", "2").code()).isZero();
        assertThat(run("--seed", "2", "--fail-on", "bad").code()).isEqualTo(1);
        assertThat(run("--seed", "1").code()).isEqualTo(1);
        assertThat(run("--seed", "1", "--fail-on", "bad").code()).isZero();
        assertThat(run("--seed", "1", "--fail-on", "never").code()).isZero();
    }

    @Test
    void aBadFileIsNamedAndTheGoodOnesRun() throws IOException {
        file("a.yaml", Scenarios.text("first"));
        file("b.yaml", Scenarios.text("second", "netwrok: {latency: 100 us}"));
        file("c.yaml", Scenarios.text("third"));
        Shell.Said said = run();
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("first").contains("third").contains("b.yaml:6:1").contains("netwrok").contains("network");
        assertThat(said.err().lines()).hasSize(1);
    }

    @Test
    void jsonHasTheBadFileBesideTheResults() throws IOException {
        file("a.yaml", Scenarios.text("first"));
        file("b.yaml", "name: [");
        file("c.yaml", Scenarios.text("third"));
        Shell.Said said = run("--format", "json");
        List<String> lines = said.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(Json.field(lines.get(0), "scenario")).isEqualTo("first");
        assertThat(Json.field(lines.get(1), "file")).endsWith("b.yaml");
        assertThat(Json.field(lines.get(1), "error")).isNotEmpty();
        assertThat(Json.field(lines.get(1), "line")).isEqualTo("1");
        assertThat(Json.field(lines.get(2), "scenario")).isEqualTo("third");
    }

    @Test
    void aPathThatDoesNotExistIsNamedAndTheOthersRun() throws IOException {
        Path good = file("a.yaml", Scenarios.text("first"));
        Shell.Said said = shell.run("run", folder.resolve("missing.yaml").toString(), good.toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("missing.yaml").contains("there is no such file or folder").contains("first");
    }

    @Test
    void aFolderWithoutScenariosIsBadUsage() {
        Shell.Said said = run();
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("chanrace: no scenario files").hasLineCount(1);
    }

    @Test
    void aScenarioThatDoesNotFitIsNamedAndTheOthersRun() throws IOException {
        file("a.yaml", Scenarios.text("huge"));
        file("b.yaml", Scenarios.text("second"));
        Shell.Said said = run("--runs", "3", "--format", "json");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out().lines()).hasSize(4);
        assertThat(Json.field(said.out().lines().toList().get(0), "error")).contains("huge, seed 1").contains("-Xmx");
    }

    @Test
    void aFaultOfOursIsOneLineAndSeventy() throws IOException {
        file("a.yaml", Scenarios.text("broken"));
        file("b.yaml", Scenarios.text("second"));
        Shell.Said said = run();
        assertThat(said.code()).isEqualTo(70);
        assertThat(said.out()).contains("internal error: IllegalStateException: a fault of ours").contains("second");
        assertThat(said.out() + said.err()).doesNotContain("\tat ");
        Shell.Said debugged = Shell.with(ENGINE).environment(Map.of("CHANRACE_DEBUG", "1")).run("run", folder.toString());
        assertThat(debugged.err()).contains("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "junit"})
    void theOutputDoesNotDependOnTheNumberOfWorkers(String format) throws IOException {
        for (int i = 0; i < 9; i++) file(i + ".yaml", Scenarios.text("scenario-" + i + (i % 3 == 0 ? "-stall" : ""), "expect: completed"));
        for (String trace : new String[] {"--quiet", "--trace"}) {
            Shell.Said one = run("--format", format, "--runs", "20", "--jobs", "1", trace);
            Shell.Said four = run("--format", format, "--runs", "20", "--jobs", "4", trace);
            assertThat(four.out()).isEqualTo(one.out()).isNotEmpty();
            assertThat(four.code()).isEqualTo(one.code()).isEqualTo(1);
        }
    }

    @Test
    void permutingTheFilesPermutesTheOutputAndNothingElse() throws IOException {
        List<String> files = new ArrayList<>();
        for (String name : List.of("a", "b-stall", "c", "d-stall")) files.add(file(name + ".yaml", Scenarios.text(name)).toString());
        List<String> lines = lines(files);
        List<String> permuted = lines(List.of(files.get(2), files.get(0), files.get(3), files.get(1)));
        assertThat(permuted).containsExactly(lines.get(2), lines.get(0), lines.get(3), lines.get(1));
    }

    @Test
    void aFileNamedTwiceIsRunOnce() throws IOException {
        String file = file("a.yaml", Scenarios.text("a")).toString();
        assertThat(lines(List.of(file, folder.toString(), file))).hasSize(1);
    }

    @Test
    void severalRunsAreTallied() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: [completed, precopy-stall, failed]"));
        Shell.Said said = run("--runs", "5");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("completed 3, precopy-stall 2").contains("seen: completed, precopy-stall; not seen: failed");
    }

    @Test
    void outHasAllThreeDocuments() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        file("b.yaml", "name: [");
        Path out = folder.resolve("report/of today");
        Shell.Said said = run("--out", out.toString(), "--seed", "2");
        assertThat(said.code()).isEqualTo(2);
        assertThat(Files.readString(out.resolve("index.html"))).contains("a-stall").contains("<svg").contains("b.yaml");
        assertThat(Files.readString(out.resolve("results.jsonl"))).contains("\"outcome\":\"precopy-stall\"").contains("b.yaml");
        assertThat(Files.readString(out.resolve("junit.xml"))).contains("<failure").contains("<error");
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("index.html", "results.jsonl", "junit.xml", "capsules");
        }
    }

    @Test
    void everyRunThatFailsLeavesACapsuleThatTheReportsName() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        file("b.yaml", Scenarios.text("a-stall", "expect: completed"));
        file("c.yaml", Scenarios.text("c-stall"));
        Path out = folder.resolve("report of today");
        Shell.Said said = run("--out", out.toString(), "--seed", "1", "--runs", "4");
        assertThat(said.code()).isEqualTo(1);
        try (var files = Files.list(out.resolve("capsules"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("a-stall-seed2.capsule.yaml", "a-stall-seed4.capsule.yaml",
                    "a-stall-seed2-2.capsule.yaml", "a-stall-seed4-2.capsule.yaml");
        }
        String first = out.resolve("capsules/a-stall-seed2.capsule.yaml").toString();
        assertThat(said.out()).contains("replay        chanrace replay '" + first + "'\n").doesNotContain("To keep each run");
        List<String> lines = Files.readAllLines(out.resolve("results.jsonl"));
        assertThat(Json.field(lines.get(0), "capsule")).isEqualTo("null");
        assertThat(Json.field(lines.get(1), "capsule")).isEqualTo(first);
        assertThat(Json.field(lines.get(5), "capsule")).endsWith("a-stall-seed2-2.capsule.yaml");
        assertThat(Files.readString(out.resolve("index.html"))).contains("chanrace replay &#x27;" + first);
        assertThat(Files.readString(out.resolve("junit.xml"))).contains("chanrace replay '" + first);
        assertThat(Files.readString(Path.of(first))).contains("outcome: precopy-stall").contains("note: \"expected outcome completed, got precopy-stall\"");
    }

    @Test
    void capsulesAreForTheFolderThatIsNamedAndForWhatMakesTheCommandFail() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: precopy-stall"));
        file("b.yaml", Scenarios.text("b-stall"));
        Path capsules = folder.resolve("kept");
        assertThat(run("--capsules", capsules.toString(), "--seed", "2").code()).isZero();
        assertThat(capsules).isEmptyDirectory();
        Shell.Said said = run("--capsules", capsules.toString(), "--seed", "2", "--fail-on", "bad", "--out", folder.resolve("report").toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(capsules.resolve("a-stall-seed2.capsule.yaml")).exists();
        assertThat(capsules.resolve("b-stall-seed2.capsule.yaml")).exists();
        assertThat(folder.resolve("report/capsules")).doesNotExist();
    }

    @Test
    void whoeverKeepsNoCapsulesIsToldHowOnceAndOnlyWhenSomethingFailed() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        assertThat(run("--seed", "2", "--runs", "5").out()).containsOnlyOnce("--capsules DIR");
        assertThat(run("--seed", "1").out()).doesNotContain("--capsules");
    }

    @Test
    void capsulesThatCannotBeWrittenAreKnownBeforeAnythingRuns() throws IOException {
        file("a.yaml", Scenarios.text("a"));
        Path inTheWay = file("in-the-way", "");
        Shell.Said said = run("--capsules", inTheWay.toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("chanrace: cannot write to --capsules").hasLineCount(1);
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidToBeSuch() throws IOException {
        Path nowhere = Path.of("/proc/chanrace");
        assumeTrue(Files.isDirectory(nowhere.getParent()), "there is a folder in which nothing can be made");
        file("a.yaml", Scenarios.text("a"));
        Shell.Said said = run("--out", nowhere.toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isEqualTo("chanrace: cannot write to --out /proc/chanrace: /proc/chanrace: this cannot be created\n");
    }

    /** As on a full disk: the folder was there when the command began. */
    @Test
    void runsGoOnWhenACapsuleCannotBeWritten() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        Path capsules = folder.resolve("kept");
        Engine engine = (scenario, seed, traced) -> {
            if (seed == 3) inTheWayOf(capsules);
            return ENGINE.run(scenario, seed, traced);
        };
        Shell.Said said = Shell.with(engine).run("run", folder.resolve("a.yaml").toString(), "--capsules", capsules.toString(), "--seed", "3", "--runs", "6", "--format", "json");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isEqualTo("chanrace: cannot write " + capsules.resolve("a-stall-seed4.capsule.yaml") + ": a file of the folder's name is in the way\n");
        assertThat(said.out().lines()).hasSize(6).allSatisfy(line -> assertThat(line).contains("\"capsule\":null"));
    }

    private static void inTheWayOf(Path folder) {
        try {
            Files.delete(folder);
            Files.createFile(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aReportHasNoCapsulesOfTheReportBefore() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        Path out = folder.resolve("report");
        Path capsules = out.resolve("capsules");
        run("--out", out.toString(), "--seed", "2", "--runs", "3");
        Files.writeString(capsules.resolve("of-somebody-else.capsule.yaml"), "");
        assertThat(names(capsules)).containsExactly("a-stall-seed2.capsule.yaml", "a-stall-seed4.capsule.yaml", "of-somebody-else.capsule.yaml");
        run("--out", out.toString(), "--seed", "4", "--runs", "3");
        assertThat(names(capsules)).containsExactly("a-stall-seed4.capsule.yaml", "a-stall-seed6.capsule.yaml", "of-somebody-else.capsule.yaml");
        Files.writeString(out.resolve("results.jsonl"), "{\"capsule\":\"x/../of-somebody-else.yaml\"}\n{\"capsule\":\"of-somebody-else.txt\"}\n");
        run("--out", out.toString(), "--seed", "1");
        assertThat(names(capsules)).contains("of-somebody-else.capsule.yaml", "a-stall-seed4.capsule.yaml");
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "run x --seed abc | Invalid value for option '--seed': 'abc' is not a whole number",
        "run x --seed 99999999999999999999 | '99999999999999999999' is too large: at most 9223372036854775807",
        "run x --runs 99999999999 | '99999999999' is too large: at most 2147483647",
        "run x --runs -99999999999 | '-99999999999' is too small: at least -2147483648",
        "run x --jobs 1.5 | '1.5' is not a whole number",
        "run x --color | Missing required parameter",
        "run x --sed 1 | there is no option --sed; did you mean --seed?",
        "rnu x | there is no command 'rnu'; did you mean run?",
    })
    void badUsageIsToldInPlainWords(String arguments, String says) {
        Shell.Said said = shell.run(arguments.split(" "));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("chanrace: ").contains(says).contains("\nchanrace: try: chanrace ").hasLineCount(2);
        assertThat(said.out()).isEmpty();
    }

    @Test
    void whatCannotBeAPathIsToldInPlainWords() {
        assertThat(shell.run("run", "a\0b").err()).startsWith("chanrace: Invalid value for PATH: 'a\uFFFDb' cannot be the name of a file\n").doesNotContain("java");
    }

    @Test
    void thereIsALimitToCapsulesAndItIsTold() throws IOException {
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        Path capsules = folder.resolve("kept");
        int runs = 2 * CapsuleKeeper.KEPT_MAX + 20;
        Shell.Said said = run("--capsules", capsules.toString(), "--runs", Integer.toString(runs), "--format", "json");
        assertThat(said.err()).contains("10 more runs have no capsule in ");
        try (var files = Files.list(capsules)) {
            assertThat(files).hasSize(CapsuleKeeper.KEPT_MAX);
        }
        assertThat(Json.field(said.out().lines().toList().get(2 * CapsuleKeeper.KEPT_MAX - 1), "capsule")).isNotEqualTo("null");
        assertThat(Json.field(said.out().lines().toList().get(runs - 1), "capsule")).isEqualTo("null");
    }

    @Test
    void anInterruptedRunKeepsItsCapsules() throws IOException {
        Interruption interruption = new Interruption();
        Engine engine = (scenario, seed, traced) -> {
            if (seed == 4) interruption.request();
            return Results.result(scenario, seed, traced, Outcome.PRECOPY_STALL);
        };
        file("a.yaml", Scenarios.text("a-stall", "expect: completed"));
        Path capsules = folder.resolve("kept");
        Shell.Said said = Shell.with(engine).interruption(interruption)
                .run("run", folder.toString(), "--runs", "100000", "--jobs", "1", "--format", "json", "--capsules", capsules.toString());
        assertThat(said.code()).isEqualTo(130);
        List<String> named = new ArrayList<>();
        for (String line : said.out().lines().toList()) if (!Json.field(line, "scenario").isEmpty()) named.add(Json.field(line, "capsule"));
        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(Path.of(name)).exists());
    }

    @Test
    void aCapsuleIsNotRunAsAScenario() throws IOException {
        file("a.yaml", Scenarios.text("a"));
        Path capsule = file("x.capsule.yaml", "capsule: 1\n");
        assertThat(run().code()).as("in a folder it does not count").isZero();
        Shell.Said said = shell.run("run", capsule.toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("x.capsule.yaml:1:1: this is a capsule, not a scenario: chanrace replay");
    }

    @Test
    void anOutThatCannotBeWrittenIsKnownBeforeAnythingRuns() throws IOException {
        file("a.yaml", Scenarios.text("a"));
        Path inTheWay = file("in-the-way", "");
        Shell.Said said = run("--out", inTheWay.resolve("report").toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("in-the-way").hasLineCount(1);
    }

    @Test
    void afterAnInterruptionWhatIsFinishedIsWrittenAndMarked() throws IOException {
        Interruption interruption = new Interruption();
        Engine engine = (scenario, seed, traced) -> {
            if (seed == 3) interruption.request();
            return Results.completed(scenario, seed, traced);
        };
        file("a.yaml", Scenarios.text("a"));
        Path out = folder.resolve("report");
        Shell.Said said = Shell.with(engine).interruption(interruption)
                .run("run", folder.toString(), "--runs", "100000", "--jobs", "1", "--format", "json", "--out", out.toString());
        assertThat(said.code()).isEqualTo(130);
        assertThat(said.err()).contains("interrupted: ").contains(" of 100000 runs were finished");
        List<String> lines = said.out().lines().toList();
        assertThat(Json.field(lines.get(lines.size() - 1), "partial")).isEqualTo("true");
        assertThat(lines.size()).isBetween(2, 99_999);
        assertThat(Files.readString(out.resolve("results.jsonl"))).contains("\"partial\":true");
        assertThat(Files.readString(out.resolve("index.html"))).containsIgnoringCase("partial");
    }

    @Test
    void colorIsForTerminalsAndForThoseWhoAsk() throws IOException {
        file("a.yaml", Scenarios.text("a"));
        assertThat(run().out()).doesNotContain("\u001b");
        assertThat(run("--color", "always").out()).contains("\u001b[");
        assertThat(Shell.with(ENGINE).onTerminal().run("run", folder.toString()).out()).contains("\u001b[");
        assertThat(Shell.with(ENGINE).onTerminal().run("run", folder.toString(), "--color", "never").out()).doesNotContain("\u001b");
        assertThat(Shell.with(ENGINE).onTerminal().environment(Map.of("NO_COLOR", "1")).run("run", folder.toString()).out()).doesNotContain("\u001b");
    }

    @Test
    void progressIsForTerminalsAndNeverInTheData() throws IOException {
        file("a.yaml", Scenarios.text("a"));
        Shell.Said onTerminal = Shell.with(RunCommandTest::slowly).onTerminal().run("run", folder.toString(), "--runs", "2", "--jobs", "1");
        assertThat(onTerminal.err()).contains("\r\u001b[K0 of 2 runs").endsWith("\r\u001b[K");
        assertThat(onTerminal.out()).doesNotContain("\r").contains("completed 2");
        assertThat(Shell.with(RunCommandTest::slowly).run("run", folder.toString()).err()).isEmpty();
        assertThat(Shell.with(RunCommandTest::slowly).onTerminal().run("run", folder.toString(), "--quiet").err()).isEmpty();
        assertThat(Shell.with(RunCommandTest::slowly).onTerminal().environment(Map.of("CI", "true")).run("run", folder.toString()).err()).isEmpty();
    }

    /** Long enough for the writer to become impatient and show where it is. */
    private static RunResult slowly(Scenario scenario, long seed, boolean withTrace) {
        LockSupport.parkNanos(500_000_000);
        return Results.completed(scenario, seed, withTrace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--runs 0", "--jobs 0", "--jobs 5000", "--seed x", "--format yaml", "--fail-on all", "--color red", "--sed 4", "--seed 9223372036854775807 --runs 2"})
    void badUsageIsTwoAndShort(String options) throws IOException {
        file("a.yaml", Scenarios.text("a"));
        Shell.Said said = run(options.split(" "));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("chanrace: ").endsWith("try: chanrace run --help\n").hasLineCount(2);
    }

    @Test
    void aMisspeltOptionOrCommandGetsASuggestion() {
        assertThat(run("--sed", "4").err()).contains("did you mean --seed?");
        assertThat(shell.run("rnu").err()).contains("did you mean run?");
        assertThat(shell.run().code()).isEqualTo(2);
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(shell.run("--help").out()).contains("Usage: chanrace").contains("run").contains("releases").contains("130");
        assertThat(shell.run("run", "--help").out()).contains("--fail-on").contains("unexpected, bad, never");
        assertThat(shell.run("--version").out()).startsWith("chanrace ").contains("Java " + System.getProperty("java.version"));
        assertThat(shell.run("--help").code()).isZero();
    }

    private List<String> lines(List<String> files) {
        List<String> arguments = new ArrayList<>(List.of("run", "--seed", "2", "--format", "json"));
        arguments.addAll(files);
        return shell.run(arguments.toArray(String[]::new)).out().lines().toList();
    }

    private Shell.Said run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", folder.toString()));
        arguments.addAll(List.of(options));
        return shell.run(arguments.toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
