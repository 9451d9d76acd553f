package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chanrace.explore.Causes.Event;
import org.chanrace.explore.Causes.Packet;
import org.chanrace.explore.Disturbance.Delay;
import org.chanrace.explore.Disturbance.Measure;
import org.chanrace.explore.Disturbance.Moment;
import org.chanrace.explore.Disturbance.Withheld;
import org.chanrace.explore.LeastDelays.Plan;
import org.chanrace.explore.Order.Move;
import org.chanrace.model.Delays;
import org.chanrace.model.Simulation;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.RunResult;

/**
 * Finds the smallest disturbance that makes a witness's ending happen by time.
 *
 * <p>Which order of which events has to be forced is found out by running: the {@linkplain TimedInstance typical timed instance} is run; where it first
 * parts from the witness, in two events of the same process, the witness's order of these two is demanded too, and the least delays that give it are
 * worked out; and so on until the run ends as the witness does. Then pairs that turn out not to be needed are dropped. So what is reported was
 * verified by a run, and is the least that forces the pairs that it names; another order with the same ending may need less.
 */
public final class Disturbances {
    private static final int MAX_ROUNDS = 200;
    private static final int PROCESSES = 4;

    private final Order order;
    private final Ending ending;
    private final Scenario timed;
    private final Simulation simulation;
    private final Steps steps;
    private final Causes causes;
    private final LeastDelays program;
    private final Measure measure;
    private final int[] happens;

    private Disturbances(TimedOrder timedOrder, Ending ending, Measure measure) {
        this.order = timedOrder.order();
        this.ending = ending;
        this.measure = measure;
        this.timed = timedOrder.timed();
        this.simulation = Simulation.of(timed);
        this.steps = simulation.steps();
        this.causes = Causes.of(timed, order);
        this.program = new LeastDelays(causes, measure);
        this.happens = new int[2 * steps.lanes()];
        for (Move move : order.moves()) happens[move.lane()]++;
    }

    /**
     * What came of looking for a disturbance.
     *
     * @param disturbance the smallest one; empty when none was found
     * @param obstacle why none was found; empty when one was
     */
    public record Sought(Optional<Disturbance> disturbance, Optional<Obstacle> obstacle) {
        public Sought {
            if (disturbance.isPresent() == obstacle.isPresent()) throw new IllegalArgumentException("found, or not for a reason");
        }
    }

    /**
     * The smallest disturbance that leads to the witness's ending.
     *
     * @param scenario whose small instance the witness is of
     * @param measure what is to be least; where no least largest delay leads to the ending it is the least sum that is found, which says so
     * @param core pairs that are to be in this order to begin with, such as those that were found to decide the ending; may be empty
     * @return empty when none was found: delays of packets alone do not do it, or it takes longer to find than we try
     */
    public static Optional<Disturbance> least(Scenario scenario, Witness witness, Measure measure, List<Precedence> core) {
        return seek(scenario, SmallInstance.of(scenario), witness, measure, core).disturbance();
    }

    /** As {@link #least}, of a witness of this small instance, with the reason when none was found. */
    public static Sought seek(Scenario scenario, Scenario small, Witness witness, Measure measure, List<Precedence> core) {
        Optional<TimedOrder> limited = limited(scenario, small, witness);
        Optional<Obstacle> first = Optional.empty();
        if (limited.isPresent()) {
            Sought sought = seek(limited.get(), witness.ending(), measure, limited.get().pairs(core));
            if (sought.disturbance().isPresent()) return sought;
            first = sought.obstacle();
        }
        TimedOrder unlimited = TimedOrder.unlimited(small, TimedInstance.typical(scenario), witness.order());
        Sought sought = seek(unlimited, witness.ending(), measure, unlimited.pairs(core));
        return sought.disturbance().isPresent() ? sought : new Sought(Optional.empty(), first.or(sought::obstacle));
    }

    /**
     * Which order a run comes to depends on what is least. So where a largest delay is to be, the pairs that the least sum forces may do with a smaller one, or do at all:
     * they are tried, too, and at worst it is that sum itself.
     */
    private static Sought seek(TimedOrder order, Ending ending, Measure measure, List<Precedence> core) {
        Sought least = new Disturbances(order, ending, measure).seek(core);
        if (measure == Measure.SUM) return least;
        Optional<Disturbance> sum = new Disturbances(order, ending, Measure.SUM).seek(core).disturbance();
        Optional<Disturbance> again = sum.flatMap(d -> new Disturbances(order, ending, measure).seek(d.forced()).disturbance());
        return Stream.of(least.disturbance(), again, sum).flatMap(Optional::stream).min(Comparator.comparingLong(Disturbance::maxNanos).thenComparingLong(Disturbance::sumNanos))
                .map(d -> new Sought(Optional.of(d), Optional.empty())).orElse(least);
    }

    private static boolean buffersFill(Scenario small) {
        return small.network().receiveBuffer() > 0;
    }

    private static Optional<TimedOrder> limited(Scenario scenario, Scenario small, Witness witness) {
        return buffersFill(small) ? TimedOrder.limited(small, TimedInstance.typicalWithBuffers(scenario), witness) : Optional.empty();
    }

    /**
     * The smallest disturbance that leads to exactly the witness's order: each process handles what was chosen in the order in which it was chosen.
     *
     * @return empty when none was found
     */
    public static Optional<Disturbance> exactly(Scenario scenario, Witness witness, Measure measure) {
        Scenario small = SmallInstance.of(scenario);
        Optional<TimedOrder> limited = limited(scenario, small, witness);
        TimedOrder order = limited.orElseGet(() -> TimedOrder.unlimited(small, TimedInstance.typical(scenario), witness.order()));
        return new Disturbances(order, witness.ending(), measure).exactly();
    }

    private Sought seek(List<Precedence> core) {
        List<Precedence> pairs = new ArrayList<>(core);
        Set<Precedence> impossible = new LinkedHashSet<>();
        Optional<Attempt> latest = attempt(pairs);
        if (latest.isEmpty()) return not(Obstacle.CONTRADICTION);
        for (int round = 0; round < MAX_ROUNDS && !latest.get().succeeds(); round++) {
            Optional<Precedence> parting = parting(latest.get(), pairs, impossible);
            if (parting.isEmpty()) return not(Obstacle.OTHER_ENDING);
            pairs.add(parting.get());
            Optional<Attempt> next = attempt(pairs);
            if (next.isPresent()) latest = next;
            else {
                pairs.remove(pairs.size() - 1);
                impossible.add(parting.get());
            }
        }
        if (!latest.get().succeeds()) return not(Obstacle.EFFORT);
        return new Sought(latest.map(this::withoutTheUnneeded).map(this::withTies).map(this::disturbance), Optional.empty());
    }

    private Sought not(Obstacle obstacle) {
        return new Sought(Optional.empty(), Optional.of(program.gaveUp() ? Obstacle.EFFORT : obstacle));
    }

    private Optional<Disturbance> exactly() {
        List<Precedence> pairs = new ArrayList<>();
        Optional<Attempt> latest = attempt(pairs);
        for (int round = 0; round < MAX_ROUNDS && latest.isPresent(); round++) {
            Optional<Precedence> parting = parting(latest.get(), pairs, Set.of());
            if (parting.isEmpty()) return latest.filter(Attempt::succeeds).map(this::disturbance);
            pairs.add(parting.get());
            latest = attempt(pairs);
        }
        return Optional.empty();
    }

    /** Drops the pair without which it takes the least, as long as there is one that is not needed. */
    private Attempt withoutTheUnneeded(Attempt attempt) {
        Attempt best = attempt;
        for (boolean dropped = true; dropped; ) {
            dropped = false;
            Attempt from = best;
            for (Precedence pair : from.pairs()) {
                List<Precedence> fewer = new ArrayList<>(from.pairs());
                fewer.remove(pair);
                Optional<Attempt> without = attempt(fewer).filter(Attempt::succeeds);
                if (without.isEmpty() || (dropped && cost(without.get()) >= cost(best))) continue;
                best = without.get();
                dropped = true;
            }
        }
        return best;
    }

    /** Lets pairs come at the same instant where they are in order even so. */
    private Attempt withTies(Attempt attempt) {
        Attempt best = attempt;
        for (Precedence pair : attempt.pairs()) {
            Set<Precedence> ties = new LinkedHashSet<>(best.ties());
            ties.add(pair);
            Optional<Attempt> closer = attempt(best.pairs(), ties).filter(Attempt::succeeds);
            if (closer.isPresent()) best = closer.get();
        }
        return best;
    }

    private long cost(Attempt attempt) {
        long sum = 0;
        long largest = 0;
        for (long nanos : attempt.plan().delay()) {
            sum += nanos;
            largest = Math.max(largest, nanos);
        }
        return measure == Measure.SUM ? sum : largest;
    }

    /** An event that happened in a run, by its name. */
    private record Happened(int lane, int number) {}

    private record Attempt(List<Precedence> pairs, Set<Precedence> ties, Plan plan, List<Happened> log, boolean succeeds) {}

    private Optional<Attempt> attempt(List<Precedence> pairs) {
        return attempt(pairs, Set.of());
    }

    private Optional<Attempt> attempt(List<Precedence> pairs, Set<Precedence> ties) {
        Optional<Plan> plan = program.solve(pairs, ties);
        if (plan.isEmpty()) return Optional.empty();
        List<Happened> log = new ArrayList<>();
        Numbering numbering = new Numbering(steps);
        simulation.run(delays(plan.get()), (lane, event, now) -> {
            int nameLane = numbering.lane(lane, event);
            log.add(new Happened(nameLane, numbering.next(nameLane)));
        }, false);
        boolean endsAlike = Ending.of(steps, timed.bounds().finds()).equals(ending);
        return Optional.of(new Attempt(List.copyOf(pairs), ties, plan.get(), log, endsAlike && inOrder(log, pairs)));
    }

    private Delays delays(Plan plan) {
        Delays delays = simulation.delays();
        for (int place = 0; place < plan.delay().length; place++) {
            Event event = causes.events().get(place);
            Packet packet = event.packetOrNull();
            if (plan.delay()[place] > 0) delays.late(packet.connection(), packet.hop(), packet.toDestination(), packet.number(), plan.delay()[place]);
            if (plan.moment()[place] > 0) delays.at(event.move().lane(), event.move().number(), plan.moment()[place]);
        }
        // What does not happen in the witness although it could is not done here either.
        for (Withheld never : withheld()) delays.never(never.lane(), never.number());
        return delays;
    }

    private List<Withheld> withheld() {
        List<Withheld> withheld = new ArrayList<>();
        for (int lane = 0; lane < steps.lanes(); lane++) if (steps.isFree(lane)) withheld.add(new Withheld(lane, happens[lane] + 1));
        return withheld;
    }

    private static boolean inOrder(List<Happened> log, List<Precedence> pairs) {
        for (Precedence pair : pairs) {
            int before = log.indexOf(name(pair.before()));
            int after = log.indexOf(name(pair.after()));
            if (before < 0 || (after >= 0 && after < before)) return false;
        }
        return true;
    }

    private static Happened name(Move move) {
        return new Happened(move.lane(), move.number());
    }

    /** The first two events of a process that came in another order than in the witness: those that commute are as good in any. */
    private Optional<Precedence> parting(Attempt attempt, List<Precedence> pairs, Set<Precedence> impossible) {
        List<List<Integer>> awaited = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) awaited.add(concerning(process));
        for (Happened happened : attempt.log()) {
            int place = causes.place(happened.lane(), happened.number());
            if (place < 0) continue;
            Event event = causes.events().get(place);
            for (int process = 0; process < PROCESSES; process++) {
                if (!event.concerns(process)) continue;
                for (int earlier : awaited.get(process)) {
                    if (earlier >= place) break;
                    Precedence pair = new Precedence(causes.events().get(earlier).move(), event.move());
                    if (!pairs.contains(pair) && !impossible.contains(pair)) return Optional.of(pair);
                }
                awaited.get(process).remove((Integer) place);
            }
        }
        return Optional.empty();
    }

    private List<Integer> concerning(int process) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < causes.happening(); place++) if (causes.events().get(place).concerns(process)) places.add(place);
        return places;
    }

    private Disturbance disturbance(Attempt attempt) {
        List<Delay> late = new ArrayList<>();
        List<Moment> moments = new ArrayList<>();
        Plan plan = attempt.plan();
        for (int place = 0; place < plan.delay().length; place++) {
            Event event = causes.events().get(place);
            Packet p = event.packetOrNull();
            if (plan.delay()[place] > 0) late.add(new Delay(p.connection() + 1, p.channel(), p.hop() + 1, p.toDestination(), p.number(), p.step(), plan.delay()[place]));
            if (plan.moment()[place] > 0) moments.add(new Moment(event.move(), plan.moment()[place]));
        }
        RunResult result = simulation.run(delays(plan), (lane, event, now) -> {}, true);
        return new Disturbance(timed, ending, measure, late, moments, withheld(), attempt.pairs(), roundTrip(), result);
    }

    private long roundTrip() {
        return 2 * TimedInstance.typicalNanos(timed.network().latency());
    }
}
