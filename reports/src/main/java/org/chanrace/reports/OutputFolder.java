package org.chanrace.reports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes a folder of reports: {@code index.html}, {@code results.jsonl}, {@code junit.xml}.
 *
 * <p>Each file is written whole under a temporary name beside its own and then renamed; the renaming begins only after all of
 * them are written. Whoever looks, and whenever the writing is interrupted, sees the old file or the new one, never a half.
 * What is left of an interrupted run ends in {@code .part}; the next one writes over it.
 */
public final class OutputFolder {
    private OutputFolder() {}

    private interface Document {
        void write(Appendable out) throws IOException;
    }

    private record Planned(Path file, Document document) {
        Path part() {
            return file.resolveSibling("." + file.getFileName() + ".part");
        }
    }

    /**
     * Writes the folder, which is made if it does not exist.
     *
     * @throws OutputException when it cannot be written; the old reports, if there are any, are untouched unless the very last
     *     step, the renaming, failed
     */
    public static void write(Path folder, List<ReportedRun> runs, List<FileProblem> problems) throws OutputException {
        write(folder, runs, problems, 0);
    }

    /**
     * Writes the folder of reports about an interrupted command; each says that it is partial.
     *
     * @param notMade how many runs were planned but not made; 0 when all were
     * @throws OutputException as above
     */
    public static void write(Path folder, List<ReportedRun> runs, List<FileProblem> problems, long notMade) throws OutputException {
        write(folder, List.of(
                new Planned(folder.resolve("results.jsonl"), out -> {
                    JsonReport.write(runs, problems, false, out);
                    if (notMade > 0) out.append(JsonReport.partial(runs.size(), notMade)).append('\n');
                }),
                new Planned(folder.resolve("junit.xml"), out -> JunitReport.write(runs, problems, notMade, out)),
                new Planned(folder.resolve("index.html"), out -> HtmlReport.write(runs, problems, notMade, out))));
    }

    /**
     * Writes the folder of reports about pairings that were explored.
     *
     * @param notMade how many pairings were planned but not explored; 0 when all were
     * @throws OutputException as above
     */
    public static void writeExplorations(Path folder, List<ExploredPairing> pairings, List<FileProblem> problems, long notMade) throws OutputException {
        write(folder, List.of(
                new Planned(folder.resolve("results.jsonl"), out -> {
                    ExplorationJson.write(pairings, problems, out);
                    if (notMade > 0) out.append(JsonReport.partial(pairings.size(), notMade)).append('\n');
                }),
                new Planned(folder.resolve("junit.xml"), out -> ExplorationJunit.write(pairings, problems, notMade, out)),
                new Planned(folder.resolve("index.html"), out -> ExplorationHtml.write(pairings, problems, notMade, out))));
    }

    private static void write(Path folder, List<Planned> plan) throws OutputException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new OutputException("cannot write reports to " + folder + ": it is a file, not a folder", e);
        } catch (IOException e) {
            throw failed(folder, e);
        }
        try {
            for (Planned planned : plan) writePart(planned);
            for (Planned planned : plan) rename(planned);
        } finally {
            for (Planned planned : plan) deleteQuietly(planned.part());
        }
    }

    private static void writePart(Planned planned) throws OutputException {
        try (BufferedWriter out = Files.newBufferedWriter(planned.part(), StandardCharsets.UTF_8)) {
            planned.document().write(out);
        } catch (IOException e) {
            throw failed(planned.file(), e);
        }
    }

    private static void rename(Planned planned) throws OutputException {
        try {
            try {
                Files.move(planned.part(), planned.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(planned.part(), planned.file(), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw failed(planned.file(), e);
        }
    }

    private static OutputException failed(Path file, IOException e) {
        String why = e instanceof AccessDeniedException ? "permission denied"
                : e instanceof NotDirectoryException ? "a part of the path is not a folder"
                : e instanceof NoSuchFileException ? "the folder has vanished"
                : e instanceof FileSystemException system && system.getReason() != null ? system.getReason()
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new OutputException("cannot write " + file + ": " + Characters.oneLine(why), e);
    }

    /** A part that cannot be deleted harms nobody. */
    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            part.toFile().deleteOnExit();
        }
    }
}
