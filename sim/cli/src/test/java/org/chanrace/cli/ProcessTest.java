package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process of its own can show: Ctrl-C, a full disk, a reader that goes away. */
class ProcessTest {
    private static final int RUNS = 1_000_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anInterruptionKeepsWhatIsFinishedAndSaysSo(String signal, int code) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is a kill");
        Files.writeString(folder.resolve("a.yaml"), Scenarios.text("a"));
        Process process = start(List.of("run", folder.resolve("a.yaml").toString(), "--runs", Integer.toString(RUNS), "--format", "json"));
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (lines.isEmpty()) assertThat(new ProcessBuilder("/bin/kill", "-" + signal, Long.toString(process.pid())).start().waitFor()).isZero();
                lines.add(line);
            }
        }
        assertThat(process.waitFor()).isEqualTo(code);
        String last = lines.get(lines.size() - 1);
        assertThat(Json.field(last, "partial")).isEqualTo("true");
        assertThat(Json.field(last, "planned")).isEqualTo(Integer.toString(RUNS));
        assertThat(Integer.parseInt(Json.field(last, "finished"))).isEqualTo(lines.size() - 1).isLessThan(RUNS);
        for (String line : lines.subList(0, lines.size() - 1)) assertThat(Json.field(line, "scenario")).isEqualTo("a");
        assertThat(said(process)).startsWith("chanrace: interrupted: ").doesNotContain("Exception");
    }

    @Test
    void ctrlCLeavesAWholeFolderThatSaysItIsPartial() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is a kill");
        Files.writeString(folder.resolve("a.yaml"), Scenarios.text("a"));
        Path out = folder.resolve("report");
        // Runs with a trace are written one by one, so the first line means that the work has begun and is far from its end.
        Process process = start(List.of("run", folder.resolve("a.yaml").toString(), "--runs", "1000000", "--trace", "--format", "json", "--out", out.toString()));
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.readLine();
            assertThat(new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor()).isZero();
            while (lines.readLine() != null) continue;
        }
        assertThat(process.waitFor()).isEqualTo(130);
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("index.html", "results.jsonl", "junit.xml");
        }
        assertThat(Files.readString(out.resolve("results.jsonl"))).contains("{\"partial\":true,");
        assertThat(Files.readString(out.resolve("index.html"))).contains("partial").endsWith("</html>\n");
    }

    @Test
    void ctrlCKeepsThePairingsThatAreExplored() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is a kill");
        Files.writeString(folder.resolve("a.yaml"), Scenarios.text("first", "explore: {pages: 2, precopy-rounds: 0}"));
        Files.writeString(folder.resolve("b.yaml"), Scenarios.text("endless", "explore: {pages: 64, precopy-rounds: 8, faults: 8, network-cuts: 8, operator: [start-postcopy, resume, resume, cancel]}"));
        Path out = folder.resolve("report");
        Process process = start(List.of("explore", folder.toString(), "--format", "json", "--no-explain", "--no-reduction", "--max-memory", "400MiB", "--out", out.toString()));
        List<String> lines = new ArrayList<>();
        try (BufferedReader data = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = data.readLine(); line != null; line = data.readLine()) {
                if (lines.isEmpty()) assertThat(new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor()).isZero();
                lines.add(line);
            }
        }
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(lines).hasSize(2);
        assertThat(Json.field(lines.get(0), "scenario")).isEqualTo("first");
        assertThat(lines.get(1)).isEqualTo("{\"partial\":true,\"finished\":1,\"planned\":2}");
        assertThat(Files.readAllLines(out.resolve("results.jsonl"))).isEqualTo(lines);
        assertThat(Files.readString(out.resolve("index.html"))).contains("(partial)").endsWith("</html>\n");
        assertThat(said(process)).contains("chanrace: interrupted: 1 of 2 pairings").doesNotContain("Exception");
    }

    @Test
    void ctrlCKeepsWhatFuzzingHasFound() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is a kill");
        Path corpus = folder.resolve("corpus");
        Process process = start(List.of("fuzz", "--releases", "7.2.0", "--for", "1 h", "--format", "json", "--corpus", corpus.toString()));
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (lines.isEmpty()) assertThat(new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor()).isZero();
                lines.add(line);
            }
        }
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(Json.field(lines.get(lines.size() - 1), "interrupted")).isEqualTo("true");
        for (String line : lines.subList(0, lines.size() - 1)) assertThat(Path.of(Json.field(line, "capsule"))).exists();
        assertThat(lines).hasSizeGreaterThan(1);
        assertThat(said(process)).contains("interrupted: ").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "releases"})
    void aFullDiskIsOneLineAndTwo(String command) throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is a /dev/full");
        Files.writeString(folder.resolve("a.yaml"), Scenarios.text("a"));
        List<String> arguments = command.equals("run") ? List.of("run", folder.toString()) : List.of("releases");
        Process process = builder(arguments).redirectOutput(full.toFile()).start();
        assertThat(said(process)).startsWith("chanrace: cannot write the output: ").hasLineCount(1);
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void aReaderThatGoesAwayIsNoError() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), Scenarios.text("a"));
        Process process = start(List.of("run", folder.toString(), "--runs", Integer.toString(RUNS), "--format", "json"));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("{");
        }
        assertThat(said(process)).isEmpty();
        assertThat(process.waitFor()).isEqualTo(141);
    }

    @Test
    void aReportIsWrittenThoughNobodyReadsTheOutput() throws Exception {
        Files.writeString(folder.resolve("a.yaml"), Scenarios.text("a"));
        Path out = folder.resolve("report");
        int runs = 2_000;
        Process process = start(List.of("run", folder.resolve("a.yaml").toString(), "--runs", Integer.toString(runs), "--format", "json", "--out", out.toString()));
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).startsWith("{");
        }
        assertThat(said(process)).isEmpty();
        assertThat(process.waitFor()).isEqualTo(141);
        assertThat(Files.readAllLines(out.resolve("results.jsonl"))).hasSize(runs).noneMatch(line -> line.contains("partial"));
        assertThat(out.resolve("index.html")).exists();
    }

    private static Process start(List<String> arguments) throws IOException {
        return builder(arguments).start();
    }

    private static ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>();
        // A shell in the background makes its children deaf to Ctrl-C, and Maven may have been started by one.
        if (canResetSignals()) command.addAll(List.of("env", "--default-signal=INT"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m",
                "-cp", System.getProperty("java.class.path"), "org.chanrace.cli.Main"));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    private static boolean canResetSignals() {
        try {
            return new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return said;
    }
}
