package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.chanrace.explore.Disturbance;
import org.chanrace.explore.Disturbances;
import org.chanrace.explore.Effort;
import org.chanrace.explore.Explanation;
import org.chanrace.explore.Explanations;
import org.chanrace.explore.Exploration;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Explorer;
import org.chanrace.explore.GuestRuns;
import org.chanrace.explore.Order.Move;
import org.chanrace.explore.Precedence;
import org.chanrace.explore.Provocation;
import org.chanrace.explore.Settings;
import org.chanrace.explore.StateGraphs;
import org.chanrace.reports.Explained;
import org.chanrace.reports.ExploredPairing;
import org.chanrace.reports.FileProblem;
import org.chanrace.reports.OutputException;

/**
 * Explores the pairings of a command one after the other, each with all threads, explains what should not be, an ending a thread, and tells the reporters.
 *
 * <p><b>Caveat.</b> An exploration cannot be stopped half way, nor an explanation. After an interruption the threads, which are daemons, are left to themselves.
 */
final class Exploring {
    private static final long PATIENCE_MILLIS = 100;

    private final Workload workload;
    private final Settings settings;
    private final Depth depth;
    private final Optional<WitnessKeeper> keeper;
    private final List<ExploreReporter> reporters;
    private final Surroundings surroundings;
    private final Progress progress;
    private final boolean quiet;
    private final long planned;
    private final ExecutorService explorer = threads("explorer", 1);

    private volatile int statesSoFar;
    private volatile String explaining = "";
    private volatile double exploredIn;
    /** What was explored last, while it is being explained. */
    private volatile Optional<Exploration> unexplained = Optional.empty();
    private long passed;
    private long failed;
    private long inconclusive;
    private long problems;
    private long broken;
    private long faults;
    private long states;

    private static final String NO_STANDSTILLS_IN_TIME = "--timed does not go with stand-still: how long an event takes would depend on when it comes; without --timed, every order is"
            + " tried, those of a standstill among them";

    /**
     * Which orders are tried, and what is found out about an ending that should not be.
     *
     * @param timed whether only those orders that the scenario's durations allow; what decides among all orders is not asked then
     * @param explains whether anything is, besides a shortest order
     * @param measure what is least in the disturbance that brings it about by time; empty when none is sought
     */
    record Depth(boolean timed, boolean explains, Optional<Disturbance.Measure> measure) {}

    Exploring(Workload workload, Settings settings, Depth depth, Optional<WitnessKeeper> keeper, List<ExploreReporter> reporters, Surroundings surroundings, Progress progress,
            boolean quiet) {
        this.workload = workload;
        this.settings = settings;
        this.depth = depth;
        this.keeper = keeper;
        this.reporters = List.copyOf(reporters);
        this.surroundings = surroundings;
        this.progress = progress;
        this.quiet = quiet;
        this.planned = workload.scenarios().stream().mapToLong(good -> Question.of(good).size()).sum();
    }

    /** Explores all, or what there is time for until somebody interrupts. */
    ExploreTotals explore() throws IOException, OutputException {
        try {
            for (Workload.Part part : workload.parts()) {
                if (part instanceof Workload.Bad bad) problem(bad.problem());
                else for (Question question : Question.of((Workload.Good) part)) if (!interrupted()) answer(question);
            }
        } finally {
            explorer.shutdownNow();
            progress.clear();
        }
        ExploreTotals totals = new ExploreTotals(planned, passed, failed, inconclusive, problems, broken, faults, states, interrupted());
        for (ExploreReporter reporter : reporters) reporter.end(totals);
        surroundings.out().flush();
        return totals;
    }

    private boolean interrupted() {
        return surroundings.interruption().requested();
    }

    private void answer(Question question) throws IOException {
        if (depth.timed() && !Explorer.hasTimedOrders(question.scenario())) {
            broken++;
            problem(Workload.at(question.file(), question.line(), question.title() + ": " + NO_STANDSTILLS_IN_TIME));
            return;
        }
        Stopwatch stopwatch = new Stopwatch();
        try {
            Optional<ExploredPairing> explored = await(question, explorer.submit(() -> explored(question)));
            if (explored.isPresent()) {
                count(explored.get());
                say(question, explored.get(), stopwatch.seconds());
            }
        } catch (ExecutionException e) {
            // What was found out stands without its explanation.
            if (unexplained.isPresent()) count(new ExploredPairing(question.file(), question.expected(), unexplained.get()));
            broken(question, e.getCause() instanceof ExecutionException explaining ? explaining.getCause() : e.getCause());
        } catch (InterruptedException e) {
            surroundings.interruption().request();
        }
        if (surroundings.outIsTerminal()) progress.clear();
        surroundings.out().flush();
    }

    private static ExecutorService threads(String name, int count) {
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private ExploredPairing explored(Question question) throws ExecutionException, InterruptedException {
        statesSoFar = 0;
        explaining = "";
        unexplained = Optional.empty();
        Stopwatch stopwatch = new Stopwatch();
        Explorer.Watcher watcher = found -> statesSoFar = found;
        Exploration exploration = depth.timed() ? Explorer.exploreTimed(question.scenario(), settings, watcher) : Explorer.explore(question.scenario(), settings, watcher);
        exploredIn = stopwatch.seconds();
        if (!depth.explains() || depth.timed()) return new ExploredPairing(question.file(), question.expected(), exploration);
        unexplained = Optional.of(exploration);
        return new ExploredPairing(question.file(), question.expected(), exploration, explained(exploration, ExploredPairing.notable(exploration)));
    }

    /** What is found out about each of these endings, in their order. What explanations have in common only makes them quicker, so they do not depend on the number of threads. */
    private List<Explained> explained(Exploration exploration, List<Found> endings) throws ExecutionException, InterruptedException {
        ExecutorService explainers = threads("explainer", settings.jobs());
        StateGraphs graphs = new StateGraphs(exploration.small());
        GuestRuns runs = new GuestRuns(exploration.scenario());
        try {
            List<Explained> explained = new ArrayList<>();
            for (Future<Explained> each : endings.stream().map(found -> explainers.submit(() -> explained(exploration, graphs, runs, found))).toList()) explained.add(each.get());
            return explained;
        } finally {
            explainers.shutdownNow();
        }
    }

    private Explained explained(Exploration exploration, StateGraphs graphs, GuestRuns runs, Found found) {
        // An order without reduction may have events that an explanation, which reduces, does not come by.
        if (!exploration.isReduced(found)) return Explained.not(found);
        explaining = ", explaining " + found.ending().outcome().text();
        Explanation explanation = Explanations.of(graphs, found.witness(), Effort.DEFAULT);
        // What a witness keeps from happening has no time in it.
        List<Move> moves = found.witness().order().moves();
        List<Precedence> core = explanation.core().constraints().stream().filter(c -> moves.stream().anyMatch(c.after()::isSameAs))
                .map(c -> new Precedence(c.before(), c.after())).toList();
        Optional<Disturbances.Sought> sought = depth.measure().map(measure -> Disturbances.seek(exploration.scenario(), exploration.small(), found.witness(), measure, core));
        Optional<Provocation> provocation = sought.flatMap(Disturbances.Sought::disturbance).map(d -> Provocation.of(runs, d));
        return new Explained(found, Optional.of(explanation), sought, provocation, Optional.empty());
    }

    private Optional<ExploredPairing> await(Question question, Future<ExploredPairing> answer) throws ExecutionException, InterruptedException {
        Stopwatch stopwatch = new Stopwatch();
        while (!interrupted()) {
            try {
                return Optional.of(answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                progress.show(() -> soFar(question, stopwatch.seconds()));
            }
        }
        return Optional.empty();
    }

    private String soFar(Question question, double seconds) {
        int found = statesSoFar;
        String speed = explaining.isEmpty() ? String.format(Locale.ROOT, ", %,.0f states/s", found / seconds) : explaining;
        return String.format(Locale.ROOT, "%d of %d, %s: %,d states", passed + failed + inconclusive + broken + 1, planned, question.title(), found) + speed;
    }

    /** How long it took is different each time: results do not have it. */
    private void say(Question question, ExploredPairing pairing, double seconds) {
        if (quiet) return;
        int found = pairing.exploration().states();
        String explained = pairing.notable().stream().anyMatch(e -> e.explanation().isPresent()) ? String.format(Locale.ROOT, ", explained in %.2f s", seconds - exploredIn) : "";
        surroundings.say(String.format(Locale.ROOT, "%s: %,d states in %.2f s", question.title(), found, exploredIn) + explained);
    }

    private void count(ExploredPairing explored) throws IOException {
        ExploredPairing pairing = keeper.isPresent() ? keeper.get().keep(explored) : explored;
        switch (pairing.judgement()) {
            case PASS -> passed++;
            case FAIL -> failed++;
            case INCONCLUSIVE -> inconclusive++;
        }
        states += pairing.exploration().states();
        if (surroundings.outIsTerminal()) progress.clear();
        for (ExploreReporter reporter : reporters) reporter.pairing(pairing);
    }

    private void broken(Question question, Throwable thrown) throws IOException {
        broken++;
        String why;
        if (thrown instanceof OutOfMemoryError) {
            why = (unexplained.isPresent() ? "its explanations do" : "it does") + " not fit into a heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; give Java more (CHANRACE_JAVA_OPTIONS=-Xmx…), or "
                    + (unexplained.isPresent() ? "--no-explain" : "--max-memory less");
        } else if (thrown instanceof StackOverflowError) {
            why = "it is nested too deeply for the stack of a thread";
        } else {
            faults++;
            if (surroundings.debug()) thrown.printStackTrace(surroundings.err());
            why = Trouble.internal(thrown);
        }
        problem(Workload.at(question.file(), question.line(), question.title() + ": " + why));
    }

    private void problem(FileProblem problem) throws IOException {
        problems++;
        if (surroundings.outIsTerminal()) progress.clear();
        for (ExploreReporter reporter : reporters) reporter.problem(problem);
    }
}
