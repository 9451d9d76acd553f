package org.chanrace.scenarios;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.chanrace.model.release.MachineVersion;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Binds {@code source:} and {@code destination:}, and checks that release, machine type, properties and capabilities go together. */
final class EndpointBinder {
    private static final Pattern RELEASE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
    private static final String[] MACHINE_PREFIXES = {"pc-q35-", "pc-i440fx-", "virt-", "pseries-", "s390-ccw-virtio-"};
    private static final int LAST_MINOR = 2;

    private final Report report;
    private final boolean ofAnotherModel;
    private final Releases releases = Releases.shipped();

    /** @param ofAnotherModel whether another model wrote this: what its releases leave unsaid is then taken from the release of that name */
    EndpointBinder(Report report, boolean ofAnotherModel) {
        this.report = report;
        this.ofAnotherModel = ofAnotherModel;
    }

    /** Capabilities and where each is written. */
    record Capabilities(Map<Capability, Node> where) {
        static final Capabilities NONE = new Capabilities(Map.of());

        Set<Capability> set() {
            Set<Capability> set = EnumSet.noneOf(Capability.class);
            set.addAll(where.keySet());
            return set;
        }
    }

    /** An end of the migration; empty when its release is not known, which has been reported. */
    Optional<Endpoint> bind(Node node, Capabilities common) {
        if (node instanceof ScalarNode) {
            Optional<Release> release = releaseNamed(node);
            return release.map(r -> checked(r, new TreeMap<>(), common));
        }
        Fields f = Fields.of(node, Section.ENDPOINT, report);
        Optional<Release> release = f.required("release").flatMap(n -> n instanceof MappingNode ? derived(n) : releaseNamed(n));
        Capabilities capabilities = f.has("capabilities") ? capabilities(f) : common;
        Optional<Fields> properties = f.value("properties").map(n -> Fields.of(n, Section.PROPERTIES, report));
        SortedMap<String, Boolean> values = new TreeMap<>();
        properties.ifPresent(p -> p.given().forEach(key -> {
            values.put(key, p.flag(key, false));
            release.ifPresent(r -> checkProperty(p.value(key).orElseThrow(), key, r));
        }));
        return release.map(r -> checked(r, values, capabilities));
    }

    private Endpoint checked(Release release, SortedMap<String, Boolean> properties, Capabilities capabilities) {
        Node preempt = capabilities.where().get(Capability.POSTCOPY_PREEMPT);
        if (preempt != null) checkCapabilities(preempt, capabilities.set(), release);
        return new Endpoint(release, properties, capabilities.set());
    }

    /** Reports a capability that a release does not know yet. */
    void checkCapabilities(Node node, Set<Capability> capabilities, Release release) {
        if (capabilities.contains(Capability.POSTCOPY_PREEMPT) && !release.knowsPreempt())
            report.at(node, release.name() + " does not know postcopy-preempt; it came with " + first(Release::knowsPreempt));
    }

    /** Reports a property that a release does not know. */
    void checkProperty(Node node, String property, Release release) {
        boolean breaksHuge = property.equals(Endpoint.BREAK_HUGE);
        if (breaksHuge ? release.knowsBreakHuge() : release.knowsPreemptProperty()) return;
        String since = breaksHuge ? "it came with " + first(Release::knowsBreakHuge) + " and went with 8.0" : "it came with " + first(Release::knowsPreemptProperty);
        report.at(node, release.name() + " does not know the property " + property + "; " + since);
    }

    /** The first shipped release that fulfils this, as people call it: 7.1 for 7.1.0. */
    private String first(Predicate<Release> fulfils) {
        for (Release release : releases.rows()) if (fulfils.test(release)) return release.name().replaceFirst("\\.0$", "");
        throw new IllegalStateException("no release does");
    }

    private Optional<Release> releaseNamed(Node node) {
        return Fields.scalar(node, "a release", text -> Optional.of(named(text)), report, Optional.empty());
    }

    /** The shipped release of this name. */
    Release named(String name) throws BadValue {
        Optional<Release> release = releases.find(name);
        if (release.isPresent()) return release.get();
        List<String> names = releases.rows().stream().map(Release::name).toList();
        throw new BadValue("unknown release " + Quantities.quoted(name), Suggestions.among(name, names));
    }

    private Optional<Release> derived(Node node) {
        Fields f = Fields.of(node, Section.RELEASE, report);
        if (f.has("newest-machine")) return byValue(f);
        Optional<Release> base = f.required("base").flatMap(this::releaseNamed);
        Map<Trait, String> changes = traits(f);
        return base.map(b -> Releases.derive(f.scalar("name", this::newName, b.name() + "-changed"), b, changes));
    }

    private Map<Trait, String> traits(Fields release) {
        Map<Trait, String> values = new EnumMap<>(Trait.class);
        release.value("traits").map(n -> Fields.of(n, Section.TRAITS, report)).ifPresent(traits -> traits.given().forEach(key -> {
            Trait trait = Trait.of(key).orElseThrow();
            values.put(trait, traits.word(key, trait.choices().toArray(String[]::new), value -> value, trait.choices().get(0)));
        }));
        return values;
    }

    /** A release written out in full, under whatever name: what the product knows of that name does not matter. */
    private Optional<Release> byValue(Fields f) {
        f.value("base").ifPresent(n -> report.at(n, "either 'base' or 'newest-machine' goes here, not both", "without a base every trait is spelled out"));
        f.required("name");
        String name = f.scalar("name", EndpointBinder::anyName, "");
        MachineVersion newest = f.scalar("newest-machine", text -> MachineVersion.of("virt-" + text)
                .orElseThrow(() -> new BadValue(Quantities.quoted(text) + " is not the version of a machine type", "as in 7.2, of pc-q35-7.2")), new MachineVersion(0, 0));
        Map<Trait, String> values = traits(f);
        if (ofAnotherModel) releases.find(name).ifPresent(known -> known.traits().forEach((trait, value) -> values.putIfAbsent(trait, value.value())));
        List<String> missing = new ArrayList<>();
        for (Trait trait : Trait.values()) if (!values.containsKey(trait)) missing.add(trait.key());
        if (!missing.isEmpty()) report.at(f.node(), "without 'base' every trait is needed, and missing here: " + String.join(", ", missing));
        return missing.isEmpty() ? Optional.of(Releases.byValue(name, newest, values)) : Optional.empty();
    }

    private static String anyName(String text) throws BadValue {
        if (!RELEASE_NAME.matcher(text).matches())
            throw new BadValue("a release's name is made of letters, digits, and . _ + -, not " + Quantities.quoted(text));
        return text;
    }

    private String newName(String text) throws BadValue {
        anyName(text);
        if (releases.find(text).isPresent()) throw new BadValue("'" + text + "' is the name of a real release; give this one a name of its own");
        return text;
    }

    /** The list at the key {@code capabilities}; none when it is absent. */
    Capabilities capabilities(Fields f) {
        Map<Capability, Node> where = new EnumMap<>(Capability.class);
        for (Node item : f.items("capabilities", 50)) {
            Optional<Capability> capability = Fields.scalar(item, "a capability",
                    text -> Optional.of(Fields.word(text, "unknown capability ", Capability.values(), Capability::text)), report, Optional.empty());
            if (capability.isEmpty()) continue;
            if (capability.get() == Capability.MULTIFD) report.at(item, "multifd is not simulated yet");
            else if (where.put(capability.get(), item) != null) report.at(item, "'" + capability.get().text() + "' is given twice");
        }
        return new Capabilities(where);
    }

    /** A machine type by name. */
    String machineName(Node node) {
        return Fields.scalar(node, "'machine'", text -> {
            Optional<MachineVersion> version = MachineVersion.of(text);
            if (version.isEmpty() && !MachineVersion.isUnversioned(text))
                throw new BadValue("unknown machine type " + Quantities.quoted(text), Suggestions.nearest(text, machineNames())
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("machine types are pc-q35-X.Y, pc-i440fx-X.Y, virt-X.Y, pseries-X.Y, s390-ccw-virtio-X.Y, and pc, q35, virt, …"));
            if (version.isPresent() && version.get().major() >= 4 && version.get().minor() > LAST_MINOR)
                throw new BadValue("unknown machine type '" + text + "': there was no QEMU " + version.get(), Suggestions.nearest(text, machineNames())
                        .map(name -> "did you mean '" + name + "'?").orElse(""));
            return text;
        }, report, "q35");
    }

    private List<String> machineNames() {
        List<String> names = new ArrayList<>();
        for (String prefix : MACHINE_PREFIXES)
            for (Release release : releases.rows()) names.add(prefix + release.newestMachine());
        names.addAll(List.of("pc", "q35", "virt", "pseries"));
        return names;
    }

    /** Reports a machine type that a release does not know yet. */
    void checkMachine(Node node, String machine, Release release) {
        MachineVersion.of(machine).filter(version -> version.compareTo(release.newestMachine()) > 0).ifPresent(version -> report.at(node,
                release.name() + " does not know the machine type " + machine + "; its newest is "
                        + machine.substring(0, machine.lastIndexOf('-') + 1) + release.newestMachine()));
    }
}
