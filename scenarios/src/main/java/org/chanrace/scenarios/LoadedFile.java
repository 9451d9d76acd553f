package org.chanrace.scenarios;

import java.util.List;
import java.util.Objects;

/**
 * What came of a file.
 *
 * @param file its name as it was shown to the user
 * @param scenarios its good documents, in file order
 * @param problems what is wrong with the others, in file order; a file that cannot be read is one problem at 1:1
 */
public record LoadedFile(String file, List<Loaded> scenarios, List<Problem> problems) {
    public LoadedFile {
        Objects.requireNonNull(file);
        scenarios = List.copyOf(scenarios);
        problems = List.copyOf(problems);
    }
}
