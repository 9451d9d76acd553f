package org.chanrace.explore.fuzz;

import java.util.List;
import java.util.SortedSet;
import org.chanrace.explore.Ending;
import org.chanrace.model.scenario.Pairing;

/**
 * What fuzzing came to.
 *
 * @param schedules runs that were made
 * @param seeds seeds that made them
 * @param states distinct states that orders went through, those in between of events that commute not counted
 * @param allStates whether these are all that were counted; otherwise there were more than fit
 * @param situations distinct kinds of states: what the statuses are and what each thread waits for
 * @param endings all endings, good ones and bad ones
 * @param findings what was found, first one first
 */
public record Fuzzing(long schedules, long seeds, int states, boolean allStates, int situations, SortedSet<Ending> endings, List<Found> findings) {
    public Fuzzing {
        findings = List.copyOf(findings);
    }

    /**
     * A finding and how often it came up.
     *
     * @param seeds how many seeds found it
     * @param pairings between which releases, the first ones
     * @param pairingsLeftOut how many more pairings there were
     */
    public record Found(Finding finding, long seeds, List<Pairing> pairings, int pairingsLeftOut) {
        public Found {
            pairings = List.copyOf(pairings);
        }
    }
}
