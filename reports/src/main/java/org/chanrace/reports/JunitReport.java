package org.chanrace.reports;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * JUnit XML, as CI systems read it: a test suite for each file, a test case for each run; a run that is not as expected is a
 * failure, a file that could not be run an error. Times are left out: they would differ from one run to the next.
 */
public final class JunitReport {
    private JunitReport() {}

    /** What one file contributes. */
    private record Suite(List<ReportedRun> runs, List<FileProblem> problems) {
        int failures() {
            return (int) runs.stream().filter(run -> !run.asExpected()).count();
        }

        int tests() {
            return runs.size() + problems.size();
        }
    }

    /** The document; files in the order in which they first occur. */
    public static void write(List<ReportedRun> runs, List<FileProblem> problems, Appendable out) throws IOException {
        write(runs, problems, 0, out);
    }

    /** The document about an interrupted command; {@code notMade} runs were planned but not made, which is an error of its own. */
    public static void write(List<ReportedRun> all, List<FileProblem> bad, long notMade, Appendable out) throws IOException {
        List<ReportedRun> runs = all;
        List<FileProblem> problems = new ArrayList<>(bad);
        if (notMade > 0) problems.add(new FileProblem("partial", 0, 0, "interrupted: " + notMade + " runs were not made", ""));
        Map<String, Suite> suites = new LinkedHashMap<>();
        for (ReportedRun run : runs) suite(suites, run.file()).runs().add(run);
        for (FileProblem problem : problems) suite(suites, problem.file()).problems().add(problem);
        StringWriter document = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(document);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, 0);
            xml.writeStartElement("testsuites");
            attribute(xml, "name", "chanrace");
            counts(xml, suites.values());
            boolean seeds = TextReport.severalSeeds(runs);
            for (Map.Entry<String, Suite> suite : suites.entrySet()) write(xml, suite.getKey(), suite.getValue(), seeds);
            line(xml, 0);
            xml.writeEndElement();
            line(xml, 0);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("JUnit XML cannot be written: " + e.getMessage(), e);
        }
        out.append(document.getBuffer());
    }

    private static Suite suite(Map<String, Suite> suites, String file) {
        return suites.computeIfAbsent(file, f -> new Suite(new ArrayList<>(), new ArrayList<>()));
    }

    private static void counts(XMLStreamWriter xml, Iterable<Suite> suites) throws XMLStreamException {
        int tests = 0;
        int failures = 0;
        int errors = 0;
        for (Suite suite : suites) {
            tests += suite.tests();
            failures += suite.failures();
            errors += suite.problems().size();
        }
        attribute(xml, "tests", Integer.toString(tests));
        attribute(xml, "failures", Integer.toString(failures));
        attribute(xml, "errors", Integer.toString(errors));
        attribute(xml, "skipped", "0");
    }

    private static void write(XMLStreamWriter xml, String file, Suite suite, boolean seeds) throws XMLStreamException, IOException {
        line(xml, 1);
        xml.writeStartElement("testsuite");
        attribute(xml, "name", file);
        counts(xml, List.of(suite));
        for (ReportedRun run : suite.runs()) write(xml, run, seeds);
        for (FileProblem problem : suite.problems()) {
            start(xml, problem.line() == 0 ? "the file can be read" : "line " + problem.line() + ", column " + problem.column(), file);
            line(xml, 3);
            xml.writeStartElement("error");
            attribute(xml, "type", "bad-scenario");
            attribute(xml, "message", problem.message());
            xml.writeCharacters(Characters.legal(problem.place() + ": " + problem.message() + "\n" + problem.text()));
            xml.writeEndElement();
            line(xml, 2);
            xml.writeEndElement();
        }
        line(xml, 1);
        xml.writeEndElement();
    }

    private static void write(XMLStreamWriter xml, ReportedRun run, boolean seeds) throws XMLStreamException, IOException {
        start(xml, run.scenario().name() + (seeds ? " (seed " + run.result().seed() + ")" : ""), run.file());
        if (!run.asExpected()) {
            line(xml, 3);
            xml.writeStartElement("failure");
            attribute(xml, "type", run.result().verdict().outcome().text());
            attribute(xml, "message", String.join("; ", run.deviations()));
            xml.writeCharacters(Characters.legal(new TextReport(TextReport.Options.PLAIN).explanation(run)));
            xml.writeEndElement();
        }
        line(xml, 3);
        xml.writeStartElement("system-out");
        xml.writeCharacters(Characters.legal(run.result().verdict().outcome().text() + ": " + run.result().verdict().reason()));
        xml.writeEndElement();
        line(xml, 2);
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String name, String file) throws XMLStreamException {
        line(xml, 2);
        xml.writeStartElement("testcase");
        attribute(xml, "name", name);
        attribute(xml, "classname", file);
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Characters.oneLine(value));
    }

    private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
