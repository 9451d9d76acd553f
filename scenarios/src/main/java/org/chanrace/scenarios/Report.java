package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Collects the problems of one document; a problem met twice, through an alias, counts once. */
final class Report {
    private static final int PROBLEMS_MAX = 200;

    private final String file;
    private final List<String> lines;
    private final int lineOffset;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private boolean full;

    /**
     * @param file as shown to the user
     * @param lines of the whole file
     * @param lineOffset lines of the file before this document's text
     */
    Report(String file, List<String> lines, int lineOffset) {
        this.file = file;
        this.lines = lines;
        this.lineOffset = lineOffset;
    }

    String file() {
        return file;
    }

    void at(Node node, String message) {
        at(node, message, "");
    }

    void at(Node node, BadValue bad) {
        at(node, bad.getMessage(), bad.hint());
    }

    void at(Node node, String message, String hint) {
        at(node.getStartMark(), message, hint);
    }

    void at(Optional<Mark> mark, String message, String hint) {
        add(lineOf(mark), mark.map(m -> m.getColumn() + 1).orElse(1), message, hint);
    }

    private void add(int line, int column, String message, String hint) {
        String wholeLine = line <= lines.size() ? lines.get(line - 1) : "";
        add(Problem.in(file, line, column, message, wholeLine, hint));
    }

    /** A problem in the text of a scalar, at so many characters from its beginning; at the scalar's beginning where lines cannot be told. */
    void inScalar(ScalarNode node, int offset, String message) {
        if (node.getScalarStyle() != ScalarStyle.LITERAL || node.getStartMark().isEmpty()) {
            at(node, message);
            return;
        }
        String text = node.getValue();
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        int lineEnd = text.indexOf('\n', offset) < 0 ? text.length() : text.indexOf('\n', offset);
        int line = lineOf(node.getStartMark()) + 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        // What the file's line has more than the scalar's is its indentation.
        int indent = line <= lines.size() ? Math.max(0, lines.get(line - 1).length() - (lineEnd - lineStart)) : 0;
        add(line, indent + offset - lineStart + 1, message, "");
    }

    /** A problem in this document's text, with the line counted from the document's beginning, from 0. */
    void inText(int line, int column, String message) {
        add(line + lineOffset + 1, column + 1, message, "");
    }

    /** A problem that may be in another file. */
    void add(Problem problem) {
        if (problems.size() < PROBLEMS_MAX) problems.add(problem);
        else if (!full) {
            full = true;
            problems.add(new Problem(problem.file(), problem.line(), problem.column(),
                    "more than " + PROBLEMS_MAX + " problems in this document; the others are not listed", "", ""));
        }
    }

    int lineOf(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + lineOffset + 1;
    }

    boolean isClean() {
        return problems.isEmpty();
    }

    /** How many problems so far. */
    int count() {
        return problems.size();
    }

    /** What was found, by position where it is in this file; stable for the same position. */
    List<Problem> problems() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort((a, b) -> !a.file().equals(b.file()) ? Boolean.compare(!a.file().equals(file), !b.file().equals(file))
                : a.line() != b.line() ? Integer.compare(a.line(), b.line()) : Integer.compare(a.column(), b.column()));
        return sorted;
    }
}
