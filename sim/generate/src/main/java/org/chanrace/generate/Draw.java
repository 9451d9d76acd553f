package org.chanrace.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Choices in the shapes that the parts of the generator need.
 *
 * <p>Every part draws the same number of choices whatever they are and whatever the swarm has, and then makes of them what is possible:
 * so lowering one choice never shifts the meaning of those after it.
 */
record Draw(Choices choices, Swarm swarm) {
    static final long US = 1_000;
    static final long MS = 1_000_000;
    static final long MB = 1_000_000;

    boolean has(Feature feature) {
        return swarm.has(feature);
    }

    /** One of these, of which the first is the simplest. */
    <T> T oneOf(String what, List<T> options) {
        return options.get(choices.below(options.size(), what));
    }

    /** From 0 to {@code max}. */
    int upTo(int max, String what) {
        return choices.below(max + 1, what);
    }

    /** True once in {@code n} times. */
    boolean once(int n, String what) {
        return choices.below(n, what) == n - 1;
    }

    /** One of these features that the swarm has; none of them is the simplest. */
    Optional<Feature> feature(String what, Feature... kinds) {
        List<Feature> possible = Stream.of(kinds).filter(swarm::has).toList();
        int kind = upTo(possible.size(), what);
        return kind == 0 ? Optional.empty() : Optional.of(possible.get(kind - 1));
    }

    /** From 0 to {@code max} ms, in ns. */
    long millis(int max, String what) {
        return upTo(max, what) * MS;
    }

    /** The plain option, and these if the swarm has the feature. */
    <T> List<T> plainOr(T plain, Feature feature, List<T> others) {
        List<T> options = new ArrayList<>(List.of(plain));
        if (has(feature)) options.addAll(others);
        return options;
    }
}
