package org.chanrace.jqwik;

import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import org.chanrace.generate.Choices;
import org.chanrace.generate.Recording;
import org.chanrace.generate.Shrinking;

/** What is made of random choices. */
final class DrawnArbitrary<T> implements Arbitrary<T> {
    private final Function<Choices, T> of;

    DrawnArbitrary(Function<Choices, T> of) {
        this.of = Objects.requireNonNull(of);
    }

    @Override
    public RandomGenerator<T> generator(int genSize) {
        return random -> {
            Recording choices = new Recording((n, what) -> random.nextInt(n));
            of.apply(choices);
            return new Drawn<>(Shrinking.of(choices.values()), of);
        };
    }

    @Override
    public EdgeCases<T> edgeCases(int maxEdgeCases) {
        return EdgeCases.none();
    }

    /** One value: the choices, from which it is made when it is asked for. */
    private record Drawn<T>(Shrinking choices, Function<Choices, T> of) implements Shrinkable<T> {
        @Override
        public T value() {
            return of.apply(Choices.replay(choices.choices()));
        }

        @Override
        public Stream<Shrinkable<T>> shrink() {
            return choices.smaller().map(smaller -> new Drawn<>(smaller, of));
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(choices.othersThan0(), choices.sum());
        }
    }
}
