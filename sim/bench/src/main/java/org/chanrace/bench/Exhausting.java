package org.chanrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Explorer;
import org.chanrace.explore.Settings;
import org.chanrace.explore.SmallInstance;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.Loaded;
import org.chanrace.scenarios.LoadedFile;
import org.chanrace.scenarios.Problem;
import org.chanrace.scenarios.ScenarioLoader;
import org.chanrace.scenarios.ScenarioPaths;

/**
 * Times full verdicts: explores scenario files with reduction, in each of the pairings that they list, and the largest of these once more with and without it.
 * Not a JMH benchmark, since an exploration without reduction may take minutes, and since what it found is printed beside what it took.
 *
 * <p>Both must have found the same endings; where memory ran out there is a word for it instead of a figure. Exit codes: 0, 1 when the two
 * differ, 2 for bad arguments and bad files.
 */
public final class Exhausting {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final String USAGE = "arguments: [--largest N] [--max-memory MIB] [--jobs N] [--tsv [--no-reduction] [--repeat N]] PATH…";

    private final PrintStream out;
    private int largest = 10;
    private int maxMemoryMebibytes = 256;
    private int jobs = 1;
    private int repeat = 1;
    private boolean tsv;
    private boolean reduction = true;
    private final List<Path> paths = new ArrayList<>();

    private Exhausting(PrintStream out) {
        this.out = out;
    }

    /** An argument or a file that cannot be used. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * What came out of one exploration, and what that took.
     *
     * @param seconds elapsed
     * @param cpuSeconds that the process was given meanwhile: compiler and garbage collector included
     */
    private record Timed(Exploration exploration, double seconds, double cpuSeconds) {
        String name() {
            return exploration.scenario().name();
        }

        String title() {
            Scenario scenario = exploration.scenario();
            return scenario.name() + ", " + new Pairing(scenario.source().release(), scenario.destination().release()).words();
        }

        List<Ending> endings() {
            return exploration.found().stream().map(Found::ending).toList();
        }
    }

    /** @param args as {@code USAGE} says */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Exhausting exhausting = new Exhausting(out);
        try {
            exhausting.parse(args);
            List<Scenario> scenarios = exhausting.load();
            if (exhausting.tsv) exhausting.printLines(scenarios);
            else System.exit(exhausting.printTable(scenarios));
        } catch (Unusable e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private void parse(String[] args) throws Unusable {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--tsv" -> tsv = true;
                case "--no-reduction" -> reduction = false;
                case "--largest" -> largest = number(args, ++i);
                case "--max-memory" -> maxMemoryMebibytes = number(args, ++i);
                case "--jobs" -> jobs = number(args, ++i);
                case "--repeat" -> repeat = number(args, ++i);
                default -> {
                    if (args[i].startsWith("-")) throw new Unusable(USAGE);
                    paths.add(Path.of(args[i]));
                }
            }
        }
        if (paths.isEmpty()) throw new Unusable(USAGE);
    }

    private static int number(String[] args, int i) throws Unusable {
        if (i == args.length || !args[i].matches("[1-9][0-9]{0,6}")) throw new Unusable(USAGE + "; " + args[i - 1] + " is followed by a number");
        return Integer.parseInt(args[i]);
    }

    private List<Scenario> load() throws IOException, Unusable {
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : ScenarioPaths.expand(paths)) {
            LoadedFile loaded = ScenarioLoader.load(file, file.toString());
            for (Problem problem : loaded.problems()) throw new Unusable(problem.text());
            for (Loaded one : loaded.scenarios()) scenarios.addAll(inItsPairings(one.scenario()));
        }
        return scenarios;
    }

    /** What {@code chanrace explore} makes of a scenario: the small instance of each pairing that it lists or, when it lists none, of the one that it is. */
    private static List<Scenario> inItsPairings(Scenario scenario) {
        List<Scenario> all = Stream.concat(scenario.failsIn().stream(), scenario.passesIn().stream()).map(scenario::in).toList();
        return (all.isEmpty() ? List.of(scenario) : all).stream().map(SmallInstance::of).toList();
    }

    private Timed explore(Scenario small, boolean reduction) {
        // How long it takes is what is wanted here; what was found has no clock in it.
        long cpu = SYSTEM.getProcessCpuTime();
        long began = System.nanoTime();
        Exploration exploration = Explorer.ofSmall(small, new Settings(reduction, (long) maxMemoryMebibytes << 20, jobs));
        // The exploration is the same however long it took.
        return new Timed(exploration, (System.nanoTime() - began) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
    }

    // A table to read.

    private int printTable(List<Scenario> scenarios) throws IOException {
        List<Timed> first = new ArrayList<>();
        for (Scenario scenario : scenarios) first.add(explore(scenario, true));
        first.sort(Comparator.comparingInt((Timed t) -> t.exploration().states()).reversed().thenComparing(Timed::title));
        print("%s; %d MiB for states at most, explorer threads: %d%n%n", Main.machine(), maxMemoryMebibytes, jobs);
        print("%d pairings with reduction: %,d states, %.1f s (CPU %.1f s); %d of them took less than a second each.%n%n",
                first.size(), first.stream().mapToLong(t -> t.exploration().states()).sum(), first.stream().mapToDouble(Timed::seconds).sum(),
                first.stream().mapToDouble(Timed::cpuSeconds).sum(), first.stream().filter(t -> t.seconds() < 1).count());
        print("| scenario, pairing | endings, bad ones | states | transitions | bytes/state | s (CPU s) | states/CPU s | without reduction: states | transitions | s (CPU s) |%n");
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|%n");
        boolean same = true;
        for (Timed one : first.subList(0, Math.min(largest, first.size()))) {
            Timed reduced = explore(one.exploration().scenario(), true);
            Timed all = explore(one.exploration().scenario(), false);
            printRow(reduced, all);
            same &= agree(reduced, all);
        }
        return same ? 0 : 1;
    }

    private void printRow(Timed reduced, Timed all) {
        Exploration r = reduced.exploration();
        print("| %s | %d, %d | %s | %,d | %.1f | %.2f (%.2f) | %,.0f | %s | %,d | %.1f (%.1f) |%n",
                reduced.title(), r.found().size(), r.bad().size(), states(r), r.transitions(), (double) r.bytes() / r.states(), reduced.seconds(), reduced.cpuSeconds(),
                r.states() / reduced.cpuSeconds(), states(all.exploration()), all.exploration().transitions(), all.seconds(), all.cpuSeconds());
    }

    private static String states(Exploration e) {
        String states = String.format(Locale.ROOT, "%,d", e.states());
        return e.complete() ? states : String.format(Locale.ROOT, "inconclusive: %s seen, frontier %,d", states, e.frontier());
    }

    /** Whether an exploration of all orders has found what the reduced one has; as far as it went, when it was not complete. */
    private static boolean agree(Timed reduced, Timed all) {
        boolean agree = !reduced.exploration().complete()
                || (all.exploration().complete() ? all.endings().equals(reduced.endings()) : reduced.endings().containsAll(all.endings()));
        if (!agree) System.err.println(reduced.title() + ": the endings differ: " + reduced.endings() + " with reduction, " + all.endings() + " without");
        return agree;
    }

    // Lines for a script.

    /**
     * A line for each pairing, tabs between: the scenario's name, whether complete, states, transitions, seconds of the quickest exploration, seconds from
     * the start of the JVM to the first verdict, and the endings.
     */
    private void printLines(List<Scenario> scenarios) {
        for (Scenario scenario : scenarios) {
            Timed quickest = explore(scenario, reduction);
            double firstVerdict = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
            for (int i = 1; i < repeat; i++) {
                Timed again = explore(scenario, reduction);
                if (again.seconds() < quickest.seconds()) quickest = again;
            }
            Exploration e = quickest.exploration();
            List<String> endings = quickest.endings().stream().map(Exhausting::text).distinct().sorted().toList();
            print("%s\t%s\t%d\t%d\t%.3f\t%.1f\t%s%n", quickest.name(), e.complete(), e.states(), e.transitions(), quickest.seconds(), firstVerdict, String.join("; ", endings));
        }
    }

    private static String text(Ending ending) {
        return ending.outcome().text() + ", guest on " + ending.guestRunsOn().text();
    }

    private void print(String format, Object... args) {
        out.printf(Locale.ROOT, format, args);
    }
}
