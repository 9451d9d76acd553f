package org.chanrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.TextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chanrace run}: scenario files in, verdicts out. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run scenario files, and say which did not end as expected, and why.",
        footer = {
            "",
            "Text has a line for each scenario, then an explanation with a space-time diagram for what was not as expected.",
            "JSON has an object a line; JUnit is one XML document. --out writes all that is needed to pass the result on:",
            "index.html, results.jsonl, junit.xml, and a capsule of each run that fails."
        })
final class RunCommand implements Callable<Integer> {

    /** Columns. Not the terminal's: output must not depend on where it is read. */
    static final int WIDTH = 140;

    private final Surroundings surroundings;

    /** How results are written. */
    enum Format {
        text,
        json,
        junit
    }

    /** When output is coloured. */
    enum Color {
        auto,
        always,
        never;

        boolean isWanted(Surroundings surroundings) {
            return switch (this) {
                case auto -> surroundings.colorByDefault();
                case always -> true;
                case never -> false;
            };
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "scenario files, and folders of them (*.yaml, *.yml)")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "seed of the first run of each scenario (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "1",
            description = "runs of each scenario, with the seeds from --seed on (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "what goes to standard output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format;

    @Option(names = "--trace", description = "text: explain every run, with its diagram; json: write every trace")
    private boolean trace;

    @Option(names = "--out", paramLabel = "DIR", description = "also write a report into this folder, which is created")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--capsules", paramLabel = "DIR",
            description = "write a capsule of each run that fails into this folder, for chanrace replay; --out DIR has them in DIR/capsules")
    private Optional<Path> capsules = Optional.empty();

    @Option(names = "--fail-on", paramLabel = "WHAT", defaultValue = "unexpected",
            description = "what makes the exit code 1: ${COMPLETION-CANDIDATES}; bad is every outcome but completed (default: ${DEFAULT-VALUE})")
    private Totals.FailOn failOn;

    @Mixin
    private JobsOption jobs;

    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Color color;

    @Option(names = "--quiet", description = "no progress line, and no line for what is as expected")
    private boolean quiet;

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, OutputException {
        if (runs < 1) throw usage("--runs must be at least 1");
        if (seed > Long.MAX_VALUE - runs) throw usage("--seed is too large for so many runs");
        int workers = jobs.workers();
        if (out.isPresent() && !OutReporter.canWrite("--out", out.get(), surroundings)) return ExitCode.BAD_INPUT;
        if (capsules.isPresent() && !OutReporter.canWrite("--capsules", capsules.get(), surroundings)) return ExitCode.BAD_INPUT;

        if (out.isPresent() || capsules.isPresent()) surroundings.out().outlastReader();

        Workload workload = Workload.of(paths);
        if (workload.isEmpty()) {
            surroundings.say(Workload.nothingIn(paths));
            return ExitCode.BAD_INPUT;
        }
        return run(workload, workers);
    }

    private int run(Workload workload, int workers) throws IOException, OutputException {
        RunPlan plan = plan(workload);
        Progress progress = Progress.of(surroundings, quiet);
        Optional<CapsuleKeeper> keeper = capsules.or(() -> out.map(EarlierCapsules::folderIn))
                .map(folder -> new CapsuleKeeper(folder, surroundings.engines().get(), failOn));
        Session session = new Session(workload, plan, reporters(workload, keeper.isPresent()), surroundings, progress, keeper);
        Crew crew = new Crew(workers, surroundings.engines(), surroundings.interruption());

        crew.work(plan.batch(), plan.window(workers), session);
        List<Item> toExplain = session.endOfRuns();
        if (!surroundings.interruption().requested()) crew.work(Batch.of(toExplain), RunPlan.TRACED_PER_WORKER * workers, session.explanations());
        Totals totals = session.end(surroundings.interruption().requested());
        totals.say(surroundings);
        if (keeper.isPresent()) keeper.get().end(surroundings);
        return totals.exitCode(failOn);
    }

    private RunPlan plan(Workload workload) {
        RunPlan.Traces traces = format == Format.json && trace ? RunPlan.Traces.ALL : out.isPresent() ? RunPlan.Traces.FIRST : RunPlan.Traces.NONE;
        RunPlan.Explained explained = format == Format.text && trace ? RunPlan.Explained.ALL
                : out.isPresent() ? RunPlan.Explained.EVERY_ENDING
                : format == Format.text ? RunPlan.Explained.NOTABLE
                : RunPlan.Explained.NONE;
        return new RunPlan(workload.scenarios(), seed, runs, traces, explained);
    }

    private List<Reporter> reporters(Workload workload, boolean keepsCapsules) {
        List<Reporter> reporters = new ArrayList<>();
        reporters.add(switch (format) {
            case text -> new TextReporter(surroundings.out(), workload, new TextReport.Options(color.isWanted(surroundings), false, WIDTH, trace), runs > 1, quiet, keepsCapsules);
            case json -> new JsonReporter(surroundings.out(), trace);
            case junit -> new JunitReporter(surroundings.out());
        });
        out.ifPresent(folder -> reporters.add(new OutReporter(folder, surroundings)));
        return reporters;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
