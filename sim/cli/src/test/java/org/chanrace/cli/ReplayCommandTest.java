package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.ModelVersion;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.CapsulePrinter;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.capsule.Capsule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Capsules that the command line wrote, replayed by it. */
class ReplayCommandTest {
    private static final String TINY = """
            name: swapped
            source: 7.2.0
            destination: 7.2.0
            machine: pc-q35-7.2
            capabilities: [postcopy-ram, postcopy-preempt]
            parameters: {max-bandwidth: 200 KB/s}
            network: {relay: swap, send-buffer: 1 KiB, receive-buffer: 1 KiB}
            guest: {memory: 96 KiB, working-set: 64 KiB, dirty-rate: 400 KB/s}
            limit: {events: 5000}
            expect: completed
            """;

    @TempDir
    private Path folder;

    private final Shell shell = Shell.simulating();
    private Path capsule;
    private String text;

    @BeforeEach
    void keepARun() throws IOException {
        Path scenario = Files.writeString(folder.resolve("tiny.yaml"), TINY);
        assertThat(shell.run("run", scenario.toString(), "--seed", "5", "--capsules", folder.toString()).code()).isEqualTo(1);
        capsule = folder.resolve("swapped-seed5.capsule.yaml");
        text = Files.readString(capsule);
        assertThat(text).contains("outcome: precopy-stall");
    }

    @Test
    void whatWasKeptReplaysTheSame() throws IOException {
        Files.delete(folder.resolve("tiny.yaml"));
        Shell.Said said = shell.run("replay", capsule.toString());
        assertThat(said.code()).as(said.out()).isZero();
        assertThat(said.out().lines()).hasSize(2);
        assertThat(said.out()).startsWith("✓ " + capsule + "  same: precopy-stall, digest ").endsWith("1 capsule: 1 the same, 0 different\n");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void theTraceIsThatOfTheRun() throws IOException {
        Shell.Said run = shell.run("run", folder.resolve("tiny.yaml").toString(), "--seed", "5", "--format", "json", "--trace");
        Shell.Said replay = shell.run("replay", capsule.toString(), "--format", "json", "--trace");
        String trace = run.out().substring(run.out().indexOf("\"trace\":"), run.out().lastIndexOf(']'));
        assertThat(trace.length()).isGreaterThan(4000);
        assertThat(replay.out()).contains(trace);
        assertThat(shell.run("replay", capsule.toString(), "--trace").out()).contains("SOURCE").contains("chanrace replay " + capsule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // what to replace | by what | what is said
        "latency: 100 us | latency: 150 us | differs: still precopy-stall, with another digest; at pick ",
        "relay: swap | relay: natural | differs: recorded precopy-stall, now completed; at pick ",
        "outcome: precopy-stall | outcome: completed | differs: recorded completed, now precopy-stall; all that was done is the same, and judged otherwise",
        "digest: \" | digest: \"0123456789abcdef\" # | differs: still precopy-stall, with another digest; all ",
    })
    void whatDiffersIsNamedWithItsPlace(String what, String by, String says) throws IOException {
        assertThat(text).contains(what);
        Shell.Said said = shell.run("replay", file("changed.capsule.yaml", text.replace(what, by)).toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).startsWith("✗ ").contains("changed.capsule.yaml  " + says).endsWith("1 capsule: 0 the same, 1 different\n");
        assertThat(said.out().lines()).hasSize(2);
    }

    @Test
    void aScheduleOfAnotherRunIsSeen() throws IOException {
        String swapped = text.replaceFirst("(schedule: \\|\\n  )(\\w+) (\\w+) ", "$1$3 $2 ");
        assertThat(swapped).isNotEqualTo(text);
        Shell.Said said = shell.run("replay", file("changed.capsule.yaml", swapped).toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("differs: still precopy-stall, and the same digest, but the schedule is that of another run; at pick 1 of ");
    }

    @Test
    void aDepartureSaysWhenAndWhat() throws IOException {
        Shell.Said said = shell.run("replay", file("changed.capsule.yaml", text.replace("relay: swap", "relay: natural")).toString());
        assertThat(said.out()).containsPattern("at pick \\d+ of \\d+, \\d+\\.\\d{6} s, recorded was .*, which .*, and now comes .*: .*; the recorded order is not possible from pick \\d+ on");
    }

    @Test
    void anotherModelIsSaidClearly() throws IOException {
        String other = text.replaceFirst("(?m)^model: .*", "model: " + (ModelVersion.CURRENT + 3));
        String versions = "written by model " + (ModelVersion.CURRENT + 3) + ", this is model " + ModelVersion.CURRENT;
        Shell.Said same = shell.run("replay", file("same.capsule.yaml", other).toString());
        assertThat(same.code()).isZero();
        assertThat(same.out()).contains("same: precopy-stall").contains("(" + versions + ")");
        Shell.Said changed = shell.run("replay", file("changed.capsule.yaml", other.replace("latency: 100 us", "latency: 150 us")).toString());
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).contains("model changed: " + versions + ": still precopy-stall, with another digest; at pick ");
    }

    @Test
    void badCapsulesAreNamedAndTheGoodOnesReplayed() throws IOException {
        Path bad = file("bad.capsule.yaml", text.replace("seed: 5", "seed: five"));
        Shell.Said said = shell.run("replay", folder.toString(), folder.resolve("missing.capsule.yaml").toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("missing.capsule.yaml:1:1: there is no such file or folder").contains(bad + ":7:7: 'five' is not a whole number").contains("✓ " + capsule)
                .endsWith("1 capsule: 1 the same, 0 different, 2 errors\n");
        assertThat(shell.run("replay", folder.resolve("tiny.yaml").toString()).out()).contains("tiny.yaml:1:1: this is no capsule").contains("1 error");
    }

    @Test
    void anOrderReplaysTheSameAndOneThatIsImpossibleIsSaid() throws IOException {
        Scenario scenario = ScenarioLoader.parse(TINY, "tiny.yaml", folder).scenarios().get(0).scenario();
        Simulation simulation = Simulation.of(scenario);
        int[] order = lowestLanesFirst(simulation.steps(), 36);
        Capsule kept = Capsule.byOrder("0.1.0", "chosen by hand", scenario, order, simulation.replayOrder(order, false));
        Shell.Said same = shell.run("replay", file("order.capsule.yaml", CapsulePrinter.print(kept)).toString());
        assertThat(same.code()).as(same.out()).isZero();
        order[30] = Simulation.laneCount(scenario) - 1;
        Capsule impossible = Capsule.byOrder("0.1.0", "", scenario, order, simulation.run(5, false));
        Shell.Said said = shell.run("replay", file("order.capsule.yaml", CapsulePrinter.print(impossible)).toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).containsPattern("and now the recorded order is not possible; at pick \\d+ of 36, recorded was ");
    }

    private static int[] lowestLanesFirst(Steps steps, int picks) {
        steps.begin(5);
        int[] order = new int[picks];
        for (int i = 0; i < picks; i++) {
            while (!steps.isReady(order[i])) order[i]++;
            steps.handle(order[i]);
        }
        return order;
    }

    @Test
    void aFolderWithoutCapsulesIsBadUsage() throws IOException {
        Shell.Said said = shell.run("replay", Files.createDirectory(folder.resolve("empty")).toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("chanrace: no capsules (*.capsule.yaml) in ").hasLineCount(1);
        assertThat(shell.run("replay").code()).isEqualTo(2);
        assertThat(shell.run("replay", "--tracce", "x").err()).contains("did you mean --trace?");
    }

    @Test
    void outHasAReportOfTheRuns() throws IOException {
        Path out = folder.resolve("report");
        assertThat(shell.run("replay", capsule.toString(), "--out", out.toString()).code()).isZero();
        assertThat(Files.readString(out.resolve("index.html"))).contains("<svg").contains("chanrace replay " + capsule + " --trace");
        assertThat(Json.field(Files.readString(out.resolve("results.jsonl")), "capsule")).isEqualTo(capsule.toString());
        assertThat(out.resolve("junit.xml")).exists();
    }

    @Test
    void anInterruptionLeavesTheRestAndSaysSo() throws IOException {
        Interruption interruption = new Interruption();
        interruption.request();
        Shell.Said said = Shell.simulating().interruption(interruption).run("replay", capsule.toString(), "--format", "json");
        assertThat(said.code()).isEqualTo(130);
        assertThat(said.out()).isEqualTo("{\"partial\":true,\"finished\":0,\"planned\":1}\n");
        assertThat(said.err()).contains("interrupted: 1 capsules were not replayed");
    }

    @Test
    void theNamesInJsonAreTheDocumentedOnes() throws IOException {
        file("changed.capsule.yaml", text.replace("relay: swap", "relay: natural"));
        Shell.Said said = shell.run("replay", folder.toString(), "--format", "json");
        List<String> lines = said.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(Json.field(lines.get(0), "replay")).isEqualTo("differs");
        assertThat(Json.field(lines.get(1), "replay")).isEqualTo("same");
        assertThat(Json.names(lines.get(0))).containsExactlyElementsOf(Json.documented("A replay"));
        assertThat(Json.names(lines.get(0), "departure")).containsExactlyElementsOf(Json.documented("A departure"));
        assertThat(Json.names(lines.get(0), "run")).containsExactlyElementsOf(Json.documented("A run").stream().filter(name -> !name.startsWith("trace")).toList());
        assertThat(Json.field(lines.get(1), "departure")).isEqualTo("null");
    }

    /** Whatever becomes of a capsule on its way, the answer is a difference or a place in the file. */
    @Property(tries = 60)
    void aDamagedCapsuleIsAnswered(@ForAll("damages") Damage damage) throws IOException {
        Path own = Files.createTempDirectory("chanrace");
        try {
            Path scenario = Files.writeString(own.resolve("tiny.yaml"), TINY);
            Shell.simulating().run("run", scenario.toString(), "--capsules", own.toString());
            Path kept = own.resolve("swapped-seed1.capsule.yaml");
            String whole = Files.readString(kept);
            int at = whole.length() * damage.at() / 1000;
            Files.writeString(kept, whole.substring(0, at) + damage.put() + whole.substring(Math.min(whole.length(), at + damage.cut())));
            Shell.Said said = Shell.simulating().run("replay", kept.toString());
            assertThat(said.code()).as(said.out()).isBetween(0, 2);
            assertThat(said.out() + said.err()).doesNotContain("\tat ").doesNotContain("Exception").doesNotContain("internal error");
            if (said.code() == 0) assertThat(said.out()).contains("same: precopy-stall");
            if (said.code() == 2) assertThat(said.out()).contains("swapped-seed1.capsule.yaml:");
        } finally {
            try (var files = Files.list(own)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(own);
        }
    }

    record Damage(int at, int cut, String put) {}

    /** No digits are put in: a guest or a time that is a thousand times as large is no damage, only slow. */
    @Provide
    Arbitrary<Damage> damages() {
        Arbitrary<String> put = Arbitraries.of("", " ", "\n", "x", "(", ")", "*", ":", "{", "}", "\"", "---\n", "&a ", "*a", "\0", "é", "ns", "-");
        return Combinators.combine(Arbitraries.integers().between(0, 999), Arbitraries.integers().between(0, 2), put).as(Damage::new);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
