package org.chanrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.HtmlReport;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.OutputFolder;
import org.chanrace.reports.ReportedRun;

/**
 * The folder of {@code --out}, written at the end.
 *
 * <p>It keeps every run, no trace longer than it takes to make a diagram of it, and of diagrams as many as a page may show. What was measured in detail
 * is kept of the runs that have one. What is left out depends on the input alone.
 */
final class OutReporter implements Reporter {
    /** Diagrams of first seeds that are kept. */
    private static final int FIRST_SEEDS_MAX = HtmlReport.DIAGRAMS_MAX;

    /** All diagrams that are kept: there is room for what is not as expected, which comes later and is shown first. */
    private static final int DIAGRAMS_MAX = 2 * FIRST_SEEDS_MAX;

    private final Path folder;
    private final Surroundings surroundings;
    private final List<ReportedRun> runs = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();
    private int diagrams;
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
            surroundings.say("cannot write to " + option + " " + folder + ": " + Trouble.notMade(e));
            return false;
        }
    }

    @Override
    public void problem(FileProblem problem) {
        problems.add(problem);
    }

    @Override
    public void run(ReportedRun run) {
        runs.add(keepingDiagram(runs.size(), run, FIRST_SEEDS_MAX));
    }

    /** Explanations come in the order of the runs, so that the one meant is found by going on from the last. */
    @Override
    public void explanation(ReportedRun run) {
        while (nextExplained < runs.size() && !isSame(runs.get(nextExplained), run)) nextExplained++;
        if (nextExplained == runs.size() || runs.get(nextExplained).isRecorded()) return;
        runs.set(nextExplained, keepingDiagram(nextExplained, run, DIAGRAMS_MAX));
    }

    @Override
    public void end(Totals totals) throws OutputException {
        EarlierCapsules earlier = EarlierCapsules.of(folder);
        OutputFolder.write(folder, runs, problems, totals.notMade());
        earlier.deleteBut(runs.stream().flatMap(run -> run.capsule().stream()).toList());
        if (!withoutDiagram.isEmpty()) surroundings.say(withoutDiagram.size() + " diagrams are left out of " + folder + ", for want of room; run those scenarios apart to see them");
    }

    private ReportedRun keepingDiagram(int index, ReportedRun run, int most) {
        if (!run.isRecorded()) return run.coarse();
        if (diagrams < most) {
            diagrams++;
            withoutDiagram.remove(index);
            return run.arranged();
        }
        withoutDiagram.add(index);
        return run.coarse();
    }

    private static boolean isSame(ReportedRun one, ReportedRun other) {
        return one.scenario() == other.scenario() && one.result().seed() == other.result().seed();
    }
}
