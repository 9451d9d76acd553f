package org.chanrace.cli;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.reports.ReportedRun;

/** How the runs of one scenario ended, counted. */
final class Tally {
    private final String file;
    private final Scenario scenario;
    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private long runs;
    private long unexpected;
    private OptionalLong firstUnexpected = OptionalLong.empty();

    Tally(String file, Scenario scenario) {
        this.file = file;
        this.scenario = scenario;
    }

    void add(ReportedRun run) {
        runs++;
        counts.merge(run.result().verdict().outcome(), 1L, Long::sum);
        if (run.asExpected()) return;
        unexpected++;
        if (firstUnexpected.isEmpty()) firstUnexpected = OptionalLong.of(run.result().seed());
    }

    String file() {
        return file;
    }

    Scenario scenario() {
        return scenario;
    }

    long runs() {
        return runs;
    }

    long unexpected() {
        return unexpected;
    }

    /** The seed of the first run that was not as expected. */
    OptionalLong firstUnexpected() {
        return firstUnexpected;
    }

    /** How often each outcome occurred that did, in the order of {@link Outcome}. */
    Map<Outcome, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** {@code completed 37, precopy-stall 63}. */
    String text() {
        return counts.entrySet().stream().map(e -> e.getKey().text() + " " + e.getValue()).collect(Collectors.joining(", "));
    }

    /** Of several outcomes that the scenario allows, the ones that occurred and the ones that did not; empty when it names fewer than two. */
    Optional<String> seen() {
        List<Outcome> allowed = scenario.expectation().map(expected -> expected.outcomes()).orElse(List.of());
        if (allowed.size() < 2) return Optional.empty();
        String seen = allowed.stream().filter(counts::containsKey).map(Outcome::text).collect(Collectors.joining(", "));
        String missed = allowed.stream().filter(o -> !counts.containsKey(o)).map(Outcome::text).collect(Collectors.joining(", "));
        if (missed.isEmpty()) return Optional.of("every listed outcome was seen");
        return Optional.of("of the listed outcomes, seen: " + (seen.isEmpty() ? "none" : seen) + "; not seen: " + missed);
    }
}
