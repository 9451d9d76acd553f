package org.chanrace.scenarios;

import java.util.Objects;

/**
 * Something wrong in a file, for the person who wrote it.
 *
 * @param file the file's name as it was shown to the user
 * @param line from 1
 * @param column from 1, in code points
 * @param message what is wrong and what would be right, one line
 * @param excerpt the offending line; of a long line, the {@value #EXCERPT_MAX} characters around the column; may be empty
 * @param hint the nearest valid name, or what is valid here; may be empty
 */
public record Problem(String file, int line, int column, String message, String excerpt, String hint) {
    /** An excerpt has at most so many code points, besides the ellipsis that it begins with when the line's beginning is cut. */
    static final int EXCERPT_MAX = 160;

    private static final int KEPT_BEFORE = 80;

    public Problem {
        Objects.requireNonNull(file);
        Objects.requireNonNull(message);
        Objects.requireNonNull(excerpt);
        Objects.requireNonNull(hint);
    }

    /** A problem in a line of text; what a terminal must not see of the line is replaced. */
    static Problem in(String file, int line, int column, String message, String wholeLine, String hint) {
        int[] codePoints = wholeLine.codePoints().map(c -> c == '\t' ? ' ' : Character.isISOControl(c) ? 0xFFFD : c).toArray();
        int from = Math.min(cutBefore(column), codePoints.length);
        int to = Math.min(codePoints.length, from + EXCERPT_MAX);
        return new Problem(file, line, column, message, (from > 0 ? "…" : "") + new String(codePoints, from, to - from), hint);
    }

    private static int cutBefore(int column) {
        return column <= EXCERPT_MAX ? 0 : column - 1 - KEPT_BEFORE;
    }

    /** {@code file:line:column: message (hint)}. */
    public String oneLine() {
        return file + ":" + line + ":" + column + ": " + message + (hint.isEmpty() ? "" : " (" + hint + ")");
    }

    /** Several lines: where and what, the excerpt with a caret under the column, the hint. No newline at the end. */
    public String text() {
        StringBuilder out = new StringBuilder(file).append(':').append(line).append(':').append(column).append(": ").append(message);
        String number = Integer.toString(line);
        String margin = " ".repeat(number.length() + 1) + " | ";
        if (!excerpt.isEmpty()) {
            int cut = cutBefore(column);
            int indent = cut == 0 ? column - 1 : column - cut;
            out.append("\n ").append(number).append(" | ").append(excerpt);
            out.append('\n').append(margin).append(" ".repeat(indent)).append('^');
        }
        if (!hint.isEmpty()) out.append('\n').append(margin).append(hint);
        return out.toString();
    }
}
