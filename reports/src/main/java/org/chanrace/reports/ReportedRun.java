package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.RunResult;
import org.chanrace.model.verdict.Verdict;

/**
 * A run beside the scenario that asked for it.
 *
 * @param scenario what was asked
 * @param file where the scenario stands, as the user named it
 * @param result what came of it
 */
public record ReportedRun(Scenario scenario, String file, RunResult result) {
    public ReportedRun {
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(file);
        Objects.requireNonNull(result);
    }

    /** Whether nothing deviates from the expectation; true when the scenario expects nothing. */
    public boolean asExpected() {
        return deviations().isEmpty();
    }

    /** What is not as expected, a plain sentence each: {@code expected outcome completed, got precopy-stall}. */
    public List<String> deviations() {
        if (scenario.expectation().isEmpty()) return List.of();
        Expectation expected = scenario.expectation().get();
        Verdict got = result.verdict();
        List<String> all = new ArrayList<>();
        if (!expected.outcomes().contains(got.outcome()))
            all.add("expected outcome " + expected.outcomes().stream().map(Outcome::text).collect(Collectors.joining(" or "))
                    + ", got " + got.outcome().text());
        compare(all, "guest-runs-on", expected.guestRunsOn().map(g -> g.text()), got.guestRunsOn().text());
        compare(all, "source-monitor", expected.sourceMonitor().map(m -> m.text()), got.sourceMonitor().text());
        compare(all, "destination-monitor", expected.destinationMonitor().map(m -> m.text()), got.destinationMonitor().text());
        compare(all, "source-status", expected.sourceStatus(), got.sourceStatus());
        compare(all, "destination-status", expected.destinationStatus(), got.destinationStatus());
        return List.copyOf(all);
    }

    private static void compare(List<String> all, String key, Optional<String> expected, String got) {
        if (expected.isPresent() && !expected.get().equals(got)) all.add("expected " + key + " " + expected.get() + ", got " + got);
    }

    /** Whether a reader wants this run explained: it deviates, or it asked an open question and did not complete. */
    boolean wantsExplanation() {
        return !asExpected() || (scenario.expectation().isEmpty() && result.verdict().outcome() != Outcome.COMPLETED);
    }
}
