package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A pairing, its network, its guest, what the operator does, and what is expected.
 *
 * @param name unique within its file; letters, digits, {@code . _ -}
 * @param title one line for people; may be empty
 * @param because the commit, issue or message that the scenario is about; may be empty
 * @param source the QEMU that the guest leaves
 * @param destination the QEMU that the guest goes to
 * @param machine the machine type of both, {@code pc-q35-7.2}
 * @param parameters migration parameters of the source
 * @param tls whether channels are encrypted
 * @param network everything between the two
 * @param guest what is migrated
 * @param host how fast the two hosts run their threads
 * @param events what the operator does besides {@code migrate}, in the order written
 * @param limits where the run is broken off
 * @param expectation what is expected; empty when the scenario only asks
 */
public record Scenario(
        String name,
        String title,
        String because,
        Endpoint source,
        Endpoint destination,
        String machine,
        Parameters parameters,
        boolean tls,
        Network network,
        Guest guest,
        Host host,
        List<OperatorEvent> events,
        RunLimits limits,
        Optional<Expectation> expectation) {
    public Scenario {
        Objects.requireNonNull(name);
        Objects.requireNonNull(title);
        Objects.requireNonNull(because);
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(machine);
        Objects.requireNonNull(parameters);
        Objects.requireNonNull(network);
        Objects.requireNonNull(guest);
        Objects.requireNonNull(host);
        events = List.copyOf(events);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(expectation);
    }
}
