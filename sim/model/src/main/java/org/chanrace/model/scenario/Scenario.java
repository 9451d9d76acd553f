package org.chanrace.model.scenario;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param bounds of the small instance of which every order is tried
 * @param failsIn pairings of shipped releases in which exploring it finds what {@link Bounds#finds} names, or, when that names nothing, any bad outcome
 * @param passesIn pairings of shipped releases in which exploring it finds no such thing
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
        Optional<Expectation> expectation,
        Bounds bounds,
        List<Pairing> failsIn,
        List<Pairing> passesIn) {
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
        Objects.requireNonNull(bounds);
        failsIn = List.copyOf(failsIn);
        passesIn = List.copyOf(passesIn);
        if (!Stream.concat(failsIn.stream(), passesIn.stream()).allMatch(Pairing::isShipped)) throw new IllegalArgumentException("a scenario fails and passes in pairings of shipped releases");
    }

    /** A scenario that says nothing of exploring. */
    public Scenario(
            String name, String title, String because, Endpoint source, Endpoint destination, String machine, Parameters parameters, boolean tls, Network network,
            Guest guest, Host host, List<OperatorEvent> events, RunLimits limits, Optional<Expectation> expectation) {
        this(name, title, because, source, destination, machine, parameters, tls, network, guest, host, events, limits, expectation, Bounds.NONE, List.of(), List.of());
    }

    /** Whether a relay passes on the connections of some attempt, and so makes one hop more of each connection. */
    public boolean isRelayed() {
        return isRelayed(network.relay(), events);
    }

    /**
     * The same before there is a scenario.
     *
     * @param relay the one of the first attempt
     * @param events those that make the others
     */
    public static boolean isRelayed(Network.Relay relay, List<OperatorEvent> events) {
        return Stream.concat(Stream.of(relay), events.stream().flatMap(event -> event.action().opensThrough().stream())).anyMatch(each -> !(each instanceof Network.Relay.None));
    }

    /** This scenario on another network. */
    public Scenario with(Network other) {
        return new Scenario(
                name, title, because, source, destination, machine, parameters, tls, other, guest, host, events, limits, expectation, bounds, failsIn, passesIn);
    }

    /** This scenario with another guest. */
    public Scenario with(Guest other) {
        return new Scenario(
                name, title, because, source, destination, machine, parameters, tls, network, other, host, events, limits, expectation, bounds, failsIn, passesIn);
    }

    /** This scenario on other hosts. */
    public Scenario with(Host other) {
        return new Scenario(
                name, title, because, source, destination, machine, parameters, tls, network, guest, other, events, limits, expectation, bounds, failsIn, passesIn);
    }

    /** This scenario, of which nothing is expected. */
    public Scenario withoutExpectation() {
        return new Scenario(
                name, title, because, source, destination, machine, parameters, tls, network, guest, host, events, limits, Optional.empty(), bounds, List.of(), List.of());
    }

    /** This scenario, of which exploring is to find this. */
    public Scenario finding(Expectation sought) {
        return new Scenario(
                name, title, because, source, destination, machine, parameters, tls, network, guest, host, events, limits, expectation, bounds.finding(sought), failsIn, passesIn);
    }

    /** This scenario between other releases: capabilities, properties and all the rest stay. Whether they can be had there is not checked. */
    public Scenario in(Pairing pairing) {
        return new Scenario(
                name, title, because, new Endpoint(pairing.source(), source.properties(), source.capabilities()),
                new Endpoint(pairing.destination(), destination.properties(), destination.capabilities()), machine, parameters, tls, network, guest, host, events,
                limits, expectation, bounds, failsIn, passesIn);
    }
}
