package org.chanrace.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanrace.reports.ExploredPairing;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.OutputException;
import org.chanrace.reports.OutputFolder;

/** The folder of {@code --out}, written at the end. */
final class ExploreOutReporter implements ExploreReporter {
    private final Path folder;
    private final List<ExploredPairing> pairings = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();

    ExploreOutReporter(Path folder) {
        this.folder = folder;
    }

    @Override
    public void problem(FileProblem problem) {
        problems.add(problem);
    }

    @Override
    public void pairing(ExploredPairing pairing) {
        pairings.add(pairing);
    }

    @Override
    public void end(ExploreTotals totals) throws OutputException {
        EarlierCapsules earlier = EarlierCapsules.of(folder);
        OutputFolder.writeExplorations(folder, pairings, problems, totals.notMade());
        earlier.deleteBut(pairings.stream().flatMap(pairing -> pairing.notable().stream()).flatMap(ending -> ending.capsule().stream()).toList());
    }
}
