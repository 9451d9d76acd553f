package org.chanrace.model.scenario;

import java.util.Objects;
import org.chanrace.model.release.Release;

/**
 * The releases of the two sides.
 *
 * @param source of the QEMU that the guest leaves
 * @param destination of the QEMU that the guest goes to
 */
public record Pairing(Release source, Release destination) {
    public Pairing {
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
    }

    /** Whether both are shipped ones, which a name stands for. */
    public boolean isShipped() {
        return source.derivation().isEmpty() && destination.derivation().isEmpty();
    }

    /** {@code 7.2.0 → 8.0.0}, {@code 8.0.0 → 8.0.0}: what people read. */
    public String words() {
        return source.name() + " → " + destination.name();
    }

    /** {@code 8.0.0} when both sides have it, else {@code 7.2.0 -> 8.0.0}. */
    public String text() {
        return source.name().equals(destination.name()) ? source.name() : source.name() + " -> " + destination.name();
    }
}
