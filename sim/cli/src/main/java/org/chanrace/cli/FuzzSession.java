package org.chanrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.chanrace.explore.fuzz.Finding;
import org.chanrace.explore.fuzz.Fuzzer;
import org.chanrace.explore.fuzz.Fuzzing;
import org.chanrace.reports.FileProblem;

/** One {@code fuzz} command under way: writes and keeps what is found as it comes, so that an interruption costs none of it. */
final class FuzzSession implements Fuzzer.Listener, Corpus.Replays {
    private final FuzzWriter writer;
    private final Optional<Corpus> corpus;
    private final Surroundings surroundings;
    private final Progress progress;
    private final Stopwatch stopwatch;
    private final boolean quiet;
    private Fuzzer fuzzer;
    private int findings;
    private long stillFailing;
    private long problems;

    FuzzSession(FuzzWriter writer, Optional<Corpus> corpus, Surroundings surroundings, Progress progress, Stopwatch stopwatch, boolean quiet) {
        this.writer = writer;
        this.corpus = corpus;
        this.surroundings = surroundings;
        this.progress = progress;
        this.stopwatch = stopwatch;
        this.quiet = quiet;
    }

    @Override
    public void problem(FileProblem problem) throws IOException {
        problems++;
        writer.problem(problem);
    }

    /** Replays the corpus; what still fails there is known, and is not looked for. */
    void replayCorpus(Fuzzer first) throws IOException {
        fuzzer = first;
        if (corpus.isPresent()) corpus.get().replay(surroundings.interruption(), this);
        surroundings.out().flush();
    }

    @Override
    public void entry(Corpus.Entry entry) throws IOException {
        entry.again().key().ifPresent(key -> fuzzer.ignore(key, entry::decidedBy));
        if (entry.again().fails()) stillFailing++;
        if (!entry.news().isEmpty()) writer.replayed(entry);
    }

    @Override
    public void found(Finding finding) {
        try {
            Optional<String> capsule = corpus.isPresent() ? corpus.get().keep(finding) : Optional.empty();
            progress.clear();
            writer.found(++findings, finding, capsule);
            surroundings.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void reached(Supplier<Fuzzer.Kept> kept) {
        try {
            if (corpus.isPresent()) corpus.get().keep(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void progress(long schedules, int states, int found) {
        progress.show(() -> String.format(Locale.ROOT, "%d schedules, %.0f/s, %d states, %s", schedules, schedules / stopwatch.seconds(), states, findings(found)));
    }

    private static String findings(int found) {
        return found + (found == 1 ? " finding" : " findings");
    }

    /** Writes the last words; returns the exit code. */
    int end(Fuzzing fuzzing) throws IOException {
        progress.clear();
        boolean interrupted = surroundings.interruption().requested();
        writer.end(fuzzing, stillFailing, interrupted);
        surroundings.out().flush();
        double seconds = stopwatch.seconds();
        if (!quiet)
            surroundings.say(String.format(Locale.ROOT, "%d %s in %.1f s, %.0f/s, %s%d states, %s", fuzzing.schedules(), fuzzing.schedules() == 1 ? "schedule" : "schedules", seconds,
                    fuzzing.schedules() / Math.max(1e-9, seconds), fuzzing.allStates() ? "" : "more than ", fuzzing.states(), findings(fuzzing.findings().size())));
        if (interrupted) surroundings.say("interrupted: what was found until then is written");
        if (interrupted) return ExitCode.INTERRUPTED;
        if (problems > 0) return ExitCode.BAD_INPUT;
        return fuzzing.findings().isEmpty() && stillFailing == 0 ? ExitCode.OK : ExitCode.NOT_AS_EXPECTED;
    }
}
