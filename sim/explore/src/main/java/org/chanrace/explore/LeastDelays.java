package org.chanrace.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.exception.TooManyIterationsException;
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
    private boolean gaveUp;

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

    /** Whether it has ever said that there are none because it would have taken too long to find some. */
    boolean gaveUp() {
        return gaveUp;
    }

    /**
     * What decides a time: that of an event, or that at which an event would come if what comes later did not hold it up.
     *
     * @param place the event, for the packet that it is
     * @param waitsFor what it waits for, what brings it about first
     * @param last those of these that may be the last of them
     * @param slack the variable by how much later it is than these if it is free, or if it is not decided which of them is the last
     */
    private record Node(int place, List<After> waitsFor, int[] last, int slack, boolean free) {
        boolean isChoice() {
            return free || last.length > 1;
        }
    }

    /**
     * A branch: which of the things that some times wait for is the last.
     *
     * @param decided by the number of the time, which
     * @param bound what it takes at least, us: until it is {@linkplain Program#solved solved}, what the one takes that it is a branch of, or a little less
     * @param point where it takes the least, once it is solved
     */
    private record Branch(SortedMap<Integer, Integer> decided, double bound, Optional<double[]> point, int number) {
        Branch solved(double takes, double[] where) {
            return new Branch(decided, takes, Optional.of(where), number);
        }
    }

    private final class Program {
        /** For each pair the times of the two, and by how many ns the first is ahead: of two at the same instant, the one in the lower lane comes first. */
        private final List<int[]> pairs = new ArrayList<>();
        private final int events = causes.events().size();
        /** By number: the events, and then what more there is. Those that do not matter have none. */
        private final NavigableMap<Integer, Node> nodes = new TreeMap<>();
        /** By event, the variable by how much its packet is late; -1 for none. */
        private final int[] delayOf = new int[events];
        private final Times undecided = new Times(new TreeMap<>(), Optional.empty());
        private int variables;
        private int next = events;

        Program(List<Precedence> precedences, Set<Precedence> ties) {
            Arrays.fill(delayOf, -1);
            for (int place : concerned(precedences)) {
                Event event = causes.events().get(place);
                if (event.packetOrNull() != null) delayOf[place] = variables++;
                List<After> others = new ArrayList<>(event.behind());
                others.addAll(event.shut());
                add(place, place, others, event.free());
            }
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
                for (After cause : event.causes()) open.add(cause.event());
                for (After other : event.behind()) open.add(other.event());
                for (After other : event.shut()) open.add(other.event());
            }
            return all;
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
            add(next, place, others, false);
            return next++;
        }

        private void add(int number, int place, List<After> others, boolean free) {
            List<After> waitsFor = new ArrayList<>(causes.events().get(place).causes());
            waitsFor.addAll(others);
            List<Form> forms = new ArrayList<>();
            List<Integer> last = new ArrayList<>();
            for (int k = 0; k < waitsFor.size(); k++) {
                Form form = undecided.form(place, waitsFor, k);
                forms.add(form);
                if (last.stream().anyMatch(t -> forms.get(t).minus(form).isNeverNegative())) continue;
                last.removeIf(t -> form.minus(forms.get(t)).isNeverNegative());
                last.add(k);
            }
            Node node = new Node(place, waitsFor, last.stream().mapToInt(k -> k).toArray(), variables, free);
            if (node.isChoice()) variables++;
            nodes.put(number, node);
            undecided.add(number, node);
        }

        /** Whether the k-th of the things that an event waits for is among those that bring it about. */
        private boolean isCause(int place, int k) {
            return k < causes.events().get(place).causes().size();
        }

        /** When everything happens, as forms: what the variables have to meet. */
        private final class Times {
            final SortedMap<Integer, Form> of = new TreeMap<>();
            /** What is not to be negative. */
            final List<Form> demands = new ArrayList<>();

            private final SortedMap<Integer, Integer> decided;
            private final Optional<long[]> late;

            /**
             * @param decided for some times, which of the things that they wait for is the last
             * @param late for each event by how much its packet is late, ns; empty when that is left to find
             */
            Times(SortedMap<Integer, Integer> decided, Optional<long[]> late) {
                this.decided = decided;
                this.late = late;
            }

            Times all() {
                nodes.forEach(this::add);
                for (int[] pair : pairs) demands.add(of.get(pair[1]).minus(of.get(pair[0])).plus(-pair[2]));
                return this;
            }

            void add(int number, Node node) {
                int[] last = node.last();
                Form[] forms = new Form[last.length];
                for (int k = 0; k < last.length; k++) forms[k] = form(node.place(), node.waitsFor(), last[k]);
                if (!node.isChoice()) {
                    of.put(number, forms[0]);
                    return;
                }
                Form time;
                if (decided.containsKey(number)) time = forms[decided.get(number)];
                else {
                    // Without delays the slack is 0 then, and no demand of this time is negative.
                    Form latest = forms[0];
                    for (Form form : forms) if (form.nanos() > latest.nanos()) latest = form;
                    time = latest.plus(Form.of(node.slack()));
                }
                for (Form form : forms) demands.add(time.minus(form));
                of.put(number, time);
            }

            /** When something would happen for which an event waits, were it the last. */
            Form form(int place, List<After> waitsFor, int k) {
                After after = waitsFor.get(k);
                Form form = (after.event() < 0 ? Form.ZERO : of.get(after.event())).plus(after.nanos());
                if (!isCause(place, k) || delayOf[place] < 0) return form;
                return late.map(nanos -> form.plus(nanos[place])).orElseGet(() -> form.plus(Form.of(delayOf[place])));
            }
        }

        Optional<Plan> solve() {
            PriorityQueue<Branch> open = new PriorityQueue<>(Comparator.comparingDouble(Branch::bound).thenComparingInt(Branch::number));
            int tried = 0;
            open.add(new Branch(new TreeMap<>(), 0, Optional.empty(), tried++));
            while (!open.isEmpty() && tried < MAX_BRANCHES) {
                Branch best = open.remove();
                if (best.point().isEmpty()) {
                    solved(best).ifPresent(open::add);
                    continue;
                }
                double[] point = best.point().get();
                Times forms = new Times(best.decided(), Optional.empty()).all();
                if (inOrder(times(forms, point, delays(point)))) return Optional.of(settled(best.decided(), forms, point));
                int waits = unexplained(forms, point);
                for (int k = 0; k < nodes.get(waits).last().length; k++) {
                    SortedMap<Integer, Integer> decided = new TreeMap<>(best.decided());
                    decided.put(waits, k);
                    open.add(new Branch(decided, best.bound() - LinearProgram.TOLERANCE, Optional.empty(), tried++));
                }
            }
            gaveUp |= !open.isEmpty();
            return Optional.empty();
        }

        /** The branch with the point at which it takes the least; empty when there is no such. */
        private Optional<Branch> solved(Branch branch) {
            List<Form> demands = new Times(branch.decided(), Optional.empty()).all().demands;
            if (measure == Measure.SUM) return minimum(sum(), demands, variables).map(point -> branch.solved(LinearProgram.value(sum(), point), point));
            Form largest = Form.of(variables);
            Optional<double[]> point = minimum(largest, and(demands, largest), variables + 1);
            if (point.isEmpty()) return Optional.empty();
            double bound = LinearProgram.value(largest, point.get());
            // Among the least largest, the least sum; in whole ns, so that the other delays come out whole too.
            Optional<double[]> finer = minimum(sum(), and(demands, Form.ZERO.plus(LinearProgram.nanosNotBelow(bound))), variables);
            return Optional.of(branch.solved(bound, finer.orElse(point.get())));
        }

        private Optional<double[]> minimum(Form objective, List<Form> demands, int count) {
            try {
                return LinearProgram.minimum(objective, demands, count);
            } catch (TooManyIterationsException tooLong) {
                gaveUp = true;
                return Optional.empty();
            }
        }

        /** These demands, and that no delay is larger. */
        private List<Form> and(List<Form> demands, Form largest) {
            List<Form> all = new ArrayList<>(demands);
            for (int delay : delayOf) if (delay >= 0) all.add(largest.minus(Form.of(delay)));
            return all;
        }

        private Form sum() {
            Form sum = Form.ZERO;
            for (int delay : delayOf) if (delay >= 0) sum = sum.plus(Form.of(delay));
            return sum;
        }

        /** The delays of a point, with everything that is free as early as it can be. */
        private Plan settled(SortedMap<Integer, Integer> decided, Times forms, double[] point) {
            long[] delay = delays(point);
            Times late = new Times(decided, Optional.of(delay)).all();
            Form early = Form.ZERO;
            for (var each : nodes.entrySet()) if (each.getValue().free()) early = early.plus(late.of.get(each.getKey()));
            SortedMap<Integer, Long> at = minimum(early, late.demands, variables).map(p -> times(late, p, delay)).filter(this::inOrder).orElseGet(() -> times(forms, point, delay));
            long[] moment = new long[events];
            Arrays.fill(moment, -1);
            nodes.forEach((number, node) -> {
                if (node.free()) moment[number] = at.get(number);
            });
            return new Plan(delay, moment);
        }

        private long[] delays(double[] point) {
            long[] delay = new long[events];
            for (int place = 0; place < events; place++) if (delayOf[place] >= 0) delay[place] = LinearProgram.nanos(point[delayOf[place]]);
            return delay;
        }

        /** When everything that matters happens with these delays, if nothing waits without a reason. */
        private SortedMap<Integer, Long> times(Times forms, double[] point, long[] delay) {
            SortedMap<Integer, Long> at = new TreeMap<>();
            nodes.forEach((number, node) -> {
                long latest = 0;
                for (int k = 0; k < node.waitsFor().size(); k++)
                    latest = Math.max(latest, time(node.waitsFor().get(k), at) + (isCause(node.place(), k) ? delay[node.place()] : 0));
                if (node.free()) latest = Math.max(latest, LinearProgram.nanos(LinearProgram.value(forms.of.get(number), point)));
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
        private int unexplained(Times forms, double[] point) {
            for (int number : nodes.descendingKeySet()) {
                Node node = nodes.get(number);
                if (node.free() || !node.isChoice()) continue;
                double latest = 0;
                for (int k : node.last()) latest = Math.max(latest, LinearProgram.value(forms.form(node.place(), node.waitsFor(), k), point));
                if (LinearProgram.value(forms.of.get(number), point) > latest + LinearProgram.TOLERANCE) return number;
            }
            throw new IllegalStateException("every event waits for a reason, and still the order is another one");
        }
    }
}
