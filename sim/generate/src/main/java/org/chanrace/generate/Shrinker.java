package org.chanrace.generate;

import java.util.Optional;
import java.util.function.Predicate;

/** Makes a sequence of choices smaller as long as what it stands for still fails; how, says {@link Shrinking}. */
public final class Shrinker {
    private Shrinker() {}

    /**
     * What came out.
     *
     * @param choices the smallest sequence found, without zeros at its end
     * @param tries how many sequences were tried
     * @param isFinished whether no smaller one is left to try; otherwise the tries were used up
     */
    public record Shrunk(int[] choices, int tries, boolean isFinished) {}

    /**
     * Shrinks; the result depends on the arguments alone.
     *
     * @param choices a sequence that fails
     * @param stillFails whether a sequence fails, which must always have the same answer
     * @param triesMax how many sequences are tried at most
     */
    public static Shrunk shrink(int[] choices, Predicate<int[]> stillFails, int triesMax) {
        Shrinking best = Shrinking.of(choices);
        int[] tries = {0};
        while (tries[0] < triesMax) {
            Optional<Shrinking> smaller = best.smaller().limit(triesMax - tries[0]).peek(s -> tries[0]++).filter(s -> stillFails.test(s.choices())).findFirst();
            if (smaller.isEmpty()) return new Shrunk(best.choices(), tries[0], tries[0] < triesMax);
            best = smaller.get();
        }
        return new Shrunk(best.choices(), tries[0], false);
    }
}
