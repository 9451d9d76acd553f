package org.chanrace.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Hands choices on and keeps them. */
public final class Recording implements Choices {
    private final Choices from;
    private final List<Made> made = new ArrayList<>();

    /**
     * A choice that was made.
     *
     * @param what what was chosen
     * @param value from 0 to {@code of} - 1
     * @param of how many possibilities there were
     */
    public record Made(String what, int value, int of) {}

    public Recording(Choices from) {
        this.from = Objects.requireNonNull(from);
    }

    @Override
    public int below(int n, String what) {
        if (n < 1) throw new IllegalArgumentException(what + ": there is nothing to choose from");
        int value = from.below(n, what);
        if (value < 0 || value >= n) throw new IllegalStateException(what + ": " + value + " is not below " + n);
        made.add(new Made(what, value, n));
        return value;
    }

    /** What has been chosen so far. */
    public List<Made> made() {
        return List.copyOf(made);
    }

    /** The sequence of choices so far, as {@link Choices#replay} takes it. */
    public int[] values() {
        return made.stream().mapToInt(Made::value).toArray();
    }
}
