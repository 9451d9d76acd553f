package org.chanrace.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.reports.LatencyAgreement;
import org.chanrace.reports.LatencyComparison;
import org.chanrace.reports.LatencyJson;
import org.chanrace.reports.LatencyMarkdown;
import org.chanrace.reports.LatencyText;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.PublishedLatency;
import org.chanrace.reports.SensitivityTables;
import org.chanrace.scenarios.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chanrace latency}: scenario files in, how long the guest waits for missing pages out, release by release. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = "Measure how long the guest waits for missing pages in postcopy, and where that time goes, in one release or in several side by side.",
        footer = {
            "",
            "Each column is run with the same seeds, so that what differs is not the dice. Machine type and capabilities are the scenario's; what a release does",
            "not know is left out, and said. Columns that differ from the scenario's own pairing are not checked against its expect:.",
            "",
            "  chanrace latency my.yaml --compare 7.2.0,8.0.0,10.1.0 --no-preempt",
            "  chanrace latency my.yaml --compare \"7.2.0->8.0.0\",8.0.0:10.1.0 --out report",
            "  chanrace latency my.yaml --sensitivity --memory 1GiB",
            "  chanrace latency scenarios/library/latency/published-*.yaml --published scenarios/library/latency/published.csv --format markdown"
        })
final class LatencyCommand implements Callable<Integer> {
    private static final int RUNS_MAX = 10_000;
    private static final int PAIRINGS_MAX = 100;
    private static final String ALL = "all";

    private final Surroundings surroundings;

    /** How results are written. */
    enum Format {
        text,
        json,
        markdown
    }

    /** The list of --sensitivity is optional: what follows may as well be the first scenario file. */
    static final class Varied implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            List<String> varied = new ArrayList<>(option.<List<String>>getValue());
            if (arguments.isEmpty() || arguments.peek().startsWith("-") || isPath(arguments.peek())) varied.add(ALL);
            else varied.addAll(List.of(arguments.pop().split(",", -1)));
            option.setValue(varied);
        }

        /** No parameter's name has a slash or ends as a scenario file's does; a folder's name may look like one. */
        private static boolean isPath(String text) {
            return text.contains("/") || text.contains(File.separator) || text.endsWith(".yaml") || text.endsWith(".yml") || new File(text).exists();
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "scenario files, and folders of them (*.yaml, *.yml)")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--compare", paramLabel = "LIST", split = ",",
            description = "a column for each of these: A for that release on both sides, A->B or A:B from one to another (default: the scenario as it is)")
    private List<String> compared = new ArrayList<>();

    @Option(names = "--no-preempt", description = "one more column, of the first pairing without postcopy-preempt")
    private boolean noPreempt;

    @Option(names = "--sensitivity", paramLabel = "LIST", arity = "0..1", parameterConsumer = Varied.class,
            description = "which parameter matters: what each does to the mean of each column when it is halved and doubled; all of them, or those of the list")
    private List<String> varied = new ArrayList<>();

    @Option(names = "--published", paramLabel = "FILE", description = "also put beside it what was measured on real hosts; a CSV file, as in scenarios/library/latency/published.csv")
    private Optional<Path> published = Optional.empty();

    @Option(names = "--memory", paramLabel = "SIZE", description = "a guest with so much memory, and a working set of the same share of it, so that runs are shorter: 2GiB")
    private Optional<String> memory = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "seed of the first run of each column (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5",
            description = "runs of each column, with the seeds from --seed on; more make the intervals narrower (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "what goes to standard output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format;

    @Option(names = "--out", paramLabel = "DIR", description = "also write a report into this folder, which is created: index.html with plots, results.jsonl")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private JobsOption jobs;

    @Option(names = "--quiet", description = "no progress line")
    private boolean quiet;

    LatencyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, OutputException {
        if (runs < 1 || runs > RUNS_MAX) throw usage("--runs must be from 1 to " + RUNS_MAX);
        if (seed > Long.MAX_VALUE - runs) throw usage("--seed is too large for so many runs");
        int workers = jobs.workers();
        List<Pairing> pairings = pairings();
        List<HostParameter> parameters = parameters();
        Optional<Long> bytes = memory();
        if (!parameters.isEmpty() && (out.isPresent() || published.isPresent())) throw usage("--sensitivity goes with neither --out nor --published");
        List<PublishedLatency> measured;
        try {
            measured = published.isPresent() ? PublishedFile.read(published.get()) : List.of();
        } catch (PublishedFile.Unusable unusable) {
            surroundings.say(unusable.getMessage());
            return ExitCode.BAD_INPUT;
        }
        if (out.isPresent() && !OutReporter.canWrite("--out", out.get(), surroundings)) return ExitCode.BAD_INPUT;

        if (out.isPresent()) surroundings.out().outlastReader();

        Workload workload = Workload.of(paths);
        if (workload.isEmpty()) {
            surroundings.say(Workload.nothingIn(paths));
            return ExitCode.BAD_INPUT;
        }
        LatencyPlan plan = LatencyPlan.of(bytes.map(workload::withMemory).orElse(workload), pairings, noPreempt, parameters, seed, runs);
        LatencySession session = new LatencySession(plan, reporters(!parameters.isEmpty(), measured), surroundings, Progress.of(surroundings, quiet));
        // What a run measured takes room until it is gathered, as a trace does.
        new Crew(workers, surroundings.engines(), surroundings.interruption()).work(plan.batch(), RunPlan.TRACED_PER_WORKER * workers, session);
        Totals totals = session.end(surroundings.interruption().requested());
        totals.say(surroundings);
        return totals.exitCode(Totals.FailOn.unexpected);
    }

    private List<Pairing> pairings() {
        if (compared.size() > PAIRINGS_MAX) throw usage("--compare: at most " + PAIRINGS_MAX + " columns");
        try {
            return compared.stream().map(text -> NamedRelease.pairing("--compare", text)).distinct().toList();
        } catch (IllegalArgumentException unknown) {
            throw usage(unknown.getMessage());
        }
    }

    private List<HostParameter> parameters() {
        if (varied.contains(ALL)) return List.of(HostParameter.values());
        List<HostParameter> parameters = new ArrayList<>();
        for (String name : varied)
            parameters.add(HostParameter.named(name.strip()).orElseThrow(() -> {
                List<String> names = Arrays.stream(HostParameter.values()).map(HostParameter::text).toList();
                return usage("--sensitivity: there is no parameter '" + name.strip() + "'" + Nearest.to(name.strip(), names).map(near -> "; did you mean " + near + "?").orElse(""));
            }));
        return parameters;
    }

    private Optional<Long> memory() {
        try {
            return memory.map(Sizes::parse);
        } catch (IllegalArgumentException bad) {
            throw usage("--memory: " + bad.getMessage());
        }
    }

    private List<LatencyReporter> reporters(boolean sensitivity, List<PublishedLatency> measured) {
        Function<List<LatencyComparison>, String> nothing = all -> "";
        List<LatencyReporter> reporters = new ArrayList<>();
        reporters.add(switch (format) {
            case text -> sensitivity ? new LatencyTextReporter(surroundings.out(), SensitivityTables::text, nothing)
                    : new LatencyTextReporter(surroundings.out(), new LatencyText(RunCommand.WIDTH)::comparison, agreement(measured, LatencyAgreement::text));
            case json -> sensitivity ? new LatencyJsonReporter(surroundings.out(), LatencyJson::variations, nothing)
                    : new LatencyJsonReporter(surroundings.out(), LatencyJson::lines, agreement(measured, LatencyAgreement::json));
            case markdown -> new LatencyMarkdownReporter(surroundings,
                    sensitivity ? SensitivityTables::markdown : measured.isEmpty() ? LatencyMarkdown::comparisons : agreement(measured, LatencyAgreement::markdown));
        });
        out.ifPresent(folder -> reporters.add(new LatencyOutReporter(folder)));
        return reporters;
    }

    private static Function<List<LatencyComparison>, String> agreement(List<PublishedLatency> measured, Function<LatencyAgreement, String> document) {
        return comparisons -> {
            LatencyAgreement agreement = new LatencyAgreement(comparisons, measured);
            return agreement.isEmpty() ? "" : document.apply(agreement);
        };
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
