package org.chanrace.generate;

import java.util.Objects;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Parameters;

/**
 * A source, a destination, a machine type that both know, and parameters.
 *
 * @param source the QEMU that the guest leaves
 * @param destination the QEMU that the guest goes to
 * @param machine the machine type of both
 * @param parameters migration parameters of the source
 */
public record Sides(Endpoint source, Endpoint destination, String machine, Parameters parameters) {
    public Sides {
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(machine);
        Objects.requireNonNull(parameters);
    }
}
