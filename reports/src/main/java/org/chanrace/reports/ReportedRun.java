package org.chanrace.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.scenario.Expectation.Quantity;
import org.chanrace.model.scenario.Expectation.Within;
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
 * @param capsule the file that it can be replayed from, as it can be named on a command line
 * @param diagram what its trace was made into before that was let go
 */
public record ReportedRun(Scenario scenario, String file, RunResult result, Optional<String> capsule, Optional<Diagram> diagram) {
    public ReportedRun {
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(file);
        Objects.requireNonNull(result);
        Objects.requireNonNull(capsule);
        Objects.requireNonNull(diagram);
    }

    /** A run with its trace, if it has one. */
    public ReportedRun(Scenario scenario, String file, RunResult result, Optional<String> capsule) {
        this(scenario, file, result, capsule, Optional.empty());
    }

    /** A run of which no capsule was kept. */
    public ReportedRun(Scenario scenario, String file, RunResult result) {
        this(scenario, file, result, Optional.empty());
    }

    /** The same run without what takes room: its trace, and the details of what was measured. */
    public ReportedRun coarse() {
        return new ReportedRun(scenario, file, result.coarse(), capsule);
    }

    /** The same run with its diagram for its trace. */
    public ReportedRun arranged() {
        return new ReportedRun(scenario, file, result.withoutTrace(), capsule, Diagram.of(result).or(() -> diagram));
    }

    /** Whether there is something to draw. */
    public boolean isRecorded() {
        return diagram.isPresent() || result.trace().isPresent();
    }

    /** What there is to draw, if anything. */
    Optional<SpaceTime> spaceTime() {
        return diagram.map(Diagram::spaceTime).or(() -> SpaceTimeBuilder.of(result));
    }

    /** The command that replays it, if there is a capsule. */
    Optional<String> replayCommand() {
        return capsule.map(name -> "chanrace replay " + ShellWords.quoted(name));
    }

    /** The command that makes it again and explains it: the run of its scenario, or, where that stands in its capsule, the replay. */
    String againCommand() {
        String command = capsule.filter(file::equals).isPresent() ? replayCommand().orElseThrow()
                : "chanrace run " + ShellWords.quoted(file) + " --seed " + result.seed();
        return command + " --trace";
    }

    /** Whether nothing deviates from the expectation; true when the scenario expects nothing. */
    public boolean asExpected() {
        return deviations().isEmpty();
    }

    /**
     * What is not as expected, a plain sentence each: {@code expected outcome completed, got precopy-stall}, {@code fault-latency-mean 312 us, expected
     * 180 us to 280 us}.
     */
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
        expected.waits().filter(words -> !got.waits(words)).ifPresent(words -> all.add("expected that somebody waits as in '" + words + "', got " + got.reason()));
        for (Within within : expected.quantities()) outside(within).ifPresent(all::add);
        return List.copyOf(all);
    }

    private static void compare(List<String> all, String key, Optional<String> expected, String got) {
        if (expected.isPresent() && !expected.get().equals(got)) all.add("expected " + key + " " + expected.get() + ", got " + got);
    }

    private Optional<String> outside(Within within) {
        OptionalLong got = result.measurements().map(within.quantity()::of).orElse(OptionalLong.empty());
        if (got.isPresent() && within.contains(got.getAsLong())) return Optional.empty();
        String value = got.isPresent() ? ScenarioWords.quantity(within.quantity(), got.getAsLong()) : "was not measured (" + whyNot(within.quantity()) + ")";
        return Optional.of(within.quantity().text() + " " + value + ", expected " + ScenarioWords.limits(within));
    }

    private String whyNot(Quantity quantity) {
        if (result.measurements().isEmpty()) return "an order takes no time";
        return switch (quantity) {
            case DOWNTIME -> "the guest never ran on the destination";
            case TOTAL_TIME -> "the source was never through";
            default -> "there was no page fault";
        };
    }

    /** Whether a reader wants this run explained: it deviates, or it asked an open question and did not complete. */
    boolean wantsExplanation() {
        return !asExpected() || (scenario.expectation().isEmpty() && result.verdict().outcome() != Outcome.COMPLETED);
    }
}
