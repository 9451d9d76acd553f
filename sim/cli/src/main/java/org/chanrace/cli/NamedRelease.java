package org.chanrace.cli;

import java.util.List;
import java.util.Optional;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.scenario.Pairing;

/** Releases as options name them. */
final class NamedRelease {
    private static final List<String> ARROWS = List.of("->", ":");

    private NamedRelease() {}

    /**
     * The release of this name.
     *
     * @param option that names it, for the message
     * @throws IllegalArgumentException when there is none; the message says so, and which one may have been meant
     */
    static Release of(String option, String text) {
        String name = text.strip();
        List<String> names = Releases.shipped().rows().stream().map(Release::name).toList();
        String nearest = Nearest.to(name, names).map(other -> "; did you mean " + other + "?").orElse("");
        return Releases.shipped().find(name).orElseThrow(() -> new IllegalArgumentException(option + ": there is no release '" + name + "'" + nearest));
    }

    /**
     * {@code 7.2.0} for both sides, {@code 7.2.0->8.0.0} or, without quotes in a shell, {@code 7.2.0:8.0.0}.
     *
     * @throws IllegalArgumentException when a release does not exist
     */
    static Pairing pairing(String option, String text) {
        Optional<String> arrow = ARROWS.stream().filter(text::contains).findFirst();
        if (arrow.isEmpty()) return new Pairing(of(option, text), of(option, text));
        int at = text.indexOf(arrow.get());
        return new Pairing(of(option, text.substring(0, at)), of(option, text.substring(at + arrow.get().length())));
    }
}
