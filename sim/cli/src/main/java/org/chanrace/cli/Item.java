package org.chanrace.cli;

import java.util.Objects;
import org.chanrace.model.scenario.Scenario;

/**
 * One run that is to be made.
 *
 * @param file the scenario's file, as the user wrote it
 * @param line where in the file the scenario begins, from 1
 * @param scenario the scenario
 * @param seed the run's seed
 * @param withTrace whether its trace is wanted
 */
record Item(String file, int line, Scenario scenario, long seed, boolean withTrace) {
    Item {
        Objects.requireNonNull(file);
        Objects.requireNonNull(scenario);
    }
}
