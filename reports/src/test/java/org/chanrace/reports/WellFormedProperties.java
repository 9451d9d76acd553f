package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Whatever a name, a reason or a message is, every document can be read back and says the same. */
class WellFormedProperties {
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> nasty = Arbitraries.of("<script>alert(1)</script>", "]]>", "--><!--", "&amp;", "\"'`", "{{title}}", "{{{style}}}", "\u0000", "\u001b[31m", "\ud800",
                "\udc00\ud800", "\ufffe", "\u0085", "\r\n", "\t", "</style>", "</svg>", "</title>", "a\u2028b", "💥", "✗", "\u202e", "'; rm -rf /");
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(12);
        Arbitrary<String> plain = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(300);
        return Arbitraries.oneOf(nasty, any, plain).list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("", parts)).filter(text -> !text.isEmpty());
    }

    @Property(tries = 150)
    void svg(@ForAll("texts") String text) throws Exception {
        Document document = Xml.parse(SvgDiagram.document(Samples.saying(text)).orElseThrow());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(Xml.elements(document, "script")).isEmpty();
    }

    /** Every line is one of the few that Mermaid is given, and a text in it holds nothing that could end it or begin something else. */
    @Property(tries = 150)
    void mermaid(@ForAll("texts") String text) {
        String diagram = MermaidDiagram.of(Samples.saying(text).result(), List.of(text, text)).orElseThrow();
        String safe = "(?:[\\p{L}\\p{Nd} .,()\\[\\]/_+=×→'!?-]|#[0-9]+;)+";
        String line = "sequenceDiagram|    (?:box transparent (?:Source|Destination)|end|participant [A-Z_]+ as " + safe + "|[A-Z_]+(?:->>|-x)[A-Z_]+: " + safe
                + "|Note over [A-Z_]+(?:,[A-Z_]+)?: " + safe + "(?:<br/>" + safe + ")*)";
        assertThat(diagram.split("\n")).allMatch(l -> l.matches(line));
    }

    @Property(tries = 150)
    void junit(@ForAll("texts") String text) throws Exception {
        StringBuilder out = new StringBuilder();
        JunitReport.write(List.of(Samples.saying(text)), List.of(new FileProblem(text + "2", 1, 1, text, text)), out);
        Document document = Xml.parse(out.toString());
        assertThat(Xml.elements(document, "failure")).hasSize(1);
        assertThat(Xml.elements(document, "testcase").get(0).getAttribute("name")).isEqualTo(Characters.oneLine(text));
        assertThat(Xml.elements(document, "error").get(0).getAttribute("message")).isEqualTo(Characters.oneLine(text));
    }

    @Property(tries = 100)
    void html(@ForAll("texts") String text) throws Exception {
        StringBuilder out = new StringBuilder();
        HtmlReport.write(List.of(Samples.saying(text)), List.of(new FileProblem(text, 1, 1, text, text)), out);
        Document document = Xml.parseHtml(out.toString());
        assertThat(Xml.elements(document, "script")).isEmpty();
        assertThat(Xml.elements(document, "a")).hasSize(1);
        assertThat(Xml.elements(document, "a").get(0).getTextContent()).isEqualTo(Characters.oneLine(text));
        assertThat(Xml.elements(document, "svg")).hasSize(1);
    }

    @Property(tries = 150)
    void json(@ForAll("texts") String text) throws Exception {
        for (String line : List.of(JsonReport.line(Samples.saying(text), true), JsonReport.line(new FileProblem(text, 1, 1, text, text)))) {
            assertThat(line).doesNotContain("\n");
            List<String> strings = new ArrayList<>();
            try (JsonParser parser = new JsonFactory().createParser(line)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken())
                    if (token == JsonToken.VALUE_STRING) strings.add(parser.getText());
            }
            assertThat(strings).contains(Characters.encodable(text));
        }
    }

    @Property(tries = 150)
    void textHasOneLineForARun(@ForAll("texts") String text) {
        ReportedRun run = Samples.saying(text);
        TextReport report = new TextReport(new TextReport.Options(false, false, 120, false));
        assertThat(report.line(run, TextReport.nameWidth(List.of(run.scenario().name())), true)).doesNotContain("\n", "\r", "\u001b");
    }

    @Property(tries = 60)
    void asciiIsAscii(@ForAll("texts") String text) throws Exception {
        StringBuilder out = new StringBuilder();
        new TextReport(new TextReport.Options(false, true, 120, true)).write(List.of(Samples.saying(text)), List.of(new FileProblem(text, 1, 1, text, text)), out);
        assertThat(out.chars().filter(c -> c >= 0x7f || (c < 0x20 && c != '\n')).boxed().toList()).isEmpty();
    }

    @Property(tries = 60)
    void idsAreUniqueAndReferencesHold(@ForAll("texts") String text) throws Exception {
        ReportedRun strange = Samples.saying(text);
        List<ReportedRun> runs = new ArrayList<>(Samples.all());
        runs.add(strange);
        runs.add(new ReportedRun(strange.scenario(), strange.file() + "/other", strange.result()));
        StringBuilder out = new StringBuilder();
        HtmlReport.write(runs, List.of(), out);
        Document document = Xml.parseHtml(out.toString());
        Set<String> ids = new HashSet<>();
        for (Element element : Xml.elements(document, "*"))
            if (element.hasAttribute("id")) assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
        for (Element element : Xml.elements(document, "*")) {
            for (String name : List.of("fill", "marker-end")) {
                String value = element.getAttribute(name);
                if (value.startsWith("url(#")) assertThat(ids).contains(value.substring(5, value.length() - 1));
            }
            if (element.getAttribute("href").startsWith("#")) assertThat(ids).contains(element.getAttribute("href").substring(1));
        }
    }

    @Property(tries = 60)
    void comparisons(@ForAll("texts") String text) throws Exception {
        Scenario scenario = Samples.saying(text).scenario();
        LatencyColumn.Gathering gathering = new LatencyColumn.Gathering(text, scenario, List.of(text));
        for (long seed = 1; seed <= 2; seed++) gathering.add(LatencySamples.run(scenario, seed, Outcome.COMPLETED, Optional.of(LatencySamples.ofOneRun())));
        LatencyComparison strange = new LatencyComparison(scenario, text, 1, 2, List.of(gathering.column(), gathering.column()));
        StringBuilder html = new StringBuilder();
        LatencyHtml.write(List.of(strange), List.of(new FileProblem(text, 1, 1, text, text)), 0, html);
        Document page = Xml.parseHtml(html.toString());
        assertThat(Xml.elements(page, "script")).isEmpty();
        assertThat(Xml.elements(page, "h2").get(1).getTextContent()).isEqualTo(Characters.oneLine(text));
        assertThat(Xml.elements(page, "svg")).hasSize(6);
        assertThat(new LatencyText(140).comparison(strange)).doesNotContain("\r", "\u001b");
        String line = LatencyJson.line(strange, 1);
        assertThat(line).doesNotContain("\n");
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            while (parser.nextToken() != null) continue;
        }
    }

    @Property(tries = 60)
    void explorations(@ForAll("texts") String text) throws Exception {
        ExploredPairing strange = ExplorationSamples.saying(text);
        List<ExploredPairing> pairings = new ArrayList<>(ExplorationSamples.all());
        pairings.add(strange);
        List<FileProblem> problems = List.of(new FileProblem(text, 1, 1, text, text));
        StringBuilder html = new StringBuilder();
        ExplorationHtml.write(pairings, problems, 0, html);
        Document page = Xml.parseHtml(html.toString());
        assertThat(Xml.elements(page, "script")).isEmpty();
        assertThat(Xml.elements(page, "li")).anyMatch(li -> li.getTextContent().equals(Characters.oneLine(text)));
        Set<String> ids = new HashSet<>();
        for (Element element : Xml.elements(page, "*"))
            if (element.hasAttribute("id")) assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
        for (Element element : Xml.elements(page, "a")) assertThat(ids).contains(element.getAttribute("href").substring(1));

        StringBuilder junit = new StringBuilder();
        ExplorationJunit.write(pairings, problems, 0, junit);
        assertThat(Xml.elements(Xml.parse(junit.toString()), "testcase")).hasSize(7);

        String line = ExplorationJson.line(strange);
        assertThat(line).doesNotContain("\n");
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            while (parser.nextToken() != null) continue;
        }
        assertThat(new ExplorationText(new TextReport.Options(false, false, 120, false)).pairing(strange)).doesNotContain("\r", "\u001b");
        assertThat(new ExplorationText(new TextReport.Options(false, true, 120, false)).pairing(strange).chars().filter(c -> c >= 0x7f || (c < 0x20 && c != '\n')).boxed().toList()).isEmpty();
    }
}
