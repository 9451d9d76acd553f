package org.chanrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chanrace.model.trace.Trace;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.OutputFolder;
import org.chanrace.reports.ReportedRun;

/**
 * The folder of {@code --out}, written at the end.
 *
 * <p>It keeps every run, and traces as long as there is room for them: a diagram is worth little to whoever has no memory left. What was measured in
 * detail is kept of the runs whose traces are.
 * What is left out depends on the input alone.
 */
final class OutReporter implements Reporter {
    /** Events of all traces that are kept; about 200 bytes each. */
    private static final long TRACE_EVENTS_MAX = 2_000_000;

    /** Of these, what first seeds may use up; the rest is for what is not as expected. */
    private static final long FIRST_SEEDS_MAX = TRACE_EVENTS_MAX / 2;

    private final Path folder;
    private final Surroundings surroundings;
    private final List<ReportedRun> runs = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();
    private long traceEvents;
    private final Set<Integer> withoutDiagram = new TreeSet<>();
    private int nextExplained;

    OutReporter(Path folder, Surroundings surroundings) {
        this.folder = folder;
        this.surroundings = surroundings;
    }

    /** Makes the folder and tries to write into it; says what is in the way of which option. */
    static boolean canWrite(String option, Path folder, Surroundings surroundings) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".chanrace", ".tmp"));
            return true;
        } catch (IOException e) {
            surroundings.say("cannot write to " + option + " " + folder + ": " + Trouble.reason(e));
            return false;
        }
    }

    @Override
    public void problem(FileProblem problem) {
        problems.add(problem);
    }

    @Override
    public void run(ReportedRun run) {
        runs.add(keepingTrace(runs.size(), run, FIRST_SEEDS_MAX));
    }

    /** Explanations come in the order of the runs, so that the one meant is found by going on from the last. */
    @Override
    public void explanation(ReportedRun run) {
        while (nextExplained < runs.size() && !isSame(runs.get(nextExplained), run)) nextExplained++;
        if (nextExplained == runs.size() || runs.get(nextExplained).result().trace().isPresent()) return;
        runs.set(nextExplained, keepingTrace(nextExplained, run, TRACE_EVENTS_MAX));
    }

    @Override
    public void end(Totals totals) throws OutputException {
        OutputFolder.write(folder, runs, problems, totals.notMade());
        if (!withoutDiagram.isEmpty()) surroundings.say(withoutDiagram.size() + " diagrams are left out of " + folder + ", for want of room; run those scenarios apart to see them");
    }

    private ReportedRun keepingTrace(int index, ReportedRun run, long most) {
        Optional<Trace> trace = run.result().trace();
        if (trace.isEmpty()) return run.coarse();
        int events = trace.get().events().size();
        if (traceEvents + events <= most) {
            traceEvents += events;
            withoutDiagram.remove(index);
            return run;
        }
        withoutDiagram.add(index);
        return run.coarse();
    }

    private static boolean isSame(ReportedRun one, ReportedRun other) {
        return one.scenario() == other.scenario() && one.result().seed() == other.result().seed();
    }
}
