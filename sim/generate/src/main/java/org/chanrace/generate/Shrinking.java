package org.chanrace.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A sequence of choices on its way to a smaller one: knows which sequences to try next, and in which order.
 *
 * <p>Smaller is what has fewer choices other than 0; of as many, what has the lower sum. Zeros at the end are left out. The edits that are
 * tried: to set a block to 0, larger blocks first; to lower one choice, by half first, by one at last; to delete a block. A smaller sequence
 * goes on with the edit at which it was found rather than from the beginning, so that going through all edits once, as a pass, is cheap.
 */
public final class Shrinking {
    private static final int HALVINGS = 31;
    /** Blocks up to this size, choices, are tried at every place; an element of a list is one. */
    private static final int SMALL = 4;

    private final int[] choices;
    private final int othersThan0;
    private final long sum;
    private final List<Edit> edits;
    private final int from;

    private Shrinking(int[] choices, List<Edit> edits, int from) {
        int length = choices.length;
        while (length > 0 && choices[length - 1] == 0) length--;
        this.choices = Arrays.copyOf(choices, length);
        this.othersThan0 = (int) IntStream.of(this.choices).filter(c -> c != 0).count();
        this.sum = IntStream.of(this.choices).asLongStream().sum();
        this.edits = edits;
        this.from = from;
    }

    /** The sequence to begin with; its entries are 0 or above. */
    public static Shrinking of(int... choices) {
        for (int choice : choices) if (choice < 0) throw new IllegalArgumentException("choices are 0 or above, not " + choice);
        return new Shrinking(choices, Edit.all(choices.length), 0);
    }

    /** The sequence, without zeros at its end. */
    public int[] choices() {
        return choices.clone();
    }

    /** How many of the choices are other than 0. */
    public int othersThan0() {
        return othersThan0;
    }

    /** The sum of the choices. */
    public long sum() {
        return sum;
    }

    /** Smaller sequences, in the order in which to try them; made as they are asked for. */
    public Stream<Shrinking> smaller() {
        return IntStream.range(0, edits.size()).map(i -> (from + i) % edits.size()).filter(i -> edits.get(i).isWorthTrying(choices))
                .mapToObj(i -> new Shrinking(edits.get(i).apply(choices), edits, i)).filter(this::isLargerThan);
    }

    private boolean isLargerThan(Shrinking other) {
        return othersThan0 != other.othersThan0 ? othersThan0 > other.othersThan0 : sum > other.sum;
    }

    private enum Kind { ZERO, LOWER, DELETE }

    /**
     * A way to make a sequence smaller.
     *
     * @param at the first choice that it is about
     * @param size how many choices it is about; for LOWER, by which part: half is 1, a quarter 2 …
     */
    private record Edit(Kind kind, int at, int size) {
        static List<Edit> all(int length) {
            List<Edit> edits = new ArrayList<>();
            blocks(Kind.ZERO, length, edits);
            for (int at = 0; at < length; at++) for (int halvings = 1; halvings <= HALVINGS; halvings++) edits.add(new Edit(Kind.LOWER, at, halvings));
            blocks(Kind.DELETE, length, edits);
            return List.copyOf(edits);
        }

        private static void blocks(Kind kind, int length, List<Edit> edits) {
            for (int size = length; size > SMALL; size /= 2) for (int at = 0; at < length; at += size) edits.add(new Edit(kind, at, size));
            for (int size = Math.min(length, SMALL); size > 0; size--) for (int at = 0; at < length; at++) edits.add(new Edit(kind, at, size));
        }

        boolean isWorthTrying(int[] choices) {
            if (at >= choices.length) return false;
            return switch (kind) {
                // A block with one choice other than 0 is tried as the block of that choice alone.
                case ZERO -> size == 1 ? choices[at] > 0 : Arrays.stream(choices, at, end(choices)).filter(c -> c > 0).limit(2).count() == 2;
                // Less than half of the step before, if that was not yet 1; 0 is for ZERO to try.
                case LOWER -> choices[at] > 1 && (size == 1 || choices[at] >> (size - 1) > 1);
                case DELETE -> true;
            };
        }

        int[] apply(int[] choices) {
            if (kind == Kind.DELETE) return IntStream.concat(Arrays.stream(choices, 0, at), Arrays.stream(choices, end(choices), choices.length)).toArray();
            int[] edited = choices.clone();
            if (kind == Kind.ZERO) Arrays.fill(edited, at, end(choices), 0);
            else edited[at] -= Math.max(1, choices[at] >> size);
            return edited;
        }

        private int end(int[] choices) {
            return Math.min(choices.length, at + size);
        }
    }
}
