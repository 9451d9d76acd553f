package org.chanrace.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chanrace.model.release.MachineVersion;
import org.chanrace.model.release.Release;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.OperatorEvent;
import org.chanrace.model.scenario.OperatorEvent.When;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Scenario;
import org.chanrace.scenarios.Status;

/**
 * The columns of a comparison: one scenario between other releases, and without preempt.
 *
 * <p>What a release does not know is left out, on both sides, and said. A scenario that is changed is not expected to end as its file says.
 */
final class LatencyColumns {
    /**
     * @param name what tells it from the others
     * @param scenario what is run
     * @param remarks in what that is not the scenario of the file, a clause each
     */
    record Column(String name, Scenario scenario, List<String> remarks) {
        Column {
            remarks = List.copyOf(remarks);
        }
    }

    private LatencyColumns() {}

    /**
     * The columns of a scenario.
     *
     * @param pairings in which it is compared; none for the scenario as it is
     * @param withoutPreempt whether one more column, the first, has no preempt
     */
    static List<Column> of(Scenario scenario, List<Pairing> pairings, boolean withoutPreempt) {
        List<Column> columns = new ArrayList<>();
        Pairing own = new Pairing(scenario.source().release(), scenario.destination().release());
        if (pairings.isEmpty()) columns.add(new Column(own.text(), scenario, List.of()));
        for (Pairing pairing : pairings) columns.add(in(pairing, scenario));
        if (withoutPreempt) addWithoutPreempt(columns);
        return columns;
    }

    private static void addWithoutPreempt(List<Column> columns) {
        Column first = columns.get(0);
        if (!hasPreempt(first.scenario())) {
            List<String> remarks = new ArrayList<>(first.remarks());
            remarks.add("has no postcopy-preempt anyway: one more column without it would say the same");
            columns.set(0, new Column(first.name(), first.scenario(), remarks));
            return;
        }
        Scenario s = first.scenario();
        columns.add(0, new Column("no preempt", changed(s, without(s.source()), without(s.destination()), s.machine()),
                List.of("is " + first.name() + " without postcopy-preempt")));
    }

    private static boolean hasPreempt(Scenario scenario) {
        return scenario.source().has(Capability.POSTCOPY_PREEMPT) || scenario.destination().has(Capability.POSTCOPY_PREEMPT);
    }

    private static Column in(Pairing pairing, Scenario scenario) {
        List<String> remarks = new ArrayList<>();
        Endpoint source = side(scenario.source(), pairing.source(), remarks);
        Endpoint destination = side(scenario.destination(), pairing.destination(), remarks);
        boolean bothKnowPreempt = pairing.source().knowsPreempt() && pairing.destination().knowsPreempt();
        if (hasPreempt(scenario) && !bothKnowPreempt) {
            source = without(source);
            destination = without(destination);
            remarks.add("without postcopy-preempt, which " + (pairing.source().knowsPreempt() ? pairing.destination() : pairing.source()).name() + " does not know");
        }
        String machine = machine(scenario.machine(), pairing);
        if (!machine.equals(scenario.machine())) remarks.add(machine + ", the newest machine type that is known there: " + scenario.machine() + " is not");
        for (OperatorEvent event : scenario.events())
            if (event.when() instanceof When.After after && !Status.isReachable(after.status(), pairing.source()))
                remarks.add("nothing is done after " + after.status() + ", a status that " + pairing.source().name() + " never has");
        if (remarks.isEmpty() && source.equals(scenario.source()) && destination.equals(scenario.destination())) return new Column(pairing.text(), scenario, remarks);
        return new Column(pairing.text(), changed(scenario, source, destination, machine), remarks);
    }

    private static Endpoint side(Endpoint side, Release release, List<String> remarks) {
        SortedMap<String, Boolean> properties = new TreeMap<>(side.properties());
        for (String property : side.properties().keySet()) {
            if (property.equals(Endpoint.BREAK_HUGE) ? release.knowsBreakHuge() : release.knowsPreemptProperty()) continue;
            properties.remove(property);
            remarks.add("without " + property + ", which " + release.name() + " does not know");
        }
        return new Endpoint(release, properties, side.capabilities());
    }

    private static Endpoint without(Endpoint side) {
        Set<Capability> others = EnumSet.noneOf(Capability.class);
        others.addAll(side.capabilities());
        others.remove(Capability.POSTCOPY_PREEMPT);
        return new Endpoint(side.release(), side.properties(), others);
    }

    /** The scenario's machine type where both sides know it, else the newest of its kind that both know. */
    private static String machine(String machine, Pairing pairing) {
        Optional<MachineVersion> version = MachineVersion.of(machine);
        MachineVersion source = pairing.source().newestMachine();
        MachineVersion destination = pairing.destination().newestMachine();
        MachineVersion newest = source.compareTo(destination) < 0 ? source : destination;
        if (version.isEmpty() || version.get().compareTo(newest) <= 0) return machine;
        return machine.substring(0, machine.lastIndexOf('-') + 1) + newest;
    }

    private static Scenario changed(Scenario s, Endpoint source, Endpoint destination, String machine) {
        return new Scenario(s.name(), s.title(), s.because(), source, destination, machine, s.parameters(), s.tls(), s.network(), s.guest(), s.host(), s.events(),
                s.limits(), Optional.empty(), s.bounds(), List.of(), List.of());
    }
}
