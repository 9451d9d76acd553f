package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path temporary;

    @Test
    void threeFilesAndNothingElse() throws Exception {
        Path folder = temporary.resolve("deep/er");
        OutputFolder.write(folder, Samples.all(), List.of(Samples.badFile()));
        assertThat(names(folder)).containsExactly("index.html", "junit.xml", "results.jsonl");
        assertThat(Files.readAllLines(folder.resolve("results.jsonl"))).hasSize(6);
    }

    @Test
    void writesOverOldReports() throws Exception {
        OutputFolder.write(temporary, Samples.all(), List.of());
        OutputFolder.write(temporary, List.of(Samples.open()), List.of());
        assertThat(Files.readAllLines(temporary.resolve("results.jsonl"))).hasSize(1);
    }

    @Test
    void anInterruptedCommandSaysSoInEveryFile() throws Exception {
        OutputFolder.write(temporary, List.of(Samples.open()), List.of(), 4);
        assertThat(Files.readString(temporary.resolve("results.jsonl"))).endsWith("{\"partial\":true,\"finished\":1,\"planned\":5}\n");
        assertThat(Files.readString(temporary.resolve("junit.xml"))).contains("errors=\"1\"", "interrupted: 4 runs were not made");
        assertThat(Files.readString(temporary.resolve("index.html"))).contains("(partial)", "<b>4</b> runs not made");
    }

    @Test
    void aFileInTheWay() throws Exception {
        Path file = Files.writeString(temporary.resolve("report"), "mine");
        assertThatThrownBy(() -> OutputFolder.write(file, Samples.all(), List.of())).isInstanceOf(OutputException.class)
                .hasMessage("cannot write reports to " + file + ": it is a file, not a folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFailureLeavesTheOldReportsAndNoParts() throws Exception {
        OutputFolder.write(temporary, Samples.all(), List.of());
        String before = Files.readString(temporary.resolve("results.jsonl"));
        Files.createDirectory(temporary.resolve(".index.html.part"));
        Files.createFile(temporary.resolve(".index.html.part/occupied"));
        assertThatThrownBy(() -> OutputFolder.write(temporary, List.of(Samples.open()), List.of())).isInstanceOf(OutputException.class)
                .hasMessageStartingWith("cannot write " + temporary.resolve("index.html") + ": ").hasMessageNotContaining("\n");
        assertThat(temporary.resolve("results.jsonl")).hasContent(before);
        assertThat(names(temporary)).contains("index.html", "junit.xml", "results.jsonl").doesNotContain(".results.jsonl.part", ".junit.xml.part");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
