package org.chanrace.explore;

import java.util.Optional;
import org.chanrace.model.Steps;
import org.chanrace.model.scenario.Expectation;
import org.chanrace.model.verdict.GuestLocation;
import org.chanrace.model.verdict.Monitor;
import org.chanrace.model.verdict.Outcome;
import org.chanrace.model.verdict.Verdict;

/**
 * A class of complete schedules: those that end alike.
 *
 * @param outcome how the run ends
 * @param guestRunsOn where the guest runs then
 * @param sourceMonitor whether the source's monitor answers
 * @param destinationMonitor whether the destination's monitor answers
 * @param disturbed whether the network broke, the migration was cancelled or paused, or a stranger came, on the way
 * @param sought whether it is what the scenario names as what exploring is to find; it may go by the statuses as well, so that endings which are
 *     alike in all else can differ in this
 */
public record Ending(Outcome outcome, GuestLocation guestRunsOn, Monitor sourceMonitor, Monitor destinationMonitor, boolean disturbed, boolean sought)
        implements Comparable<Ending> {
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final GuestLocation[] LOCATIONS = GuestLocation.values();
    private static final Monitor[] MONITORS = Monitor.values();

    /**
     * Whether it should not happen. {@code completed} with two monitors that answer is good. After a disturbance it is also good that the migration failed
     * or was cancelled while the guest goes on where it was, and that both sides wait for a recovery: that is what they are for.
     */
    public boolean isBad() {
        if (sourceMonitor == Monitor.HUNG || destinationMonitor == Monitor.HUNG) return true;
        if (outcome == Outcome.COMPLETED) return false;
        boolean survived = outcome == Outcome.FAILED && guestRunsOn == GuestLocation.SOURCE || outcome == Outcome.POSTCOPY_PAUSED;
        return !(disturbed && survived);
    }

    /** Whether a run ended so: with the same outcome, the guest on the same side, and monitors that answer or not. */
    public boolean isOf(Verdict verdict) {
        return verdict.outcome() == outcome && verdict.guestRunsOn() == guestRunsOn && verdict.sourceMonitor() == sourceMonitor
                && verdict.destinationMonitor() == destinationMonitor;
    }

    /** How a run ends in which nothing more is handled. */
    static Ending of(Steps steps, Optional<Expectation> finds) {
        boolean sought = finds.isPresent() && steps.is(finds.get());
        return new Ending(steps.outcome(), steps.guestRunsOn(), steps.sourceMonitor(), steps.destinationMonitor(), steps.isDisturbed(), sought);
    }

    /** As one number, above or equal to 0. */
    int code() {
        int monitors = sourceMonitor.ordinal() * MONITORS.length + destinationMonitor.ordinal();
        int what = (outcome.ordinal() * LOCATIONS.length + guestRunsOn.ordinal()) * MONITORS.length * MONITORS.length + monitors;
        return what * 4 + (disturbed ? 2 : 0) + (sought ? 1 : 0);
    }

    static Ending of(int code) {
        int left = code >> 2;
        Monitor destination = MONITORS[left % MONITORS.length];
        left /= MONITORS.length;
        Monitor source = MONITORS[left % MONITORS.length];
        left /= MONITORS.length;
        return new Ending(OUTCOMES[left / LOCATIONS.length], LOCATIONS[left % LOCATIONS.length], source, destination, (code & 2) != 0, (code & 1) != 0);
    }

    @Override
    public int compareTo(Ending other) {
        return Integer.compare(code(), other.code());
    }
}
