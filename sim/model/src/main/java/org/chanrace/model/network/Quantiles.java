package org.chanrace.model.network;

import java.util.List;
import org.chanrace.model.scenario.Distribution;

/**
 * Quantiles of one distribution, always those of {@link Sampler#quantile}, and mostly without its logarithms and exponentials.
 *
 * <p>Between the 2048th and the last 2048th, where the quantile function is smooth, [0, 1) is divided into cells, sixteen to an octave on either side of the
 * median. A cell that was wanted often enough gets a polynomial of degree five through six Chebyshev points of it. Half way between these, where the
 * polynomial is farthest off, it is compared with the function: the cell counts if four times the largest difference is at most half of {@link #TOLERANCE}
 * and the values are so small that rounding errors are less than the other half. What the polynomial says is taken if it is farther than the tolerance
 * from where rounding to a nanosecond would tip over; else, once in five hundred, the function is asked. So the result is the function's, which is the same
 * on every JDK, and this class adds nothing to it but time saved.
 */
final class Quantiles {
    /** How far a polynomial may be from its function, ns. */
    static final double TOLERANCE = 0x1p-10;
    /** Half a second: beyond it rounding errors, for which 2^-40 of the value is allowed, would be felt in the tolerance. */
    private static final double LARGEST_NANOS = 0x1p29;
    /** Chebyshev points: cos(k pi / 12) for odd k; between them the even ones. */
    private static final double[] POINTS = {
        0.9659258262890683, 0.7071067811865476, 0.25881904510252074, -0.25881904510252074, -0.7071067811865476, -0.9659258262890683
    };
    private static final double[] BETWEEN = {1, 0.8660254037844386, 0.5, 0, -0.5, -0.8660254037844386, -1};
    private static final int SIDE_BITS = 48;
    private static final long IN_CELL = (1L << SIDE_BITS) - 1;
    /** The bits of a double from 2^-11 on, without those that tell where in a cell it lies. */
    private static final int FIRST_CELL = 1023 - 11 << 4;
    private static final int CELLS_OF_SIDE = 10 << 4;
    /** So often a cell has been wanted when it is worth its polynomial, which costs thirteen values of the function. */
    private static final byte WORTH_IT = 13;
    private static final byte USABLE = 14;
    private static final byte UNUSABLE = 15;

    private final Distribution distribution;
    private final List<Quantiles> parts;
    private final boolean isSmooth;
    /** For each cell how often it was wanted, up to {@link #WORTH_IT}, or what has become of it; empty before the first. */
    private byte[] cells = {};
    private double[] coefficients = {};

    Quantiles(Distribution distribution) {
        this.distribution = distribution;
        this.parts = distribution instanceof Distribution.Mixture mixture ? mixture.parts().stream().map(part -> new Quantiles(part.of())).toList() : List.of();
        this.isSmooth = distribution instanceof Distribution.Normal || distribution instanceof Distribution.Lognormal || distribution instanceof Distribution.Exponential
                || distribution instanceof Distribution.Pareto;
    }

    /** The duration below which a share {@code u} of all draws lies, ns. {@code u} in [0, 1), a multiple of 2^-53. */
    long at(double u) {
        if (isSmooth) return smooth(u);
        if (distribution instanceof Distribution.Mixture mixture) {
            int part = mixture.part(u);
            return parts.get(part).at(mixture.within(part, u));
        }
        return Sampler.quantile(distribution, u);
    }

    private long smooth(double u) {
        boolean upper = u > 0.5;
        long bits = Double.doubleToRawLongBits(upper ? 1 - u : u);
        int cell = (int) (bits >>> SIDE_BITS) - FIRST_CELL;
        if (cell < 0 || cell >= CELLS_OF_SIDE) return Sampler.quantile(distribution, u);
        if (upper) cell += CELLS_OF_SIDE;
        if (!isUsable(cell)) return Sampler.quantile(distribution, u);
        double shifted = polynomial(cell, (bits & IN_CELL) * 0x1p-47 - 1) + 0.5;
        long whole = (long) shifted;
        double fraction = shifted - whole;
        return fraction > TOLERANCE && fraction < 1 - TOLERANCE ? whole : Sampler.quantile(distribution, u);
    }

    private boolean isUsable(int cell) {
        if (cells.length == 0) cells = new byte[2 * CELLS_OF_SIDE];
        byte state = cells[cell];
        if (state < WORTH_IT) cells[cell]++;
        else if (state == WORTH_IT) cells[cell] = fit(cell) ? USABLE : UNUSABLE;
        return cells[cell] == USABLE;
    }

    /** Newton's form. */
    private double polynomial(int cell, double t) {
        int i = cell * POINTS.length;
        double[] c = coefficients;
        return c[i] + (t - POINTS[0]) * (c[i + 1] + (t - POINTS[1]) * (c[i + 2] + (t - POINTS[2]) * (c[i + 3] + (t - POINTS[3]) * (c[i + 4] + (t - POINTS[4]) * c[i + 5]))));
    }

    /** Puts a polynomial through a cell. Returns whether it may be used. */
    private boolean fit(int cell) {
        if (coefficients.length == 0) coefficients = new double[2 * CELLS_OF_SIDE * POINTS.length];
        double[] differences = new double[POINTS.length];
        for (int i = 0; i < POINTS.length; i++) differences[i] = exact(cell, POINTS[i]);
        for (int order = 1; order < POINTS.length; order++)
            for (int i = POINTS.length - 1; i >= order; i--) differences[i] = (differences[i] - differences[i - 1]) / (POINTS[i] - POINTS[i - order]);
        System.arraycopy(differences, 0, coefficients, cell * POINTS.length, POINTS.length);
        for (double t : BETWEEN) {
            double exact = exact(cell, t);
            double off = exact - polynomial(cell, t);
            if (!(exact >= 0 && exact <= LARGEST_NANOS && off <= TOLERANCE / 8 && off >= -TOLERANCE / 8)) return false;
        }
        return true;
    }

    /** The function at a place of a cell, from -1 where it begins to 1 where it ends. */
    private double exact(int cell, double t) {
        int ofSide = cell % CELLS_OF_SIDE;
        double from = Double.longBitsToDouble((long) (FIRST_CELL + ofSide) << SIDE_BITS);
        double to = Double.longBitsToDouble((long) (FIRST_CELL + ofSide + 1) << SIDE_BITS);
        double share = from + (t + 1) / 2 * (to - from);
        return Sampler.nanos(distribution, cell < CELLS_OF_SIDE ? share : 1 - share);
    }

    /** How many cells have a polynomial that is used. */
    int polynomials() {
        int usable = 0;
        for (byte cell : cells) if (cell == USABLE) usable++;
        return usable;
    }

    /** The largest difference between polynomials that are used and the function, ns, at a thousand places of each cell. */
    double farthestOff() {
        double farthest = 0;
        for (int cell = 0; cell < cells.length; cell++)
            for (int i = 0; i <= 1000 && cells[cell] == USABLE; i++)
                farthest = Math.max(farthest, Math.abs(exact(cell, i / 500.0 - 1) - polynomial(cell, i / 500.0 - 1)));
        return farthest;
    }
}
