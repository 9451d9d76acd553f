package org.chanrace.cli;

import java.util.Objects;
import org.chanrace.model.verdict.RunResult;

/** What became of an {@link Item}. */
sealed interface Finished {
    /** The item's place in its batch, from 0. */
    long number();

    Item item();

    /** The run came to its end, whatever end. */
    record Ran(long number, Item item, RunResult result) implements Finished {
        public Ran {
            Objects.requireNonNull(item);
            Objects.requireNonNull(result);
        }
    }

    /** The run could not be made, or broke off. */
    sealed interface Failed extends Finished {}

    /** The run could not be made, for want of heap or stack. */
    record TooLarge(long number, Item item, String why) implements Failed {
        public TooLarge {
            Objects.requireNonNull(item);
            Objects.requireNonNull(why);
        }
    }

    /** The run broke off by a fault of ours. */
    record Broke(long number, Item item, Throwable fault) implements Failed {
        public Broke {
            Objects.requireNonNull(item);
            Objects.requireNonNull(fault);
        }
    }
}
