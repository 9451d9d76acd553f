package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to exhaust a reader end in one clear problem. */
class LimitsTest {
    @TempDir
    Path folder;

    @Test
    void aliasBombs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) bomb.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
        assertOneProblem(bomb.toString(), "each alias counted as all that it stands for");
        assertOneProblem("a: &a x\nb: [" + "*a, ".repeat(200) + "*a]\n", "more than 100 aliases in a document");
    }

    @Test
    void anAliasOfItself() {
        assertOneProblem("a: &a [b, *a]\n", "the alias *a stands inside of what it stands for");
    }

    @Test
    void deepNesting() {
        assertOneProblem("a: " + "[".repeat(100_000), "nested deeper than 32");
        assertOneProblem("{a: ".repeat(100_000), "nested deeper than 32");
    }

    @Test
    void manyLines() {
        assertOneProblem("a: b\n".repeat(150_000), "this file has 150000 lines; at most 100000 are read");
    }

    @Test
    void manyDocuments() {
        assertOneProblem("---\na: b\n".repeat(1200), "this file has 1200 documents; at most 1000 are read");
    }

    @Test
    void manyValues() {
        assertOneProblem("a: [" + "x,".repeat(200_000) + "x]\n", "more than 100000 values in a document");
    }

    @Test
    void manyProblems() {
        StringBuilder text = new StringBuilder("source: 7.2.0\n");
        for (int i = 0; i < 5000; i++) text.append("zz").append(i).append(": 1\n");
        text.append("guest: {memory: 10 TiB}\n");
        assertThat(ScenarioLoader.parse(text.toString(), "x.yaml", Path.of(".")).problems()).hasSize(201)
                .anySatisfy(p -> assertThat(p.message()).contains("more than 200 problems"));
    }

    @Test
    void largeFiles() throws IOException {
        Path file = folder.resolve("large.yaml");
        byte[] block = "# nothing but a comment, again and again\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 100; i++) out.write(block);
        }
        assertThat(ScenarioLoader.load(file, "large.yaml").problems()).singleElement()
                .satisfies(p -> assertThat(p.oneLine()).isEqualTo("large.yaml:1:1: this file is larger than 4 MiB, more than a scenario file may be"));
    }

    private static void assertOneProblem(String text, String says) {
        LoadedFile file = ScenarioLoader.parse(text, "x.yaml", Path.of("."));
        assertThat(file.scenarios()).isEmpty();
        assertThat(file.problems()).singleElement().satisfies(p -> assertThat(p.message()).contains(says));
    }
}
