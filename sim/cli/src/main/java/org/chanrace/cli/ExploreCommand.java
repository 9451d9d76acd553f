package org.chanrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chanrace.explore.Disturbance;
import org.chanrace.explore.Settings;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.TextReport;
import org.chanrace.scenarios.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code chanrace explore}: scenario files in, every order of their pairings tried, endings out. */
@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        description = "Try every order of the pairings in scenario files, and say which of them end badly, and by which shortest order.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:all as expected",
            " 1:something was not as expected",
            " 2:bad usage, a bad scenario, or an output that cannot be written",
            " 4:inconclusive: the memory was used up before anything was shown",
            "70:an error of chanrace itself",
            "130:interrupted: what was finished is written and marked as partial",
            "143:interrupted by SIGTERM, as 130"
        },
        footer = {
            "",
            "What is expected: that no order ends badly, and that some order completes; or, when explore.finds in the scenario names outcomes, that some order ends"
                + " so. Without explore.finds, expect: says what some order is to end in, when it names nothing but what should not happen. A scenario with fails-in: or"
                + " passes-in: is explored in each of the pairings that these list instead.",
            "",
            "What is explored: every order of a small instance, with a guest of a few pages that acts in steps, on a network that takes no time. How small, stands"
                + " beside \"bounds\" in the output; explore: in the scenario changes it.",
            "",
            "A shortest order has the fewest steps. A step is an event that another one could have come instead of; events that commute with all that could are none.",
            "",
            "With --timed, links, proxies, relays and hosts take the time that the scenario says, from the least to the most that a distribution gives, and the"
                + " operator, the guest and breaks come whenever they like. It shows the moments at which it happens instead of what decides an order and of the least"
                + " delays, and a shortest order is one with the fewest events, those included that are no steps."
        })
final class ExploreCommand implements Callable<Integer> {
    /** Columns. Not the terminal's: output must not depend on where it is read. */
    private static final int WIDTH = 140;

    private static final long MEMORY_DEFAULT = 1L << 30;

    private static final String TIMED_NEEDS_NO_DISTURBANCE = "--disturbance does not go with --timed: an order that the durations of the scenario allow needs no disturbance, and "
            + "--timed shows what takes long in it; how late a packet has to be for the other orders, explore says without --timed";

    private final Surroundings surroundings;

    /** How results are written. */
    enum Format {
        text,
        json,
        mermaid
    }

    /** What is least in a disturbance. */
    enum Least {
        sum,
        max,
        none;

        Optional<Disturbance.Measure> measure() {
            return switch (this) {
                case sum -> Optional.of(Disturbance.Measure.SUM);
                case max -> Optional.of(Disturbance.Measure.MAX);
                case none -> Optional.empty();
            };
        }
    }

    /** Reads {@code 512 MiB}. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Sizes.parse(text);
            } catch (IllegalArgumentException bad) {
                throw new TypeConversionException(bad.getMessage());
            }
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "scenario files, and folders of them (*.yaml, *.yml)")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--timed", description = "try only the orders that are possible when each duration is one that the scenario's network and hosts give")
    private boolean timed;

    @Option(names = "--no-reduction", description = "check the reduction: try orders that differ only in events that commute, too, hundreds to thousands of times as many states, and compare the endings with those found with"
            + " reduction; with --timed, do not put states together")
    private boolean noReduction;

    @Option(names = "--max-memory", paramLabel = "SIZE", converter = Size.class,
            description = "memory for the states of one pairing, as in 512MiB (default: 1GiB, or a quarter of Java's heap when that is less)")
    private Optional<Long> maxMemory = Optional.empty();

    @Option(names = "--no-explain", description = "of what should not happen, show a shortest order and no more: faster")
    private boolean noExplain;

    @Option(names = "--disturbance", paramLabel = "LEAST", description = "of what should not happen, also find the smallest delays that bring it about by time: those with the least sum (the default) or max, or none; not with --timed")
    private Optional<Least> disturbance = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "what goes to standard output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); mermaid: sequence diagrams in Markdown, to be pasted into a bug report")
    private Format format;

    @Option(names = "--out", paramLabel = "DIR", description = "also write a report into this folder, which is created: index.html, results.jsonl, junit.xml, capsules")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--capsules", paramLabel = "DIR",
            description = "write a capsule of each order that is shown into this folder, for chanrace replay; --out DIR has them in DIR/capsules")
    private Optional<Path> capsules = Optional.empty();

    @Mixin
    private JobsOption jobs;

    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private RunCommand.Color color;

    @Option(names = "--quiet", description = "no progress line, no lines about the time, and nothing about what is as expected")
    private boolean quiet;

    ExploreCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, OutputException {
        int workers = jobs.workers();
        if (timed && measure().isPresent() && disturbance.isPresent()) throw usage(TIMED_NEEDS_NO_DISTURBANCE);
        if (out.isPresent() && !OutReporter.canWrite("--out", out.get(), surroundings)) return ExitCode.BAD_INPUT;
        if (capsules.isPresent() && !OutReporter.canWrite("--capsules", capsules.get(), surroundings)) return ExitCode.BAD_INPUT;
        if (out.isPresent() || capsules.isPresent()) surroundings.out().outlastReader();
        Settings settings = new Settings(!noReduction, memory(), workers);

        Workload workload = Workload.of(paths);
        if (workload.isEmpty()) {
            surroundings.say(Workload.nothingIn(paths));
            return ExitCode.BAD_INPUT;
        }
        Progress progress = Progress.of(surroundings, quiet);
        Stopwatch stopwatch = new Stopwatch();
        Optional<WitnessKeeper> keeper = capsules.or(() -> out.map(EarlierCapsules::folderIn)).map(WitnessKeeper::new);
        ExploreTotals totals = new Exploring(workload, settings, new Exploring.Depth(timed, !noExplain, measure()), keeper, reporters(), surroundings, progress, quiet).explore();
        keeper.ifPresent(k -> k.end(surroundings));
        say(totals, stopwatch.seconds());
        return totals.exitCode();
    }

    /** What is least in the disturbance that is sought. */
    private Optional<Disturbance.Measure> measure() {
        return disturbance.orElse(Least.sum).measure();
    }

    private long memory() {
        long heap = Runtime.getRuntime().maxMemory();
        long bytes = maxMemory.orElse(Math.min(MEMORY_DEFAULT, heap / 4));
        if (bytes < 1) throw usage("--max-memory must be at least 1 B");
        if (bytes > heap) throw usage("--max-memory is more than the " + (heap >> 20) + " MiB that Java was given; give it more (CHANRACE_JAVA_OPTIONS=-Xmx…)");
        return bytes;
    }

    private List<ExploreReporter> reporters() {
        List<ExploreReporter> reporters = new ArrayList<>();
        reporters.add(switch (format) {
            case text -> new ExploreTextReporter(surroundings.out(), new TextReport.Options(color.isWanted(surroundings), false, WIDTH, false), quiet);
            case json -> new ExploreJsonReporter(surroundings.out());
            case mermaid -> new ExploreMermaidReporter(surroundings);
        });
        out.ifPresent(folder -> reporters.add(new ExploreOutReporter(folder)));
        return reporters;
    }

    private void say(ExploreTotals totals, double seconds) {
        if (!quiet)
            surroundings.say(String.format(Locale.ROOT, "explored %d of %d pairings, %,d states, in %.1f s", totals.finished(), totals.planned(), totals.states(), seconds));
        if (totals.interrupted()) surroundings.say("interrupted: " + totals.finished() + " of " + totals.planned() + " pairings were explored and are written");
        if (totals.inconclusive() > 0) surroundings.say("the memory was too small for " + totals.inconclusive() + " of them; --max-memory gives more, and smaller bounds in explore: of the scenario need less");
        if (totals.problems() == 1) surroundings.say("1 scenario or file was bad; the output names it");
        if (totals.problems() > 1) surroundings.say(totals.problems() + " errors in scenarios or files; the output names them");
        if (totals.faults() > 0) surroundings.say("an error of chanrace itself broke " + totals.faults() + " explorations off; " + Trouble.REPORT);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
