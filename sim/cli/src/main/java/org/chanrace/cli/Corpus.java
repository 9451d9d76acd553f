package org.chanrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.chanrace.explore.fuzz.Again;
import org.chanrace.explore.fuzz.Finding;
import org.chanrace.explore.fuzz.Fuzzer;
import org.chanrace.reports.FileProblem;
import org.chanrace.scenarios.CapsuleFolder;
import org.chanrace.scenarios.CapsuleLoader;
import org.chanrace.scenarios.LoadedCapsule;
import org.chanrace.scenarios.Problem;
import org.chanrace.scenarios.ScenarioPaths;
import org.chanrace.scenarios.capsule.Capsule;
import org.chanrace.scenarios.capsule.Drive;

/**
 * A folder that fuzzing keeps: a capsule of each finding, {@code finding-…}, and of runs that were the first to reach a kind of state, {@code reached-…}.
 * A capsule depends on nothing else, so an entry stays what it is however scenarios are drawn later.
 */
final class Corpus {
    /** Runs that only reached something; each costs time at the beginning of the next command. */
    private static final int REACHED_MAX = 256;
    private static final String FOUND = "finding-";
    private static final String REACHED = "reached-";

    private final Path folder;
    private final CapsuleFolder capsules;
    private int reached;

    /**
     * An entry that was replayed.
     *
     * @param file the capsule
     * @param failedBefore whether it is a finding
     * @param again what came of it
     * @param capsule what it is
     */
    record Entry(String file, boolean failedBefore, Again again, Capsule capsule) {
        /** What decides how it ends. Of an order that has become impossible nothing can be said. */
        Optional<String> decidedBy() {
            if (capsule.drive() != Drive.BY_ORDER || again.skipped() > 0 || !again.endsBadly()) return Optional.empty();
            return Again.decidedBy(capsule.scenario(), capsule.schedule(), again.ending().orElseThrow());
        }

        /** What there is to say about it: {@code still fails}, {@code no longer fails}, {@code fails now}; empty when there is nothing. */
        String news() {
            if (failedBefore) return again.fails() ? "still fails" : "no longer fails";
            return again.fails() ? "fails now" : "";
        }
    }

    /** Takes what comes out of {@link #replay}. */
    interface Replays {
        void entry(Entry entry) throws IOException;

        void problem(FileProblem problem) throws IOException;
    }

    Corpus(Path folder) {
        this.folder = folder;
        this.capsules = new CapsuleFolder(folder);
    }

    /** Replays everything that is there, in the order of its names, until that is enough. */
    void replay(Interruption interruption, Replays to) throws IOException {
        if (!Files.isDirectory(folder)) return;
        List<Path> files;
        try {
            files = new ArrayList<>(ScenarioPaths.expandCapsules(List.of(folder)));
        } catch (NoSuchFileException | UncheckedIOException e) {
            to.problem(Workload.problem(Workload.shown(folder), "it cannot be read"));
            return;
        }
        for (Path file : files) {
            if (interruption.requested()) return;
            if (file.getFileName().toString().startsWith(REACHED)) reached++;
            LoadedCapsule loaded = CapsuleLoader.load(file, Workload.shown(file));
            for (Problem problem : loaded.problems()) to.problem(Workload.reported(problem));
            if (loaded.capsule().isEmpty()) continue;
            Capsule capsule = loaded.capsule().get();
            to.entry(new Entry(Workload.shown(file), file.getFileName().toString().startsWith(FOUND), again(capsule), capsule));
        }
    }

    private static Again again(Capsule capsule) {
        return capsule.drive() == Drive.BY_ORDER ? Again.byOrder(capsule.scenario(), capsule.schedule()) : Again.byTime(capsule.scenario(), capsule.seed());
    }

    /** Keeps a finding; where, unless it is too large to be kept. */
    Optional<String> keep(Finding finding) throws IOException {
        Capsule capsule = finding.order().isPresent()
                ? Capsule.byOrder(Product.version(), finding.reason(), finding.scenario(), finding.picks(), finding.result())
                : Capsule.byTime(Product.version(), finding.reason(), finding.scenario(), finding.picks(), finding.result());
        return capsules.write(FOUND + finding.ending().outcome().text() + "-" + finding.id(), capsule).map(Workload::shown);
    }

    /** Keeps a run that reached something new, if there is room. */
    void keep(Supplier<Fuzzer.Kept> run) throws IOException {
        if (reached == REACHED_MAX) return;
        Fuzzer.Kept kept = run.get();
        if (kept.picks().length > Capsule.PICKS_MAX) return;
        reached++;
        Capsule capsule = kept.order()
                ? Capsule.byOrder(Product.version(), "reached a kind of state that no run before it had", kept.scenario(), kept.picks(), kept.result())
                : Capsule.byTime(Product.version(), "reached a kind of state that no run before it had", kept.scenario(), kept.picks(), kept.result()).withoutSchedule();
        capsules.write(REACHED + kept.result().digest(), capsule);
    }
}
