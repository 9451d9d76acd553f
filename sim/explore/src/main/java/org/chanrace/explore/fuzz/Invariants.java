package org.chanrace.explore.fuzz;

import java.util.Optional;
import org.chanrace.explore.fuzz.Violation.Law;
import org.chanrace.model.Steps;
import org.chanrace.model.qemu.Pages;
import org.chanrace.model.qemu.Status;
import org.chanrace.model.scenario.Scenario;

/**
 * The laws of every state, checked as a run goes on.
 *
 * <p>What is transient and no mistake is not reported. Pages that both sides have are all right until the destination runs the guest: what is old
 * there is discarded before. Pages that were on their way when a connection broke are nowhere until a recovery asks for them again: after an
 * interference, and while a side is paused, recovers or gives up, a page may be nowhere, but not any more when the destination says that it has
 * all. A monitor that does not answer is transient in good runs too: the endings tell of one that hangs for good.
 */
final class Invariants {
    /** Guests larger than this, pages, are looked at only when a status has changed: each look takes time for each page. */
    private static final int PAGES_LOOKED_AT = 1 << 14;

    private final Steps steps;
    private final Pages pages;
    private final boolean looksAlways;
    private final boolean resets;
    private Optional<Violation> violation = Optional.empty();
    private long events;
    private int opened;
    private int refusals;
    private int statuses;

    Invariants(Scenario scenario, Steps steps) {
        this.steps = steps;
        this.pages = steps.pages();
        this.looksAlways = pages.count() <= PAGES_LOOKED_AT;
        this.resets = Faults.of(scenario).resets();
    }

    void begin() {
        violation = Optional.empty();
        events = 0;
        opened = 0;
        refusals = 0;
        statuses = -1;
    }

    /** Looks at the state that an event has led to; once a law is broken, no more. */
    void check() {
        events++;
        if (violation.isPresent()) return;
        int openedBefore = opened;
        int refusalsBefore = refusals;
        opened = steps.connectionsOpened();
        refusals = steps.refusals();
        if (steps.guestRunsTwice()) found(Law.RUNS_ONCE, "the guest runs on both sides");
        else if (steps.sourceStatus() == Status.COMPLETED && steps.destinationIsLost()) found(Law.FINISHED_MEANS_COMPLETE, "the source has finished, and the destination is gone without the whole guest");
        else if (refusals > refusalsBefore && opened > openedBefore) found(Law.REFUSED_OPENS_NOTHING, "a command was refused, and has opened a connection");
        else if (steps.refusesSettings() && opened > 0) found(Law.REFUSED_OPENS_NOTHING, "a side has refused its settings, and a connection was opened");
        else checkPages();
    }

    private void checkPages() {
        int statusesBefore = statuses;
        statuses = steps.sourceStatus().ordinal() * 64 + steps.destinationStatus().ordinal();
        if (!looksAlways && statuses == statusesBefore) return;
        int old = pages.oldAtDestination();
        if (old != Pages.NONE) {
            found(Law.PAGES_ARE_CURRENT, "the guest on the destination uses page " + old + ", of which the source has a later one to send");
            return;
        }
        if (mayLackPages()) return;
        int lost = pages.nowhere();
        if (lost != Pages.NONE) found(Law.PAGES_ARE_SOMEWHERE, "page " + lost + " is nowhere: the source has sent it, and no destination will read it");
    }

    private boolean mayLackPages() {
        if (steps.destinationHasEnded()) return false;
        return resets || steps.isDisturbed() || interrupted(steps.sourceStatus()) || interrupted(steps.destinationStatus());
    }

    private static boolean interrupted(Status status) {
        return switch (status) {
            case POSTCOPY_PAUSED, POSTCOPY_RECOVER_SETUP, POSTCOPY_RECOVER, FAILED, CANCELLING, CANCELLED -> true;
            default -> false;
        };
    }

    private void found(Law law, String words) {
        violation = Optional.of(new Violation(law, words, events));
    }

    /** Events that were looked at since the beginning. */
    long events() {
        return events;
    }

    /** The first law that was broken. */
    Optional<Violation> violation() {
        return violation;
    }
}
