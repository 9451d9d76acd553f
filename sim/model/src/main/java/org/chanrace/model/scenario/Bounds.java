package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How small the instance of a scenario is of which every order is tried; what is empty is for the explorer to choose.
 *
 * @param pages pages of the guest, 1 to {@value #MAX_PAGES}
 * @param precopyRounds how often pages may become dirty again before the switch, 0 to {@value #MAX_COUNT}
 * @param faults pages that vCPUs of the destination touch before they are there, 0 to {@value #MAX_COUNT}
 * @param deviceFaults pages that a device touches while its state is loaded, 0 or 1
 * @param unreadPages pages that fit into the buffers of one hop of a connection that nobody reads, 1 to {@value #MAX_PAGES}
 * @param networkCuts how often every connection may break, 0 to {@value #MAX_COUNT}
 * @param synLosses handshake packets that may be lost, 0 to {@value #MAX_COUNT}
 * @param operator commands that may be given, each at any moment; one that stands twice may be given twice. At most {@value #MAX_COUNT}
 * @param finds endings that exploring is to find; empty for any that is bad
 */
public record Bounds(
        OptionalInt pages,
        OptionalInt precopyRounds,
        OptionalInt faults,
        OptionalInt deviceFaults,
        OptionalInt unreadPages,
        OptionalInt networkCuts,
        OptionalInt synLosses,
        Optional<List<Command>> operator,
        Optional<Expectation> finds) {
    /** The largest guest. */
    public static final int MAX_PAGES = 64;

    /** The most that may happen of one kind. */
    public static final int MAX_COUNT = 8;

    /** All is for the explorer to choose. */
    public static final Bounds NONE = new Bounds(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(),
            Optional.empty(), Optional.empty());

    /** What an operator can do at any moment. */
    public enum Command {
        START_POSTCOPY("start-postcopy"),
        CANCEL("cancel"),
        RESUME("resume"),
        PAUSE_SOURCE("pause-source"),
        PAUSE_DESTINATION("pause-destination"),
        MIGRATE("migrate"),
        PROBE("probe");

        private final String text;

        Command(String text) {
            this.text = text;
        }

        /** The word in scenario files. */
        public String text() {
            return text;
        }
    }

    public Bounds {
        within("pages", pages, 1, MAX_PAGES);
        within("precopy rounds", precopyRounds, 0, MAX_COUNT);
        within("faults", faults, 0, MAX_COUNT);
        within("device faults", deviceFaults, 0, 1);
        within("unread pages", unreadPages, 1, MAX_PAGES);
        within("network cuts", networkCuts, 0, MAX_COUNT);
        within("SYN losses", synLosses, 0, MAX_COUNT);
        operator = operator.map(List::copyOf);
        if (operator.isPresent() && operator.get().size() > MAX_COUNT) throw new IllegalArgumentException("at most " + MAX_COUNT + " commands of the operator");
        Objects.requireNonNull(finds);
    }

    /** The same bounds, within which exploring is to find this. */
    public Bounds finding(Expectation sought) {
        return new Bounds(pages, precopyRounds, faults, deviceFaults, unreadPages, networkCuts, synLosses, operator, Optional.of(sought));
    }

    private static void within(String what, OptionalInt value, int min, int max) {
        Objects.requireNonNull(value);
        if (value.isPresent() && (value.getAsInt() < min || value.getAsInt() > max)) throw new IllegalArgumentException(what + ": from " + min + " to " + max);
    }
}
