package org.chanrace.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chanrace.model.scenario.Distribution;
import org.chanrace.scenarios.Quantities.Dimension;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Measured durations from a CSV file: one a row, in the first column.
 *
 * <p>The unit stands in the header ({@code latency_us}) or behind each value ({@code 120 us}). Blank rows do not count; values
 * are rounded to whole nanoseconds.
 */
final class EmpiricalFile {
    /** The largest file that is read, bytes. */
    static final int BYTES_MAX = 10 << 20;

    /** The most values that are taken. */
    static final int VALUES_MAX = 1_000_000;

    private static final int PROBLEMS_MAX = 20;
    private static final Pattern HEADER_UNIT = Pattern.compile(".*[^A-Za-z](ns|us|ms|s|min)\\W*");
    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?[\\d.]+");

    private EmpiricalFile() {}

    /**
     * The distribution of a file's values; problems with the file are reported at {@code node}, those with its rows in the CSV.
     *
     * @param name as the scenario names it, relative to {@code baseDir}
     */
    static Optional<Distribution> read(String name, Path baseDir, Node node, Report report) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(baseDir.resolve(name))) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (IOException | InvalidPathException e) {
            report.at(node, "cannot read " + Quantities.quoted(name) + ": " + FileProblems.reason(e), "the path is relative to the scenario file");
            return Optional.empty();
        }
        String shown = shownBeside(report.file(), name);
        if (bytes.length > BYTES_MAX) {
            report.at(node, Quantities.quoted(name) + " is larger than " + (BYTES_MAX >> 20) + " MiB");
            return Optional.empty();
        }
        List<String> rows;
        try {
            rows = FileProblems.decode(bytes).lines().toList();
        } catch (CharacterCodingException e) {
            report.add(FileProblems.notUtf8(shown, bytes));
            return Optional.empty();
        }
        return distribution(name, shown, rows, node, report);
    }

    private static Optional<Distribution> distribution(String name, String shown, List<String> rows, Node node, Report report) {
        List<Long> values = new ArrayList<>();
        String unit = "";
        int problems = 0;
        boolean first = true;
        for (int i = 0; i < rows.size() && problems < PROBLEMS_MAX; i++) {
            String cell = firstCell(rows.get(i));
            if (cell.isEmpty()) continue;
            if (first && !Character.isDigit(cell.charAt(0)) && cell.charAt(0) != '-' && cell.charAt(0) != '+') {
                Matcher header = HEADER_UNIT.matcher("_" + cell);
                if (header.matches()) unit = " " + header.group(1);
                first = false;
                continue;
            }
            first = false;
            try {
                values.add(Quantities.parseRounded(BARE_NUMBER.matcher(cell).matches() ? cell + unit : cell, Dimension.TIME));
            } catch (BadValue bad) {
                int column = Math.max(0, rows.get(i).indexOf(cell)) + 1;
                String hint = bad.hint().startsWith("as in") ? "or name the unit in the header: latency_us" : bad.hint();
                report.add(Problem.in(shown, i + 1, column, bad.getMessage(), rows.get(i), hint));
                problems++;
            }
        }
        if (problems > 0) return Optional.empty();
        if (values.isEmpty() || values.size() > VALUES_MAX) {
            report.at(node, Quantities.quoted(name) + " has " + (values.isEmpty() ? "no values" : "more than " + VALUES_MAX + " values"));
            return Optional.empty();
        }
        values.sort(null);
        return Optional.of(new Distribution.Empirical(name, values));
    }

    private static String firstCell(String row) {
        int end = 0;
        while (end < row.length() && ",;\t".indexOf(row.charAt(end)) < 0) end++;
        String cell = row.substring(0, end).strip();
        return cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"") ? cell.substring(1, cell.length() - 1).strip() : cell;
    }

    private static String shownBeside(String scenarioFile, String name) {
        int slash = scenarioFile.lastIndexOf('/');
        return name.startsWith("/") ? name : scenarioFile.substring(0, slash + 1) + name;
    }
}
