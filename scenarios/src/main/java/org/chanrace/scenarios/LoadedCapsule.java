package org.chanrace.scenarios;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.chanrace.scenarios.capsule.Capsule;

/**
 * What came of a capsule's file.
 *
 * @param file its name as it was shown to the user
 * @param capsule what it holds; empty when it has a problem
 * @param problems what is wrong with it, in file order
 */
public record LoadedCapsule(String file, Optional<Capsule> capsule, List<Problem> problems) {
    public LoadedCapsule {
        Objects.requireNonNull(file);
        Objects.requireNonNull(capsule);
        problems = List.copyOf(problems);
    }
}
