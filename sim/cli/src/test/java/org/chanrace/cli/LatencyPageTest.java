package org.chanrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code sim/model/LATENCY.md} are what its commands say. The small guest's are made again as they stand; the large guest's, which take
 * minutes, are made again for one seed. {@code -Dgolden.update=true} writes all of them.
 */
class LatencyPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^<!-- output: \\./chanrace (.*?) -->\\n(.*?)^<!-- end of output -->");
    private static final Pattern MICROS = Pattern.compile("([\\d.]+)(?: ± [\\d.]+)? (us|ms)");

    private final Path root = Repository.root();
    private final Path page = root.resolve("sim/model/LATENCY.md");

    private record Block(String command, String shown) {}

    @Test
    void theTablesCanBeMadeAgain() throws IOException {
        if (Boolean.getBoolean("golden.update")) update();
        List<Block> blocks = blocks();
        assertThat(blocks).hasSize(3);
        largeGuest(blocks.get(0));
        assertThat(run(blocks.get(1).command())).as("-Dgolden.update=true writes it").isEqualTo(blocks.get(1).shown());
        sensitivity(blocks.get(2));
    }

    /** The mean of one seed is the mean of several, or nearly. */
    private void largeGuest(Block block) {
        List<String> shown = cells(block.shown(), "mean, simulated");
        List<String> one = cells(run(block.command().replaceAll("--runs \\d+", "--runs 1")), "mean, simulated");
        assertThat(shown).hasSameSizeAs(one).hasSize(4);
        for (int i = 0; i < one.size(); i++) assertThat(micros(one.get(i))).isCloseTo(micros(shown.get(i)), within(0.05 * micros(shown.get(i))));
    }

    /** Two parameters for all: the same lines come out. */
    private void sensitivity(Block block) {
        String few = run(block.command().replace("--sensitivity", "--sensitivity network.latency,host.paging.place-page"));
        assertThat(few.lines().toList()).hasSize(5);
        assertThat(block.shown().lines().toList()).containsAll(few.lines().toList()).hasSize(HostParameter.values().length + 3);
        for (HostParameter parameter : HostParameter.values()) assertThat(block.shown()).contains("| `" + parameter.text() + "` |");
    }

    private static List<String> cells(String table, String row) {
        String line = table.lines().filter(l -> l.startsWith("| " + row + " |")).findFirst().orElseThrow();
        List<String> cells = new ArrayList<>(List.of(line.substring(2, line.length() - 2).split(" \\| ")));
        return cells.subList(1, cells.size());
    }

    private static double micros(String cell) {
        Matcher m = MICROS.matcher(cell);
        assertThat(m.matches()).as(cell).isTrue();
        return Double.parseDouble(m.group(1)) * (m.group(2).equals("ms") ? 1000 : 1);
    }

    private List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Matcher m = BLOCK.matcher(Files.readString(page)); m.find(); ) blocks.add(new Block(m.group(1), m.group(2)));
        return blocks;
    }

    private void update() throws IOException {
        String text = Files.readString(page);
        StringBuilder updated = new StringBuilder();
        int end = 0;
        for (Matcher m = BLOCK.matcher(text); m.find(); end = m.end(2)) updated.append(text, end, m.start(2)).append(run(m.group(1)));
        Files.writeString(page, updated + text.substring(end));
    }

    private String run(String command) {
        List<String> arguments = new ArrayList<>();
        for (String word : command.split(" ")) arguments.add(word.contains("/") ? root.resolve(word).toString() : word);
        Shell.Said said = Shell.simulating().run(arguments.toArray(String[]::new));
        assertThat(said.err()).isEmpty();
        return said.out();
    }
}
