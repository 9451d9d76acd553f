package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is so: its commands run, the files that it shows are the files. */
class ReadmeTest {
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final Pattern SHOWN = Pattern.compile("(?ms)^<!-- file: (\\S+) -->\\n```\\w+\\n(.*?)^```");

    @TempDir
    private static Path out;

    private final Path root = root();

    @TestFactory
    List<DynamicTest> everyCommandRuns() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Matcher block = COMMANDS.matcher(readme()); block.find(); )
            for (String command : block.group(1).lines().filter(line -> line.startsWith("./chanrace ")).toList())
                tests.add(DynamicTest.dynamicTest(command, () -> runs(command)));
        assertThat(tests).hasSizeGreaterThan(5);
        return tests;
    }

    private void runs(String command) {
        List<String> arguments = new ArrayList<>();
        String before = "";
        for (String word : command.substring("./chanrace ".length()).split(" +")) {
            arguments.add(before.equals("--out") ? out.resolve(word).toString() : Files.exists(root.resolve(word)) ? root.resolve(word).toString() : word);
            before = word;
        }
        Shell.Said said = Shell.simulating().run(arguments.toArray(String[]::new));
        // Whether a question ends well is not for the README to promise; that it is answered is.
        assertThat(said.code()).as(said.err()).isIn(expectsTo(command) ? List.of(0) : List.of(0, 1));
        assertThat(said.out()).isNotEmpty();
    }

    private static boolean expectsTo(String command) {
        return !command.contains("--fail-on");
    }

    @Test
    void everyFileThatItShowsIsTheFile() throws IOException {
        int shown = 0;
        for (Matcher block = SHOWN.matcher(readme()); block.find(); shown++)
            assertThat(block.group(2)).as(block.group(1)).isEqualTo(Files.readString(root.resolve(block.group(1))));
        assertThat(shown).isEqualTo(2);
    }

    @Test
    void everyFileThatItLinksToIsThere() throws IOException {
        Matcher link = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)").matcher(readme());
        while (link.find()) assertThat(root.resolve(link.group(1))).exists();
    }

    private String readme() throws IOException {
        return Files.readString(root.resolve("README.md"));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md"))) folder = folder.getParent();
        return folder;
    }
}
