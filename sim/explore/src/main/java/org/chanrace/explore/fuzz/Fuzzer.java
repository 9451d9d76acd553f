package org.chanrace.explore.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.chanrace.explore.Ending;
import org.chanrace.explore.Explorer;
import org.chanrace.explore.Visited;
import org.chanrace.explore.Witness;
import org.chanrace.model.Simulation;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;

/**
 * Fuzzes: draws scenarios and orders, and keeps what should not be.
 *
 * <pre>{@code
 * Fuzzing fuzzing = new Fuzzer(Subjects.any(), FuzzSettings.of(1, 10_000)).run(() -> false, new Fuzzer.Listener() {});
 * }</pre>
 *
 * <p>A seed draws a swarm, a scenario and a strategy, and makes a few runs. Workers take seeds; one thread takes what they found, in the order of the
 * seeds, and makes it small. So what is found does not depend on the number of workers, and whoever stops it gets what the seeds until then have found.
 */
public final class Fuzzer {
    private static final int STATES_MAX = 1 << 23;
    private static final int PAIRINGS_SHOWN = 8;

    private final Subjects subjects;
    private final FuzzSettings settings;
    private final Smaller smaller;
    private final Visited states = new Visited();
    private final Visited situations = new Visited();
    private final TreeSet<Ending> endings = new TreeSet<>();
    /** By the key of the hits. */
    private final Map<String, Tally> findings = new LinkedHashMap<>();
    /** By what decides it. */
    private final Map<String, Tally> byCore = new LinkedHashMap<>();
    private final List<Tally> distinct = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();
    private final List<Supplier<Optional<String>>> knownCores = new ArrayList<>();
    private final Set<String> coresAskedFor = new TreeSet<>();
    private long schedules;
    private long seeds;
    private boolean allStates = true;

    /** Hears of what comes out, on the thread that called {@link #run}. */
    public interface Listener {
        /** Something was found that had not been found before. */
        default void found(Finding finding) {}

        /** A run with which nothing is wrong has reached a kind of state that none before it had: worth keeping. */
        default void reached(Supplier<Kept> kept) {}

        /** Another seed is done. */
        default void progress(long schedules, int states, int findings) {}
    }

    /**
     * A run that is worth making again.
     *
     * @param scenario what was run; of an order the small instance
     * @param runSeed the seed of a run by time; 0 for an order
     * @param picks the lanes of all events
     * @param order whether it is an order
     * @param result the run, without its trace
     */
    public record Kept(Scenario scenario, long runSeed, int[] picks, boolean order, org.chanrace.model.verdict.RunResult result) {}

    private static final class Tally {
        final Finding finding;
        final TreeMap<String, Pairing> pairings = new TreeMap<>();
        long seeds;

        Tally(Finding finding) {
            this.finding = finding;
        }
    }

    public Fuzzer(Subjects subjects, FuzzSettings settings) {
        this(subjects, settings, () -> false);
    }

    /** @param hurry whether what was found is to be left as large as it is, since somebody waits for the end */
    public Fuzzer(Subjects subjects, FuzzSettings settings, BooleanSupplier hurry) {
        this.subjects = subjects;
        this.settings = settings;
        this.smaller = new Smaller(subjects, hurry);
    }

    /**
     * What is wrong with this is known: it is not reported.
     *
     * @param decidedBy what decides it, if something does; asked for only when there is something to compare it with
     */
    public void ignore(String key, Supplier<Optional<String>> decidedBy) {
        known.add(key);
        knownCores.add(decidedBy);
    }

    private boolean isKnown(Finding finding) {
        if (finding.decidedBy().isEmpty()) return false;
        for (Supplier<Optional<String>> core : knownCores) core.get().ifPresent(coresAskedFor::add);
        knownCores.clear();
        return coresAskedFor.contains(finding.decidedBy().get());
    }

    /**
     * Goes on until all runs have been made or somebody says that it is enough.
     *
     * @param enough asked between seeds
     */
    public Fuzzing run(BooleanSupplier enough, Listener listener) {
        Seeds workers = new Seeds(subjects, settings);
        try {
            for (long n = 0; n < settings.seeds() && !enough.getAsBoolean(); n++) {
                Optional<SeedRuns> next = workers.next(enough);
                if (next.isEmpty()) break;
                merge(next.get(), listener);
            }
        } finally {
            workers.stop();
        }
        return result();
    }

    private void merge(SeedRuns made, Listener listener) {
        for (int i = 0; i < made.stateHalves; i += 2) {
            if (states.size() < STATES_MAX) states.add(made.states[i], made.states[i + 1]);
            else allStates = false;
        }
        endings.addAll(made.endings);
        for (SeedRuns.Reached reached : made.reached) {
            boolean isNew = false;
            for (long situation : reached.situations()) isNew |= situations.add(situation, 1);
            if (isNew && reached.ran().hit().isEmpty() && !reached.ran().endings().isEmpty()) listener.reached(() -> kept(made, reached.ran()));
        }
        made.found.forEach((key, found) -> {
            if (known.contains(key)) return;
            Tally tally = findings.get(key);
            if (tally == null) {
                Finding finding = smaller.of(made.recipe, made.choices, found.run(), found.hit(), schedules + found.run() + 1);
                if (isKnown(finding)) {
                    known.add(key);
                    return;
                }
                tally = finding.decidedBy().map(byCore::get).orElse(null);
                if (tally == null) {
                    tally = new Tally(finding);
                    distinct.add(tally);
                    listener.found(finding);
                }
                findings.put(key, tally);
                if (finding.decidedBy().isPresent()) byCore.put(finding.decidedBy().get(), tally);
            }
            tally.seeds++;
            Pairing pairing = pairing(made.subject);
            tally.pairings.put(pairing.text(), pairing);
        });
        schedules += made.runs;
        seeds++;
        listener.progress(schedules, states.size(), distinct.size());
    }

    private static Kept kept(SeedRuns made, Ran ran) {
        if (made.recipe.strategy() == Strategy.TIME) {
            Simulation simulation = Simulation.of(made.subject);
            return new Kept(made.subject, ran.runSeed(), simulation.schedule(ran.runSeed()), false, simulation.run(ran.runSeed(), false));
        }
        Witness witness = Explorer.witness(made.subject, true, ran.endings().get(ran.endings().size() - 1), ran.choices());
        return new Kept(made.subject, 0, witness.order().schedule(), true, witness.result());
    }

    private static Pairing pairing(Scenario s) {
        return new Pairing(s.source().release(), s.destination().release());
    }

    private Fuzzing result() {
        List<Fuzzing.Found> found = new ArrayList<>();
        for (Tally tally : distinct) {
            List<Pairing> shown = tally.pairings.values().stream().limit(PAIRINGS_SHOWN).toList();
            found.add(new Fuzzing.Found(tally.finding, tally.seeds, shown, tally.pairings.size() - shown.size()));
        }
        return new Fuzzing(schedules, seeds, states.size(), allStates, situations.size(), endings, found);
    }
}
