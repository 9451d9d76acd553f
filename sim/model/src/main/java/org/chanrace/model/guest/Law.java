package org.chanrace.model.guest;

import org.apache.commons.math3.util.FastMath;
import org.chanrace.kernel.RandomStream;

/** A distribution over the pages below some number, the more likely ones first. */
sealed interface Law {
    /** A page. */
    int next(RandomStream stream);

    /** How likely a page is. */
    double probability(int page);

    /** Page numbers are below this. */
    int pages();

    /** All pages alike. */
    record Uniform(int pages) implements Law {
        @Override
        public int next(RandomStream stream) {
            return stream.nextInt(pages);
        }

        @Override
        public double probability(int page) {
            return 1.0 / pages;
        }
    }

    /**
     * The page of rank k, from 1, about as likely as k to the power of minus the exponent: a number from 1 to below {@code pages + 1} is drawn whose density
     * is that, and rounded down.
     */
    final class Zipf implements Law {
        private final int pages;
        private final double rise;
        private final double total;

        /** @param exponent above 0 */
        Zipf(int pages, double exponent) {
            this.pages = pages;
            // That near to 1 the power is the logarithm, to all digits that a double has.
            this.rise = FastMath.abs(1 - exponent) < 1e-9 ? 0 : 1 - exponent;
            this.total = integral(1, pages);
        }

        /** Of the density, not normalised, from {@code x} on over this length. */
        private double integral(double x, double length) {
            double log = FastMath.log1p(length / x);
            // FastMath computes in Java, with the same bits on every JDK.
            return rise == 0 ? log : FastMath.pow(x, rise) * FastMath.expm1(rise * log) / rise;
        }

        @Override
        public int next(RandomStream stream) {
            double u = stream.nextDouble();
            // FastMath: as above, the same page on every JDK.
            double x = rise == 0 ? FastMath.pow(pages + 1.0, u) : FastMath.pow(1 + rise * total * u, 1 / rise);
            return (int) Math.max(0, Math.min(pages - 1, (long) x - 1));
        }

        @Override
        public double probability(int page) {
            return integral(page + 1.0, 1) / total;
        }

        @Override
        public int pages() {
            return pages;
        }
    }
}
