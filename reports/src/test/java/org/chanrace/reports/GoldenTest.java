package org.chanrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every document of the sample runs, byte for byte. */
class GoldenTest {
    private interface Document {
        void write(Appendable out) throws IOException;
    }

    private static final List<FileProblem> PROBLEMS = List.of(Samples.badFile());

    @TestFactory
    Stream<DynamicTest> documents() {
        return Stream.of(
                test("report.txt", out -> new TextReport(new TextReport.Options(false, false, 140, true)).write(Samples.all(), PROBLEMS, out)),
                test("report-ascii.txt", out -> new TextReport(new TextReport.Options(false, true, 160, false)).write(Samples.all(), PROBLEMS, out)),
                test("report-colour.txt", out -> new TextReport(new TextReport.Options(true, false, 100, false)).write(List.of(Samples.open()), List.of(), out)),
                test("results.jsonl", out -> JsonReport.write(Samples.all(), PROBLEMS, false, out)),
                test("junit.xml", out -> JunitReport.write(Samples.all(), PROBLEMS, out)),
                test("swapped.svg", out -> out.append(SvgDiagram.document(Samples.swapped()).orElseThrow())),
                test("completed.svg", out -> out.append(SvgDiagram.document(Samples.completed()).orElseThrow())),
                test("hung.svg", out -> out.append(SvgDiagram.document(Samples.hung()).orElseThrow())),
                test("recovered.svg", out -> out.append(SvgDiagram.document(Samples.recovered()).orElseThrow())),
                test("swapped.mmd", out -> out.append(MermaidDiagram.of(Samples.swapped().result(), List.of("preempt is accepted", "  before main; always")).orElseThrow())),
                test("recovered.mmd", out -> out.append(MermaidDiagram.of(Samples.recovered().result(), List.of()).orElseThrow())),
                test("index.html", out -> HtmlReport.write(Samples.all(), PROBLEMS, out)));
    }

    private static DynamicTest test(String name, Document document) {
        return DynamicTest.dynamicTest(name, () -> {
            StringBuilder once = new StringBuilder();
            document.write(once);
            StringBuilder again = new StringBuilder();
            document.write(again);
            assertThat(again.toString()).isEqualTo(once.toString());
            Golden.check(name, once.toString());
        });
    }
}
