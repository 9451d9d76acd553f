package org.chanrace.explore;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.explore.Exploration.Found;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.Scenario;

/**
 * Tries every order of a scenario's small instance.
 *
 * <pre>{@code
 * Exploration exploration = Explorer.explore(scenario, Settings.DEFAULT);
 * exploration.bad();
 * }</pre>
 */
public final class Explorer {
    private Explorer() {}

    /** Hears how far an exploration has come; nothing that it does changes what is found. */
    @FunctionalInterface
    public interface Watcher {
        /** So many states were found. Called often, by the thread that explores. */
        void states(int found);
    }

    /** Explores the {@linkplain SmallInstance small instance} of a scenario; when it is to be without reduction, then with it as well, so that the two can be compared. */
    public static Exploration explore(Scenario scenario, Settings settings) {
        return explore(scenario, settings, found -> {});
    }

    /** Explores while somebody watches. */
    public static Exploration explore(Scenario scenario, Settings settings, Watcher watcher) {
        Scenario small = SmallInstance.of(scenario);
        Exploration exploration = explore(scenario, small, settings, watcher);
        return settings.reduction() ? exploration : exploration.beside(explore(scenario, small, settings.reduced(), found -> {}));
    }

    /** Explores a scenario that is small as it stands, with reduction or without it. */
    public static Exploration ofSmall(Scenario small, Settings settings) {
        return explore(small, small, settings, found -> {});
    }

    private static Exploration explore(Scenario scenario, Scenario small, Settings settings, Watcher watcher) {
        Search search = new Search(small, settings).watchedBy(watcher).run();
        List<Found> found = new ArrayList<>();
        for (Search.Ended ended : search.endings().values())
            found.add(new Found(ended.states(), witness(small, settings.reduction(), ended.ending(), search.path(ended.first()))));
        return new Exploration(scenario, small, search.isComplete(), search.states(), search.transitions(), search.depth(), search.frontier(), search.bytes(), found, false,
                search.isComplete() ? search.ineffective() : List.of());
    }

    /**
     * Explores those orders of the small instance that are possible when each duration is one that the scenario's distributions give: from the least to the
     * most that they give, or, where there is no such, what all but one in a thousand draws are ({@link TimedInstance#spans}). With one thread.
     */
    public static Exploration exploreTimed(Scenario scenario, Settings settings) {
        return exploreTimed(scenario, settings, found -> {});
    }

    /** Whether the durations of a scenario say which orders are possible: where somebody stands still, how long an event takes depends on when it comes. */
    public static boolean hasTimedOrders(Scenario scenario) {
        return scenario.events().stream().noneMatch(event -> event.action() instanceof OperatorEvent.Action.StandStill);
    }

    /**
     * Explores by time while somebody watches.
     *
     * @param scenario one that {@linkplain #hasTimedOrders has} timed orders
     */
    public static Exploration exploreTimed(Scenario scenario, Settings settings, Watcher watcher) {
        if (!hasTimedOrders(scenario)) throw new IllegalArgumentException("somebody stands still");
        return TimedSearch.explore(scenario, settings, watcher);
    }

    /** The run that these choices lead to, which were made among states that had been {@linkplain Steps#save saved}. */
    public static Witness witness(Scenario small, boolean reduced, Ending ending, int[] choices) {
        Order order = order(small, reduced, choices);
        return new Witness(ending, order, Simulation.of(small).replayOrder(order.schedule(), true));
    }

    /** All events of the run that these choices lead to, those included that follow without a choice. */
    static Order order(Scenario small, boolean reduced, int[] choices) {
        Walker walker = new Walker(small, reduced);
        List<Move> moves = new ArrayList<>();
        int[] numbers = new int[walker.lanes()];
        boolean[] chosen = new boolean[1];
        walker.listen(lane -> {
            moves.add(new Move(lane, ++numbers[lane], walker.steps().words(lane), chosen[0]));
            chosen[0] = false;
        });
        walker.begin();
        for (int choice : choices) {
            chosen[0] = true;
            walker.pick(walker.steps().actual(choice));
        }
        return new Order(moves);
    }
}
