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
 * JUnit XML: a test suite for each file, a test case for whatever was tried of it, an error for a file that could not be read. Times are left out: they would
 * differ from one run to the next.
 */
final class JunitDocument {
    private final Map<String, Suite> suites = new LinkedHashMap<>();

    /** One thing that was tried. */
    interface Case {
        String name();

        /** Whether it was not as expected. */
        boolean hasFailed();

        /** What was not as expected; asked for only if it has failed. */
        Failure failure() throws IOException;

        /** What came out, in a line. */
        String out();
    }

    /**
     * @param type a word
     * @param message in a line
     * @param text all there is to say
     */
    record Failure(String type, String message, String text) {}

    /** What one file contributes. */
    private record Suite(List<Case> cases, List<FileProblem> problems) {
        int failures() {
            return (int) cases.stream().filter(Case::hasFailed).count();
        }

        int tests() {
            return cases.size() + problems.size();
        }
    }

    void add(String file, Case tried) {
        suite(file).cases().add(tried);
    }

    void add(FileProblem problem) {
        suite(problem.file()).problems().add(problem);
    }

    private Suite suite(String file) {
        return suites.computeIfAbsent(file, f -> new Suite(new ArrayList<>(), new ArrayList<>()));
    }

    /** Writes the document; files in the order in which they were first added. */
    void write(Appendable out) throws IOException {
        StringWriter document = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(document);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, 0);
            xml.writeStartElement("testsuites");
            attribute(xml, "name", "chanrace");
            counts(xml, suites.values());
            for (Map.Entry<String, Suite> suite : suites.entrySet()) write(xml, suite.getKey(), suite.getValue());
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

    private static void write(XMLStreamWriter xml, String file, Suite suite) throws XMLStreamException, IOException {
        line(xml, 1);
        xml.writeStartElement("testsuite");
        attribute(xml, "name", file);
        counts(xml, List.of(suite));
        for (Case tried : suite.cases()) write(xml, file, tried);
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

    private static void write(XMLStreamWriter xml, String file, Case tried) throws XMLStreamException, IOException {
        start(xml, tried.name(), file);
        if (tried.hasFailed()) {
            Failure failure = tried.failure();
            line(xml, 3);
            xml.writeStartElement("failure");
            attribute(xml, "type", failure.type());
            attribute(xml, "message", failure.message());
            xml.writeCharacters(Characters.legal(failure.text()));
            xml.writeEndElement();
        }
        line(xml, 3);
        xml.writeStartElement("system-out");
        xml.writeCharacters(Characters.legal(tried.out()));
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
