package org.chanrace.explore.fuzz;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chanrace.explore.Ending;

/**
 * A run that came out as it should not.
 *
 * @param ending how it ended, or would have if nothing more had happened after what is wrong
 * @param endsBadly whether that is what is wrong; otherwise it is the violation
 * @param violation the first law that a state of the run broke
 * @param reason what is wrong, as a sentence
 */
record Hit(Ending ending, boolean endsBadly, Optional<Violation> violation, String reason) {
    /** Hits with the same key are taken for the same finding: numbers, and commands that were only refused, make no difference. */
    String key() {
        if (!endsBadly) return violation.orElseThrow().law().text();
        String pattern = Stream.of(reason.split("; ")).filter(part -> !part.contains(" is refused")).map(part -> part.replaceAll("[0-9]+", "#")).collect(Collectors.toCollection(TreeSet::new))
                .stream().collect(Collectors.joining("; "));
        return String.join(" / ", ending.outcome().text(), ending.guestRunsOn().text(), ending.sourceMonitor().text(), ending.destinationMonitor().text(), pattern);
    }
}
