package org.chanrace.explore.fuzz;

import java.util.List;
import java.util.Optional;
import org.chanrace.explore.Ending;
import org.chanrace.model.verdict.Verdict;

/**
 * A run that came out as it should not.
 *
 * @param ending how it ended, or would have if nothing more had happened after what is wrong
 * @param endsBadly whether that is what is wrong; otherwise it is the violation
 * @param violation the first law that a state of the run broke
 * @param reason what is wrong, as a sentence
 * @param key hits with the same key are taken for the same finding
 */
record Hit(Ending ending, boolean endsBadly, Optional<Violation> violation, String reason, String key) {
    /** A run that ended badly. */
    static Hit of(Ending ending, Optional<Violation> violation, Verdict verdict) {
        return new Hit(ending, true, violation, verdict.reason(), key(ending, verdict));
    }

    /** A run that ended well, with a state that did not hold. */
    static Hit of(Ending ending, Violation violation) {
        return new Hit(ending, false, Optional.of(violation), violation.words(), violation.law().text());
    }

    /** Numbers make no difference, and where messages are the reason, only the last word of the side that it is about. */
    private static String key(Ending ending, Verdict verdict) {
        String cause = switch (ending.outcome()) {
            case DESTINATION_CRASH -> last(verdict.messages(), "destination: ");
            case SOURCE_CRASH, SPLIT_BRAIN, FAILED -> last(verdict.messages(), "source: ");
            default -> verdict.reason();
        };
        return String.join(" / ", ending.outcome().text(), ending.guestRunsOn().text(), ending.sourceMonitor().text(), ending.destinationMonitor().text(), cause.replaceAll("[0-9]+", "#"));
    }

    private static String last(List<String> messages, String of) {
        return messages.stream().filter(message -> message.startsWith(of) && !message.contains(" is refused")).reduce((earlier, later) -> later).orElse("");
    }
}
