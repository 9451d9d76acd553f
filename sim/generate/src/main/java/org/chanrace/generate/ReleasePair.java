package org.chanrace.generate;

import java.util.Objects;
import org.chanrace.model.release.Release;

/**
 * Two releases between which scenarios are to be generated.
 *
 * @param source the release that the guest leaves
 * @param destination the release that the guest goes to
 */
public record ReleasePair(Release source, Release destination) {
    public ReleasePair {
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
    }
}
