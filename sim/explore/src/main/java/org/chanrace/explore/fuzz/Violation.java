package org.chanrace.explore.fuzz;

import java.util.Objects;

/**
 * Something that must not be so in any state, and is.
 *
 * @param law which law is broken
 * @param words what is so, as a clause
 * @param event after how many events it was seen
 */
public record Violation(Law law, String words, long event) {
    public Violation {
        Objects.requireNonNull(law);
        Objects.requireNonNull(words);
    }

    /** What holds in every state. */
    public enum Law {
        /** The guest never runs on both sides. */
        RUNS_ONCE("runs-once"),
        /** A page that the destination uses is the latest: the source has no later one to send. */
        PAGES_ARE_CURRENT("pages-are-current"),
        /** Unless the network or the operator interfered, every page is with the source, on its way, or at the destination. */
        PAGES_ARE_SOMEWHERE("pages-are-somewhere"),
        /** A source that has finished has a destination with the whole guest, or one to which all of it is on its way. */
        FINISHED_MEANS_COMPLETE("finished-means-complete"),
        /** A command that is refused has opened no connection, and where settings are refused there never is one. */
        REFUSED_OPENS_NOTHING("refused-opens-nothing");

        private final String text;

        Law(String text) {
            this.text = text;
        }

        /** The word in output. */
        public String text() {
            return text;
        }
    }
}
