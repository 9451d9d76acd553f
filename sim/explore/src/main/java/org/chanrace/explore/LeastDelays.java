package org.chanrace.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.exception.TooManyIterationsException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NoFeasibleSolutionException;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.PivotSelectionRule;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.chanrace.explore.Causes.After;
import org.chanrace.explore.Causes.Event;
import org.chanrace.explore.Disturbance.Measure;

/**
 * The least delays of packets that put pairs of events into a given order, as a linear program.
 *
 * <p>An event happens at the latest of what it waits for. Where it waits for one thing only, or one of them is later in any case, its time is that one's;
 * otherwise its time is a variable that is at least as late as each, and branch and bound sees to it that it is as late as one of them (Land and Doig,
 * Econometrica 28, 1960): nothing waits without a reason. What is left in each branch are difference constraints, so the vertices that the simplex
 * method goes through have whole numbers of ns. It works in us, with doubles; the results are rounded to ns.
 */
final class LeastDelays {
    private static final double NANOS_PER_UNIT = 1000;
    private static final double TOLERANCE = 1e-4;
    private static final int MAX_BRANCHES = 150;
    private static final int MAX_ITERATIONS = 20_000;

    private final Causes causes;
    private final Measure measure;

    /**
     * Delays that put the pairs into order.
     *
     * @param delay for each event of the order by how much its packet is late, ns
     * @param moment for each event that is free when it is to come, ns; -1 when that does not matter
     */
    record Plan(long[] delay, long[] moment) {}

    LeastDelays(Causes causes, Measure measure) {
        this.causes = causes;
        this.measure = measure;
    }

    /**
     * The least delays that put these pairs into order; empty when none do, or none were found.
     *
     * @param ties those of the pairs that may come at the same instant, because they are in order even then
     */
    Optional<Plan> solve(List<Precedence> pairs, Set<Precedence> ties) {
        return new Program(pairs, ties).solve();
    }

    /** A time: a number of ns, and variables with how often each counts. */
    private record Form(long nanos, SortedMap<Integer, Integer> variables) {
        static final Form ZERO = new Form(0, new TreeMap<>());

        Form plus(long more) {
            return new Form(nanos + more, variables);
        }

        Form plusVariable(int variable) {
            SortedMap<Integer, Integer> all = new TreeMap<>(variables);
            all.merge(variable, 1, Integer::sum);
            return new Form(nanos, all);
        }

        Form minus(Form other) {
            SortedMap<Integer, Integer> all = new TreeMap<>(variables);
            other.variables.forEach((v, n) -> all.merge(v, -n, Integer::sum));
            all.values().removeIf(n -> n == 0);
            return new Form(nanos - other.nanos, all);
        }

        /** Whether it is not negative whatever the variables, which are not negative, are. */
        boolean isNeverNegative() {
            return nanos >= 0 && variables.values().stream().allMatch(n -> n >= 0);
        }
    }

    /**
     * What decides a time: that of an event, or that at which an event would come if what comes later did not hold it up.
     *
     * @param cause what brings it about
     * @param delay the variable by how much the packet that it is is late; -1 for none
     * @param place the event whose packet that is
     * @param others what it waits for besides
     */
    private record Node(After cause, int delay, int place, List<After> others, boolean free) {}

    /**
     * A time that several things may decide.
     *
     * @param slack the variable by how much later it is than the first of them
     * @param terms what they are
     */
    private record Choice(int node, int slack, List<Form> terms, boolean free) {}

    /** A branch: which of the things that some times wait for is the last. */
    private record Branch(List<int[]> decided, double bound, double[] point, int number) {}

    private final class Program {
        /** For each pair the times of the two, and by how many ns the first is ahead: of two at the same instant, the one in the lower lane comes first. */
        private final List<int[]> pairs = new ArrayList<>();
        private final int events = causes.events().size();
        /** By number: the events, and then what more there is. Those that do not matter have neither. */
        private final SortedMap<Integer, Node> nodes = new TreeMap<>();
        private final SortedMap<Integer, Form> times = new TreeMap<>();
        private final int[] delayOf = new int[events];
        private final List<Choice> choices = new ArrayList<>();
        private final List<LinearConstraint> common = new ArrayList<>();
        private int variables;
        private int largest;
        private int next = events;

        Program(List<Precedence> precedences, Set<Precedence> ties) {
            Arrays.fill(delayOf, -1);
            for (int place : concerned(precedences)) add(place, node(place));
            for (Precedence each : precedences) pairs.add(new int[] {causes.place(each.before()), unhindered(causes.place(each.after()), causes.place(each.before())), ties.contains(each) ? 0 : 1});
        }

        /** The events of the pairs, and all that these may wait for. */
        private TreeSet<Integer> concerned(List<Precedence> precedences) {
            TreeSet<Integer> all = new TreeSet<>();
            ArrayDeque<Integer> open = new ArrayDeque<>();
            for (Precedence each : precedences) {
                open.add(causes.place(each.before()));
                open.add(causes.place(each.after()));
            }
            while (!open.isEmpty()) {
                int place = open.remove();
                if (place < 0 || !all.add(place)) continue;
                Event event = causes.events().get(place);
                open.add(event.cause().event());
                for (After other : event.behind()) open.add(other.event());
                for (After other : event.shut()) open.add(other.event());
            }
            return all;
        }

        private Node node(int place) {
            Event event = causes.events().get(place);
            if (event.packetOrNull() != null) delayOf[place] = variables++;
            List<After> others = new ArrayList<>(event.behind());
            others.addAll(event.shut());
            return new Node(event.cause(), delayOf[place], place, others, event.free());
        }

        /**
         * The number of the time at which an event would come if all that happens from another one on did not hold it up: what the other one, or one
         * after it, does to its lane is no reason for it to come after the other one. What is free comes when we want.
         */
        private int unhindered(int place, int by) {
            Event event = causes.events().get(place);
            if (place <= by || event.free() || event.shut().stream().noneMatch(a -> a.event() >= by) && event.behind().stream().noneMatch(a -> a.event() > by)) return place;
            List<After> others = new ArrayList<>();
            for (After a : event.behind()) others.add(new After(unhindered(a.event(), by), a.nanos()));
            for (After a : event.shut()) if (a.event() < by) others.add(a);
            add(next, new Node(event.cause(), delayOf[place], place, others, false));
            return next++;
        }

        private void add(int number, Node node) {
            nodes.put(number, node);
            Form own = form(node.cause());
            if (node.delay() >= 0) own = own.plusVariable(node.delay());
            List<Form> terms = new ArrayList<>(List.of(own));
            for (After other : node.others()) {
                Form form = form(other);
                if (terms.stream().anyMatch(t -> t.minus(form).isNeverNegative())) continue;
                terms.removeIf(t -> form.minus(t).isNeverNegative());
                terms.add(form);
            }
            if (terms.size() == 1 && !node.free()) {
                times.put(number, terms.get(0));
                return;
            }
            int slack = variables++;
            times.put(number, terms.get(0).plusVariable(slack));
            choices.add(new Choice(number, slack, terms, node.free()));
        }

        private Form form(After after) {
            return (after.event() < 0 ? Form.ZERO : times.get(after.event())).plus(after.nanos());
        }

        Optional<Plan> solve() {
            largest = variables++;
            for (Choice choice : choices)
                for (int k = 1; k < choice.terms().size(); k++) if (!atLeast(times.get(choice.node()).minus(choice.terms().get(k)), 0)) return Optional.empty();
            for (int[] pair : pairs) if (!atLeast(times.get(pair[1]).minus(times.get(pair[0])), pair[2])) return Optional.empty();
            if (measure == Measure.MAX)
                for (int delay : delayOf) if (delay >= 0) common.add(row(new Form(0, new TreeMap<>(java.util.Map.of(largest, 1, delay, -1))), Relationship.GEQ, 0));
            PriorityQueue<Branch> open = new PriorityQueue<>(Comparator.comparingDouble(Branch::bound).thenComparingInt(Branch::number));
            int tried = 0;
            branch(List.of(), tried++, open);
            while (!open.isEmpty() && tried < MAX_BRANCHES) {
                Branch best = open.remove();
                long[] delay = delays(best.point());
                SortedMap<Integer, Long> at = times(best.point(), delay);
                if (inOrder(at)) return Optional.of(plan(settled(best)));
                Choice waits = unexplained(best.point());
                for (int k = 0; k < waits.terms().size(); k++) {
                    List<int[]> decided = new ArrayList<>(best.decided());
                    decided.add(new int[] {choices.indexOf(waits), k});
                    branch(decided, tried++, open);
                }
            }
            return Optional.empty();
        }

        private Plan plan(double[] point) {
            long[] delay = delays(point);
            SortedMap<Integer, Long> at = times(point, delay);
            long[] moment = new long[events];
            Arrays.fill(moment, -1);
            for (Choice choice : choices) if (choice.free()) moment[choice.node()] = at.get(choice.node());
            return new Plan(delay, moment);
        }

        private boolean atLeast(Form form, long nanos) {
            if (form.variables().isEmpty()) return form.nanos() >= nanos;
            if (!form.plus(-nanos).isNeverNegative()) common.add(row(form, Relationship.GEQ, nanos));
            return true;
        }

        private LinearConstraint row(Form form, Relationship relation, long nanos) {
            return new LinearConstraint(coefficients(form), relation, (nanos - form.nanos()) / NANOS_PER_UNIT);
        }

        private double[] coefficients(Form form) {
            double[] all = new double[variables];
            form.variables().forEach((v, n) -> all[v] = n);
            return all;
        }

        private void branch(List<int[]> decided, int number, PriorityQueue<Branch> open) {
            List<LinearConstraint> rows = rows(decided);
            double[] objective = measure == Measure.MAX ? only(largest) : sum();
            double[] point = minimum(objective, rows);
            if (point == null) return;
            double bound = dot(objective, point);
            if (measure == Measure.MAX) {
                // Among the least largest, the least sum; in whole ns, so that the other delays come out whole too.
                rows.add(new LinearConstraint(objective, Relationship.EQ, Math.ceil(bound * NANOS_PER_UNIT - TOLERANCE) / NANOS_PER_UNIT));
                double[] finer = minimum(sum(), rows);
                if (finer != null) point = finer;
            }
            open.add(new Branch(decided, bound, point, number));
        }

        private List<LinearConstraint> rows(List<int[]> decided) {
            List<LinearConstraint> rows = new ArrayList<>(common);
            for (int[] which : decided) {
                Choice choice = choices.get(which[0]);
                rows.add(row(times.get(choice.node()).minus(choice.terms().get(which[1])), Relationship.EQ, 0));
            }
            return rows;
        }

        /** The same delays, with everything that is free as early as it can be. */
        private double[] settled(Branch best) {
            List<LinearConstraint> rows = rows(best.decided());
            for (int delay : delayOf) if (delay >= 0) rows.add(new LinearConstraint(only(delay), Relationship.EQ, nanos(best.point()[delay]) / NANOS_PER_UNIT));
            double[] early = new double[variables];
            for (Choice choice : choices) if (choice.free()) for (int v = 0; v < variables; v++) early[v] += coefficients(times.get(choice.node()))[v];
            double[] point = minimum(early, rows);
            return point != null && inOrder(times(point, delays(point))) ? point : best.point();
        }

        private double[] sum() {
            double[] all = new double[variables];
            for (int delay : delayOf) if (delay >= 0) all[delay] = 1;
            return all;
        }

        private double[] only(int variable) {
            double[] all = new double[variables];
            all[variable] = 1;
            return all;
        }

        /**
         * The point at which the objective is least; null when there is none, or it takes too long to find.
         *
         * <p>Commons Math takes any column of its tableau that looks like a basic one for one (seen in 3.6.1: a variable of 0 came back as 7805). So
         * each variable is given a scale of its own: only its own column can then have a 1 where it is basic.
         */
        private double[] minimum(double[] objective, List<LinearConstraint> rows) {
            if (rows.isEmpty()) return new double[variables];
            double[] scale = new double[variables];
            for (int v = 0; v < variables; v++) scale[v] = 1 + (v + 1.0) / (2 * variables + 2);
            List<LinearConstraint> scaled = new ArrayList<>();
            for (LinearConstraint row : rows) scaled.add(new LinearConstraint(times(row.getCoefficients().toArray(), scale), row.getRelationship(), row.getValue()));
            double[] point;
            try {
                point = new SimplexSolver().optimize(
                        new MaxIter(MAX_ITERATIONS), new LinearObjectiveFunction(times(objective, scale), 0), new LinearConstraintSet(scaled), GoalType.MINIMIZE,
                        new NonNegativeConstraint(true), PivotSelectionRule.DANTZIG).getPoint();
            } catch (NoFeasibleSolutionException | TooManyIterationsException none) {
                return null;
            }
            point = times(point, scale);
            for (LinearConstraint row : rows) if (!holds(row, point)) throw new IllegalStateException("a linear program was solved wrongly");
            return point;
        }

        private static double[] times(double[] a, double[] b) {
            double[] products = new double[a.length];
            for (int i = 0; i < a.length; i++) products[i] = a[i] * b[i];
            return products;
        }

        private boolean holds(LinearConstraint row, double[] point) {
            double left = dot(row.getCoefficients().toArray(), point);
            return switch (row.getRelationship()) {
                case GEQ -> left >= row.getValue() - TOLERANCE;
                case LEQ -> left <= row.getValue() + TOLERANCE;
                case EQ -> left >= row.getValue() - TOLERANCE && left <= row.getValue() + TOLERANCE;
            };
        }

        private long[] delays(double[] point) {
            long[] delay = new long[events];
            for (int place = 0; place < events; place++) if (delayOf[place] >= 0) delay[place] = nanos(point[delayOf[place]]);
            return delay;
        }

        /** When everything that matters happens with these delays, if nothing waits without a reason. */
        private SortedMap<Integer, Long> times(double[] point, long[] delay) {
            SortedMap<Integer, Long> at = new TreeMap<>();
            nodes.forEach((number, node) -> {
                long latest = time(node.cause(), at) + (node.delay() >= 0 ? delay[node.place()] : 0);
                for (After other : node.others()) latest = Math.max(latest, time(other, at));
                if (node.free()) latest = Math.max(latest, nanos(value(times.get(number), point)));
                at.put(number, latest);
            });
            return at;
        }

        private long time(After after, SortedMap<Integer, Long> at) {
            return (after.event() < 0 ? 0 : at.get(after.event())) + after.nanos();
        }

        private boolean inOrder(SortedMap<Integer, Long> at) {
            for (int[] pair : pairs) if (at.get(pair[1]) - at.get(pair[0]) < pair[2]) return false;
            return true;
        }

        /**
         * The last time that is later than anything that it waits for: the nearer it is to the pairs, the sooner it is seen whether they can do without. There
         * is one when what the point says is not what happens.
         */
        private Choice unexplained(double[] point) {
            for (int i = choices.size() - 1; i >= 0; i--) {
                Choice choice = choices.get(i);
                if (choice.free()) continue;
                double latest = 0;
                for (Form term : choice.terms()) latest = Math.max(latest, value(term, point));
                if (value(times.get(choice.node()), point) > latest + TOLERANCE) return choice;
            }
            throw new IllegalStateException("every event waits for a reason, and still the order is another one");
        }

        private double value(Form form, double[] point) {
            double units = form.nanos() / NANOS_PER_UNIT;
            for (var each : form.variables().entrySet()) units += each.getValue() * point[each.getKey()];
            return units;
        }

        private static long nanos(double units) {
            return Math.round(units * NANOS_PER_UNIT);
        }

        private double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
            return sum;
        }
    }
}
