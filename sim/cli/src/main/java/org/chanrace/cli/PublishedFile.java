package org.chanrace.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chanrace.model.measure.LatencyHistogram;
import org.chanrace.reports.PublishedLatency;
import org.chanrace.reports.PublishedLatency.Bucket;

/**
 * Published measurements from a CSV file. The header names a scenario in each column but the first; the rows are {@code mean}, in microseconds, and
 * ranges of latencies, {@code 128-256} or {@code 32768-} for all above, with the number of faults in them. Limits are powers of two, and 0. A cell may be
 * empty, and a line that begins with # is a comment.
 */
final class PublishedFile {
    private static final long BYTES_MAX = 1 << 20;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,8})-(\\d{0,8})");
    private static final String MEAN = "mean";

    private final List<String> scenarios = new ArrayList<>();
    private final List<OptionalDouble> means = new ArrayList<>();
    private final List<List<Bucket>> buckets = new ArrayList<>();

    private PublishedFile() {}

    /** Something in the file that cannot be used. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(Path file, int line, String message) {
            super(Workload.shown(file) + ":" + line + ": " + message);
        }

        Unusable(Path file, String message) {
            super(Workload.shown(file) + ": " + message);
        }
    }

    /**
     * What the file says of each scenario.
     *
     * @throws Unusable with the file, the first line that cannot be used, and why
     */
    static List<PublishedLatency> read(Path file) throws Unusable {
        List<String> lines;
        try {
            if (Files.size(file) > BYTES_MAX) throw new Unusable(file, "the file is larger than " + (BYTES_MAX >> 20) + " MiB");
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new Unusable(file, "this file is not UTF-8; published measurements are a CSV file");
        } catch (NoSuchFileException e) {
            throw new Unusable(file, "there is no such file");
        } catch (IOException e) {
            throw new Unusable(file, "it cannot be read: " + Trouble.why(e));
        }
        PublishedFile table = new PublishedFile();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            try {
                table.row(Arrays.stream(line.split(",", -1)).map(String::strip).toList());
            } catch (IllegalArgumentException e) {
                throw new Unusable(file, i + 1, e.getMessage());
            }
        }
        if (table.scenarios.isEmpty()) throw new Unusable(file, 1, "there is no header, which names a scenario in each column but the first");
        List<PublishedLatency> all = new ArrayList<>();
        for (int s = 0; s < table.scenarios.size(); s++) all.add(new PublishedLatency(table.scenarios.get(s), table.means.get(s), table.buckets.get(s)));
        return all;
    }

    private void row(List<String> cells) {
        if (scenarios.isEmpty()) {
            if (cells.size() < 2) throw new IllegalArgumentException("the header names a scenario in each column but the first");
            for (String scenario : cells.subList(1, cells.size())) {
                scenarios.add(scenario);
                means.add(OptionalDouble.empty());
                buckets.add(new ArrayList<>());
            }
            return;
        }
        if (cells.size() != scenarios.size() + 1) throw new IllegalArgumentException("there are " + cells.size() + " cells, and " + (scenarios.size() + 1) + " in the header");
        String name = cells.get(0);
        Matcher range = RANGE.matcher(name);
        if (!name.equals(MEAN) && !range.matches()) throw new IllegalArgumentException("'" + name + "' is neither 'mean' nor a range of microseconds, as in 128-256");
        for (int s = 0; s < scenarios.size(); s++) {
            String cell = cells.get(s + 1);
            if (cell.isEmpty()) continue;
            if (name.equals(MEAN)) means.set(s, OptionalDouble.of(mean(cell)));
            else buckets.get(s).add(bucket(range.group(1), range.group(2), cell));
        }
    }

    private static double mean(String cell) {
        if (!cell.matches("\\d{1,9}(\\.\\d{1,9})?")) throw new IllegalArgumentException("'" + cell + "' is no mean in microseconds");
        return Double.parseDouble(cell);
    }

    private static Bucket bucket(String from, String to, String cell) {
        if (!cell.matches("\\d{1,12}")) throw new IllegalArgumentException("'" + cell + "' is no number of faults");
        int first = from.equals("0") ? 0 : number(from);
        int last = to.isEmpty() ? LatencyHistogram.BUCKETS : number(to);
        if (last <= first) throw new IllegalArgumentException("'" + from + "-" + to + "' is empty: the second limit is the larger one");
        return new Bucket(first, last, Long.parseLong(cell));
    }

    /** The number of the bucket that begins here. */
    private static int number(String micros) {
        long value = Long.parseLong(micros);
        if (Long.bitCount(value) != 1 || value >= 1L << LatencyHistogram.BUCKETS) throw new IllegalArgumentException("'" + micros + "' is no power of two, or too large: limits are those of QEMU's buckets");
        return Long.numberOfTrailingZeros(value);
    }
}
