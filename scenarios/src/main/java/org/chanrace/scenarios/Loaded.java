package org.chanrace.scenarios;

import java.util.Objects;
import org.chanrace.model.scenario.Scenario;

/**
 * A scenario and where it stands.
 *
 * @param scenario what the document says
 * @param line of the document's first key in its file, from 1
 */
public record Loaded(Scenario scenario, int line) {
    public Loaded {
        Objects.requireNonNull(scenario);
    }
}
