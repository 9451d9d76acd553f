package org.chanrace.reports;

import java.util.Objects;

/**
 * Something wrong with a scenario file, which therefore was not run.
 *
 * @param file the file, as the user named it
 * @param line where, from 1; 0 when it concerns the whole file
 * @param column where, from 1; 0 when it concerns the whole line or file
 * @param message what is wrong and what to do about it, in one line
 * @param text the offending text, or an excerpt of the file, maybe of several lines; may be empty
 */
public record FileProblem(String file, int line, int column, String message, String text) {
    public FileProblem {
        Objects.requireNonNull(file);
        Objects.requireNonNull(message);
        Objects.requireNonNull(text);
        if (line < 0 || column < 0) throw new IllegalArgumentException("a position is negative");
    }

    /** {@code file:line:column}, as far as known. */
    String place() {
        return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
