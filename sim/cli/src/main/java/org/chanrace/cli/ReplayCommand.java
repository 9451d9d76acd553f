package org.chanrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.chanrace.model.Simulation;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.ReportedRun;
import org.chanrace.reports.TextReport;
import org.chanrace.scenarios.CapsuleLoader;
import org.chanrace.scenarios.LoadedCapsule;
import org.chanrace.scenarios.Problem;
import org.chanrace.scenarios.ScenarioPaths;
import org.chanrace.scenarios.capsule.Replayed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chanrace replay}: capsules in, whether their runs come out the same. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Make the runs of capsules again, and say whether they come out the same, byte for byte.",
        footer = {
            "",
            "A capsule is what run and explore keep of a run (--capsules, --out), and fuzz (--corpus). The exit code is 1",
            "when anything differs: the outcome, the digest, or the order. When another version of the model wrote a",
            "capsule, that is said."
        })
final class ReplayCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    /** How the answer is written. */
    enum Format {
        text,
        json
    }

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "capsules, and folders of them (*.capsule.yaml)")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "what goes to standard output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format;

    @Option(names = "--trace", description = "text: explain every run, with its diagram; json: write every trace")
    private boolean trace;

    @Option(names = "--out", paramLabel = "DIR", description = "also write a report of the runs, as they come out now, into this folder, which is created")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private RunCommand.Color color;

    private long replayed;
    private long different;
    private long unexpected;
    private long incomplete;
    private long problems;
    private long faults;

    ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, OutputException {
        if (out.isPresent() && !OutReporter.canWrite("--out", out.get(), surroundings)) return ExitCode.BAD_INPUT;
        ReplayWriter writer = switch (format) {
            case text -> new ReplayText(surroundings.out(), new TextReport.Options(color.isWanted(surroundings), false, RunCommand.WIDTH, true), trace);
            case json -> new ReplayJson(surroundings.out(), trace);
        };
        Optional<OutReporter> report = out.map(folder -> new OutReporter(folder, surroundings));

        Set<Path> files = new LinkedHashSet<>();
        for (Path path : paths) {
            try {
                for (Path file : ScenarioPaths.expandCapsules(List.of(path))) files.add(file.normalize());
            } catch (NoSuchFileException e) {
                problem(Workload.problem(Workload.shown(path), "there is no such file or folder"), writer, report);
            } catch (UncheckedIOException e) {
                problem(Workload.problem(Workload.shown(path), "it cannot be read: " + Trouble.reason(e.getCause())), writer, report);
            }
        }
        if (files.isEmpty() && problems == 0) {
            surroundings.say("no capsules (*.capsule.yaml) in " + String.join(", ", paths.stream().map(Path::toString).toList()));
            return ExitCode.BAD_INPUT;
        }
        int taken = 0;
        for (Path file : files) {
            if (surroundings.interruption().requested()) break;
            replay(file, writer, report);
            surroundings.out().flush();
            taken++;
        }
        return end(files.size() - taken, writer, report);
    }

    private int end(long left, ReplayWriter writer, Optional<OutReporter> report) throws IOException, OutputException {
        boolean interrupted = left > 0;
        writer.end(replayed, different, problems, left);
        surroundings.out().flush();
        if (report.isPresent()) report.get().end(new Totals(replayed + left, replayed, unexpected, incomplete, problems, 0, faults, interrupted));
        if (interrupted) surroundings.say("interrupted: " + left + " capsules were not replayed");
        if (interrupted) return ExitCode.INTERRUPTED;
        if (faults > 0) return ExitCode.INTERNAL;
        return problems > 0 ? ExitCode.BAD_INPUT : different > 0 ? ExitCode.NOT_AS_EXPECTED : ExitCode.OK;
    }

    private void replay(Path file, ReplayWriter writer, Optional<OutReporter> report) throws IOException {
        String shown = Workload.shown(file);
        LoadedCapsule loaded;
        Replayed one;
        try {
            loaded = CapsuleLoader.load(file, shown);
            for (Problem problem : loaded.problems()) problem(Workload.reported(problem), writer, report);
            if (loaded.capsule().isEmpty()) return;
            Replayed.OrderEngine orders = (scenario, schedule, withTrace) -> Simulation.of(scenario).followOrder(schedule, withTrace);
            one = Replayed.of(loaded.capsule().get(), orders, trace || report.isPresent());
        } catch (OutOfMemoryError e) {
            problem(Workload.problem(shown, "its run does not fit into the heap; give Java more (CHANRACE_JAVA_OPTIONS=-Xmx…)"), writer, report);
            return;
        } catch (StackOverflowError e) {
            problem(Workload.problem(shown, "it is nested too deeply for the stack of a thread"), writer, report);
            return;
        } catch (RuntimeException e) {
            faults++;
            if (surroundings.debug()) e.printStackTrace(surroundings.err());
            problem(Workload.problem(shown, Trouble.internal(e)), writer, report);
            return;
        }
        replayed++;
        if (!one.isSame()) different++;
        Optional<ReportedRun> run = one.now().result().map(result -> new ReportedRun(one.capsule().scenario(), shown, result, Optional.of(shown)));
        writer.replayed(shown, one, run);
        if (run.isEmpty()) return;
        if (!run.get().asExpected()) unexpected++;
        if (run.get().result().verdict().outcome() != Outcome.COMPLETED) incomplete++;
        report.ifPresent(reporter -> reporter.run(run.get()));
    }

    private void problem(FileProblem problem, ReplayWriter writer, Optional<OutReporter> report) throws IOException {
        problems++;
        writer.problem(problem);
        report.ifPresent(reporter -> reporter.problem(problem));
    }
}
