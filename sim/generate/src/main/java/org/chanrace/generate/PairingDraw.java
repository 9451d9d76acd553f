package org.chanrace.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.chanrace.model.release.MachineVersion;
import org.chanrace.model.release.Release;
import org.chanrace.model.release.Releases;
import org.chanrace.model.release.Trait;
import org.chanrace.model.scenario.Capability;
import org.chanrace.model.scenario.Endpoint;
import org.chanrace.model.scenario.Pairing;
import org.chanrace.model.scenario.Parameters;

/** Draws pairings whose parts go together. */
final class PairingDraw {
    private static final int TRAITS_MAX = 2;

    /** What everybody runs comes before release candidates and the like, which differ from it. */
    private static final List<Release> RELEASES = Releases.shipped().rows().stream().sorted(Comparator.comparing(r -> !r.name().endsWith(".0"))).toList();

    private static final List<MachineVersion> MACHINES =
            RELEASES.stream().map(Release::newestMachine).distinct().sorted(Comparator.reverseOrder()).toList();

    private final Draw draw;

    PairingDraw(Draw draw) {
        this.draw = draw;
    }

    /** Any two releases; in one of three times the same twice. */
    Pairing anyPair() {
        Release source = draw.oneOf("source release", RELEASES);
        boolean differ = draw.upTo(2, "whether the releases differ") > 0;
        Release other = draw.oneOf("destination release", RELEASES);
        return new Pairing(source, differ ? other : source);
    }

    Sides between(Pairing pair) {
        Release source = release(pair.source());
        Release destination = release(pair.destination());
        Set<Capability> capabilities = capabilities();
        Set<Capability> others = capabilities();
        boolean alike = !draw.once(4, "whether capabilities differ") || !draw.has(Feature.DIFFERING_CAPABILITIES);
        boolean bothKnowPreempt = source.knowsPreempt() && destination.knowsPreempt();
        Endpoint from = endpoint(source, possible(capabilities, alike ? bothKnowPreempt : source.knowsPreempt()));
        Endpoint to = endpoint(destination, possible(alike ? capabilities : others, alike ? bothKnowPreempt : destination.knowsPreempt()));
        return new Sides(from, to, machine(source, destination), parameters());
    }

    // Releases.

    /** The release, or what it would be with a trait or two of another: as a patch that is taken back, or taken over. */
    private Release release(Release base) {
        boolean isChanged = draw.once(3, "whether the release is changed") && draw.has(Feature.CUSTOM_RELEASES);
        Map<Trait, String> changes = new EnumMap<>(Trait.class);
        for (int i = 0; i < TRAITS_MAX; i++) {
            Release donor = draw.oneOf("release that a trait is taken from", RELEASES);
            List<Trait> differing = differing(base, donor);
            int which = draw.upTo(Trait.values().length - 1, "trait that is taken");
            if (!differing.isEmpty()) {
                Trait trait = differing.get(which % differing.size());
                changes.put(trait, donor.value(trait));
            }
        }
        return isChanged && !changes.isEmpty() ? Releases.derive(base.name() + "-changed", base, changes) : base;
    }

    /** The traits to exchange. Between a release with preempt and one without, there are none: half of preempt makes no sense. */
    private static List<Trait> differing(Release base, Release donor) {
        List<Trait> differing = new ArrayList<>();
        if (base.knowsPreempt() != donor.knowsPreempt()) return differing;
        for (Trait trait : Trait.values()) if (!base.value(trait).equals(donor.value(trait))) differing.add(trait);
        return differing;
    }

    // Capabilities, property, machine type.

    private Set<Capability> capabilities() {
        int kind = draw.upTo(9, "capabilities");
        if (kind == 0) return EnumSet.noneOf(Capability.class);
        if (kind == 1) return EnumSet.of(Capability.RETURN_PATH);
        if (kind <= 3) return EnumSet.of(Capability.POSTCOPY_RAM);
        return EnumSet.of(Capability.POSTCOPY_RAM, Capability.POSTCOPY_PREEMPT);
    }

    private static Set<Capability> possible(Set<Capability> capabilities, boolean knowsPreempt) {
        EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
        set.addAll(capabilities);
        if (!knowsPreempt) set.remove(Capability.POSTCOPY_PREEMPT);
        return set;
    }

    private Endpoint endpoint(Release release, Set<Capability> capabilities) {
        int byHand = draw.upTo(4, "property by hand");
        TreeMap<String, Boolean> properties = new TreeMap<>();
        if (byHand >= 3 && draw.has(Feature.PROPERTY_BY_HAND) && release.knowsPreemptProperty()) properties.put(Endpoint.PREEMPT_PRE_7_2, byHand == 3);
        return new Endpoint(release, properties, capabilities);
    }

    private String machine(Release a, Release b) {
        MachineVersion newest = Collections.min(List.of(a.newestMachine(), b.newestMachine()));
        return "pc-q35-" + draw.oneOf("machine type", draw.plainOr(newest, Feature.MACHINE_TYPES, MACHINES.stream().filter(m -> m.compareTo(newest) <= 0).toList()));
    }

    // Parameters: QEMU's own first.

    private Parameters parameters() {
        Parameters d = Parameters.DEFAULT;
        int precopy = draw.upTo(201, "max-bandwidth");
        int postcopy = draw.upTo(200, "max-postcopy-bandwidth");
        int downtime = draw.upTo(301, "downtime-limit");
        return new Parameters(precopy == 0 ? d.maxBandwidth() : (precopy - 1) * Draw.MB, postcopy == 0 ? d.maxPostcopyBandwidth() : postcopy * Draw.MB,
                downtime == 0 ? d.downtimeLimitNanos() : (downtime - 1) * Draw.MS, d.multifdChannels());
    }
}
