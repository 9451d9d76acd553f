package org.chanrace.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.chanrace.scenarios.Documents.Document;

/**
 * Reads scenario files.
 *
 * <p>Never throws on bad input: every problem of a file comes back, with its position, beside the scenarios that are good. A file
 * is at most {@value #BYTES_MAX} bytes and {@value #LINES_MAX} lines long.
 */
public final class ScenarioLoader {
    /** The largest file that is read, bytes. */
    static final int BYTES_MAX = 4 << 20;

    /** The most lines that a file may have. */
    static final int LINES_MAX = 100_000;

    private ScenarioLoader() {}

    /**
     * Reads a file.
     *
     * @param file where it is; the CSV files that it names are relative to its folder
     * @param shownAs its name in problems
     */
    public static LoadedFile load(Path file, String shownAs) {
        return read(file, shownAs, text -> {
            Path folder = file.toAbsolutePath().getParent();
            return parse(text, shownAs, folder == null ? file.toAbsolutePath() : folder);
        }, problem -> new LoadedFile(shownAs, List.of(), List.of(problem)));
    }

    /** Gives the text of a file to one who knows what it means, or what is wrong with it to one who says so. */
    static <T> T read(Path file, String shownAs, Function<String, T> good, Function<Problem, T> bad) {
        byte[] bytes;
        if (Files.isDirectory(file))
            return bad.apply(problem(shownAs, Files.isReadable(file) ? "cannot read this: it is a folder" : "cannot read this folder: permission denied"));
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (IOException e) {
            return bad.apply(problem(shownAs, "cannot read this file: " + FileProblems.reason(e)));
        }
        if (bytes.length > BYTES_MAX) return bad.apply(tooLarge(shownAs));
        String text;
        try {
            text = FileProblems.decode(bytes);
        } catch (CharacterCodingException e) {
            return bad.apply(FileProblems.notUtf8(shownAs, bytes));
        }
        return good.apply(text);
    }

    /**
     * Reads the text of a file.
     *
     * @param shownAs the file's name in problems; scenarios without a name are named after it
     * @param baseDir what the CSV files that it names are relative to
     */
    public static LoadedFile parse(String text, String shownAs, Path baseDir) {
        return text.length() > BYTES_MAX ? new LoadedFile(shownAs, List.of(), List.of(tooLarge(shownAs))) : parseLines(FileProblems.unixLines(text), shownAs, baseDir);
    }

    private static LoadedFile parseLines(String text, String shownAs, Path baseDir) {
        List<String> lines = text.lines().toList();
        if (lines.size() > LINES_MAX) return failed(shownAs, "this file has " + lines.size() + " lines; at most " + LINES_MAX + " are read");
        List<Document> documents = Documents.split(text);
        if (documents.isEmpty()) return failed(shownAs, "this file is empty: a scenario has at least source, destination and machine");
        if (documents.size() > Documents.DOCUMENTS_MAX)
            return failed(shownAs, "this file has " + documents.size() + " documents; at most " + Documents.DOCUMENTS_MAX + " are read");

        List<Loaded> scenarios = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < documents.size(); i++) {
            Document document = documents.get(i);
            Report report = new Report(shownAs, lines, document.lineOffset());
            ScenarioBinder binder = new ScenarioBinder(report, baseDir, defaultName(shownAs, i + 1), names);
            Documents.compose(document, report).flatMap(binder::bind).ifPresent(scenarios::add);
            problems.addAll(report.problems());
        }
        return new LoadedFile(shownAs, scenarios, problems);
    }

    private static String defaultName(String shownAs, int number) {
        String name = shownAs.substring(shownAs.lastIndexOf('/') + 1).replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9._-]", "-");
        if (name.length() > ScenarioBinder.NAME_MAX - 5) name = name.substring(0, ScenarioBinder.NAME_MAX - 5);
        return (name.isEmpty() ? "scenario" : name) + (number == 1 ? "" : "-" + number);
    }

    static Problem tooLarge(String shownAs) {
        return problem(shownAs, "this file is larger than " + (BYTES_MAX >> 20) + " MiB, more than a scenario file may be");
    }

    private static LoadedFile failed(String shownAs, String message) {
        return new LoadedFile(shownAs, List.of(), List.of(problem(shownAs, message)));
    }

    private static Problem problem(String shownAs, String message) {
        return new Problem(shownAs, 1, 1, message, "", "");
    }
}
