package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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

    private static final Pattern OUTPUT = Pattern.compile("(?ms)^<!-- output: \\./chanrace (.*?) -->\\n```text\\n(.*?)^```");

    /** What the output says up to its first empty line. */
    private static final Pattern BEGINNING = Pattern.compile("(?ms)^<!-- beginning of: \\./chanrace (.*?) -->\\n```text\\n(.*?)^```");

    @TempDir
    private static Path out;

    private final Path root = Repository.root();

    @TestFactory
    List<DynamicTest> everyCommandRuns() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Matcher block = COMMANDS.matcher(readme()); block.find(); )
            for (String command : block.group(1).lines().filter(line -> line.startsWith("./chanrace ")).toList())
                tests.add(DynamicTest.dynamicTest(command, () -> answers(command)));
        assertThat(tests).hasSizeGreaterThan(5);
        return tests;
    }

    private void answers(String command) {
        Shell.Said said = run(command.substring("./chanrace ".length()));
        // Whether a question has a good answer is not for the README to promise; that it is answered is.
        assertThat(said.code()).as(said.err()).isIn(command.contains("--fail-on") || command.matches("./chanrace (explore|fuzz) .*") ? List.of(0, 1) : List.of(0));
        assertThat(said.out()).isNotEmpty();
    }

    /** Runs it as if in the root of the tree, but writes elsewhere, and reads there what an earlier command wrote. */
    private Shell.Said run(String words) {
        List<String> arguments = new ArrayList<>();
        boolean isOut = false;
        for (String word : words.split(" +")) {
            Path inTree = root.resolve(word);
            Path written = out.resolve(word);
            arguments.add(isOut || Files.exists(written) ? written.toString() : Files.exists(inTree) ? inTree.toString() : word);
            isOut = List.of("--out", "--capsules", "--corpus").contains(word);
        }
        Shell.Said said = Shell.simulating().run(arguments.toArray(String[]::new));
        return new Shell.Said(said.code(), said.out().replace(root + "/", ""), said.err());
    }

    @Test
    void everyFileThatItShowsIsTheFile() throws IOException {
        int shown = 0;
        for (Matcher block = SHOWN.matcher(readme()); block.find(); shown++)
            assertThat(block.group(2)).as(block.group(1)).isEqualTo(Files.readString(root.resolve(block.group(1))));
        assertThat(shown).isEqualTo(3);
    }

    @Test
    void theOutputThatItShowsIsTheOutput() throws IOException {
        isShown(OUTPUT, out -> out);
    }

    @Test
    void theBeginningThatItShowsIsTheBeginning() throws IOException {
        isShown(BEGINNING, out -> out.substring(0, out.indexOf("\n\n") + 1));
    }

    /** {@code -Dgolden.update=true} writes what the commands say now. */
    private void isShown(Pattern shown, UnaryOperator<String> part) throws IOException {
        StringBuilder updated = new StringBuilder();
        int end = 0;
        for (Matcher block = shown.matcher(readme()); block.find(); end = block.end(2)) {
            String out = part.apply(run(block.group(1)).out());
            if (!Boolean.getBoolean("golden.update")) assertThat(block.group(2)).as("-Dgolden.update=true writes it").isEqualTo(out);
            updated.append(readme(), end, block.start(2)).append(out);
        }
        assertThat(end).isPositive();
        if (Boolean.getBoolean("golden.update")) Files.writeString(root.resolve("README.md"), updated + readme().substring(end));
    }

    @Test
    void everyFileThatItLinksToIsThere() throws IOException {
        Matcher link = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)").matcher(readme());
        while (link.find()) assertThat(root.resolve(link.group(1))).exists();
    }

    private String readme() throws IOException {
        return Files.readString(root.resolve("README.md"));
    }
}
