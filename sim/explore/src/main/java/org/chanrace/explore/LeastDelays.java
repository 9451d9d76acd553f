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
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.chanrace.explore.Causes.After;
import org.chanrace.explore.Causes.Event;
import org.chanrace.explore.Disturbance.Measure;

/**
 * The least delays of packets that put pairs of events into a given order, as a linear program.
 *
 * <p>An event happens at the latest of what it waits for. Where it waits for one thing only, or one of them is later in any case, its time is that one's;
 * otherwise its time is a variable that is at least as late as each, and branch and bound sees to it that it is as late as one of them (Land and Doig,
 * Econometrica 28, 1960): nothing waits without a reason. What is left in each branch are difference constraints, so the vertices that the simplex
 * method goes through have whole numbers of ns ({@link LinearProgram}); the results are rounded to ns.
 */
final class LeastDelays {
    private static final int MAX_BRANCHES = 150;

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

    /**
     * A branch: which of the things that some times wait for is the last.
     *
     * @param bound what it takes at least, us: until it is {@linkplain Program#solved solved}, what the one takes that it is a branch of, or a little less
     * @param point where it takes the least, once it is solved
     */
    private record Branch(List<int[]> decided, double bound, Optional<double[]> point, int number) {}

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
        private LinearProgram linear;
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
            if (node.delay() >= 0) own = own.plus(Form.of(node.delay()));
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
            times.put(number, terms.get(0).plus(Form.of(slack)));
            choices.add(new Choice(number, slack, terms, node.free()));
        }

        private Form form(After after) {
            return (after.event() < 0 ? Form.ZERO : times.get(after.event())).plus(after.nanos());
        }

        Optional<Plan> solve() {
            largest = variables++;
            linear = new LinearProgram(variables);
            for (Choice choice : choices)
                for (int k = 1; k < choice.terms().size(); k++) if (!atLeast(times.get(choice.node()).minus(choice.terms().get(k)), 0)) return Optional.empty();
            for (int[] pair : pairs) if (!atLeast(times.get(pair[1]).minus(times.get(pair[0])), pair[2])) return Optional.empty();
            if (measure == Measure.MAX)
                for (int delay : delayOf) if (delay >= 0) common.add(linear.row(Form.of(largest).minus(Form.of(delay)), Relationship.GEQ, 0));
            PriorityQueue<Branch> open = new PriorityQueue<>(Comparator.comparingDouble(Branch::bound).thenComparingInt(Branch::number));
            int tried = 0;
            open.add(new Branch(List.of(), 0, Optional.empty(), tried++));
            while (!open.isEmpty() && tried < MAX_BRANCHES) {
                Branch best = open.remove();
                if (best.point().isEmpty()) {
                    solved(best).ifPresent(open::add);
                    continue;
                }
                double[] point = best.point().get();
                SortedMap<Integer, Long> at = times(point, delays(point));
                if (inOrder(at)) return Optional.of(plan(settled(best.decided(), point)));
                Choice waits = unexplained(point);
                for (int k = 0; k < waits.terms().size(); k++) {
                    List<int[]> decided = new ArrayList<>(best.decided());
                    decided.add(new int[] {choices.indexOf(waits), k});
                    open.add(new Branch(decided, best.bound() - LinearProgram.TOLERANCE, Optional.empty(), tried++));
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
            if (form.isConstant()) return form.nanos() >= nanos;
            if (!form.plus(-nanos).isNeverNegative()) common.add(linear.row(form, Relationship.GEQ, nanos));
            return true;
        }

        /** The branch with the point at which it takes the least; empty when there is no such. */
        private Optional<Branch> solved(Branch branch) {
            List<LinearConstraint> rows = rows(branch.decided());
            Form objective = measure == Measure.MAX ? Form.of(largest) : sum();
            Optional<double[]> point = linear.minimum(objective, rows);
            if (point.isEmpty()) return Optional.empty();
            double bound = LinearProgram.value(objective, point.get());
            if (measure == Measure.MAX) {
                // Among the least largest, the least sum; in whole ns, so that the other delays come out whole too.
                rows.add(linear.row(objective, Relationship.EQ, LinearProgram.nanosNotBelow(bound)));
                Optional<double[]> finer = linear.minimum(sum(), rows);
                if (finer.isPresent()) point = finer;
            }
            return Optional.of(new Branch(branch.decided(), bound, point, branch.number()));
        }

        private List<LinearConstraint> rows(List<int[]> decided) {
            List<LinearConstraint> rows = new ArrayList<>(common);
            for (int[] which : decided) {
                Choice choice = choices.get(which[0]);
                rows.add(linear.row(times.get(choice.node()).minus(choice.terms().get(which[1])), Relationship.EQ, 0));
            }
            return rows;
        }

        /** The same delays, with everything that is free as early as it can be. */
        private double[] settled(List<int[]> decided, double[] point) {
            List<LinearConstraint> rows = rows(decided);
            for (int delay : delayOf) if (delay >= 0) rows.add(linear.row(Form.of(delay), Relationship.EQ, LinearProgram.nanos(point[delay])));
            Form early = Form.ZERO;
            for (Choice choice : choices) if (choice.free()) early = early.plus(times.get(choice.node()));
            return linear.minimum(early, rows).filter(p -> inOrder(times(p, delays(p)))).orElse(point);
        }

        private Form sum() {
            Form sum = Form.ZERO;
            for (int delay : delayOf) if (delay >= 0) sum = sum.plus(Form.of(delay));
            return sum;
        }

        private long[] delays(double[] point) {
            long[] delay = new long[events];
            for (int place = 0; place < events; place++) if (delayOf[place] >= 0) delay[place] = LinearProgram.nanos(point[delayOf[place]]);
            return delay;
        }

        /** When everything that matters happens with these delays, if nothing waits without a reason. */
        private SortedMap<Integer, Long> times(double[] point, long[] delay) {
            SortedMap<Integer, Long> at = new TreeMap<>();
            nodes.forEach((number, node) -> {
                long latest = time(node.cause(), at) + (node.delay() >= 0 ? delay[node.place()] : 0);
                for (After other : node.others()) latest = Math.max(latest, time(other, at));
                if (node.free()) latest = Math.max(latest, LinearProgram.nanos(LinearProgram.value(times.get(number), point)));
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
                for (Form term : choice.terms()) latest = Math.max(latest, LinearProgram.value(term, point));
                if (LinearProgram.value(times.get(choice.node()), point) > latest + LinearProgram.TOLERANCE) return choice;
            }
            throw new IllegalStateException("every event waits for a reason, and still the order is another one");
        }
    }
}
