package org.chanrace.reports;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every document of the sample runs, byte for byte. */
class GoldenTest {
    private static final List<FileProblem> PROBLEMS = List.of(Samples.badFile());

    @TestFactory
    Stream<DynamicTest> documents() {
        return Stream.of(
                Golden.document("report.txt", out -> new TextReport(new TextReport.Options(false, false, 140, true)).write(Samples.all(), PROBLEMS, out)),
                Golden.document("report-ascii.txt", out -> new TextReport(new TextReport.Options(false, true, 160, false)).write(Samples.all(), PROBLEMS, out)),
                Golden.document("report-colour.txt", out -> new TextReport(new TextReport.Options(true, false, 100, false)).write(List.of(Samples.open()), List.of(), out)),
                Golden.document("results.jsonl", out -> JsonReport.write(Samples.all(), PROBLEMS, false, out)),
                Golden.document("junit.xml", out -> JunitReport.write(Samples.all(), PROBLEMS, out)),
                Golden.document("swapped.svg", out -> out.append(SvgDiagram.document(Samples.swapped()).orElseThrow())),
                Golden.document("completed.svg", out -> out.append(SvgDiagram.document(Samples.completed()).orElseThrow())),
                Golden.document("hung.svg", out -> out.append(SvgDiagram.document(Samples.hung()).orElseThrow())),
                Golden.document("recovered.svg", out -> out.append(SvgDiagram.document(Samples.recovered()).orElseThrow())),
                Golden.document("swapped.mmd", out -> out.append(MermaidDiagram.of(Samples.swapped().result(), List.of("preempt is accepted", "  before main; always")).orElseThrow())),
                Golden.document("recovered.mmd", out -> out.append(MermaidDiagram.of(Samples.recovered().result(), List.of()).orElseThrow())),
                Golden.document("latency.txt", GoldenTest::comparisons),
                Golden.document("latency.jsonl", out -> LatencyJson.write(List.of(LatencySamples.compared(), LatencySamples.alone()), PROBLEMS, out)),
                Golden.document("latency.html", out -> LatencyHtml.write(List.of(LatencySamples.compared(), LatencySamples.alone()), PROBLEMS, 0, out)),
                Golden.document("index.html", out -> HtmlReport.write(Samples.all(), PROBLEMS, out)));
    }

    private static void comparisons(Appendable out) throws IOException {
        for (LatencyComparison comparison : List.of(LatencySamples.compared(), LatencySamples.alone(), LatencySamples.many()))
            out.append(new LatencyText(140).comparison(comparison)).append('\n');
    }
}
