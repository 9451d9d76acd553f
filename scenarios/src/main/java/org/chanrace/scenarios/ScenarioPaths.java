package org.chanrace.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Which files are meant by the paths of a command line. */
public final class ScenarioPaths {
    private ScenarioPaths() {}

    /**
     * The scenario files of these paths: a file stands for itself, whatever its name; a folder for all {@code *.yaml} and
     * {@code *.yml} in it and below, sorted by path. The order of the arguments is kept. A folder below that cannot be read stands
     * in the list itself, so that loading it says so.
     *
     * @throws NoSuchFileException when a path does not exist; its {@code getFile()} is the path
     */
    public static List<Path> expand(List<Path> args) throws NoSuchFileException {
        List<Path> files = new ArrayList<>();
        for (Path arg : args) {
            if (!Files.exists(arg) && !Files.exists(arg, LinkOption.NOFOLLOW_LINKS)) throw new NoSuchFileException(arg.toString());
            if (Files.isDirectory(arg)) files.addAll(below(arg));
            else files.add(arg);
        }
        return List.copyOf(files);
    }

    private static List<Path> below(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".yaml") || name.endsWith(".yml")) found.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                    if (e != null) found.add(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }
}
