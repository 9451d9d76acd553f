package org.chanrace.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chanrace releases}: what the simulator believes of each QEMU, and why. */
@Command(
        name = "releases",
        mixinStandardHelpOptions = true,
        description = "Print the releases as rows of traits, with the commit behind each value.",
        footer = {
            "",
            "Without a name: every trait with its values over the releases, and a table of what changed where.",
            "With one name: all traits of that release. With more: the traits in which they differ."
        })
final class ReleasesCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Releases releases;

    /** How the answer is written. */
    enum Format {
        text,
        json
    }

    @Parameters(paramLabel = "NAME", description = "a release: 7.2.0, 8.0-rc1, 10.0.13, master")
    private List<String> names = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})", defaultValue = "text")
    private Format format = Format.text;

    ReleasesCommand(Surroundings surroundings, Releases releases) {
        this.surroundings = surroundings;
        this.releases = releases;
    }

    @Override
    public Integer call() throws IOException {
        List<Release> named = new ArrayList<>();
        boolean allKnown = true;
        for (String name : names) {
            Optional<Release> release = releases.find(name);
            release.ifPresent(named::add);
            if (release.isEmpty()) {
                allKnown = false;
                surroundings.say(unknown(name));
            }
        }
        if (!allKnown) return ExitCode.BAD_INPUT;
        List<Release> rows = named.isEmpty() ? releases.rows() : named;
        switch (format) {
            case text -> new TraitText(surroundings.out()).print(rows, !named.isEmpty());
            case json -> new TraitJson(surroundings.out()).print(rows, named.size() > 1);
        }
        surroundings.out().flush();
        return ExitCode.OK;
    }

    private String unknown(String name) {
        List<String> known = releases.rows().stream().map(Release::name).toList();
        String hint = Nearest.to(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", known) + ", and their patch releases");
        return "unknown release '" + name + "': " + hint;
    }
}
