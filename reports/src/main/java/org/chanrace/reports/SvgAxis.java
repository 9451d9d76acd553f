package org.chanrace.reports;

/** Where values stand on the axes of plots: logarithms are StrictMath's, so that a plot has the same bytes on every JDK; what is exact by its definition is Math's. */
final class SvgAxis {
    private static final double[] ROUND = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8};

    private SvgAxis() {}

    /** The smallest round number that is not below a value above 0. */
    static double nice(double value) {
        // StrictMath has the same bits on every JDK, and Math.floor is exact by its definition.
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(value)));
        for (double step : ROUND) if (value <= step * power * 1.000001) return step * power;
        return 10 * power;
    }

    /**
     * A logarithmic axis over whole decades.
     *
     * @param from exponent of ten at its beginning
     * @param to exponent of ten at its end
     * @param length in pixels
     */
    record Decades(int from, int to, int length) {
        /** The decades that hold all values from one to another, both above 0. */
        static Decades holding(double smallest, double largest, int length) {
            int from = (int) Math.floor(StrictMath.log10(smallest));
            return new Decades(from, Math.max(from + 1, (int) Math.ceil(StrictMath.log10(largest))), length);
        }

        /** Pixels from its beginning; 0 for what lies before. */
        int at(double value) {
            if (value <= 0) return 0;
            return (int) Math.max(0, Math.min(length, Math.round((StrictMath.log10(value) - from) / (to - from) * length)));
        }
    }
}
