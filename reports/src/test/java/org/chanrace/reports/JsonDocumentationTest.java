package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** JSON.md names what the output has, and nothing else. */
class JsonDocumentationTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\|.*");
    private static final String RUN = "A run";
    private static final Map<String, String> SECTIONS = Map.of("waits", "A wait", "cycle", "A wait", "taken_for", "A connection", "trace", "An event of the trace");

    @Test
    void namesOfRunsInTheirOrder() throws IOException {
        assertThat(List.copyOf(written(JsonReport.line(Samples.swapped(), true)).get(RUN))).isEqualTo(List.copyOf(documented().get(RUN)));
    }

    @Test
    void namesOfEverythingInRuns() throws IOException {
        Map<String, Set<String>> written = new LinkedHashMap<>();
        for (ReportedRun run : Samples.all()) written(JsonReport.line(run, true)).forEach((section, names) -> written.merge(section, names, (a, b) -> {
            a.addAll(b);
            return a;
        }));
        Map<String, Set<String>> documented = documented();
        for (String section : written.keySet()) assertThat(written.get(section)).as(section).isEqualTo(documented.get(section));
        assertThat(written.keySet()).containsExactlyInAnyOrder(RUN, "A wait", "A connection", "An event of the trace");
    }

    @Test
    void namesOfBadFiles() throws IOException {
        assertThat(written(JsonReport.line(Samples.badFile())).get(RUN)).isEqualTo(documented().get("A bad file"));
    }

    @Test
    void namesOfAnInterruptedCommand() throws IOException {
        assertThat(JsonReport.partial(3, 4)).isEqualTo("{\"partial\":true,\"finished\":3,\"planned\":7}");
        assertThat(written(JsonReport.partial(3, 4)).get(RUN)).isEqualTo(documented().get("An interrupted command"));
    }

    @Test
    void noTraceUnlessAskedFor() throws IOException {
        assertThat(written(JsonReport.line(Samples.swapped(), false)).get(RUN)).doesNotContain("trace", "trace_omitted");
        assertThat(written(JsonReport.line(Samples.open(), true)).get(RUN)).doesNotContain("trace", "trace_omitted");
    }

    @Test
    void statusOfASideThatDoesNotAnswerIsNull() {
        assertThat(JsonReport.line(Samples.hung(), false)).contains("\"source_status\":\"active\",\"destination_status\":null");
        assertThat(JsonReport.line(Samples.hung(), false)).contains("\"accepted_ns\":null,\"closed_ns\":null,\"closed_by\":null");
    }

    static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> sections = new LinkedHashMap<>();
        String section = "";
        for (String line : Files.readAllLines(Path.of("JSON.md"))) {
            if (line.startsWith("## ")) section = line.substring(3);
            Matcher row = ROW.matcher(line);
            if (row.matches()) sections.computeIfAbsent(section, s -> new LinkedHashSet<>()).add(row.group(1));
        }
        return sections;
    }

    private static Map<String, Set<String>> written(String line) throws IOException {
        Map<String, Set<String>> sections = new LinkedHashMap<>();
        List<String> path = new ArrayList<>();
        String field = RUN;
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> path.add(path.isEmpty() ? RUN : SECTIONS.get(field));
                    case END_OBJECT -> path.remove(path.size() - 1);
                    case FIELD_NAME -> {
                        String name = parser.currentName();
                        if (path.size() == 1) field = name;
                        sections.computeIfAbsent(path.get(path.size() - 1), s -> new LinkedHashSet<>()).add(name);
                    }
                    default -> { }
                }
            }
        }
        return sections;
    }
}
