package org.chanrace.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the source tree is that these tests belong to. */
final class Repository {
    private Repository() {}

    /** The folder that has the README and the launcher. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md")) || !Files.exists(folder.resolve("chanrace"))) folder = folder.getParent();
        return folder;
    }
}
