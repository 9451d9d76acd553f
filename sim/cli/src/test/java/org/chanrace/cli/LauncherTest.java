package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, with a blank in its path, a jar that points to the classes under test, and a Maven that only notes that it was called. */
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("sh", "cat", "dirname", "find", "head", "mkdir", "mv", "printf", "readlink", "rm", "rmdir", "sed", "sleep", "sort", "touch", "cp");

    @TempDir
    private Path temporary;

    private Path tree;
    private Path tools;
    private Path jar;
    private Path archive;

    record Said(int code, String out, String err) {}

    @BeforeEach
    void plant() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is a shell");
        tree = Files.createDirectories(temporary.resolve("a tree"));
        Files.copy(Repository.root().resolve("chanrace"), tree.resolve("chanrace"));
        jar = tree.resolve("sim/cli/target/chanrace.jar");
        Files.createDirectories(tree.resolve("sim/cli/src/main"));
        // An empty archive that is newer than the jar: to make one takes seconds, and most of these tests are about something else.
        archive = jar.resolveSibling("chanrace-" + System.getProperty("java.version") + ".jsa");
        Files.createDirectories(archive.getParent());
        Files.setLastModifiedTime(Files.createFile(archive), FileTime.from(Instant.now().plusSeconds(1000)));
        tools = Files.createDirectories(temporary.resolve("tools"));
        for (String tool : TOOLS)
            for (Path folder : List.of(Path.of("/bin"), Path.of("/usr/bin")))
                if (Files.isExecutable(folder.resolve(tool)) && !Files.exists(tools.resolve(tool)))
                    script(tools.resolve(tool), "exec " + folder.resolve(tool) + " \"$@\"");
    }

    @Test
    void itBuildsOnceAndThenNeedsNoMaven() throws Exception {
        maven();
        Files.delete(archive); // so that it makes one
        Said first = launch(tree.resolve("chanrace"), "--version");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).startsWith("chanrace: building it").hasLineCount(1);
        assertThat(first.out()).startsWith("chanrace ").contains("Java " + System.getProperty("java.version"));
        assertThat(calls()).containsExactly("-q -B -DskipTests -pl sim/cli -am package");

        Files.delete(tools.resolve("mvn"));
        Said second = launch(tree.resolve("chanrace"), "releases", "8.0-rc1");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).startsWith("QEMU 8.0-rc1");
        assertThat(archive).isNotEmptyFile();
    }

    @Test
    void itBuildsAgainWhenASourceIsNewer() throws Exception {
        maven();
        launch(tree.resolve("chanrace"), "--version");
        Path source = Files.writeString(tree.resolve("sim/cli/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        Path old = Files.writeString(tree.resolve("sim/cli/src/main/Old.java"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        assertThat(launch(tree.resolve("chanrace"), "--version").err()).contains("building it");
        assertThat(calls()).hasSize(2);
    }

    @Test
    void aLinkFromAnywhereWorks() throws Exception {
        jar();
        Path first = Files.createSymbolicLink(temporary.resolve("a link"), tree.resolve("chanrace"));
        Path second = Files.createSymbolicLink(Files.createDirectories(temporary.resolve("bin")).resolve("c"), Path.of("..", first.getFileName().toString()));
        Said said = launch(second, "releases", "7.2.0", "7.2.22");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).startsWith("No trait differs");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void anArchiveThatIsRubbishIsNoNews() throws Exception {
        jar();
        Files.writeString(archive, "rubbish");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(1000)));
        Said said = launch(tree.resolve("chanrace"), "--version");
        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("chanrace ");
        assertThat(said.out().lines()).hasSize(2);
        assertThat(said.err()).isEmpty();
    }

    /** Without a locale Java would take the name for ASCII. */
    @Test
    void filesAreFoundWhateverTheirNamesAndTheLocale() throws Exception {
        jar();
        Path scenario = Files.writeString(temporary.resolve("a.yaml"), Scenarios.text("a"));
        script(tools.resolve("go"), "f=$(printf '" + temporary + "/\\303\\274.yaml'); mv " + scenario + " \"$f\"; unset LC_CTYPE LANG; LC_ALL=$1 exec \"" + tree + "/chanrace\" run \"$f\"");
        Said said = launch(tools.resolve("go"), "C");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("completed");
        assertThat(said.code()).isZero();
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        Said said = launch(tree.resolve("chanrace"), "--version");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("chanrace: Maven (mvn) is needed").hasLineCount(1);
    }

    @Test
    void anOldJavaIsRefusedByName() throws Exception {
        Path home = Files.createDirectories(temporary.resolve("jdk 11"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        script(Files.createDirectories(home.resolve("bin")).resolve("java"), "exit 1");
        Said said = launch(home, tree.resolve("chanrace"), "--version");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("is Java 11.0.2; 17 or later is needed").hasLineCount(1);
        assertThat(launch(temporary.resolve("nowhere"), tree.resolve("chanrace")).err()).contains("JAVA_HOME is").hasLineCount(1);
    }

    @Test
    void aBuildThatFailsIsSaid() throws Exception {
        script(tools.resolve("mvn"), "printf '\\033[1;31m[ERROR]\\033[m it does not compile\\n'; exit 1");
        Said said = launch(tree.resolve("chanrace"), "--version");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("[ERROR] it does not compile\n").doesNotContain("\u001b").endsWith("chanrace: the build failed; see above\n");
    }

    /** A Maven that notes its arguments and brings the jar. */
    private void maven() throws IOException {
        Path ready = temporary.resolve("ready.jar");
        writeJar(ready);
        script(tools.resolve("mvn"), "printf '\\033[0m'; echo \"$*\" >>\"" + temporary + "/calls\"; mkdir -p sim/cli/target; cp \"" + ready + "\" sim/cli/target/chanrace.jar");
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(temporary.resolve("calls"));
    }

    private void jar() throws IOException {
        Files.createDirectories(jar.getParent());
        writeJar(jar);
    }

    private static void writeJar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "org.chanrace.cli.Main");
        String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Said launch(Path command, String... arguments) throws Exception {
        return launch(Path.of(System.getProperty("java.home")), command, arguments);
    }

    private Said launch(Path javaHome, Path command, String... arguments) throws Exception {
        Path err = temporary.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(command.toString()), Stream.of(arguments)).toList());
        builder.directory(temporary.toFile()).redirectError(err.toFile());
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, Files.readString(err));
    }
}
