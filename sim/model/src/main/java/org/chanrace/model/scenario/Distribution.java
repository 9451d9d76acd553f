package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;

/** A distribution of durations; all parameters in ns. Draws below 0 count as 0. */
public sealed interface Distribution {
    /** The mean of what is drawn: nothing below 0 and nothing above an hour, ns. */
    default long expectedNanos() {
        return Means.of(this);
    }

    /** Always the same. */
    record Constant(long nanos) implements Distribution {
        public Constant {
            if (nanos < 0) throw new IllegalArgumentException("a duration is negative");
        }
    }

    /** Anything from {@code fromNanos} to {@code toNanos}, alike. */
    record Uniform(long fromNanos, long toNanos) implements Distribution {
        public Uniform {
            if (fromNanos < 0 || toNanos < fromNanos) throw new IllegalArgumentException("uniform: 0 <= from <= to");
        }
    }

    /** Normal. */
    record Normal(long meanNanos, long sdNanos) implements Distribution {
        public Normal {
            if (meanNanos < 0 || sdNanos <= 0) throw new IllegalArgumentException("normal: mean >= 0, sd > 0");
        }
    }

    /** Its logarithm is normal: {@code median * exp(sigma * Z)}. */
    record Lognormal(long medianNanos, double sigma) implements Distribution {
        public Lognormal {
            if (medianNanos <= 0 || !(sigma > 0)) throw new IllegalArgumentException("lognormal: median > 0, sigma > 0");
        }
    }

    /** Exponential. */
    record Exponential(long meanNanos) implements Distribution {
        public Exponential {
            if (meanNanos <= 0) throw new IllegalArgumentException("exponential: mean > 0");
        }
    }

    /** Pareto: above {@code scaleNanos}, with {@code P(X > x) = (scale / x)^shape}. */
    record Pareto(long scaleNanos, double shape) implements Distribution {
        public Pareto {
            if (scaleNanos <= 0 || !(shape > 0)) throw new IllegalArgumentException("pareto: scale > 0, shape > 0");
        }
    }

    /**
     * Measured values; the quantile function is linear between the sorted values.
     *
     * @param file the CSV file that they came from, as the scenario names it; empty when they stand in the scenario itself
     * @param sortedNanos the values, ascending, at least one
     */
    record Empirical(String file, List<Long> sortedNanos) implements Distribution {
        public Empirical {
            Objects.requireNonNull(file);
            sortedNanos = List.copyOf(sortedNanos);
            if (sortedNanos.isEmpty()) throw new IllegalArgumentException("empirical: at least one value");
            for (int i = 0; i < sortedNanos.size(); i++)
                if (sortedNanos.get(i) < (i == 0 ? 0 : sortedNanos.get(i - 1)))
                    throw new IllegalArgumentException("empirical: values are not negative and ascend");
        }
    }

    /**
     * With a probability each, one of several: a host that is mostly quick and sometimes busy.
     *
     * @param parts at least one; weights above 0, in any scale
     */
    record Mixture(List<Part> parts) implements Distribution {
        /** One of a mixture's distributions with its weight. */
        public record Part(double weight, Distribution of) {
            public Part {
                if (!(weight > 0)) throw new IllegalArgumentException("mixture: weight > 0");
                Objects.requireNonNull(of);
            }
        }

        public Mixture {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) throw new IllegalArgumentException("mixture: at least one part");
        }

        /** The part, from 0, to which a uniform number {@code u} in [0, 1) belongs. */
        public int part(double u) {
            double left = u * total();
            for (int part = 0; part < parts.size() - 1; part++) {
                if (left < parts.get(part).weight()) return part;
                left -= parts.get(part).weight();
            }
            return parts.size() - 1;
        }

        /** Where in its part, [0, 1), a uniform number {@code u} lies: as uniform there. */
        public double within(int part, double u) {
            double left = u * total();
            for (int before = 0; before < part; before++) left -= parts.get(before).weight();
            double weight = parts.get(part).weight();
            return left < weight ? left / weight : 0.5; // rounding may push the last of it beyond its end
        }

        private double total() {
            double total = 0;
            for (Part part : parts) total += part.weight();
            return total;
        }
    }
}
