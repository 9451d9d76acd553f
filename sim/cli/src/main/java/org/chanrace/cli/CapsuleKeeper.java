package org.chanrace.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.chanrace.reports.ReportedRun;
import org.chanrace.scenarios.CapsuleFolder;
import org.chanrace.scenarios.capsule.Capsule;

/**
 * Writes a capsule of each run that fails, as it comes: an interruption costs none of those before it.
 *
 * <p>A run is made once more for its schedule, by the thread that calls, so there is a limit to how many are kept. Which ones are
 * depends on the input alone.
 */
final class CapsuleKeeper {
    /** Capsules of one command. Whoever needs more has the seeds in the report. */
    static final int KEPT_MAX = 1000;

    private final CapsuleFolder folder;
    private final Path shown;
    private final Engine engine;
    private final Totals.FailOn failOn;
    private long kept;
    private long tooMany;
    private long tooLarge;
    private Optional<CapsuleFolder.NotWritten> failure = Optional.empty();

    /** @param failOn which runs fail, besides those that are not as expected */
    CapsuleKeeper(Path folder, Engine engine, Totals.FailOn failOn) {
        this.folder = new CapsuleFolder(folder);
        this.shown = folder;
        this.engine = engine;
        this.failOn = failOn;
    }

    /** The run with the name of its capsule, if it is one to be kept. Runs go on when capsules can no longer be written: they are worth more. */
    ReportedRun keep(ReportedRun run) {
        if (!failOn.concerns(run) || failure.isPresent()) return run;
        if (kept == KEPT_MAX) {
            tooMany++;
            return run;
        }
        long seed = run.result().seed();
        String note = run.asExpected() ? run.result().verdict().reason() : String.join("; ", run.deviations());
        Capsule capsule = Capsule.byTime(Product.version(), note, run.scenario(), schedule(run), run.result());
        Optional<Path> file;
        try {
            file = folder.write(run.scenario().name() + "-seed" + seed, capsule);
        } catch (CapsuleFolder.NotWritten e) {
            failure = Optional.of(e);
            return run;
        }
        if (file.isEmpty()) {
            tooLarge++;
            return run;
        }
        kept++;
        return new ReportedRun(run.scenario(), run.file(), run.result(), file.map(path -> path.toString().replace('\\', '/')), run.diagram());
    }

    /** A capsule can do without, and one is better than none. */
    private int[] schedule(ReportedRun run) {
        try {
            return engine.schedule(run.scenario(), run.result().seed());
        } catch (OutOfMemoryError e) {
            return new int[0];
        }
    }

    /**
     * Says which capsules are missing, and why.
     *
     * @throws CapsuleFolder.NotWritten when the folder could not be written to
     */
    void end(Surroundings surroundings) throws CapsuleFolder.NotWritten {
        if (tooMany > 0) surroundings.say(tooMany + " more runs have no capsule in " + shown + ", which got " + KEPT_MAX + "; their seeds are in the output");
        if (tooLarge > 0)
            surroundings.say(tooLarge + " runs have no capsule in " + shown + ": the measured values that their scenarios name are too many to stand in one");
        if (failure.isPresent()) throw failure.get();
    }
}
