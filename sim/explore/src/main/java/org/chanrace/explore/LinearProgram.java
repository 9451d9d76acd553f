package org.chanrace.explore;

import java.util.ArrayList;
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
 * Linear programs over the same variables, none of which is negative: what is demanded of {@link Form}s in ns, and solved in us, with doubles.
 *
 * <p>Commons Math takes any column of its tableau that looks like a basic one for one (seen in 3.6.1: a variable of 0 came back as 7805). So each variable is given
 * a scale of its own: only its own column can then have a 1 where it is basic.
 */
final class LinearProgram {
    /** What a solution may be off by, in us. */
    static final double TOLERANCE = 1e-4;

    private static final double NANOS_PER_UNIT = 1000;
    private static final int MAX_ITERATIONS = 20_000;

    private final double[] scale;

    /** @param variables how many there are */
    LinearProgram(int variables) {
        this.scale = new double[variables];
        for (int v = 0; v < variables; v++) scale[v] = 1 + (v + 1.0) / (2 * variables + 2);
    }

    /** The demand that a time is so many ns, or that many at least or at most. */
    LinearConstraint row(Form form, Relationship relation, long nanos) {
        return new LinearConstraint(scaled(form), relation, (nanos - form.nanos()) / NANOS_PER_UNIT);
    }

    private double[] scaled(Form form) {
        double[] all = new double[scale.length];
        for (int i = 0; i < form.variables().length; i++) all[form.variables()[i]] = form.counts()[i] * scale[form.variables()[i]];
        return all;
    }

    /** The point at which the objective is least; empty when there is none, or it takes too long to find. */
    Optional<double[]> minimum(Form objective, List<LinearConstraint> rows) {
        if (rows.isEmpty()) return Optional.of(new double[scale.length]);
        double[] point;
        try {
            point = new SimplexSolver().optimize(
                    new MaxIter(MAX_ITERATIONS), new LinearObjectiveFunction(scaled(objective), 0), new LinearConstraintSet(rows), GoalType.MINIMIZE,
                    new NonNegativeConstraint(true), PivotSelectionRule.DANTZIG).getPoint();
        } catch (NoFeasibleSolutionException | TooManyIterationsException none) {
            return Optional.empty();
        }
        for (LinearConstraint row : rows) if (!holds(row, point)) throw new IllegalStateException("a linear program was solved wrongly");
        for (int v = 0; v < scale.length; v++) point[v] *= scale[v];
        return Optional.of(point);
    }

    private static boolean holds(LinearConstraint row, double[] point) {
        double left = 0;
        for (int v = 0; v < point.length; v++) left += row.getCoefficients().getEntry(v) * point[v];
        return switch (row.getRelationship()) {
            case GEQ -> left >= row.getValue() - TOLERANCE;
            case LEQ -> left <= row.getValue() + TOLERANCE;
            case EQ -> left >= row.getValue() - TOLERANCE && left <= row.getValue() + TOLERANCE;
        };
    }

    /** What a form is at a point, in us. */
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
