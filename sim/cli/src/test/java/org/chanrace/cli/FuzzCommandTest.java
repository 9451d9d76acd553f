package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzCommandTest {

    @TempDir
    private Path folder;

    private final Shell shell = Shell.simulating();

    private Shell.Said fuzz(String... arguments) {
        return shell.run(Stream.concat(Stream.of("fuzz"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String corpus() {
        return folder.resolve("corpus").toString();
    }

    private List<Path> kept(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("corpus"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
        }
    }

    @Test
    void aFindingIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("swap.yaml"), Scenarios.text("swap", "events: [{after: active, do: start-postcopy}]"));
        Shell.Said said = fuzz(file.toString(), "--schedules", "64", "--strategy", "pos", "--jobs", "1");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("finding 1  ").contains("  pairing       7.2.0 → 7.2.0, pc-q35-7.2\n").contains("  found         seed ").contains(", pos, by schedule ")
                .contains("  decided by    the ACK of connection 2 (preempt) arrives, which puts it into the accept queue, before the ACK of connection 1 (main)\n                arrives, which")
                .containsPattern("\n  \\d+ times? +[a-z-]+, because [^\n]+\n(                [^\n]+\n)* {16}findings? [0-9, ]*1").containsPattern("\n    name: swap\n    source: 7.2.0\n").containsPattern("\n64 schedules of 4 seeds; \\d+ states of \\d+ kinds; \\d+ findings?\n$");
        String last = said.out().lines().toList().get((int) said.out().lines().count() - 1);
        String states = last.replaceAll(".*; (\\d+) states of .*", "$1");
        String findings = last.replaceAll(".*; (\\d+ findings?)", "$1");
        assertThat(said.err()).matches("chanrace: 64 schedules in [0-9.]+ s, \\d+/s, " + states + " states, " + findings + "\n");
    }

    /** Of an order, and not of a run by time, in which it closes when it is said to. */
    @Test
    void aStrangerIsSaidToStayAsLongAsItLikes() throws IOException {
        String probed = "name: probed\nsource: 10.1.0\ndestination: 10.1.0\nmachine: q35\nevents: [{at: 0 s, do: probe, hold: 3600 s}]\n";
        Path file = Files.writeString(folder.resolve("probed.yaml"), probed);
        String stays = "  strangers     stay as long as they like, also to the end, whatever hold: says\n";
        String orders = fuzz(file.toString(), "--schedules", "256", "--strategy", "random").out();
        assertThat(orders).contains("do: probe").contains(stays);
        assertThat(fuzz(file.toString(), "--schedules", "256", "--strategy", "time").out()).contains("do: probe").doesNotContain(stays);
    }

    @ParameterizedTest
    @CsvSource({"text", "json"})
    void theOutputDoesNotDependOnTheNumberOfWorkers(String format) {
        String one = fuzz("--schedules", "120", "--format", format, "--jobs", "1").out();
        assertThat(fuzz("--schedules", "120", "--format", format, "--jobs", "4").out()).isEqualTo(one).isNotEmpty();
    }

    @Test
    void quietSaysNothingOfTheTime() {
        assertThat(fuzz("--releases", "7.2.0", "--schedules", "16", "--quiet").err()).isEmpty();
    }

    @Test
    void whereNothingIsFoundTheCodeIs0() {
        Shell.Said said = fuzz("--releases", "11.1.0", "--schedules", "1", "--seed", "2", "--strategy", "random");
        assertThat(said.out()).contains("; 0 findings");
        assertThat(said.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"POS", "Pos"})
    void theCaseOfAStrategyDoesNotMatter(String strategy) {
        String[] arguments = {"--releases", "7.2.0", "--schedules", "16", "--strategy"};
        String lower = fuzz(Stream.concat(Stream.of(arguments), Stream.of("pos")).toArray(String[]::new)).out();
        assertThat(fuzz(Stream.concat(Stream.of(arguments), Stream.of(strategy)).toArray(String[]::new)).out()).isEqualTo(lower);
    }

    @Test
    void theWallClockEndsIt() {
        Shell.Said said = fuzz("--releases", "7.2.0->10.1.0", "--for", "1 ms");
        assertThat(said.code()).isIn(0, 1);
        assertThat(said.out()).containsPattern("\\d+ schedules of \\d+ seeds?; ");
    }

    @Test
    void theCorpusIsReplayedFirst() throws IOException {
        String[] arguments = {"--releases", "7.2.0", "--schedules", "48", "--corpus", corpus()};
        Shell.Said first = fuzz(arguments);
        assertThat(first.code()).isEqualTo(1);
        List<Path> findings = kept("finding-");
        assertThat(findings).hasSizeGreaterThan(1);
        assertThat(kept("reached-")).isNotEmpty();
        assertThat(first.out()).contains("  replay        chanrace replay " + findings.get(0) + " --trace\n");
        assertThat(shell.run("replay", corpus()).code()).as("every capsule replays").isZero();

        Shell.Said second = fuzz(arguments);
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.out()).contains(findings.get(0) + "  still fails: ").contains("; 0 findings; " + findings.size() + " runs of the corpus failing\n").doesNotContain("finding 1");
        assertThat(kept("finding-")).isEqualTo(findings);
    }

    /** As if a later model, or a patched release, had repaired it. */
    @Test
    void anEntryThatNoLongerFailsIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("swap.yaml"), Scenarios.text("swap"));
        fuzz(file.toString(), "--schedules", "64", "--strategy", "pos", "--corpus", corpus());
        Path swap = kept("finding-").stream().filter(path -> contains(path, "relay: none") && contains(path, "taken for main")).findFirst().orElseThrow();
        String capsule = Files.readString(swap);
        for (Path other : kept("")) Files.delete(other);
        Files.writeString(swap, capsule.replaceAll("identification: A\\d", "identification: A5"));
        assertThat(Files.readString(swap)).isNotEqualTo(capsule);
        Shell.Said said = fuzz("--releases", "11.1.0", "--schedules", "1", "--seed", "2", "--strategy", "random", "--corpus", corpus());
        assertThat(said.out()).startsWith(swap + "  no longer fails\n");
        assertThat(said.code()).isZero();
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDamagedEntryIsNamedAndTheRestGoesOn() throws IOException {
        Files.createDirectory(folder.resolve("corpus"));
        Files.writeString(folder.resolve("corpus/finding-x.capsule.yaml"), "nonsense\n");
        Shell.Said said = fuzz("--releases", "11.1.0", "--schedules", "1", "--seed", "2", "--strategy", "random", "--corpus", corpus());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("finding-x.capsule.yaml:1:1: ").contains("1 schedule of 1 seed");
    }

    @Test
    void badFilesDoNotStopTheGoodOnes() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), Scenarios.text("a"));
        Files.writeString(folder.resolve("b.yaml"), "source: 7.2\n");
        Shell.Said said = fuzz(folder.toString(), "--schedules", "1");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("b.yaml:1:9: ").contains("1 schedule of 1 seed");
    }

    /** In each of the pairings in which it fails or passes, when it names some. */
    @Test
    void aScenarioIsFuzzedInItsPairings() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), Scenarios.text("a", "fails-in: [8.0-rc1 -> 7.2.0]", "passes-in: [8.0.0 -> 7.2.0]"));
        Shell.Said said = fuzz(file.toString(), "--schedules", "96", "--format", "json", "--strategy", "random");
        Set<String> sources = new LinkedHashSet<>();
        for (String line : said.out().lines().toList()) if (!Json.field(line, "source").isEmpty()) sources.add(Json.field(line, "source"));
        assertThat(sources).isNotEmpty().isSubsetOf("8.0-rc1", "8.0.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--for 60 | --for is a duration such as 60s, 10 min or 2 h, not 60",
        "--for 0s | --for must be more than nothing",
        "--for 999999999h | --for is too long",
        "--schedules 0 | --schedules must be at least 1",
        "--seed -1 | --seed must not be negative",
        "--jobs 0 | --jobs must be from 1 to 256",
        "--releases 7.2.1.0 | --releases: there is no release '7.2.1.0'",
        "--releases 7.2.0,10.1.x | did you mean 10.1.",
        "--strategy fast | expected one of [random, pct, pos, time] (case-insensitive) but was 'fast'",
        "a.yaml --releases 7.2.0 | either scenario files or --releases",
        "nowhere --schedules 1 | ",
    })
    void badUsageIsNamed(String arguments, String says) {
        Shell.Said said = fuzz((arguments + (arguments.contains("--for") ? "" : " --for 1ms")).split(" "));
        assertThat(said.code()).isEqualTo(2);
        if (says != null) assertThat(said.err()).contains(says).doesNotContain("Exception");
        else assertThat(said.out()).contains("nowhere:1:1: there is no such file or folder");
    }

    @Test
    void anInterruptionKeepsWhatWasFound() throws IOException {
        Interruption interruption = new Interruption();
        interruption.request();
        Shell.Said said = Shell.simulating().interruption(interruption).run("fuzz", "--schedules", "100", "--format", "json");
        assertThat(said.code()).isEqualTo(130);
        assertThat(Json.field(said.out(), "interrupted")).isEqualTo("true");
        assertThat(said.err()).contains("interrupted: what was found until then is written");
    }

    @Test
    void theNamesInJsonAreTheDocumentedOnes() throws IOException {
        String[] arguments = {"--releases", "7.2.0", "--schedules", "48", "--format", "json", "--corpus", corpus()};
        List<String> first = fuzz(arguments).out().lines().toList();
        List<String> second = fuzz(arguments).out().lines().toList();
        assertThat(Json.names(first.get(0))).containsExactlyElementsOf(Json.documented("A finding"));
        assertThat(Json.names(second.get(0))).containsExactlyElementsOf(Json.documented("A run of the corpus"));
        assertThat(Json.names(first.get(first.size() - 1))).containsExactlyElementsOf(Json.documented("What fuzzing came to"));
    }
}
