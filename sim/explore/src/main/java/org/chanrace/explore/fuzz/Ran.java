package org.chanrace.explore.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chanrace.explore.Ending;

/**
 * One run of the fuzzer.
 *
 * @param choices the lanes that were picked where there was something to choose, up to where it went wrong; empty for a run by time
 * @param numbers of each of these, which one of the lane's events it was, from 1
 * @param runSeed the seed of a run by time; 0 for an order
 * @param endings how it ended, or could have: a run goes on after an end when there are disturbances left; none when it was broken off
 * @param hit what is wrong with it
 * @param length events until its end, or until it was broken off
 */
record Ran(int[] choices, int[] numbers, long runSeed, List<Ending> endings, Optional<Hit> hit, long length) {
    /** The choices as events. */
    List<Guided.Event> events() {
        return IntStream.range(0, choices.length).mapToObj(i -> new Guided.Event(choices[i], numbers[i])).toList();
    }
}
