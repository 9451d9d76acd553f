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
import java.util.function.Predicate;

/** Which files are meant by the paths of a command line. */
public final class ScenarioPaths {
    private ScenarioPaths() {}

    /**
     * The scenario files of these paths: a file stands for itself, whatever its name; a folder for all {@code *.yaml} and
     * {@code *.yml} in it and below, but for capsules, sorted by path. The order of the arguments is kept. A folder below that cannot
     * be read stands in the list itself, so that loading it says so.
     *
     * @throws NoSuchFileException when a path does not exist; its {@code getFile()} is the path
     */
    public static List<Path> expand(List<Path> args) throws NoSuchFileException {
        return expand(args, name -> (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.endsWith(CapsuleFolder.ENDING));
    }

    /**
     * The capsules of these paths, in the same way: a folder stands for all {@code *.capsule.yaml} in it and below.
     *
     * @throws NoSuchFileException when a path does not exist; its {@code getFile()} is the path
     */
    public static List<Path> expandCapsules(List<Path> args) throws NoSuchFileException {
        return expand(args, name -> name.endsWith(CapsuleFolder.ENDING));
    }

    private static List<Path> expand(List<Path> args, Predicate<String> wanted) throws NoSuchFileException {
        List<Path> files = new ArrayList<>();
        for (Path arg : args) {
            if (!Files.exists(arg) && !Files.exists(arg, LinkOption.NOFOLLOW_LINKS)) throw new NoSuchFileException(arg.toString());
            if (Files.isDirectory(arg)) files.addAll(below(arg, wanted));
            else files.add(arg);
        }
        return List.copyOf(files);
    }

    private static List<Path> below(Path folder, Predicate<String> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.test(file.getFileName().toString())) found.add(file);
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
