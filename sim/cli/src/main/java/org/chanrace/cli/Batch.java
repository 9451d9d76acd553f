package org.chanrace.cli;

import java.util.List;
import java.util.function.LongFunction;

/**
 * Runs to be made, by number. They are made up when asked for: a million seeds of a scenario take no room.
 *
 * @param size how many
 * @param items the item of each number from 0 to {@code size - 1}; called from any thread
 */
record Batch(long size, LongFunction<Item> items) {
    static Batch of(List<Item> items) {
        List<Item> copy = List.copyOf(items);
        return new Batch(copy.size(), number -> copy.get((int) number));
    }
}
