package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierCapsulesTest {
    @TempDir
    private Path report;

    @BeforeEach
    void fourCapsules() throws IOException {
        Files.createDirectory(report.resolve("capsules"));
        for (String name : List.of("run.capsule.yaml", "explored.capsule.yaml", "again.capsule.yaml", "of-somebody-else.capsule.yaml"))
            Files.writeString(report.resolve("capsules").resolve(name), "capsule: 1\n");
    }

    @Test
    void whatTheReportBeforeNamesAndTheNewOneDoesNotIsDeleted() throws IOException {
        results("""
                {"scenario":"a","capsule":"out/capsules/run.capsule.yaml"}
                {"scenario":"b","capsule":null}
                {"scenario":"c","outcomes":[{"capsule":"out/capsules/explored.capsule.yaml"},{ "capsule" : "again.capsule.yaml"}]}
                """);
        EarlierCapsules.of(report).deleteBut(List.of("elsewhere/capsules/again.capsule.yaml"));
        assertThat(kept()).containsExactly("again.capsule.yaml", "of-somebody-else.capsule.yaml");
    }

    @Test
    void whatIsNoCapsuleIsNotDeleted() throws IOException {
        Files.writeString(report.resolve("capsules/notes.txt"), "mine");
        results("""
                {"scenario":"run.capsule.yaml","title":"capsule","reason":"again.capsule.yaml","capsule":"capsules/notes.txt"}
                {"capsule":"../../\\u0000.capsule.yaml"}
                """);
        EarlierCapsules.of(report).deleteBut(List.of());
        assertThat(kept()).hasSize(5);
    }

    @Test
    void withoutAReportThatCanBeReadNothingIsDeleted() throws IOException {
        EarlierCapsules.of(report).deleteBut(List.of());
        results("""
                {"scenario":"a","capsule":"capsules/run.capsule.yaml"}
                {"scenario":
                """);
        EarlierCapsules.of(report).deleteBut(List.of());
        assertThat(kept()).hasSize(4);
    }

    private void results(String lines) throws IOException {
        Files.writeString(report.resolve("results.jsonl"), lines);
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(report.resolve("capsules"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
