package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Documents about explorations: byte for byte those of hand-made ones, and documented. */
class ExplorationDocumentsTest {
    private static final String ROOT = "An explored pairing";

    /** The section of JSON.md that describes the objects of a name. */
    private static final Map<String, String> SECTIONS = Map.ofEntries(Map.entry("bounds", "The bounds of an explored pairing"), Map.entry("outcomes", "An ending"),
            Map.entry("explanation", "An explanation"), Map.entry("core", "A pair of the ordering core"), Map.entry("before", "An event of an order"),
            Map.entry("after", "An event of an order"), Map.entry("goes_on", "An event of an order"), Map.entry("instead", "An event of an order"),
            Map.entry("otherwise", "Another order"), Map.entry("order", "Another order"), Map.entry("parting", "A parting"), Map.entry("disturbance", "A disturbance"),
            Map.entry("provocation", "A provocation"), Map.entry("durations", "A duration"), Map.entry("timing", "A timing"), Map.entry("longer", "What takes longer"), Map.entry("delays", "A delay"), Map.entry("moments", "A moment"), Map.entry("forces", "A forced order"));

    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> golden() {
        List<FileProblem> problems = List.of(Samples.badFile());
        return Stream.of(
                Golden.document("explored.txt", out -> text(new TextReport.Options(false, false, 140, false), out)),
                Golden.document("explored-ascii.txt", out -> text(new TextReport.Options(false, true, 100, false), out)),
                Golden.document("explored-colour.txt", out -> text(new TextReport.Options(true, false, 140, false), out)),
                Golden.document("explored.jsonl", out -> ExplorationJson.write(ExplorationSamples.all(), problems, out)),
                Golden.document("explored-junit.xml", out -> ExplorationJunit.write(ExplorationSamples.all(), problems, 2, out)),
                Golden.document("explored.html", out -> ExplorationHtml.write(ExplorationSamples.all(), problems, 2, out)));
    }

    private static void text(TextReport.Options options, Appendable out) throws IOException {
        ExplorationText text = new ExplorationText(options);
        for (ExploredPairing pairing : ExplorationSamples.all()) out.append(text.pairing(pairing)).append('\n');
        out.append(text.problem(Samples.badFile())).append('\n').append(text.summary(2, 1, 1, 1)).append('\n');
    }

    @Test
    void everyNameOfTheJsonIsDocumentedAndNoOther() throws IOException {
        Map<String, Set<String>> written = new LinkedHashMap<>();
        for (ExploredPairing pairing : ExplorationSamples.all()) names(ExplorationJson.line(pairing), written);
        Map<String, Set<String>> documented = JsonDocumentationTest.documented();
        for (String section : written.keySet()) assertThat(List.copyOf(written.get(section))).as(section).isEqualTo(List.copyOf(documented.getOrDefault(section, Set.of())));
        Set<String> all = new LinkedHashSet<>(SECTIONS.values());
        all.add(ROOT);
        assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(all);
    }

    private static void names(String line, Map<String, Set<String>> sections) throws IOException {
        Deque<String> path = new ArrayDeque<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            String field = "";
            Deque<String> arrays = new ArrayDeque<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_ARRAY -> arrays.push(field);
                    case END_ARRAY -> field = arrays.pop();
                    case START_OBJECT -> path.push(path.isEmpty() ? ROOT : SECTIONS.get(parser.getParsingContext().getParent().inArray() ? arrays.peek() : field));
                    case END_OBJECT -> path.pop();
                    case FIELD_NAME -> {
                        field = parser.currentName();
                        sections.computeIfAbsent(path.peek(), s -> new LinkedHashSet<>()).add(field);
                    }
                    default -> { }
                }
            }
        }
    }

    @Test
    void theFolderHasThreeFilesThatSayWhatWasNotExplored() throws Exception {
        OutputFolder.writeExplorations(temporary, ExplorationSamples.all(), List.of(Samples.badFile()), 3);
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("index.html", "junit.xml", "results.jsonl");
        }
        assertThat(Files.readString(temporary.resolve("results.jsonl"))).endsWith("{\"partial\":true,\"finished\":5,\"planned\":8}\n").hasLineCount(7);
        assertThat(Files.readString(temporary.resolve("junit.xml"))).contains("interrupted: 3 pairings were not explored");
        assertThat(Files.readString(temporary.resolve("index.html"))).contains("(partial)", "<b>3</b> pairings not explored");
    }
}
