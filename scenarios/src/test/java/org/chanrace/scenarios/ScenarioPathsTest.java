package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioPathsTest {
    @TempDir
    Path folder;

    @Test
    void foldersAreSearchedAndArgumentsKeepTheirOrder() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("b/c"));
        Path one = Files.createFile(deep.resolve("one.yaml"));
        Path two = Files.createFile(folder.resolve("a.yml"));
        Path other = Files.createFile(folder.resolve("scenario.txt"));
        Files.createFile(deep.resolve("notes.md"));
        assertThat(ScenarioPaths.expand(List.of(other, folder, one))).containsExactly(other, two, one, one);
    }

    @Test
    void aPathThatDoesNotExistIsNamed() {
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> ScenarioPaths.expand(List.of(folder, gone))).isInstanceOf(NoSuchFileException.class).hasMessage(gone.toString());
    }
}
