package org.chanrace.model.release;

import java.util.Objects;

/**
 * The value of a trait in a release.
 *
 * @param value one of {@link Trait#choices()}
 * @param commit the commit that brought it, or what else it is known from
 */
public record TraitValue(String value, String commit) {
    public TraitValue {
        Objects.requireNonNull(value);
        Objects.requireNonNull(commit);
    }
}
