package org.chanrace.cli;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.reports.FileProblem;
import org.chanrace.scenarios.CapsuleFolder;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.Problem;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.ScenarioPaths;

/**
 * What the arguments of a command came to: scenarios and problems, in the order in which they will be reported.
 *
 * @param parts in the order of the arguments, and within a folder in the order of its files
 */
record Workload(List<Part> parts) {
    /** A scenario, or something that is wrong with a file. */
    sealed interface Part {}

    /** A scenario that can be run. */
    record Good(String file, int line, Scenario scenario) implements Part {}

    /** Something that keeps a file, or a part of it, from being run. */
    record Bad(FileProblem problem) implements Part {}

    Workload {
        parts = List.copyOf(parts);
    }

    /** What is said of an empty one. */
    static String nothingIn(List<Path> arguments) {
        return "no scenario files (*.yaml, *.yml) in " + arguments.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /** Reads all files; a bad one never keeps the others from being read. A file that is named twice is read once. */
    static Workload of(List<Path> arguments) {
        List<Part> parts = new ArrayList<>();
        Set<Path> files = new LinkedHashSet<>();
        for (Path argument : arguments) {
            try {
                for (Path file : ScenarioPaths.expand(List.of(argument))) if (files.add(file.normalize())) parts.addAll(read(file));
            } catch (NoSuchFileException e) {
                parts.add(new Bad(problem(shown(argument), "there is no such file or folder")));
            } catch (UncheckedIOException e) {
                parts.add(new Bad(problem(shown(argument), "it cannot be read: " + Trouble.reason(e.getCause()))));
            }
        }
        return new Workload(parts);
    }

    /** The same scenarios with guests of so much memory, and working sets of the same share of it; nothing is expected of them. What cannot be is bad. */
    Workload withMemory(long bytes) {
        List<Part> changed = new ArrayList<>();
        for (Part part : parts) {
            if (!(part instanceof Good good)) changed.add(part);
            else {
                try {
                    changed.add(new Good(good.file(), good.line(), Resized.of(good.scenario(), bytes)));
                } catch (IllegalArgumentException e) {
                    changed.add(new Bad(at(good.file(), good.line(), good.scenario().name() + ": " + e.getMessage())));
                }
            }
        }
        return new Workload(changed);
    }

    List<Good> scenarios() {
        return parts.stream().filter(Good.class::isInstance).map(Good.class::cast).toList();
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** A problem that has no better place than the beginning of its file. */
    static FileProblem problem(String file, String message) {
        return at(file, 1, message);
    }

    /** A problem at the beginning of a line. */
    static FileProblem at(String file, int line, String message) {
        return new FileProblem(file, line, 1, message, "");
    }

    private static List<Part> read(Path file) {
        String shown = shown(file);
        if (shown.endsWith(CapsuleFolder.ENDING)) return List.of(new Bad(problem(shown, "this is a capsule, not a scenario: chanrace replay makes its run again")));
        LoadedFile loaded;
        try {
            loaded = ScenarioLoader.load(file, shown);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return List.of(new Bad(at(shown, 1, "the file is too large or nested too deeply to be read with the memory that Java was given")));
        }
        List<Part> parts = new ArrayList<>();
        for (Problem problem : loaded.problems()) parts.add(new Bad(reported(problem)));
        for (Loaded one : loaded.scenarios()) parts.add(new Good(shown, one.line(), one.scenario()));
        return parts;
    }

    /** The hint goes into the message, where every format shows it; the excerpt with its caret stays apart. */
    static FileProblem reported(Problem p) {
        String message = p.hint().isEmpty() ? p.message() : p.message() + " (" + p.hint() + ")";
        String excerpt = p.excerpt().isEmpty() ? "" : p.text().lines().skip(1).limit(2).collect(Collectors.joining("\n"));
        return new FileProblem(p.file(), p.line(), p.column(), message, excerpt);
    }

    static String shown(Path path) {
        return path.toString().replace('\\', '/');
    }
}
