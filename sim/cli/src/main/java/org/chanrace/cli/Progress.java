package org.chanrace.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** A line on standard error that rewrites itself, at most ten times a second, and when it was taken away. It shows; nothing depends on it. */
final class Progress {
    private static final long INTERVAL_NANOS = 100_000_000;

    private final PrintWriter err;
    private final boolean shown;
    private Stopwatch sinceLast = new Stopwatch();
    private String line = "";
    private boolean onScreen;

    private Progress(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    /** Where standard error is a terminal, unless somebody wants it quiet. */
    static Progress of(Surroundings surroundings, boolean quiet) {
        return new Progress(surroundings.err(), surroundings.progressByDefault() && !quiet);
    }

    void show(long done, long of, long notAsExpected) {
        show(() -> {
            String trouble = notAsExpected == 0 ? "" : String.format(Locale.ROOT, ", %d not as expected", notAsExpected);
            return String.format(Locale.ROOT, "%d of %d runs%s", done, of, trouble);
        });
    }

    /** Shows a line, which is made up only when it is due. */
    void show(Supplier<String> what) {
        if (!shown) return;
        boolean due = sinceLast.nanos() >= INTERVAL_NANOS;
        if (due) {
            sinceLast = new Stopwatch();
            line = what.get();
        }
        if (line.isEmpty() || (onScreen && !due)) return;
        onScreen = true;
        err.print("\r\u001b[K" + line);
        err.flush();
    }

    /** Takes the line away, so that something else can be written. */
    void clear() {
        if (!onScreen) return;
        onScreen = false;
        err.print("\r\u001b[K");
        err.flush();
    }
}
