package org.chanrace.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Drive;

/**
 * A folder that capsules are written to, by one command and one thread.
 *
 * <p>Each is written under a temporary name and then renamed: whoever looks sees a whole capsule or none. A capsule that an earlier
 * command wrote under the same name is replaced; two of the same command never share one.
 */
public final class CapsuleFolder {
    /** What the names of capsules end in. */
    public static final String ENDING = ".capsule.yaml";

    private final Path folder;
    private final Set<String> taken = new TreeSet<>();

    /** A capsule that could not be written, for the reason that is its cause. */
    public static final class NotWritten extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Path file;

        NotWritten(Path file, IOException cause) {
            super("cannot write " + file, cause);
            this.file = file;
        }

        /** The capsule. */
        public Path file() {
            return file;
        }

        /** Why it is not there. */
        @Override
        public synchronized IOException getCause() {
            return (IOException) super.getCause();
        }
    }

    /** @param folder is made when the first capsule is written */
    public CapsuleFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a capsule. One that is too large for {@link CapsuleLoader} leaves its schedule out if it can.
     *
     * @param stem the file's name without its ending: letters, digits, {@code . _ -}; a number is added when it is taken
     * @return where it is; empty when it is too large all the same, for the measured values in its scenario, and so was not written
     * @throws NotWritten when the folder cannot be written to
     */
    public Optional<Path> write(String stem, Capsule capsule) throws NotWritten {
        String text = CapsulePrinter.print(capsule);
        if (isTooLarge(text) && capsule.drive() == Drive.BY_TIME) text = CapsulePrinter.print(capsule.withoutSchedule());
        if (isTooLarge(text)) return Optional.empty();
        Path file = folder.resolve(free(stem) + ENDING);
        try {
            write(file, text);
        } catch (IOException e) {
            throw new NotWritten(file, e);
        }
        return Optional.of(file);
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(folder);
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static boolean isTooLarge(String text) {
        return text.length() > ScenarioLoader.BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > ScenarioLoader.BYTES_MAX
                || text.lines().count() > ScenarioLoader.LINES_MAX;
    }

    /** Names that differ in their letters' case only are the same file on some systems. */
    private String free(String stem) {
        String free = stem;
        for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) free = stem + "-" + n;
        return free;
    }
}
