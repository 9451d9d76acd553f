package org.chanrace.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chanrace.model.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** The files that we ship are scenarios, say what they are about, and expect something. */
class LibraryTest {
    private static final Path LIBRARY = Path.of("library");
    private static final Path OBSERVED = Path.of("observed");

    @Test
    void everyFileOfTheLibraryTellsItsStory() throws NoSuchFileException {
        List<Path> files = ScenarioPaths.expand(List.of(LIBRARY));
        assertThat(files).hasSizeGreaterThanOrEqualTo(28);
        Set<String> names = new TreeSet<>();
        for (Path file : files) {
            for (Loaded loaded : loadAll(file)) {
                Scenario s = loaded.scenario();
                assertThat(s.title()).as(file.toString()).isNotEmpty();
                assertThat(s.because()).as(file.toString()).matches("[0-9a-f]{10}");
                assertThat(s.expectation()).as(file.toString()).isPresent();
                names.add(file.getParent().getFileName() + "/" + s.name());
            }
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(files.size());
    }

    @Test
    void everyObservedRunIsAScenario() throws NoSuchFileException {
        List<Path> files = ScenarioPaths.expand(List.of(OBSERVED));
        assertThat(files).hasSizeGreaterThan(400);
        for (Path file : files) {
            List<Loaded> loaded = loadAll(file);
            assertThat(loaded).hasSize(1);
            assertThat(loaded.get(0).scenario().expectation()).as(file.toString()).isPresent();
            assertThat(loaded.get(0).scenario().name() + ".yaml").isEqualTo(file.getFileName().toString());
        }
    }

    @Test
    void theTableOfConnectionsIsAboutTheObservedRuns() throws IOException {
        Set<String> cases = new TreeSet<>();
        for (Path file : ScenarioPaths.expand(List.of(OBSERVED))) cases.add(file.getFileName().toString().replace(".yaml", ""));
        List<String> rows = new ArrayList<>(Files.readAllLines(OBSERVED.resolve("taken-for.csv")));
        assertThat(rows.remove(0)).isEqualTo("case,attempt,connection,channel,passed_on");
        for (String row : rows) {
            assertThat(row).matches("[^,]+,[12],(1,main|2,preempt),[12]?");
            assertThat(cases).contains(row.substring(0, row.indexOf(',')));
        }
    }

    /** Printing and reading again changes none of them. */
    @Test
    void everyFileSurvivesPrinting() throws NoSuchFileException {
        for (Path file : ScenarioPaths.expand(List.of(LIBRARY, OBSERVED))) {
            for (Loaded loaded : loadAll(file)) {
                LoadedFile again = ScenarioLoader.parse(ScenarioPrinter.print(loaded.scenario()), file.toString(), file.getParent());
                assertThat(again.problems()).isEmpty();
                assertThat(again.scenarios().get(0).scenario()).isEqualTo(loaded.scenario());
            }
        }
    }

    private static List<Loaded> loadAll(Path file) {
        LoadedFile loaded = ScenarioLoader.load(file, file.toString());
        assertThat(loaded.problems()).extracting(Problem::text).isEmpty();
        return loaded.scenarios();
    }
}
