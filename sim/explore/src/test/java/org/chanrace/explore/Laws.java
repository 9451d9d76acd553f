package org.chanrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Verdict;

/** What holds of every explanation, seen again by other means than those that found it. */
final class Laws {
    private static final Effort PLENTY = new Effort(2_000_000, 2_000_000);

    private Laws() {}

    static void check(Exploration exploration, Explanation explanation) {
        OrderingCore core = explanation.core();
        for (Decides level : Decides.values()) if (core.decides(level)) decides(exploration.small(), explanation, level);
        for (Constraint constraint : core.constraints()) {
            assertThat(pair(explanation, constraint).isViolatedBy(explanation.witness().order())).isFalse();
            constraint.otherwise().ifPresent(w -> isNecessary(exploration.small(), explanation, constraint, w));
        }
        assertThat(core.reduced()).isEqualTo(core.decides(Decides.ENDING) && core.constraints().stream().allMatch(Constraint::isNecessary));
        assertThat(core.constraints()).allMatch(c -> core.decides(c.decides()));
        assertThat(core.sealed()).isBetween(0, explanation.witness().order().choices().size());
        explanation.detour().ifPresent(d -> parts(exploration.small(), explanation, d));
    }

    /** A whole restricted exploration under the constraints up to a level comes to nothing that is not alike. */
    private static void decides(Scenario small, Explanation explanation, Decides level) {
        RestrictedSearch search = new RestrictedSearch(StateGraph.of(small), PLENTY);
        Restriction restriction = restriction(search.walker(), explanation, level);
        assertThat(search.fromBeginning(restriction, e -> !level.isAlike(e, explanation.witness().ending())).isNone()).as("decides " + level).isTrue();
        assertThat(search.fromBeginning(restriction, e -> e.equals(explanation.witness().ending())).choices()).isPresent();
    }

    static Restriction restriction(RestrictedWalker walker, Explanation explanation, Decides level) {
        OrderingCore core = explanation.core();
        boolean[] forbidden = new boolean[walker.lanes()];
        for (int lane = 0; lane < forbidden.length; lane++) forbidden[lane] = walker.bringsDisturbances(lane);
        for (Move move : core.disturbances()) forbidden[move.lane()] = false;
        return new Restriction(forbidden, core.disturbances(), core.upTo(level).stream().map(c -> pair(explanation, c)).toList());
    }

    /** The pair that a constraint is, with the names that the witness gives to its events. */
    private static Pair pair(Explanation explanation, Constraint constraint) {
        List<Move> moves = explanation.witness().order().moves();
        int place = 0;
        while (!moves.get(place).isSameAs(constraint.before())) place++;
        return Pair.of(explanation.witness().order(), place, constraint.after(), 0, 0);
    }

    /** The order that shows it replays, ends otherwise, keeps the others and not this one, and has the same disturbances. */
    private static void isNecessary(Scenario small, Explanation explanation, Constraint constraint, Witness otherwise) {
        assertThat(constraint.decides().isAlike(otherwise.ending(), explanation.witness().ending())).isFalse();
        replays(small, otherwise);
        for (Constraint other : explanation.core().upTo(constraint.decides()))
            assertThat(pair(explanation, other).isViolatedBy(otherwise.order())).isEqualTo(other == constraint);
        assertThat(disturbances(small, otherwise)).containsExactlyInAnyOrderElementsOf(disturbances(small, explanation.witness()));
    }

    private static void parts(Scenario small, Explanation explanation, Detour detour) {
        replays(small, detour.witness());
        assertThat(detour.witness().ending().isBad()).isFalse();
        List<Move> witness = explanation.witness().order().choices();
        List<Move> other = detour.witness().order().choices();
        assertThat(other.subList(0, detour.common())).isEqualTo(witness.subList(0, detour.common()));
        assertThat(detour.witnessGoesOn()).isEqualTo(witness.get(detour.common()));
        assertThat(detour.detourGoesOn()).isEqualTo(other.get(detour.common()));
        assertThat(detour.detourGoesOn().isSameAs(detour.witnessGoesOn())).isFalse();
        assertThat(disturbances(small, explanation.witness())).containsAll(disturbances(small, detour.witness()));
    }

    /** Disturbances as lane and number. */
    private static List<String> disturbances(Scenario small, Witness witness) {
        Steps steps = Simulation.of(small).steps();
        List<String> found = new ArrayList<>();
        for (Move move : witness.order().moves()) if (steps.isDisturbance(move.lane())) found.add(move.lane() + "#" + move.number());
        return found;
    }

    static void replays(Scenario small, Witness witness) {
        Simulation simulation = Simulation.of(small);
        assertThat(simulation.replayOrder(witness.order().schedule(), true)).isEqualTo(witness.result());
        assertThat(Ending.of(simulation.steps(), small.bounds().finds())).isEqualTo(witness.ending());
        Verdict verdict = witness.result().verdict();
        assertThat(verdict.outcome()).isEqualTo(witness.ending().outcome());
        assertThat(verdict.guestRunsOn()).isEqualTo(witness.ending().guestRunsOn());
        assertThat(verdict.sourceMonitor()).isEqualTo(witness.ending().sourceMonitor());
        assertThat(verdict.destinationMonitor()).isEqualTo(witness.ending().destinationMonitor());
    }
}
