package org.chanrace.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

/**
 * The least of a {@link Form} in which no variable counts against, where other forms are not to be negative.
 *
 * <p>First it is made smaller, in whole numbers. A demand that holds whatever the variables are is left out. So is a variable that only makes demands harder to
 * meet: it is 0. What remains is solved by the simplex method, in us and with doubles.
 */
final class LinearProgram {
    /** What a solution may be off by, us. */
    static final double TOLERANCE = 1e-4;

    private static final double NANOS_PER_UNIT = 1000;
    private static final int MAX_ITERATIONS = 20_000;

    private final Form objective;
    private final List<Form> demands;
    /** By variable, whether it may be above 0. */
    private final boolean[] counts;

    private LinearProgram(Form objective, List<Form> demands, int variables) {
        this.objective = objective;
        this.demands = new ArrayList<>(demands);
        this.counts = new boolean[variables];
    }

    /**
     * The point at which the objective is least; empty when there is none.
     *
     * @param demands what is not to be negative
     * @param variables how many there are
     * @return the variables, us
     * @throws TooManyIterationsException when it takes too long to find
     */
    static Optional<double[]> minimum(Form objective, List<Form> demands, int variables) {
        LinearProgram program = new LinearProgram(objective, demands, variables);
        if (!program.reduce()) return Optional.empty();
        Optional<double[]> point = program.solve();
        if (point.isPresent()) for (Form demand : demands) if (value(demand, point.get()) < -TOLERANCE) throw new IllegalStateException("a linear program was solved wrongly");
        return point;
    }

    /** Makes it smaller; whether it may have a solution. */
    private boolean reduce() {
        int before;
        do {
            before = demands.size();
            Arrays.fill(counts, false);
            for (Form demand : demands) for (int i = 0; i < demand.variables().length; i++) if (demand.counts()[i] > 0) counts[demand.variables()[i]] = true;
            demands.removeIf(demand -> !harms(demand) && demand.nanos() >= 0);
        } while (demands.size() < before);
        return demands.stream().allMatch(demand -> demand.nanos() >= 0 || helps(demand));
    }

    private boolean harms(Form demand) {
        for (int i = 0; i < demand.variables().length; i++) if (demand.counts()[i] < 0 && counts[demand.variables()[i]]) return true;
        return false;
    }

    private static boolean helps(Form demand) {
        for (int count : demand.counts()) if (count > 0) return true;
        return false;
    }

    private Optional<double[]> solve() {
        double[] point = new double[counts.length];
        // At 0 the objective is least, and what is demanded holds there unless it is negative.
        if (demands.stream().allMatch(demand -> demand.nanos() >= 0)) return Optional.of(point);
        int[] column = new int[counts.length];
        int columns = 0;
        for (int v = 0; v < counts.length; v++) column[v] = counts[v] ? columns++ : -1;
        // Commons Math takes any column of its tableau that looks like a basic one for one (seen in 3.6.1: a variable of 0 came back as 7805). So each variable
        // is given a scale of its own: only its own column can then have a 1 where it is basic.
        double[] scale = new double[columns];
        for (int c = 0; c < columns; c++) scale[c] = 1 + (c + 1.0) / (2 * columns + 2);
        List<LinearConstraint> rows = new ArrayList<>();
        for (Form demand : demands) rows.add(new LinearConstraint(row(demand, column, scale), Relationship.GEQ, -demand.nanos() / NANOS_PER_UNIT));
        double[] solution;
        try {
            solution = new SimplexSolver().optimize(
                    new MaxIter(MAX_ITERATIONS), new LinearObjectiveFunction(row(objective, column, scale), 0), new LinearConstraintSet(rows), GoalType.MINIMIZE,
                    new NonNegativeConstraint(true), PivotSelectionRule.DANTZIG).getPoint();
        } catch (NoFeasibleSolutionException none) {
            return Optional.empty();
        }
        for (int v = 0; v < point.length; v++) if (column[v] >= 0) point[v] = solution[column[v]] * scale[column[v]];
        return Optional.of(point);
    }

    private static double[] row(Form form, int[] column, double[] scale) {
        double[] row = new double[scale.length];
        for (int i = 0; i < form.variables().length; i++) {
            int c = column[form.variables()[i]];
            if (c >= 0) row[c] = form.counts()[i] * scale[c];
        }
        return row;
    }

    /** What a form is at a point, us. */
    static double value(Form form, double[] point) {
        double units = form.nanos() / NANOS_PER_UNIT;
        for (int i = 0; i < form.variables().length; i++) units += form.counts()[i] * point[form.variables()[i]];
        return units;
    }

    static long nanos(double units) {
        return Math.round(units * NANOS_PER_UNIT);
    }

    /** The least whole number of ns that is not below this, give or take what a solution may be off by. */
    static long nanosNotBelow(double units) {
        return (long) Math.ceil(units * NANOS_PER_UNIT - TOLERANCE);
    }
}
