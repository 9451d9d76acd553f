package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The library gives the same bytes with one worker and with four, and on another JDK: the one that CHANRACE_OTHER_JDK names, or the
 * newest of another version in the usual places. Without any, that test is skipped.
 */
class SameBytesTest {
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    private final Path library = root().resolve("scenarios/library");

    @Test
    void oneWorkerAndFourSayTheSame() {
        Shell.Said one = Shell.simulating().run("run", library.toString(), "--format", "json", "--jobs", "1");
        Shell.Said four = Shell.simulating().run("run", library.toString(), "--format", "json", "--jobs", "4");
        assertThat(one.out().lines()).hasSizeGreaterThan(25);
        assertThat(four.out()).isEqualTo(one.out());
        assertThat(four.code()).isEqualTo(one.code());
    }

    @Test
    void anotherJdkSaysTheSame() throws IOException, InterruptedException {
        Optional<Path> other = otherJdk();
        assumeThat(other).as("a JDK of another version").isPresent();
        Shell.Said here = Shell.simulating().run("run", library.toString(), "--format", "json", "--runs", "2");
        Path out = Files.createTempFile("chanrace", ".jsonl");
        try {
            // Not the jar: the classes under test.
            Process process = new ProcessBuilder(other.get().resolve("bin/java").toString(), "-cp", System.getProperty("java.class.path"), "org.chanrace.cli.Main",
                            "run", library.toString(), "--format", "json", "--runs", "2")
                    .redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            assertThat(process.waitFor()).isEqualTo(here.code());
            assertThat(Files.readAllBytes(out)).isEqualTo(here.out().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
        } finally {
            Files.delete(out);
        }
    }

    private static Optional<Path> otherJdk() throws IOException {
        String named = System.getenv("CHANRACE_OTHER_JDK");
        if (named != null) return Optional.of(Path.of(named));
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("/usr/lib/jvm", "/opt", System.getProperty("user.home") + "/.sdkman/candidates/java", System.getProperty("user.home") + "/.jdks")) {
            if (!Files.isDirectory(Path.of(folder))) continue;
            try (Stream<Path> jdks = Files.list(Path.of(folder))) {
                jdks.filter(jdk -> version(jdk) >= 17 && version(jdk) != Runtime.version().feature() && Files.isExecutable(jdk.resolve("bin/java"))).forEach(found::add);
            }
        }
        return found.stream().max(Comparator.comparingInt(SameBytesTest::version).thenComparing(Comparator.naturalOrder()));
    }

    /** The major version, from the file that every JDK has beside its bin; 0 when this is no JDK. */
    private static int version(Path jdk) {
        try {
            Matcher version = VERSION.matcher(Files.readString(jdk.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md"))) folder = folder.getParent();
        return folder;
    }
}
