package org.chanrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chanrace.explore.fuzz.FuzzSettings;
import org.chanrace.explore.fuzz.Fuzzer;
import org.chanrace.explore.fuzz.Fuzzing;
import org.chanrace.explore.fuzz.Strategy;
import org.chanrace.explore.fuzz.Subjects;
import org.chanrace.model.release.Release;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code chanrace fuzz}: random scenarios in random orders, and what should not be. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = "Try random orders of random scenarios, or of yours with random disturbances, and report what should not be.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:nothing was found",
            " 1:something was found, or found again from the corpus",
            " 2:bad usage, a bad scenario or capsule, or an output that cannot be written",
            "70:an error of chanrace itself",
            "130:interrupted: what was found is written",
            "143:interrupted by SIGTERM, as 130"
        },
        footer = {
            "",
            "What is reported: endings that are bad even after what was done to the migration (a stall, a crash, a monitor that hangs, a guest lost or on both sides),"
                + " and states that must not be, however the run ends. Each finding is made as small as it goes.",
            "",
            "With --schedules and without --for, the output depends on nothing but the arguments and the corpus."
        })
final class FuzzCommand implements Callable<Integer> {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) *(ms|s|min|h)");
    private static final String ARROW = "->";

    private final Surroundings surroundings;

    /** How findings are written. */
    enum Format {
        text,
        json
    }

    /** Reads {@code pos}. Of its own accord picocli would list the names of the constants, which are in capitals. */
    static final class StrategyName implements ITypeConverter<Strategy> {
        @Override
        public Strategy convert(String text) {
            return Stream.of(Strategy.values()).filter(strategy -> strategy.text().equalsIgnoreCase(text)).findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of " + Stream.of(Strategy.values()).map(Strategy::text).toList() + " (case-insensitive) but was '" + text + "'"));
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "scenario files, and folders of them, to be disturbed (default: random scenarios)")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--releases", paramLabel = "LIST",
            description = "random scenarios between these: A,B for any two of them, A->B for this pairing (default: all releases)")
    private Optional<String> releases = Optional.empty();

    @Option(names = "--for", paramLabel = "DURATION", description = "how long: 60s, 10 min, 2 h (default: 60s, unless there is --schedules)")
    private Optional<String> duration = Optional.empty();

    @Option(names = "--schedules", paramLabel = "N", description = "how many runs; without --for, until they are made (default: no limit)")
    private Optional<Long> schedules = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "the first seed; each makes " + FuzzSettings.RUNS_PER_SEED + " runs of one scenario (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--strategy", paramLabel = "NAME", split = ",", converter = StrategyName.class, defaultValue = "random,pct,pos,time",
            description = "how orders are chosen, drawn from these for each seed: random; pct, random priorities with few change points; pos, partial-order sampling; time, by latencies and relays (default: ${DEFAULT-VALUE})")
    private List<Strategy> strategies = new ArrayList<>();

    @Option(names = "--corpus", paramLabel = "DIR",
            description = "a folder of capsules that are replayed first: of what was found, and of runs that reached new kinds of states; new ones are added")
    private Optional<Path> corpus = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "what goes to standard output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format;

    @Mixin
    private JobsOption jobs;

    @Option(names = "--quiet", description = "no progress line, no line about the time")
    private boolean quiet;

    FuzzCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (schedules.orElse(1L) < 1) throw usage("--schedules must be at least 1");
        if (seed < 0) throw usage("--seed must not be negative");
        int workers = jobs.workers();
        if (!paths.isEmpty() && releases.isPresent()) throw usage("either scenario files or --releases: a scenario says between which releases it is");
        Optional<Long> nanos = duration.map(this::nanos).or(() -> schedules.isPresent() ? Optional.empty() : Optional.of(60_000_000_000L));
        List<Pairing> pairings = releases.map(this::pairings).orElse(List.of());
        if (corpus.isPresent() && !OutReporter.canWrite("--corpus", corpus.get(), surroundings)) return ExitCode.BAD_INPUT;

        Workload workload = Workload.of(paths);
        FuzzWriter writer = format == Format.json ? new FuzzJson(surroundings.out()) : new FuzzText(surroundings.out());
        Stopwatch stopwatch = new Stopwatch();
        Progress progress = Progress.of(surroundings, quiet);
        FuzzSession session = new FuzzSession(writer, corpus.map(Corpus::new), surroundings, progress, stopwatch, quiet);
        for (Workload.Part part : workload.parts()) if (part instanceof Workload.Bad bad) session.problem(bad.problem());
        List<Scenario> bases = bases(workload);
        if (!paths.isEmpty() && bases.isEmpty()) {
            surroundings.out().flush();
            if (workload.isEmpty()) surroundings.say(Workload.nothingIn(paths));
            return ExitCode.BAD_INPUT;
        }
        Subjects subjects = !bases.isEmpty() ? Subjects.around(bases) : !pairings.isEmpty() ? Subjects.between(pairings) : Subjects.any();
        Fuzzer fuzzer = new Fuzzer(subjects, new FuzzSettings(seed, schedules.orElse(Long.MAX_VALUE), workers, strategies.stream().distinct().toList()), surroundings.interruption()::requested);
        // How long it goes on decides how many seeds there are, and nothing of what a seed does.
        BooleanSupplier enough = () -> surroundings.interruption().requested() || nanos.isPresent() && stopwatch.nanos() >= nanos.get();
        session.replayCorpus(fuzzer);
        Fuzzing fuzzing = fuzzer.run(enough, session);
        return session.end(fuzzing);
    }

    /** The scenarios as they stand, or, where pairings are named in which they fail or pass, in each of these. */
    private static List<Scenario> bases(Workload workload) {
        List<Scenario> bases = new ArrayList<>();
        for (Workload.Good good : workload.scenarios()) {
            Scenario scenario = good.scenario();
            List<Pairing> in = Stream.concat(scenario.failsIn().stream(), scenario.passesIn().stream()).toList();
            if (in.isEmpty()) bases.add(scenario);
            for (Pairing pairing : in) bases.add(scenario.in(pairing));
        }
        return bases;
    }

    private long nanos(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) throw usage("--for is a duration such as 60s, 10 min or 2 h, not " + text);
        long unit = switch (matcher.group(2)) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "min" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
        if (Long.parseLong(matcher.group(1)) > Long.MAX_VALUE / unit) throw usage("--for is too long: " + text);
        if (Long.parseLong(matcher.group(1)) == 0) throw usage("--for must be more than nothing, not " + text);
        return Long.parseLong(matcher.group(1)) * unit;
    }

    /** All pairings that are named, then all of the releases that stand alone. */
    private List<Pairing> pairings(String list) {
        List<Pairing> pairings = new ArrayList<>();
        List<Release> alone = new ArrayList<>();
        for (String item : list.split(",", -1)) {
            int arrow = item.indexOf(ARROW);
            if (arrow < 0) alone.add(release(item));
            else pairings.add(new Pairing(release(item.substring(0, arrow)), release(item.substring(arrow + ARROW.length()))));
        }
        for (Release source : alone) for (Release destination : alone) pairings.add(new Pairing(source, destination));
        return pairings.stream().distinct().toList();
    }

    private Release release(String text) {
        try {
            return NamedRelease.of("--releases", text);
        } catch (IllegalArgumentException unknown) {
            throw usage(unknown.getMessage());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
