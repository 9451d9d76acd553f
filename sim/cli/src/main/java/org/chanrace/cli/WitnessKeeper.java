package org.chanrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Witness;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.reports.Explained;
import org.chanrace.reports.ExploredPairing;
import org.chanrace.scenarios.CapsuleFolder;
import org.chanrace.scenarios.capsule.Capsule;

/** Writes a capsule of the shortest order to each ending that is shown, as it comes: an interruption costs none of those before it. */
final class WitnessKeeper {
    private final CapsuleFolder folder;
    private final Path shown;
    private long tooLarge;

    WitnessKeeper(Path folder) {
        this.folder = new CapsuleFolder(folder);
        this.shown = folder;
    }

    /** The pairing with the names of its capsules. */
    ExploredPairing keep(ExploredPairing pairing) throws IOException {
        List<Explained> kept = new ArrayList<>();
        for (Explained ending : pairing.notable()) kept.add(ending.with(written(pairing.exploration(), ending)));
        return new ExploredPairing(pairing.file(), pairing.expected(), pairing.exploration(), kept);
    }

    private Optional<String> written(Exploration exploration, Explained ending) throws IOException {
        Witness witness = ending.witness();
        int[] schedule = witness.order().schedule();
        // A capsule replays the order alone, whose clock counts events.
        RunResult result = witness.timing().isEmpty() ? witness.result() : Simulation.of(exploration.small()).replayOrder(schedule, false);
        Optional<Path> file = schedule.length > Capsule.PICKS_MAX ? Optional.empty() : folder.write(name(exploration.scenario(), ending.ending()),
                Capsule.byOrder(Product.version(), result.verdict().reason(), exploration.small(), schedule, result));
        if (file.isEmpty()) tooLarge++;
        return file.map(path -> path.toString().replace('\\', '/'));
    }

    private static String name(Scenario scenario, Ending ending) {
        return (scenario.name() + "-" + scenario.source().release().name() + "-to-" + scenario.destination().release().name() + "-" + ending.outcome().text())
                .replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /** Says which capsules are missing, and why. */
    void end(Surroundings surroundings) {
        if (tooLarge > 0) surroundings.say(tooLarge + " orders have no capsule in " + shown + ": they are too long to be carried");
    }
}
