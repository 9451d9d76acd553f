package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.chanrace.model.measure.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Documents about comparisons say what was measured, and are documented. */
class LatencyDocumentsTest {
    private static final String ROOT = "A column of a comparison";
    private static final Map<String, String> SECTIONS =
            Map.of("budget", "A stage of a budget", "throughput", "A throughput", "differences", "A difference", "runs", "A run of a column");

    @TempDir
    private Path temporary;

    @Test
    void everyNameOfTheJsonIsDocumentedAndNoOther() throws IOException {
        Map<String, Set<String>> written = new LinkedHashMap<>();
        LatencyComparison comparison = LatencySamples.compared();
        for (int column = 0; column < comparison.columns().size(); column++) names(LatencyJson.line(comparison, column), written);
        Map<String, Set<String>> documented = JsonDocumentationTest.documented();
        for (String section : written.keySet()) {
            assertThat(List.copyOf(written.get(section))).as(section).isEqualTo(List.copyOf(documented.getOrDefault(section, Set.of())));
        }
        assertThat(written.keySet()).hasSize(SECTIONS.size() + 1);
        String text = Files.readString(Path.of("JSON.md"));
        assertThat(Arrays.stream(Stage.values()).map(stage -> "`" + stage.key() + "`")).allMatch(text::contains);
    }

    @Test
    void variationsAndAgreementsAreDocumentedToo() throws IOException {
        LatencyColumn asItIs = LatencySamples.compared().columns().get(0);
        LatencyColumn.Gathering varied = new LatencyColumn.Gathering("x", asItIs.scenario(), List.of(), Optional.of(new LatencyVariation("p", "1 us", "halved", false)));
        LatencyComparison comparison = new LatencyComparison(asItIs.scenario(), "f.yaml", 1, 5, List.of(asItIs, varied.column()));
        assertThat(fields(LatencyJson.variations(comparison))).isEqualTo(List.copyOf(JsonDocumentationTest.documented().get("A variation")));
        PublishedLatency published = new PublishedLatency(asItIs.scenario().name(), OptionalDouble.of(1), List.of(new PublishedLatency.Bucket(5, 6, 3)));
        List<String> documented = new ArrayList<>(JsonDocumentationTest.documented().get("An agreement"));
        documented.addAll(JsonDocumentationTest.documented().get("A published range"));
        assertThat(fields(new LatencyAgreement(List.of(comparison), List.of(published)).json())).isEqualTo(documented);
    }

    private static List<String> fields(String line) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) if (token == JsonToken.FIELD_NAME) names.add(parser.currentName());
        }
        return names;
    }

    private static void names(String line, Map<String, Set<String>> sections) throws IOException {
        Deque<String> path = new ArrayDeque<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            String field = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> path.push(path.isEmpty() ? ROOT : SECTIONS.get(field));
                    case END_OBJECT -> path.pop();
                    case FIELD_NAME -> {
                        if (path.size() == 1) field = parser.currentName();
                        sections.computeIfAbsent(path.peek(), s -> new LinkedHashSet<>()).add(parser.currentName());
                    }
                    default -> { }
                }
            }
        }
    }

    @Test
    void theFolderHasThePageAndItsData() throws Exception {
        OutputFolder.writeLatencies(temporary, List.of(LatencySamples.compared()), List.of(Samples.badFile()), 3);
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("index.html", "results.jsonl");
        }
        assertThat(Files.readString(temporary.resolve("results.jsonl"))).endsWith("{\"partial\":true,\"finished\":15,\"planned\":18}\n").hasLineCount(5);
        assertThat(Files.readString(temporary.resolve("index.html"))).contains("(partial)", "<b>3</b> runs not made");
    }

    @Test
    void thePageNeedsNothingElseAndItsReferencesHold() throws Exception {
        StringBuilder out = new StringBuilder();
        LatencyHtml.write(List.of(LatencySamples.compared(), LatencySamples.compared(), LatencySamples.alone(), LatencySamples.many()), List.of(), 0, out);
        Document page = Xml.parseHtml(out.toString());
        assertThat(Xml.elements(page, "script")).isEmpty();
        assertThat(Xml.elements(page, "svg")).allMatch(svg -> svg.getAttribute("role").equals("img") && !svg.getElementsByTagName("title").item(0).getTextContent().isEmpty());
        Set<String> ids = new LinkedHashSet<>();
        for (Element element : Xml.elements(page, "*")) if (element.hasAttribute("id")) assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
        for (Element element : Xml.elements(page, "*")) {
            if (element.getAttribute("fill").startsWith("url(#")) assertThat(ids).contains(element.getAttribute("fill").substring(5, element.getAttribute("fill").length() - 1));
            if (!element.getAttribute("aria-labelledby").isEmpty()) assertThat(ids).contains(element.getAttribute("aria-labelledby"));
        }
        assertThat(out.toString()).doesNotContain("src=", "href=", "@import");
    }

    @Test
    void barsOfABudgetFillTheirLength() throws Exception {
        LatencyComparison comparison = LatencySamples.compared();
        Document svg = Xml.parse(LatencyPlots.of(comparison, "p-").get(1));
        Map<String, List<Element>> rows = new LinkedHashMap<>();
        for (Element rect : Xml.elements(svg, "rect"))
            if (rect.getAttribute("height").equals("26")) rows.computeIfAbsent(rect.getAttribute("y"), y -> new ArrayList<>()).add(rect);
        assertThat(rows).hasSize(2 * comparison.columns().size());
        List<Integer> lengths = rows.values().stream().map(row -> row.stream().mapToInt(rect -> Integer.parseInt(rect.getAttribute("width"))).sum()).toList();
        assertThat(lengths).containsExactly(760, lengths.get(1), lengths.get(2), 760, 760, 760);
        double longest = comparison.columns().get(0).mean().orElseThrow().mean();
        assertThat(lengths.get(1)).isEqualTo((int) Math.round(760 * comparison.columns().get(1).mean().orElseThrow().mean() / longest));
        for (List<Element> row : rows.values()) {
            int at = Integer.parseInt(row.get(0).getAttribute("x"));
            for (Element rect : row) {
                assertThat(Integer.parseInt(rect.getAttribute("x"))).as("end to end").isEqualTo(at);
                at += Integer.parseInt(rect.getAttribute("width"));
            }
        }
    }

    @Test
    void aHistogramNamesEachBucketWithItsFaults() throws Exception {
        LatencyComparison comparison = LatencySamples.compared();
        Document svg = Xml.parse(LatencyPlots.of(comparison, "p-").get(3));
        List<String> tooltips = Xml.elements(svg, "rect").stream().map(Element::getTextContent).toList();
        assertThat(tooltips).contains("128–256 us: 12,682 faults, 59 %", "8–16 ms: 25 faults, 0.1 %").hasSize(8);
    }
}
